"""Which of several like rows stays: an order by what rows hold, which no order of files or chunks changes."""

import hashlib
from collections.abc import Iterable

import numpy as np

from ..core.samples import Array


def digests(texts: Iterable[str]) -> Array:
    """A number (n,) uint64 of each text, the same on every machine."""
    parts = (hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(parts), np.uint64)


def first_to_last(lengths: Array, digests: Array) -> Array:
    """The rows (n,) in the order in which they are kept: the longest first, of equally long ones the smallest digest.

    Rows that are the same text follow on one another as they came.
    """
    return np.lexsort((digests, -np.asarray(lengths, np.int64)))
