"""Copies: the rows of a corpus, as large as you like, that repeat another row or one of a reference.

Sketches of all rows (one pass) -> groups of equal words -> pairs that agree in a band -> the shingles of these rows (a
second pass) -> the pairs whose exact Jaccard index is high enough -> the rows that go, each beside one that stays.
"""

import tempfile
from functools import partial
from pathlib import Path

import numpy as np

from ...core.chunked import Chunked
from ...core.samples import Array
from .candidates import alike, same
from .kept import flags
from .kernels import worthwhile
from .runs import distinct
from .settle import Copies, Groups, settled
from .shards import Shards
from .sketch import REAL, sketch
from .work import Work

SKETCHES = "duplicates-bands"  # the facts of a corpus that its index keeps
MANY = 1 << 22  # pairs that wait to be put in order


def copies(corpus: Chunked, reference: Chunked, similarity: float) -> Copies:
    """The rows of the corpus that have at least this Jaccard index with a row that stays, or with a reference row."""
    folder = getattr(corpus, "folder", None)
    with tempfile.TemporaryDirectory(prefix="duplicates-", dir=folder) as scratch:
        work = Work(corpus, reference, Path(scratch), worthwhile(len(corpus) + len(reference)))
        member, head, bands = _equal(work, near=similarity < 1)
        pair = _pairs(work, member[member != head], bands)
        return settled(work, Groups(member, head), pair, similarity)


def _equal(work: Work, near: bool) -> tuple[Array, Array, Shards]:
    """The rows of groups with the same words, sorted, the row that stands for each group, and the bands of all rows."""
    digests = Shards(work.folder, len(work))
    bands = Shards(work.folder, len(work))
    task = partial(sketch, compiled=work.compiled, near=near)
    for facts, first in work.each(SKETCHES if near else "duplicates-words", task):
        row = first + np.arange(len(facts["rank"]))
        digests.add(facts["digest"][:, :1].T, row, facts["digest"][:, 1])
        rank = facts["rank"] if first < len(work.corpus) else facts["rank"] & ~REAL
        bands.add(facts["keys"], row, rank)
    found = list(work.corpus.spread("duplicates-same-words", same, digests.jobs()))
    member, head = (
        np.concatenate([facts[name] for facts in found] or [np.empty(0, np.int64)]) for name in ("row", "head")
    )
    order = np.argsort(member)
    return member[order], head[order], bands


def _pairs(work: Work, gone: Array, bands: Shards) -> Array:
    """The pairs of rows that agree in a band, without the rows that have gone, packed (see candidates.alike)."""
    copy = np.zeros(len(work), bool)
    copy[gone] = True
    task = partial(alike, own=len(work.corpus), total=len(work), copies=flags(copy, work.folder))
    pairs, waiting, size = np.empty(0, np.uint64), [np.empty(0, np.uint64)], 0
    for facts in work.corpus.spread("duplicates-same-bands", task, bands.jobs()):
        waiting.append(facts["pair"])
        size += len(facts["pair"])
        if size > max(MANY, len(pairs)):  # a pair that agrees in several bands is held once
            pairs, waiting, size = distinct(np.concatenate([pairs, *waiting])), [], 0
    return distinct(np.concatenate([pairs, *waiting]))
