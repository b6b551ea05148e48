"""Means over what is known."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def mean_of_known(values: Iterable[float]) -> float:
    """The mean of the values that are finite; NaN where none is."""
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan


def means_of_known(rows: Iterable[Sequence[float]]) -> NDArray[np.float64]:
    """The mean of the known values of each row (rows,); NaN where none is known."""
    return np.array([mean_of_known(row) for row in rows], dtype=np.float64)
