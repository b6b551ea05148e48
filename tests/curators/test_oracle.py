"""The example of a curator with a stated accuracy, on rows of which the better half is known."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from autophagy.core.samples import Samples

EXAMPLE = Path(__file__).parents[2] / "examples" / "oracle.py"


@pytest.mark.parametrize("accuracy", [0.5, 0.55, 0.7, 0.9, 1.0])
def test_so_many_of_the_kept_rows_are_of_the_better_half(accuracy, own_registry):
    """Of 200 batches of 50 kept rows the mean is within 4 deviations but once in 16,000 tests."""
    oracle = runpy.run_path(str(EXAMPLE))["oracle"]
    real, rng = Samples.of(np.zeros((5, 2))), np.random.default_rng(1)
    batch = Samples.of(np.arange(1.0, 101.0)[:, None] * [1, 0])  # the first 50 are nearer
    kept = [oracle(batch, real, rng, accuracy=accuracy).keep for _ in range(200)]
    assert {each.sum() for each in kept} == {50}
    share = np.mean([each[:50].sum() / 50 for each in kept])
    assert abs(share - accuracy) <= 4 * np.sqrt(accuracy * (1 - accuracy) / 10_000)


def test_better_texts_say_what_real_texts_say(own_registry):
    oracle = runpy.run_path(str(EXAMPLE))["oracle"]
    real = Samples.of(["the cat sat on the mat and slept"])
    batch = Samples.of(["the cat sat on the mat", "mat the on sat cat the", "cat sat on it", "it it it it", "", "a"])
    verdict = oracle(batch, real, np.random.default_rng(0), accuracy=1.0)
    assert verdict.keep[[0, 2]].all()
    assert verdict.keep.sum() == 3
