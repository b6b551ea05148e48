"""Sought texts: the items of an evaluation, and where a run of their words, or a near copy, stands in other texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..core.samples import Array
from ..text.runs import Numbered, Words, common, numbered
from ..text.runs import words as words_of

RUN = 13  # words in a row that are no chance
FEWEST = 5  # words of an item that is looked for whole
PIECE = 5  # words in a row that propose a near copy
PROPOSED = 0.15  # share of an item's pieces that stand in a near copy; of random edits to a fifth of the words .33 are
ROOM = 0.25  # of the item's words: how much longer a near copy may be on either side


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where an item stands in a text: `size` words from `start` on, and the `share` of the item's words found there.

    A `near` copy has that share of them in their order, with others between; else all `size` words are the item's.
    """

    row: int
    item: int
    start: int
    size: int
    share: float
    near: bool = False


@dataclass(frozen=True)
class Sought:
    """Items by their words; `whole` (items,) bool are those that are looked for whole where they are short.

    An item of at least `run` words is found by any `run` of them in a row, one of 5 words or more, where it may be,
    by all of them. A near copy, of an item of at least `run` words, has at least `near` of them in their order; 0
    looks for none. Raises nothing: items that are shorter are `short`.
    """

    items: Sequence[str]
    whole: Array
    run: int = RUN
    near: float = 0.0

    @cached_property
    def short(self) -> Array:
        """Whether an item (items,) has too few words to be looked for."""
        lengths = self._numbered.lengths
        return np.where(self.whole, lengths < min(FEWEST, self.run), lengths < self.run)

    def find(self, texts: Sequence[str]) -> list[Occurrence]:
        """Every place, in the order of texts and words, in which an item stands, each as long as it goes on."""
        rows = numbered(texts)
        found = [hit for table in self._tables for hit in table.hits(rows)]
        read: dict[int, Words] = {}
        exact = [hit for hit in found if self._verified(hit, texts, read)]
        near = self._near(rows, texts, {(hit[0], hit[1]) for hit in exact}, read) if self.near else []
        hits = [Occurrence(row, item, start, size, size / self._lengths[item]) for row, item, start, _, size in exact]
        return sorted([*hits, *near], key=lambda hit: (hit.row, hit.start, min(hit.size, self.run), hit.item))

    @cached_property
    def _numbered(self) -> Numbered:
        return numbered(self.items)

    @cached_property
    def _lengths(self) -> list[int]:
        return [int(length) for length in self._numbered.lengths]

    @cached_property
    def _words(self) -> dict[int, Words]:
        return {}

    @cached_property
    def _tables(self) -> list["_Table"]:
        """The items by the size of the runs by which they are known again."""
        lengths = self._numbered.lengths
        size = np.where(lengths >= self.run, self.run, lengths)
        size[self.short] = 0
        return [_Table.of(self._numbered, int(some), size == some) for some in np.unique(size[size > 0])]

    @cached_property
    def _pieces(self) -> "_Table":
        return _Table.of(self._numbered, PIECE, self._numbered.lengths >= max(self.run, PIECE))

    def _verified(self, hit: tuple[int, ...], texts: Sequence[str], read: dict[int, Words]) -> bool:
        """Whether the words are the same and not their numbers alone."""
        row, item, start, place, size = hit
        return self._row(row, texts, read)[start : start + size] == self._item(item)[place : place + size]

    def _item(self, item: int) -> Words:
        return _kept(self._words, item, self.items)

    def _row(self, row: int, texts: Sequence[str], read: dict[int, Words]) -> Words:
        return _kept(read, row, texts)

    def _near(
        self, rows: Numbered, texts: Sequence[str], known: set[tuple[int, int]], read: dict[int, Words]
    ) -> Iterator[Occurrence]:
        """The near copies of items of which no run stands there: proposed by their pieces, verified word by word."""
        row, item, start, place = self._pieces.matches(rows)
        order = np.lexsort((place, item, row))
        row, item, start, place = (column[order] for column in (row, item, start, place))
        cuts = np.flatnonzero((np.diff(row) != 0) | (np.diff(item) != 0)) + 1
        for some in np.split(np.arange(len(row)), cuts):
            if not len(some) or (pair := (int(row[some[0]]), int(item[some[0]]))) in known:
                continue
            wanted = PROPOSED * (self._lengths[pair[1]] - PIECE + 1)
            if len(np.unique(place[some])) >= wanted:
                yield from self._aligned(*pair, start[some], place[some], self._row(pair[0], texts, read))

    def _aligned(self, row: int, item: int, start: Array, place: Array, words: Words) -> Iterator[Occurrence]:
        """The near copy where most of the pieces lie as far from each other as in the item, if it is one."""
        length = self._lengths[item]
        shifts, counts = np.unique(start - place, return_counts=True)
        shift, room = int(shifts[np.argmax(counts)]), int(ROOM * length) + 1
        window = words[max(0, shift - room) : shift + length + room]
        share = common(self._item(item), window) / length
        if share >= self.near:
            inside = np.flatnonzero(np.abs(start - place - shift) <= room)
            begin, end = inside[np.argmin(start[inside])], inside[np.argmax(start[inside])]
            first = max(0, int(start[begin] - place[begin]))  # where the item's own first and last word would be
            last = min(len(words), int(start[end] + length - place[end]))
            yield Occurrence(row, item, first, last - first, share, near=True)


