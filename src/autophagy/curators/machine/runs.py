"""Runs: the runs of words and of word shapes that texts hold, as sparse rows of numbers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from ...core.samples import Array
from .examples import READ, first_words
from .tokens import shapes, words

WIDTH = 1 << 18  # numbers that the runs of one view are hashed to
VIEWS = ((words, 2), (shapes, 3))  # and the longest run of each


def matrix(texts: Sequence[str]) -> Any:
    """The runs of each text, a sparse (n, 2 WIDTH): 1 + log of how often it holds the run, words before shapes."""
    from scipy.sparse import csr_array

    rows = [_row(text) for text in texts]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([np.zeros(0, np.int32), *(columns for columns, _ in rows)])
    values = np.concatenate([np.zeros(0, np.float32), *(values for _, values in rows)])
    return csr_array((values, columns, ends), shape=(len(rows), WIDTH * len(VIEWS)))


@lru_cache(maxsize=1 << 14)
def _row(text: str) -> tuple[Array, Array]:
    """The numbers of a text's runs, in order, and their weights; kept, as every fold of the examples asks for them."""
    read = first_words(text, READ)
    numbers = []
    for place, (view, longest) in enumerate(VIEWS):
        tokens = view(read)
        for size in range(1, longest + 1):
            found = (" ".join(tokens[start : start + size]) for start in range(len(tokens) - size + 1))
            numbers += [crc32(run.encode()) % WIDTH + place * WIDTH for run in found]
    columns, times = np.unique(np.array(numbers, np.int32), return_counts=True)
    return columns, (1 + np.log(times)).astype(np.float32)
