"""Runs: equal values side by side in sorted arrays."""

import numpy as np

from ...core.samples import Array


def distinct(values: Array) -> Array:
    """The different values, sorted: numpy.unique puts numbers into a hash table, which takes 50 times as long."""
    values = np.sort(values)
    return values[np.r_[True, values[1:] != values[:-1]]] if len(values) else values


def runs(equal: Array, n: int) -> Array:
    """The run (n,) that each of n sorted values is in; `equal` (n - 1,) says which equal the one before."""
    number = np.zeros(n, np.int64)
    number[1:] = np.cumsum(~equal)
    return number
