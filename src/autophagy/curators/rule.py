"""Rulings on a corpus on disk: each curator judges the rows, and what it found is kept beside them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

import numpy as np

from ..core.chunked import Batch, by_chunk, chunks
from ..core.files import slug
from ..core.parts import Part
from ..core.plugin import Verdict
from ..core.registry import build, find, load_plugin
from ..core.samples import Samples
from ..core.streams import stream
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.found import Found, place, write_found
from .curate import checked
from .findings import labels


@dataclass(frozen=True)
class Bench:
    """Who judges: the curators in their order, beside the rows of `reference`.

    In a `chain` each curator judges what the earlier ones kept; else each judges all rows. `plugins` are the files that
    registered the curators, which every process loads.
    """

    parts: tuple[Part, ...]
    reference: StoredCorpus | None = None
    chain: bool = True
    seed: int = 0
    plugins: tuple[str, ...] = ()

    def before(self, place: int) -> tuple[str, ...]:
        """The curators whose finds the one at this place does not see."""
        return tuple(self.labels[:place]) if self.chain else ()

    def seen(self, corpus: StoredCorpus, place: int) -> StoredCorpus:
        """The corpus as the curator at this place sees it, with the room for what it learns of it."""
        return replace(corpus, without=self.before(place), room=slug(self.labels[place]))

    @property
    def labels(self) -> list[str]:
        """What each curator is called in what it leaves."""
        return labels(self.parts)


def rule(corpus: StoredCorpus, bench: Bench) -> None:
    """Let every curator judge the corpus; what an earlier run has done is passed over.

    What the curator found in chunk n lies in the corpus's folder under found/, in the file of its label and of n.
    """
    for part in bench.parts:
        build("curator", part)  # wrong settings are told before anything is judged
    places = range(len(bench.parts))
    for over, group in groupby(places, lambda at: find("curator", bench.parts[at].name).facts.over):
        if over == "rows":
            _by_rows(corpus, bench, list(group))
        else:
            for at in group:
                _by_corpus(corpus, bench, at)


def _by_rows(corpus: StoredCorpus, bench: Bench, places: list[int]) -> None:
    """Curators of rows: all of them in one pass, chunk by chunk, in any order."""
    last = bench.labels[places[-1]]
    total = len(corpus.files)
    todo = [n for n in range(total) if not place(corpus.folder / FOUND, last, n).exists()]
    name = ", ".join(bench.parts[at].name for at in places)
    learned = _learned(bench, places) if todo else []
    corpus.work(name, partial(_judge_chunk, corpus, bench, places, learned), todo, total)


def _learned(bench: Bench, places: Sequence[int]) -> list[tuple[Any, Callable[[Any], None]]]:
    """What curators learn of their files, once for all processes, each with the function that takes it in."""
    judges = [build("curator", bench.parts[at]) for at in places]
    known = [(getattr(getattr(judge, "func", judge), "learns", None), judge) for judge in judges]
    return [learns(**getattr(judge, "keywords", {})) for learns, judge in known if learns]


def _judge_chunk(
    corpus: StoredCorpus, bench: Bench, places: Sequence[int], learned: Sequence[Any], number: int
) -> Iterator[int]:
    for path in bench.plugins:
        load_plugin(path)
    for known, take_in in learned:
        take_in(known)
    reference = _real(bench.reference)
    before = bench.before(places[0])
    rows = replace(corpus, without=before).chunk(number)
    where = np.flatnonzero(replace(corpus, without=before).mask(number))
    for at in places:
        label = bench.labels[at]
        judge = build("curator", bench.parts[at])
        verdict = checked(label, judge(rows, reference, stream(bench.seed, f"curator {label}")), len(rows))
        write_found(place(corpus.folder / FOUND, label, number), Found.of(verdict, where))
        if bench.chain:
            rows, where = rows.take(verdict.keep), where[verdict.keep]
    yield number


def _by_corpus(corpus: StoredCorpus, bench: Bench, at: int) -> None:
    """A curator of the whole corpus, which goes over the chunks as often as it likes."""
    label, files = bench.labels[at], range(len(corpus.files))
    paths = [place(corpus.folder / FOUND, label, number) for number in files]
    if paths and paths[-1].exists():
        return
    for plugin in bench.plugins:
        load_plugin(plugin)
    seen = bench.seen(corpus, at)
    judge: Callable[..., Any] = build("curator", bench.parts[at])
    reference = bench.reference or Batch(_none())
    verdicts = judge(seen, reference, stream(bench.seed, f"curator {label}"))
    for number, (path, verdict) in enumerate(zip(paths, verdicts, strict=True)):
        verdict = checked(label, verdict, int(seen.sizes[number]))
        if not path.exists():
            write_found(path, Found.of(_whole(seen, verdict), np.flatnonzero(seen.mask(number))))


def _whole(seen: StoredCorpus, verdict: Verdict) -> Verdict:
    """The verdict with partners that are numbers of all rows, also of those that this curator did not see."""
    if verdict.partners is None or not seen.without:
        return verdict
    partners = verdict.partners.astype(np.int64)
    inside = (partners >= 0) & ~verdict.keep.astype(bool)
    starts, own = np.cumsum(seen.counts) - seen.counts, np.flatnonzero(inside)
    for home, which, places in by_chunk(seen.sizes, partners[own]):
        partners[own[which]] = np.flatnonzero(seen.mask(home))[places] + starts[home]
    return replace(verdict, partners=partners)


MOST = 100_000  # rows of a reference that curators of rows are shown


@lru_cache(maxsize=1)
def _real(reference: StoredCorpus | None) -> Samples:
    """The rows of the reference that fit in memory."""
    if reference is None:
        return _none()
    parts: list[Samples] = []
    for rows in chunks(reference):
        parts.append(rows)
        if sum(map(len, parts)) >= MOST:
            break
    return Samples.concat(parts).head(MOST) if parts else _none()


def _none() -> Samples:
    return Samples.of(np.array([], dtype=np.dtypes.StringDType()))
