"""Fits per second of Gaussian runs: the loop's own steps against a plain NumPy loop over the runs.

python bench/gaussian_runs.py

Both draw every row and fit every generation, in one process on one thread, in turn; the ratio is of processor
time, the median of the pairs.
"""

import statistics
import time

import numpy as np

from autophagy import LoopSpec
from autophagy.loop.loop import steps
from autophagy.loop.plan import make_plan
from autophagy.scale.threads import threads

ROWS, GENERATIONS, PAIRS = 100, 20, 5


def ours(dimensions: int, runs: int) -> None:
    spec = LoopSpec(f"normal:d={dimensions}", samples=ROWS, seeds=runs, generations=GENERATIONS, regimes=["replace"])
    for _step in steps(make_plan(spec), "replace", tuple(range(runs))):
        pass


def plain(dimensions: int, runs: int) -> None:
    rng = np.random.default_rng(0)
    for _chain in range(runs):
        rows = rng.standard_normal((ROWS, dimensions))
        for _generation in range(GENERATIONS):
            mean, scatter = rows.mean(axis=0), rows - rows.mean(axis=0)
            covariance = scatter.T @ scatter / ROWS
            rows = mean + rng.standard_normal((ROWS, dimensions)) @ np.linalg.cholesky(covariance).T


def plain_scalar(_dimensions: int, runs: int) -> None:
    """The leanest plain loop: no matrices at all."""
    rng = np.random.default_rng(0)
    for _chain in range(runs):
        mean, deviation = 0.0, 1.0
        for _generation in range(GENERATIONS):
            rows = rng.normal(mean, deviation, ROWS)
            mean, deviation = rows.mean(), rows.std()


def rate(work, dimensions: int, runs: int) -> float:
    begin = time.process_time()
    work(dimensions, runs)
    return runs * GENERATIONS / (time.process_time() - begin)


def main() -> None:
    print(f"{ROWS} rows a generation, {GENERATIONS} generations; fits per second of processor time, median of {PAIRS}")
    for name, peer, dimensions, few in [
        ("scalar", plain_scalar, 1, 300),
        ("matrix", plain, 1, 200),
        ("matrix", plain, 5, 200),
    ]:
        pairs = [(rate(ours, dimensions, 2_000), rate(peer, dimensions, few)) for _ in range(PAIRS)]
        mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratios = sorted(a / b for a, b in pairs)
        print(
            f"d={dimensions} against a plain {name} loop: {mine:,.0f} / {theirs:,.0f} = {ratios[PAIRS // 2]:.1f} times"
            f" (from {ratios[0]:.1f} to {ratios[-1]:.1f})"
        )


if __name__ == "__main__":
    with threads(1):
        main()
