"""Digests: a number for each text that only its content decides, to choose and to order by."""

import hashlib
from collections.abc import Iterable

import numpy as np

from ..core.samples import Array, Samples


def digests(texts: Iterable[str], seed: int = 0) -> Array:
    """A uint64 (n,) for each text, uniform over texts; another `seed` gives others.

    Who takes the rows with the smallest digests draws a sample that hangs on no order and on no chunking.
    """
    key = seed.to_bytes(8, "little", signed=True)
    parts = [hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8, key=key).digest() for text in texts]
    return np.frombuffer(b"".join(parts), dtype="<u8").astype(np.uint64)


def row_digests(rows: Samples, seed: int = 0) -> Array:
    """A uint64 (n,) for each row of texts, decided by the text and, where they are known, its file and its row there.

    Copies of a text so have different ones, and which of them comes first hangs on no order of the files.
    """
    places = [rows.meta[name].tolist() for name in ("file", "row") if name in rows.meta]
    return digests(map("\0".join, zip(rows.x.tolist(), *(map(str, place) for place in places), strict=True)), seed)


def order_digests(rows: Samples, seed: int = 0) -> Array:
    """Two uint64 (n, 2) for each row of texts, to order by: of its text, and of its file and its row there.

    The second is for copies of a text alone, of which one comes first; 0 where the place of a row is not known.
    """
    places = [map(str, rows.meta[name].tolist()) for name in ("file", "row") if name in rows.meta]
    second = digests(map("\0".join, zip(*places, strict=True)), seed) if places else np.zeros(len(rows), np.uint64)
    return np.stack([digests(rows.x.tolist(), seed), second], axis=1)