def _kept(memory: dict[int, Words], number: int, texts: Sequence[str]) -> Words:
    if number not in memory:
        memory[number] = words_of(texts[number])
    return memory[number]


@dataclass(frozen=True)
class _Table:
    """The runs of one size of some items, sorted by their number: of which item each is, and from which word on."""

    size: int
    keys: Array
    item: Array
    place: Array
    seen: Array  # by the first bits of a number, whether any run has them: spares most runs of a text the search

    @classmethod
    def of(cls, items: Numbered, size: int, chosen: Array) -> "_Table":
        """All runs of the chosen (items,) items."""
        keys, starts = items.runs(size)
        owners = items.owners(starts)
        mine = chosen[owners]
        order = np.argsort(keys[mine], kind="stable")
        keys, starts, owners = keys[mine][order], starts[mine][order], owners[mine][order]
        seen = np.zeros(1 << max(8, len(keys).bit_length() + 4), bool)
        seen[keys & np.uint64(len(seen) - 1)] = True
        return cls(size, keys, owners, starts - items.bounds[owners], seen)

    def matches(self, rows: Numbered) -> tuple[Array, Array, Array, Array]:
        """Each row, item, word of the row and word of the item from which on they have a run in common."""
        numbers, starts = rows.runs(self.size)
        maybe = self.seen[numbers & np.uint64(len(self.seen) - 1)]
        numbers, starts = numbers[maybe], starts[maybe]
        left, right = (np.searchsorted(self.keys, numbers, side) for side in ("left", "right"))
        times = right - left
        starts = np.repeat(starts, times)
        # the runs left .. right of each number, one after the other
        found = np.arange(len(starts)) - np.repeat(np.cumsum(times) - times - left, times)
        row = rows.owners(starts)
        return row, self.item[found], starts - rows.bounds[row], self.place[found]

    def hits(self, rows: Numbered) -> list[tuple[int, int, int, int, int]]:
        """The same with runs that follow on one another put together: row, item, word, word, and how many words."""
        row, item, start, place = self.matches(rows)
        if not len(row):
            return []
        order = np.lexsort((start, start - place, item, row))
        row, item, start, place = (column[order] for column in (row, item, start, place))
        goes_on = (np.diff(row) == 0) & (np.diff(item) == 0) & (np.diff(start) == 1) & (np.diff(place) == 1)
        first = np.flatnonzero(np.concatenate([[True], ~goes_on]))
        last = np.append(first[1:] - 1, len(row) - 1)
        size = start[last] - start[first] + self.size
        columns = (row[first], item[first], start[first], place[first], size)
        return list(zip(*(column.tolist() for column in columns), strict=True))
