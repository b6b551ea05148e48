"""Sketches: what is known of the texts of one chunk, found by any process."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

import numpy as np

from ...core.chunked import Facts
from ...core.samples import Array, Samples
from . import hashes, kernels, signature, verify
from .hashes import Hashed
from .kept import Kept, flagged

SETTINGS = f"1: {hashes.N}-grams, {signature.BANDS} x {signature.ROWS}"  # another number where hashes change
BLOCK = 1 << 20  # characters of texts that are hashed at a time: as much as stays in the cache
LONGEST, SHORT = np.uint64((1 << 23) - 1), np.uint64(40)
REAL = np.uint64(1) << np.uint64(63)  # set in the rank of every row that is no reference row


def sketch(rows: Samples, first: int, *, compiled: bool, near: bool) -> Facts:
    """The digest (n, 2) and the rank (n,) of each text, and, to find near copies, the keys (22, n) of its bands."""
    blocks = []
    for texts in _blocks(rows.x.tolist()):
        known = (kernels.hashed if compiled else hashes.hashed)(texts)
        keys = np.empty((0, len(texts)), np.uint64)
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


def reread(rows: Samples, first: int, *, wanted: Kept, grouped: Kept, compiled: bool) -> Facts:
    """The shingles of the wanted rows and their ranks, and the content and place of the grouped rows."""
    number = first + np.arange(len(rows))
    near, same = np.flatnonzero(flagged(wanted, number)), np.flatnonzero(flagged(grouped, number))
    texts = rows.x[near].tolist()
    found = [(rank(known), *verify.sets(known, np.arange(len(some)))) for known, some in _hashed(texts, compiled)]
    ranks, shingles, sizes = zip(*found, strict=True)
    files = rows.meta.get("file", np.full(len(rows), "", np.dtypes.StringDType()))[same]
    line = rows.meta.get("row", number)
    names, home = np.unique(np.array(files.tolist(), str), return_inverse=True)
    return {
        "rank": np.concatenate(ranks),
        "shingles": np.concatenate(shingles),
        "size": np.concatenate(sizes),
        "member": number[same],
        "content": np.array([_content(text) for text in rows.x[same].tolist()], np.uint64),
        "names": names,
        "home": home.astype(np.int64),
        "line": (line if line.dtype.kind in "iu" else number)[same].astype(np.int64),
    }


def _hashed(texts: Sequence[str], compiled: bool) -> Iterator[tuple[Hashed, Sequence[str]]]:
    make: Callable[[Sequence[str]], Hashed] = kernels.hashed if compiled else hashes.hashed
    for some in _blocks(texts):
        yield make(some), some


def _content(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in blocks of about a megabyte, at least one."""
    start, size = 0, 0
    for end, length in enumerate(map(len, texts)):
        if size + length > BLOCK and end > start:
            yield texts[start:end]
            start, size = end, 0
        size += length + 64
    yield texts[start:]
