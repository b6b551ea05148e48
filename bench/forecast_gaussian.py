"""Gaussian generation steps a second: the exact engine against a plain Python loop over NumPy calls.

python bench/forecast_gaussian.py

A step is one generation of one chain of the fully synthetic loop, its mean and its variance. The plain loop draws the
rows and fits them, as the field's notebooks do; the lean one draws the same two sufficient statistics as we do, one
chain at a time. All run in one process on one thread, in turn; ratios are of processor time, the median of the pairs.
"""

import resource
import statistics
import time

import numpy as np

from autophagy.forecast import make_plan, simulate
from autophagy.scale.threads import threads

GENERATIONS, PAIRS, STEPS = 1000, 9, 4_000_000
ROWS = 100


def ours(chains: int, **fields: float) -> int:
    """As many runs as give STEPS steps, so that one measurement lasts a third of a second."""
    plan = make_plan("gaussian", **{"samples": ROWS, "generations": GENERATIONS, "chains": chains} | fields)
    return sum(simulate(plan)["log_variance"].size for _ in range(max(1, STEPS // (chains * GENERATIONS))))


def plain(chains: int) -> int:
    rng = np.random.default_rng(0)
    for _chain in range(chains):
        mean, deviation = 0.0, 1.0
        for _generation in range(GENERATIONS):
            rows = rng.normal(mean, deviation, ROWS)
            mean, deviation = rows.mean(), rows.std()
    return chains * GENERATIONS


def lean(chains: int) -> int:
    rng = np.random.default_rng(0)
    for _chain in range(chains):
        mean, variance = 0.0, 1.0
        for _generation in range(GENERATIONS):
            mean += np.sqrt(variance / ROWS) * rng.standard_normal()
            variance *= rng.chisquare(ROWS - 1) / ROWS
    return chains * GENERATIONS


def rate(work, chains: int, **fields: float) -> float:
    begin = time.process_time()
    steps = work(chains, **fields)
    return steps / (time.process_time() - begin)


def main() -> None:
    ours(100)
    print(f"n = {ROWS}, {GENERATIONS} generations; steps per second of processor time, median of {PAIRS}")
    for chains in (100, 1000, 10_000):
        for peer, few in ((plain, 20), (lean, 50)):
            pairs = [(rate(ours, chains), rate(peer, few)) for _ in range(PAIRS)]
            mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
            ratios = sorted(a / b for a, b in pairs)
            print(
                f"{chains:,} chains against a {peer.__name__} loop: {mine:,.0f} / {theirs:,.0f} = "
                f"{ratios[PAIRS // 2]:.0f} times (from {ratios[0]:.0f} to {ratios[-1]:.0f})"
            )
    for name, fields in [
        ("n = 10^12", {"samples": 10**12}),
        ("fresh rows", {"fresh": 20}),
        ("memory 3", {"memory": 3}),
    ]:
        print(f"1,000 chains, {name}: {statistics.median(rate(ours, 1000, **fields) for _ in range(PAIRS)):,.0f}")
    print(f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    with threads(1):
        main()
