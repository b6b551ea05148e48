"""A column: texts as one Arrow array, whose bytes are searched at once, made once for all who look for something."""

import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.encoded import encoded
from ..core.samples import Array

BEYOND = np.arange(256) >= 0x80
_known: dict[int, Any] = {}  # the columns of arrays of texts that are still there


def column(texts: Array | Sequence[str]) -> Any:
    """The texts as a large Arrow string array; that of an array of texts is kept as long as the array is."""
    if isinstance(texts, np.ndarray):
        if id(texts) not in _known:
            remember(texts, _made(texts.tolist()))
        return _known[id(texts)]
    return _made(texts)


def remember(texts: Array, known: Any) -> None:
    """Say which column an array of texts was read from, so that none is made of it."""
    _known[id(texts)] = known
    weakref.finalize(texts, _known.pop, id(texts), None)


def taken(known: Any, numbers: Sequence[int] | Array) -> Any:
    """The texts of a column that have these numbers; pyarrow would import pandas to understand an array of numpy."""
    import pyarrow as pa

    places = pa.py_buffer(np.asarray(numbers, np.int64))
    return known.take(pa.Int64Array.from_buffers(pa.int64(), len(numbers), [None, places]))


def content(known: Any) -> tuple[Array, Array]:
    """The bytes (b,) uint8 of all texts of a column, and where each text begins and the last one ends (n + 1,)."""
    _, ends, data = known.buffers()
    offsets = np.frombuffer(ends, np.int64, len(known) + 1, known.offset * 8)
    return np.frombuffer(data or b"", np.uint8)[: offsets[-1]], offsets


def beyond_ascii(known: Any) -> Array:
    """The places (k,) of eight bytes, counted in eights, among which one is beyond ASCII; the last may be fewer."""
    data, _ = content(known)
    whole = len(data) // 8 * 8
    high = np.flatnonzero((data[:whole].view(np.uint64) & np.uint64(0x8080808080808080)) != 0)
    return np.append(high, whole // 8) if (data[whole:] >= 0x80).any() else high


def rows_beyond_ascii(known: Any) -> Array:
    """The numbers of the texts that hold a letter beyond ASCII."""
    return rows_with_bytes(known, BEYOND)


def rows_with_bytes(known: Any, wanted: Array) -> Array:
    """The numbers of the texts that hold one of the bytes that are `wanted` (256,), all of them beyond ASCII."""
    data, ends = content(known)
    at = (beyond_ascii(known)[:, None] * 8 + np.arange(8)).reshape(-1)
    if len(at) and at[-1] >= len(data):
        at = at[at < len(data)]
    return np.unique(np.searchsorted(ends, at[wanted[data[at]]], side="right") - 1)


def _made(texts: Sequence[str]) -> Any:
    """Four times as fast as pyarrow.array makes it."""
    import pyarrow as pa

    made = encoded(texts, "strict")
    return pa.LargeStringArray.from_buffers(len(made), pa.py_buffer(made.ends), pa.py_buffer(made.data))
