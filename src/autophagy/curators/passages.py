"""Passages: rows most of which stands in other rows already, and the boilerplate that a corpus repeats."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..core.chunked import Chunked, pick
from ..core.decorators import curator
from ..core.errors import must
from ..core.plugin import ALONE, Verdict
from ..core.samples import Array
from ..text.runs import places
from .first import first_to_last
from .repeats import Repeats, find_repeats

WORDS = 50  # in a row, the length from which Lee et al. (2022) take a passage for a copy (50 tokens)
FEWEST = 8  # words of the shortest passage that can be asked for
TEXT = np.dtypes.StringDType()


@curator(
    "passages",
    of="text",
    over="corpus",
    title="Repeated passages",
    says="consist mostly of passages that stand in other rows, or again and again in the row itself",
    advice="Look for boilerplate and quoted copies: curate with --curator passages drops these rows.",
    audits=True,
)
def passages(
    corpus: Chunked, reference: Chunked, rng: np.random.Generator, *, words: int = WORDS, share: float = 0.5
) -> Iterator[Verdict]:
    """Drop rows of which more than `share` of the words stand in passages of kept rows, the reference or themselves.

    A passage is `words` words or more that stand elsewhere word for word, without case, ASCII punctuation and articles;
    each that is that long is found, in its whole length. Rows are judged the longest first (in words), and of
    equally long ones that with the smallest digest of its text, so that the result does not depend on the order of the
    files; what stands in a dropped row alone counts for none. Of what a row itself repeats the first time is new. The
    score is the share of its words that stand in such passages.

    Ref: Lee et al. (2022), deduplicating training data (50 tokens); Schleimer, Wilkerson and Aiken (2003), winnowing.
    """
    must(words >= FEWEST, "words", words, f"at least {FEWEST}")
    must(0 <= share < 1, "share", share, "a share from 0 to less than 1")
    repeats = find_repeats(corpus, words, reference)
    judged = _judge(repeats, len(corpus), share)
    documents, sources = repeats.documents(), repeats.of_sources()
    reason = f"more than {share:.0%} of its words stand in passages of {words} words or more that came before"
    first = 0
    for number, size in enumerate(corpus.sizes.tolist()):
        yield _verdict(corpus, number, first, judged, repeats, documents, sources, reason)
        first += size


@dataclass(frozen=True)
class _Repeated:
    """Of one row: how many of its words came before, where the longest such passage is, and whose window that has."""

    words: int
    start: int
    end: int
    window: int
    partner: int
    keep: bool


def _judge(repeats: Repeats, rows: int, share: float) -> dict[int, _Repeated]:
    """The rows of the corpus of which something came before, each judged after those that are kept rather than it."""
    where = repeats.by_row()
    holder = np.full(repeats.windows, -1)  # the kept row in which each window stands
    for row in (row for row in where if row >= rows):
        _hold(holder, repeats.window[where[row]], row)
    found: dict[int, _Repeated] = {}
    for row in first_to_last(repeats.lengths[:rows], repeats.digests[:rows]).tolist():
        if row not in where:
            continue
        window, start = repeats.window[where[row]], repeats.start[where[row]]
        known = holder[window]
        again = np.ones(len(window), bool)
        again[np.unique(window, return_index=True)[1]] = False
        hit = np.flatnonzero((known >= 0) | again)
        keep = True
        if len(hit):
            found[row] = one = _repeated(row, start[hit], window[hit], known[hit], repeats, share)
            keep = one.keep
        if keep:
            _hold(holder, window, row)
    return found


def _hold(holder: Array, window: Array, row: int) -> None:
    holder[window] = np.where(holder[window] < 0, row, holder[window])


def _repeated(row: int, start: Array, window: Array, known: Array, repeats: Repeats, share: float) -> _Repeated:
    """What is to be said of a row with these windows (w,) that came before, in the row `known` (w,), -1 in itself."""
    steps = np.minimum(np.diff(start), repeats.size)
    words = int(repeats.size + steps.sum())
    cuts = np.flatnonzero(np.diff(start) > repeats.size) + 1
    first, last = start[np.append(0, cuts)], start[np.append(cuts - 1, len(start) - 1)] + repeats.size
    longest = int(np.argmax(last - first))
    values, counts = np.unique(np.where(known < 0, row, known), return_counts=True)
    inside = int(window[np.searchsorted(start, first[longest])])
    keep = words <= share * int(repeats.lengths[row])
    return _Repeated(words, int(first[longest]), int(last[longest]), inside, int(values[np.argmax(counts)]), keep)


def _verdict(
    corpus: Chunked,
    number: int,
    first: int,
    judged: dict[int, _Repeated],
    repeats: Repeats,
    documents: Array,
    sources: Array,
    reason: str,
) -> Verdict:
    """The verdict on a chunk, whose texts are read only where something is to be shown."""
    size = int(corpus.sizes[number])
    mine = {row - first: judged[row] for row in range(first, first + size) if row in judged}
    keep, score = np.ones(size, bool), np.zeros(size)
    details, spans, partners = np.full(size, "", TEXT), np.full((size, 2), -1), np.full(size, ALONE)
    texts = corpus.chunk(number).x if mine else np.array([], TEXT)
    for row, one in mine.items():
        keep[row], score[row] = one.keep, one.words / repeats.lengths[first + row]
        found = places(texts[row])[one.start : one.end]
        spans[row] = found[0, 0], found[-1, 1]
        details[row] = _told(one, first + row, repeats, int(documents[one.window]), int(sources[one.window]))
        if not one.keep and one.partner != first + row:
            partners[row] = one.partner if one.partner < len(corpus) else len(corpus) - 1 - one.partner
    return Verdict(keep, score, reason, details, spans, partners)


def _told(one: _Repeated, row: int, repeats: Repeats, documents: int, sources: int) -> str:
    """What came before, and in how many documents the longest passage of it stands."""
    whole = f"{one.words:,} of {int(repeats.lengths[row]):,} words"
    if documents == 1:
        return f"{whole} repeat what the text says before, the longest passage {one.end - one.start:,} words"
    many = f"{documents:,} documents" + (f" of {sources:,} sources" if sources > 1 else "")
    return f"{whole} stand elsewhere; the longest passage, {one.end - one.start:,} words, stands in {many}"


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
    rows = pick(corpus, [row for _, row, _, _, _ in chosen]).x.tolist()
    found = []
    for (documents, _, start, end, window), text in zip(chosen, rows, strict=True):
        where = places(text)[start:end]
        holders = np.unique(repeats.row[repeats.window == window])
        sources = Counter(map(str, pick(corpus, holders).source.tolist()))
        found.append(Boilerplate(text[where[0, 0] : where[-1, 1]], end - start, documents, dict(sources.most_common())))
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
