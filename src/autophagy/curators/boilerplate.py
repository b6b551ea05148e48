"""Boilerplate: the passages that a corpus repeats, such as footers and licences."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from ..core.chunked import Chunked, pick
from ..core.errors import must
from ..core.samples import Array
from ..text.runs import spans
from .first import first_to_last
from .passages import FEWEST, WORDS
from .repeats import Repeats, find_repeats


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that stands in several documents: its text and words, in how many, and in how many of each source."""

    text: str
    words: int
    documents: int
    sources: dict[str, int]


def boilerplate(corpus: Chunked, *, words: int = WORDS, least: int = 3, most: int = 20) -> list[Boilerplate]:
    """The passages of `words` words or more that stand in at least `least` documents, those with most documents first.

    A passage ends where the number of documents with its words changes by more than half.
    """
    must(words >= FEWEST, "words", words, f"at least {FEWEST}")
    repeats = find_repeats(corpus, words)
    chosen = _runs(repeats, repeats.documents(), least)[:most]
    texts = pick(corpus, [row for _, row, _, _, _ in chosen]).x.tolist()
    holders = [np.unique(repeats.row[repeats.window == window]) for *_, window in chosen]
    every = np.unique(np.concatenate([np.zeros(0, np.int64), *holders]))
    source = pick(corpus, every).source  # of all at once, since each chunk is read for it
    words_at = np.array([(start, end) for _, _, start, end, _ in chosen], np.int64).reshape(-1, 2)
    places = spans(texts, *words_at.T).tolist()
    found = []
    for (documents, _, start, end, _), text, rows, (begin, stop) in zip(chosen, texts, holders, places, strict=True):
        sources = Counter(map(str, source[np.searchsorted(every, rows)].tolist()))
        found.append(Boilerplate(text[begin:stop], end - start, documents, dict(sources.most_common())))
    return found


def _runs(repeats: Repeats, documents: Array, least: int) -> list[tuple[int, int, int, int, int]]:
    """Documents, row, first word, last word and a window of each passage, told in the first row that holds it."""
    where, seen, found = repeats.by_row(), np.zeros(repeats.windows, bool), []
    for row in first_to_last(repeats.lengths, repeats.digests).tolist():
        if row not in where:
            continue
        window, start = repeats.window[where[row]], repeats.start[where[row]]
        new = np.flatnonzero(~seen[window] & (documents[window] >= least))
        seen[window] = True
        if not len(new):
            continue
        count = documents[window[new]]
        jump = np.maximum(count[1:], count[:-1]) > 1.5 * np.minimum(count[1:], count[:-1])
        for part in np.split(new, np.flatnonzero((np.diff(start[new]) != 1) | jump) + 1):
            best = part[np.argmax(documents[window[part]])]
            ends = int(start[part[0]]), int(start[part[-1]]) + repeats.size
            found.append((int(documents[window[best]]), row, *ends, int(window[best])))
    return sorted(found, key=lambda one: (-one[0], one[2] - one[3], int(repeats.digests[one[1]]), one[2]))
