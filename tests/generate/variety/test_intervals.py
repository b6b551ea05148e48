"""Every interval of variety on a source that is known, at 80 runs.

Run: pytest tests/generate/test_variety_intervals.py

A 95 % interval holds the figure that runs have on average; the test fails where fewer than 95 % less 3 standard errors
of 80 runs do (.877): by chance in one of 700 for each figure of exactly 95 %.
"""

import math

import numpy as np
import pytest

from autophagy.core.recipe import PoolRow
from autophagy.generate.made import MadeRow
from autophagy.generate.variety.compared import variety
from writer import SYLLABLES, VERBS

RUNS = 80
WORDS = [a + b for a in SYLLABLES for b in SYLLABLES]


def zipf(size):
    p = 1 / np.arange(1, size + 1)
    return p / p.sum()


def tasks(count, rng):
    words, verbs = zipf(len(WORDS)), zipf(len(VERBS))
    for _ in range(count):
        yield f"{rng.choice(VERBS, p=verbs)} the {' '.join(rng.choice(WORDS, int(rng.integers(3, 10)), p=words))}."


@pytest.fixture(scope="module")
def runs():
    rng = np.random.default_rng(0)
    found = []
    for run in range(RUNS):
        made = [MadeRow(PoolRow(f"{n}", text), "a", str(n // 4), ()) for n, text in enumerate(tasks(120, rng))]
        found.append(variety(made, [PoolRow(f"{n}", text) for n, text in enumerate(tasks(60, rng))], run))
    return found


@pytest.mark.parametrize("table", ["variety", "variety_at_equal_words", "variety_of_a_call"])
def test_intervals_hold_what_runs_have_on_average(runs, table):
    missed = {}
    for name in runs[0][table]:
        for side in ("made", "seeds"):
            scores = [run[table][name][side] for run in runs]
            truth = np.mean([score["value"] for score in scores])
            held = np.mean([score["low"] <= truth + 1e-9 and truth - 1e-9 <= score["high"] for score in scores])
            if held < 0.95 - 3 * math.sqrt(0.95 * 0.05 / RUNS):
                missed[name, side] = held
    assert not missed
