"""How often 95 % intervals of marks cover the truth, where documents have as many questions each and where not.

    python bench/intervals.py [--repeats 600]

Marks of 0 and 1 are drawn by document from a beta law (beta-binomial) of a given mean and correlation within documents.
A line is one design: the share of the intervals that cover, of the mean and of the difference of two arms, and their
median widths (1 and 2 are the whole range). An interval that is unknown is not counted.
"""

import argparse

import numpy as np

from autophagy.statistics.paired import difference, mean

DESIGNS = {
    "5 documents of 5": [5] * 5,
    "20 of 5": [5] * 20,
    "60 of 5": [5] * 60,
    "6 of 1": [1] * 6,
    "1 of 50, 9 of 2": [50] + [2] * 9,
    "1 of 100, 30 of 1": [100] + [1] * 30,
    "30, 1 and 1": [30, 1, 1],
    "3 of 20, 20 of 2": [20] * 3 + [2] * 20,
    "1 of 60, 60 of 5": [60] + [5] * 60,
    "1, 2, ... 30": list(range(1, 31)),
}
LAWS = ((0.3, 0.7), (0.05, 0.7), (0.3, 0.9))  # correlation within documents, and the share that is right


def drawn(sizes, correlation, share, rng):
    """The marks of one arm, and the number of the document of each."""
    names = np.repeat(np.arange(len(sizes)), sizes)
    weight = (1 - correlation) / correlation
    chances = rng.beta(share * weight, (1 - share) * weight, len(sizes))
    return (rng.random(len(names)) < chances[names]).astype(float), names


def covered(sizes, correlation, share, repeats, rng):
    """The share of the intervals that cover, and their median width, of the mean and of the difference."""
    found = {"mean": [], "difference": []}
    for _ in range(repeats):
        a, names = drawn(sizes, correlation, share, rng)
        b, _ = drawn(sizes, correlation, share, rng)
        found["mean"].append((mean(a, names), share))
        found["difference"].append((difference(a, b, names, rng)[0], 0.0))
    for name, scores in found.items():
        known = [(score, truth) for score, truth in scores if np.isfinite(score.low)]
        hits = np.mean([score.low <= truth <= score.high for score, truth in known])
        yield f"{name} {hits:.3f} (width {np.median([score.high - score.low for score, _ in known]):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=600)
    repeats = parser.parse_args().repeats
    for name, sizes in DESIGNS.items():
        for correlation, share in LAWS:
            rng = np.random.default_rng([len(sizes), int(100 * share)])
            figures = ", ".join(covered(sizes, correlation, share, repeats, rng))
            print(f"{name:18s} correlation {correlation}, {share} right: {figures}", flush=True)


if __name__ == "__main__":
    main()
