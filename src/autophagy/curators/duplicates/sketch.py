"""Sketches: what is known of the texts of one chunk, found by any process."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from ...core.chunked import Chunked, Facts
from ...core.encoded import Encoded
from ...core.samples import Array, Samples
from . import hashes, kernels, signature, verify
from .hashes import Hashed
from .kept import Kept, flagged
from .sets import add

SETTINGS = f"1: {hashes.N}-grams, {signature.BANDS} x {signature.ROWS}"  # another number where hashes change
BLOCK = 1 << 20  # bytes of texts that are hashed at a time: as much as stays in the cache
LONGEST, SHORT = np.uint64((1 << 23) - 1), np.uint64(40)
REAL = np.uint64(1) << np.uint64(63)  # set in the rank of every row that is no reference row


def sketch(texts: Encoded, *, compiled: bool, near: bool) -> Facts:
    """The digest (n, 2) and the rank (n,) of each text, and, to find near copies, the keys (22, n) of its bands."""
    blocks = []
    for known in _hashed(texts, compiled):
        keys = np.empty((0, len(known.words)), np.uint64)
        if near:
            keys = signature.keys((kernels.signatures if compiled else signature.signatures)(known))
        blocks.append((known.digests, rank(known), keys))
    digests, ranks, keys_ = zip(*blocks, strict=True)
    return {"digest": np.concatenate(digests), "rank": np.concatenate(ranks), "keys": np.concatenate(keys_, axis=1)}


def of_rows(sketches: Facts, rows: Array) -> Facts:
    """The sketches of some of the rows (n,) bool."""
    return {name: values[..., rows] if name == "keys" else values[rows] for name, values in sketches.items()}


def rank(texts: Hashed) -> Array:
    """The order (n,) in which rows are chosen, the first having the least: more words, then the smaller digest."""
    fewer = LONGEST - np.minimum(texts.words.astype(np.uint64), LONGEST)
    return REAL | fewer << SHORT | texts.digests[:, 0] >> np.uint64(24)


def reread(
    side: Chunked, number: int, first: int, folder: Path, *, wanted: Kept, grouped: Kept, compiled: bool
) -> Facts:
    """Of the wanted rows of a chunk the ranks and where their sets are, of the grouped ones contents and places.

    The sets are written below the folder. The rows of the chunk are numbered from `first` on.
    """
    rows = first + np.arange(side.sizes[number])
    near, same = (np.flatnonzero(flagged(which, rows)) for which in (wanted, grouped))
    return _with_sets(side.encoded(number, near), folder, compiled) | _with_places(side.chunk(number, same), rows[same])


def _with_sets(texts: Encoded, folder: Path, compiled: bool) -> Facts:
    found = [(rank(some), *verify.sets(some, np.arange(len(some.words)))) for some in _hashed(texts, compiled)]
    ranks, shingles, sizes = zip(*found, strict=True)
    path, place = add(folder, shingles)
    size = np.concatenate(sizes)
    start = place + np.cumsum(size) - size
    return {"rank": np.concatenate(ranks), "size": size, "start": start, "path": np.array([path])}


def _with_places(rows: Samples, number: Array) -> Facts:
    files = rows.meta.get("file", np.full(len(rows), "", np.dtypes.StringDType()))
    line = rows.meta.get("row", number)
    names, home = np.unique(np.array(files.tolist(), str), return_inverse=True)
    return {
        "content": np.array([_content(text) for text in rows.x.tolist()], np.uint64),
        "names": names,
        "home": home.astype(np.int64),
        "line": (line if line.dtype.kind in "iu" else number).astype(np.int64),
    }


def _hashed(texts: Encoded, compiled: bool) -> Iterator[Hashed]:
    return map(kernels.hashed if compiled else hashes.hashed, texts.parts(BLOCK))


def _content(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
