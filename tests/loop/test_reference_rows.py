"""A reference of other rows than the data is refused in one sentence that says what both hold."""

import numpy as np
import pytest

from autophagy.core.errors import DataError
from autophagy.data.load import load
from autophagy.loop.split import split


@pytest.mark.parametrize(
    ("data", "other", "told"),
    [
        (np.zeros((9, 4, 4)), np.zeros((9, 8, 6)), "images of 8 x 6, not images of 4 x 4"),  # clean-fid 2
        (np.zeros((9, 3)), np.zeros((9, 1)), "rows of 1 number, not rows of 3 numbers"),
        (np.zeros((9, 3)), np.array(["a boat"] * 9), "texts, not rows of 3 numbers"),
    ],
)
def test_both_shapes_are_named(data, other, told):
    with pytest.raises(DataError, match=told):
        split(load(data), None, np.random.default_rng(0), load(other))
