"""Repeats: every stretch of words that stands more than once in a corpus, found without comparing its rows in pairs."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ..core.chunked import Chunked, Facts
from ..core.samples import Array, Samples
from ..text.runs import Numbered, numbered
from .first import digests

SECOND = 0xD1B54A32D192ED03  # another odd factor, for a second number of each window
ROWS = {"lengths": np.int64, "digests": np.uint64, "sources": np.uint64}  # what is kept of every row


@dataclass(frozen=True)
class Repeats:
    """The windows of `size` words that stand more than once, and what is known of the rows.

    A window is one of `window` (w,) by its number, 0 to `windows` - 1, in row `row` (w,) from its word `start` (w,)
    on; they are sorted by row and start. Of each row: its words `lengths` (n,), the `digests` (n,) of its text and
    `sources` (n,) of its source. The rows of a reference follow on those of the corpus.
    """

    size: int
    windows: int
    window: Array
    row: Array
    start: Array
    lengths: Array
    digests: Array
    sources: Array

    def documents(self) -> Array:
        """In how many rows each window (windows,) stands."""
        return self._different(self.row)

    def of_sources(self) -> Array:
        """In how many sources each window (windows,) stands."""
        return self._different(np.unique(self.sources, return_inverse=True)[1][self.row])

    def _different(self, values: Array) -> Array:
        """How many different ones of the values (w,) from 0 on each window (windows,) has."""
        most = int(values.max(initial=0)) + 1
        both = np.sort(self.window * most + values)  # of one number, which is sorted ten times as fast as two
        return np.bincount(both[_apart(both)] // most, minlength=self.windows)

    def by_row(self) -> dict[int, slice]:
        """Each row that holds windows, with where they are in the arrays."""
        rows, starts = np.unique(self.row, return_index=True)
        ends = np.append(starts, len(self.row))[1:]
        return {row: slice(*part) for row, *part in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)}


def find_repeats(corpus: Chunked, size: int, reference: Chunked | None = None) -> Repeats:
    """All windows of `size` words that stand more than once in the corpus and the reference, in two passes over each.

    The first keeps a sample of the runs of size // 2 words: those whose number is the smallest among all runs of some
    window. Equal windows have equal samples, so that none that comes again is missed; some 8 % of the runs are kept for
    50 words. The second looks at the rows with a run that came again, and takes two for the same where two 64-bit
    numbers of their words agree. Memory: some .9 bytes a word of the corpus, and 32 bytes a word that stands again.

    Ref: Schleimer, Wilkerson and Aiken (2003), winnowing: any match of w + k - 1 words is found.
    """
    both = {"passages": corpus} | ({"passages-reference": reference} if reference else {})
    sampling = partial(_sample, size=size)
    samples = [facts for name, one in both.items() for facts in one.each(f"{name}-sample-{size}", sampling)]
    runs = np.sort(_joined(samples, "runs", np.uint64))
    again = np.unique(runs[1:][runs[1:] == runs[:-1]])
    repeating = np.concatenate([np.zeros(0, bool), *(_repeating(facts, again) for facts in samples)])
    found = []
    for (name, one), offset in zip(both.items(), (0, len(corpus)), strict=False):
        looking = partial(_windows, size=size, again=again, chosen=repeating[offset : offset + len(one)])
        found += [facts | {"row": facts["row"] + offset} for facts in one.each(f"{name}-windows-{size}", looking)]
    number, chosen = _numbers(*(_joined(found, name, np.uint64) for name in ("first", "second")))
    row, start = (_joined(found, name, np.int64)[chosen] for name in ("row", "start"))
    rows = (_joined(samples, name, kind) for name, kind in ROWS.items())
    return Repeats(size, int(number.max(initial=-1)) + 1, number, row, start, *rows)


def _numbers(first: Array, second: Array) -> tuple[Array, Array]:
    """The windows that stand more than once, numbered from 0 on, and which (w,) of all they are."""
    order = np.argsort(first)
    new, clash = _apart(first[order]), _apart(second[order])
    if (clash & ~new).any():  # two windows share their first number by chance: once in a lifetime
        order = np.lexsort((second, first))
        new = _apart(first[order]) | _apart(second[order])
    window = np.empty(len(order), np.int64)
    window[order] = np.cumsum(new) - 1
    often = np.bincount(window, minlength=1) > 1
    chosen = often[window]
    return (np.cumsum(often) - 1)[window[chosen]], chosen


def _apart(values: Array) -> Array:
    """Whether each of the values differs from the one before it."""
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return new


def _joined(facts: list[Facts], name: str, kind: Any) -> Array:
    return np.concatenate([np.zeros(0, kind), *(each[name].astype(kind, copy=False) for each in facts)])


def _sample(rows: Samples, first: int, *, size: int) -> Facts:
    """What the first pass keeps of a chunk: the sampled runs, and the facts of its rows."""
    texts = rows.x.tolist()
    known = numbered(texts)
    runs, starts = _sampled(known, size)
    owners = known.owners(starts).astype(np.int32)
    sources = digests(map(str, rows.source.tolist()))
    return {"runs": runs, "owners": owners, "lengths": known.lengths, "digests": digests(texts), "sources": sources}


def _repeating(facts: Facts, again: Array) -> Array:
    """Whether each row of a chunk holds a sampled run that came again."""
    found = np.zeros(len(facts["lengths"]), bool)
    found[facts["owners"][np.isin(facts["runs"], again)]] = True
    return found


def _sampled(known: Numbered, size: int) -> tuple[Array, Array]:
    """The runs of size // 2 words with the smallest number of those in some window of `size`, and where they begin."""
    from scipy.ndimage import maximum_filter1d, minimum_filter1d

    runs, starts = known.runs(size // 2)
    width = size - size // 2 + 1  # runs in a window
    if len(runs) < width:
        return runs[:0], starts[:0]
    owners = known.owners(starts)
    value = (runs >> np.uint64(12)).astype(float) + 1  # 52 bits, which a float holds exactly
    least = minimum_filter1d(value, width, origin=-(width // 2))  # of the window that begins with each run
    whole = np.zeros(len(runs), bool)
    whole[: len(runs) - width + 1] = owners[: len(runs) - width + 1] == owners[width - 1 :]
    least[~whole] = 0
    # the largest of the windows that hold a run is its own number where it is the smallest in one of them
    chosen = maximum_filter1d(least, width, origin=(width - 1) // 2, mode="constant", cval=0.0) == value
    return runs[chosen], starts[chosen]


def _windows(rows: Samples, first: int, *, size: int, again: Array, chosen: Array) -> Facts:
    """Of a chunk, the windows that hold a sampled run that came again: two numbers, row and first word of each.

    `chosen` says of all rows which hold such a run; the others are not read again.
    """
    mine = np.flatnonzero(chosen[first : first + len(rows)])
    known = numbered(rows.x[mine].tolist())
    runs, starts = _sampled(known, size)
    hit = starts[np.isin(runs, again)]
    row = known.owners(hit)
    begin = np.maximum(hit + size // 2 - size, known.bounds[row])
    end = np.minimum(hit, known.bounds[row + 1] - size) + 1
    change = np.zeros(len(known.hashes) + 1, np.int64)
    np.add.at(change, begin, 1)
    np.add.at(change, end, -1)
    numbers, places = known.runs(size)
    inside = np.cumsum(change)[places] > 0
    row = known.owners(places[inside])
    start = places[inside] - known.bounds[row]
    return {
        "first": numbers[inside],
        "second": known.runs(size, SECOND)[0][inside],
        "row": first + mine[row],
        "start": start,
    }
