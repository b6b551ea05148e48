"""Passages: rows most of which stands in other rows already."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..core.chunked import Chunked, Facts
from ..core.decorators import curator
from ..core.errors import must
from ..core.plugin import ALONE, Verdict
from ..core.samples import Array
from ..text.percent import percent
from ..text.runs import spans
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
    advice="Look for boilerplate and quoted copies: `autophagy curate --curator passages` drops these rows.",
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
    reason = f"more than {percent(share, 0)} of its words stand in passages of {words} words or more that came before"
    jobs = _by_chunk(corpus.sizes, judged)
    shown = corpus.spread(f"passages-places-{words}", partial(_places, corpus), jobs)
    for job, facts in zip(jobs, shown, strict=True):
        yield _verdict(corpus, job, facts["spans"], judged, repeats, documents, sources, reason)


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
    place = np.empty(repeats.windows, np.int64)  # of each window in the row that is judged, the first
    for row in (row for row in where if row >= rows):
        _hold(holder, repeats.window[where[row]], row)
    found: dict[int, _Repeated] = {}
    for row in first_to_last(repeats.lengths[:rows], repeats.digests[:rows]).tolist():
        if row not in where:
            continue
        window, start = repeats.window[where[row]], repeats.start[where[row]]
        known = holder[window]
        at = np.arange(len(window))
        place[window[::-1]] = at[::-1]
        hit = np.flatnonzero((known >= 0) | (place[window] != at))
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
    steps = start[1:] - start[:-1]
    words = int(repeats.size + np.minimum(steps, repeats.size).sum())
    cuts = np.flatnonzero(steps > repeats.size) + 1
    begin, end = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(start)]]) - 1
    longest = int(np.argmax(start[end] - start[begin]))
    first, last = int(start[begin[longest]]), int(start[end[longest]]) + repeats.size
    keep = words <= share * int(repeats.lengths[row])
    return _Repeated(words, first, last, int(window[begin[longest]]), _most(np.where(known < 0, row, known)), keep)


def _most(values: Array) -> int:
    """The value that comes most often, the smallest of several."""
    if values[0] == values[-1] and (values == values[0]).all():  # as of a copy
        return int(values[0])
    found, counts = np.unique(values, return_counts=True)
    return int(found[np.argmax(counts)])


@dataclass(frozen=True)
class _Job:
    """What is to be shown of one chunk: which of its rows (r,), and from which word (r,) to before which (r,)."""

    number: int
    first: int
    rows: Array
    starts: Array
    ends: Array


def _by_chunk(sizes: Array, judged: dict[int, _Repeated]) -> list[_Job]:
    firsts = (np.cumsum(sizes) - sizes).tolist()
    jobs = []
    for number, (first, size) in enumerate(zip(firsts, sizes.tolist(), strict=True)):
        rows = [row for row in range(first, first + size) if row in judged]
        words = np.array([(judged[row].start, judged[row].end) for row in rows], np.int64).reshape(-1, 2)
        jobs.append(_Job(number, first, np.array(rows, np.int64) - first, *words.T))
    return jobs


def _places(corpus: Chunked, job: _Job) -> Facts:
    """The characters (r, 2) at which each passage that is shown begins and ends."""
    texts = corpus.chunk(job.number).x[job.rows].tolist() if len(job.rows) else []
    return {"spans": spans(texts, job.starts, job.ends)}


def _verdict(
    corpus: Chunked,
    job: _Job,
    shown: Array,
    judged: dict[int, _Repeated],
    repeats: Repeats,
    documents: Array,
    sources: Array,
    reason: str,
) -> Verdict:
    """The verdict on a chunk."""
    size = int(corpus.sizes[job.number])
    keep, score = np.ones(size, bool), np.zeros(size)
    details, spans, partners = np.full(size, "", TEXT), np.full((size, 2), -1), np.full(size, ALONE)
    spans[job.rows] = shown
    for row in job.rows.tolist():
        one = judged[job.first + row]
        keep[row], score[row] = one.keep, one.words / repeats.lengths[job.first + row]
        details[row] = _told(one, job.first + row, repeats, int(documents[one.window]), int(sources[one.window]))
        if not one.keep and one.partner != job.first + row:
            partners[row] = one.partner if one.partner < len(corpus) else len(corpus) - 1 - one.partner
    return Verdict(keep, score, reason, details, spans, partners)


def _told(one: _Repeated, row: int, repeats: Repeats, documents: int, sources: int) -> str:
    """What came before, and in how many documents the longest passage of it stands."""
    whole = f"{one.words:,} of {int(repeats.lengths[row]):,} words"
    if documents == 1:
        return f"{whole} repeat what the text says before, the longest passage {one.end - one.start:,} words"
    many = f"{documents:,} documents" + (f" of {sources:,} sources" if sources > 1 else "")
    return f"{whole} stand elsewhere; the longest passage, {one.end - one.start:,} words, stands in {many}"
