"""Settling: from rows with the same words and pairs that agree in a band to the rows that go, and beside which row."""

import zlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from ...core.samples import Array
from .choose import anchored, representatives
from .kept import flags
from .runs import distinct
from .sets import Sets, joined
from .sketch import REAL, reread
from .verify import jaccard
from .work import Work

PAIRS, JOBS = 1 << 12, 8  # pairs that are verified in one job at most; so many jobs also where there are fewer


@dataclass(frozen=True)
class Copies:
    """The rows (k,) that repeat another one, in their order, the partner of each, and how similar the two are.

    A row of the reference is numbered on from the last row of the corpus. `exact` says that the words are the same, and
    `equal` that the texts are, letter by letter.
    """

    rows: Array
    partners: Array
    similarity: Array
    exact: Array
    equal: Array


@dataclass(frozen=True)
class Groups:
    """Rows (m,) whose words are those of another one, in their order, and for each one row of the group, its head."""

    member: Array
    head: Array

    def heads(self, rows: Array) -> Array:
        """The heads of rows, where they are in a group; themselves where they are not."""
        return self.mapped(rows, self.head)

    def mapped(self, rows: Array, to: Array) -> Array:
        """For every row what `to` (m,) has for it, or itself where it is in no group."""
        if not len(self.member):
            return rows
        at = np.minimum(np.searchsorted(self.member, rows), len(self.member) - 1)
        return np.where(self.member[at] == rows, to[at], rows)


@dataclass(frozen=True)
class Reread:
    """What the second pass found: of the wanted rows the sets and their order, of the grouped ones the places."""

    sets: Sets
    start: Array
    size: Array
    order: Array
    places: tuple[Array, ...]


def settled(work: Work, groups: Groups, pair: Array, similarity: float) -> Copies:
    """The rows that go: those of a group but one, and those like a row that stays."""
    better, worse = (pair // np.uint64(max(1, len(work)))).astype(np.int64), pair % np.uint64(max(1, len(work)))
    worse = worse.astype(np.int64)
    wanted = distinct(np.concatenate([better, worse]))
    if not len(wanted) + len(groups.member):
        return Copies(*(np.empty(0, kind) for kind in (np.int64, np.int64, float, bool, bool)))
    found = _second_pass(work, wanted, groups.member)
    first, second = np.searchsorted(wanted, better), np.searchsorted(wanted, worse)
    index = _indices(work, found, first, second, similarity)
    like = index >= similarity
    gone, partner, index = anchored(first[like], second[like], index[like], found.order)
    gone, partner = wanted[gone], wanted[partner]
    first_of = representatives(groups.head, found.places)
    stands, content = groups.member[first_of], found.places[1]
    told = _told(groups, stands, gone, groups.mapped(partner, stands), index, len(work.corpus))
    equal = groups.member[content == content[first_of]]
    return replace(told, equal=told.exact & np.isin(told.rows, equal, assume_unique=True))


def _told(groups: Groups, stands: Array, gone: Array, partner: Array, index: Array, own: int) -> Copies:
    """The copies among single rows and rows of groups; `stands` (m,) is the row that stands for each one's group."""
    rows = distinct(np.concatenate([gone, groups.member]))
    rows = rows[rows < own]  # a reference row never goes
    head, stand = groups.heads(rows), groups.mapped(rows, stands)
    at = np.minimum(np.searchsorted(gone, head), max(0, len(gone) - 1))
    near = gone[at] == head if len(gone) else np.zeros(len(rows), bool)
    partners, similarity = stand.copy(), np.ones(len(rows))
    partners[near], similarity[near] = partner[at[near]], index[at[near]]
    out = near | (stand != rows)
    return Copies(rows[out], partners[out], similarity[out], ~near[out], np.zeros(int(out.sum()), bool))


def _second_pass(work: Work, wanted: Array, member: Array) -> Reread:
    masks = np.zeros((2, len(work)), bool)
    masks[0, wanted] = masks[1, member] = True
    name = f"duplicates-sets-{zlib.crc32(np.packbits(masks).tobytes()):08x}"  # other rows make another task
    flag = [flags(mask, work.folder) for mask in masks]
    columns: dict[str, list[Array]] = {name: [] for name in ("rank", "size", "content", "home", "line")}
    names: dict[str, int] = {}
    starts: list[tuple[Path, Array]] = []
    task = partial(reread, wanted=flag[0], grouped=flag[1], compiled=work.compiled)
    for facts, folder in work.some(name, task, np.union1d(wanted, member)):
        starts.append((folder / str(facts["path"][0]), facts["start"]))
        numbers = [names.setdefault(str(each), len(names)) for each in facts["names"].tolist()]
        facts["home"] = np.array(numbers, np.int64)[facts["home"]]
        for column, parts in columns.items():
            parts.append(facts[column])
    rank, size, content, origin, line = (np.concatenate(parts) for parts in columns.values())
    rank[wanted >= len(work.corpus)] &= ~REAL
    order = np.empty(len(wanted), np.int64)
    order[np.lexsort((wanted, rank))] = np.arange(len(wanted))
    place = np.empty(len(names), np.int64)
    place[np.argsort(np.array(list(names), str))] = np.arange(len(names))
    own = member < len(work.corpus)  # rows of the reference come first
    return Reread(*joined(starts), size, order, (own, content, place[origin], line))


def _indices(work: Work, found: Reread, first: Array, second: Array, similarity: float) -> Array:
    """The Jaccard index of every pair, or 0 where the sizes of the sets alone say that it is too low."""
    pairs = np.stack([first, second])
    size = found.size[pairs]  # (2, k)
    likely = np.flatnonzero(size.min(axis=0) >= similarity * size.max(axis=0)) if len(first) else np.empty(0, np.int64)
    index = np.zeros(len(first))
    each = min(PAIRS, len(likely) // JOBS + 1)
    blocks = [likely[at : at + each] for at in range(0, len(likely), each)]
    jobs = [(found.start[pairs[:, some]], size[:, some]) for some in blocks]
    task = partial(jaccard, kept=found.sets, compiled=work.compiled)
    for some, facts in zip(blocks, work.corpus.spread("duplicates-verified", task, jobs), strict=True):
        index[some] = facts["jaccard"]
    return index
