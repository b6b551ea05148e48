"""Fits per second of Gaussian chains that are scored, against the same chains without scores and a plain NumPy loop.

python bench/scored_chains.py

`autophagy loop normal --model gaussian --seeds 100 --metric drift` as Python has it: every generation of every chain is
fitted, sampled and yielded with its figures. All sides run in one process on one thread, in turn; the rates are of
processor time, and the ratios are medians of the pairs.
"""

import statistics
import time

import numpy as np

from autophagy import LoopSpec
from autophagy.loop.loop import loop, steps
from autophagy.loop.plan import make_plan
from autophagy.scale.threads import threads

ROWS, GENERATIONS, SEEDS, PAIRS = 100, 50, 100, 5


def spec() -> LoopSpec:
    return LoopSpec(
        "normal:d=1", samples=ROWS, seeds=SEEDS, generations=GENERATIONS, regimes=["replace"], metrics=["drift"]
    )


def scored() -> int:
    return sum(1 for generation in loop(spec()) if generation.scores["variance_ratio"] >= 0)


def unscored() -> int:
    return sum(len(step.seeds) for step in steps(make_plan(spec()), "replace", tuple(range(SEEDS))))


def plain() -> int:
    """The loop of a notebook, with the same two figures."""
    rng = np.random.default_rng(0)
    for _chain in range(SEEDS):
        mean, deviation, drift = 0.0, 1.0, []
        for _generation in range(GENERATIONS):
            rows = rng.normal(mean, deviation, ROWS)
            mean, deviation = rows.mean(), rows.std()
            drift.append((mean**2, deviation**2))
    return SEEDS * GENERATIONS


def rate(work) -> float:
    begin = time.process_time()
    fits = work()
    return fits / (time.process_time() - begin)


def main() -> None:
    scored()  # the imports of the first time
    rows = [(rate(scored), rate(unscored), rate(plain)) for _ in range(PAIRS)]
    mine, bare, theirs = (statistics.median(side) for side in zip(*rows, strict=True))
    print(f"{SEEDS} chains of {ROWS} rows, {GENERATIONS} generations; fits per second of processor time")
    print(f"scored {mine:,.0f}, not scored {bare:,.0f}, a plain loop {theirs:,.0f}")
    for name, place in (("the chains without scores", 1), ("a plain loop", 2)):
        ratios = sorted(row[0] / row[place] for row in rows)
        print(f"scored / {name}: {ratios[PAIRS // 2]:.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    with threads(1):
        main()
