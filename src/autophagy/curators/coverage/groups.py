"""Groups: the topic, the language, the source or any column of each row of a corpus and of its reference."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...core.chunked import Chunked, Facts, pick
from ...core.errors import UsageError
from ...core.parts import did_you_mean
from ...core.samples import Array, Samples
from ...text.digests import digests, order_digests
from ...text.language import languages
from ..likelihood import texts
from .topics import NOWHERE, Space, Topics, find_topics

SAMPLE = 8000  # texts that topics are found in, half of them the reference's where there is one
TOPIC, LANGUAGE, SOURCE, GENERATION = "topic", "language", "source", "generation"
MISSING = "(none)"  # the group of a row without the column


@dataclass(frozen=True, eq=False)
class RowGroups:
    """The group of each row by number: `of` (n,) the corpus, `known` (m,) the reference; -1 is near no topic.

    `near` (n,) is the cosine of each row to its topic, 1 where groups are no topics, and `order` (n, 2) two uint64 that
    order the rows whatever the order of the files. `words` are typical of each group, where these are topics.
    """

    names: tuple[str, ...]
    of: Array
    known: Array
    near: Array
    order: Array
    words: tuple[tuple[str, ...], ...] = ()

    def counts(self, known: bool = False) -> Array:
        """The rows (k,) of each group, those near no topic left out."""
        rows = self.known if known else self.of
        return np.bincount(rows[rows >= 0], minlength=len(self.names))


def group(
    corpus: Chunked, reference: Chunked, by: str, *, topics: int = 0, space: Space = "words", seed: int = 0
) -> RowGroups:
    """The groups of a corpus by "topic", "language", "source" or a column; the reference's are the same ones.

    Topics are found in a sample of 8,000 distinct texts with the smallest digests, half of them from the reference
    where there is one, so that they do not hang on the order. Raises UsageError where no row has the column.
    """
    if by == TOPIC:
        return _by_topic(corpus, reference, topics, space, seed)
    task = partial(_values, by=by, seed=seed)
    numbers: dict[str, int] = {}
    of, order = _numbered(corpus.each(f"coverage-{by}-{seed}", task), numbers)
    known, _ = _numbered(reference.each(f"coverage-reference-{by}-{seed}", task), numbers)
    if len(of) and set(numbers) == {MISSING}:
        columns = list(corpus.chunk(0).meta)
        raise UsageError(
            f"no row has a column {by!r}{did_you_mean(by, columns)}: "
            f"group by topic, language, source, generation or one of {', '.join(columns) or 'no other column'}."
        )
    names = sorted(numbers)
    rank = np.argsort(np.array([numbers[name] for name in names], dtype=np.int64))  # of a number, its place by name
    return RowGroups(tuple(names), rank[of], rank[known], np.ones(len(of)), order)


def _numbered(found: Iterable[Facts], numbers: dict[str, int]) -> tuple[Array, Array]:
    """The number (n,) of each row's value, new values added to `numbers`, and the order (n, 2) of the rows."""
    of, order = [np.zeros(0, np.int32)], [np.zeros((0, 2), np.uint64)]
    for each in found:
        values, places = np.unique(each["values"], return_inverse=True)
        codes = [numbers.setdefault(str(value), len(numbers)) for value in values]
        of.append(np.array(codes, np.int32)[places])
        order.append(each["order"])
    return np.concatenate(of), np.concatenate(order)


def _values(rows: Samples, first: int, *, by: str, seed: int) -> Facts:
    """The value (n,) of each row in words."""
    x = texts(rows, "coverage")
    if by == LANGUAGE:
        values = languages(x.tolist())[0]
    elif by == SOURCE:
        values = rows.source
    elif by == GENERATION:
        values = np.where(rows.generation < 0, "", rows.generation.astype("U"))
    else:
        values = rows.meta.get(by, np.full(len(rows), MISSING))
    named = [str(value) or MISSING for value in values.tolist()]
    return {"values": np.array(named, dtype="U"), "order": order_digests(rows, seed)}


def _by_topic(corpus: Chunked, reference: Chunked, count: int, space: Space, seed: int) -> RowGroups:
    found = _sample(corpus, "coverage-sample", SAMPLE // 2 if len(reference) else SAMPLE, seed)
    found += _sample(reference, "coverage-reference-sample", SAMPLE - len(found), seed)
    topics = find_topics(list(dict.fromkeys(found)), space, count, seed)
    # what was found with these topics is not read again for others
    label = hashlib.sha256(topics.centres.tobytes() + str((space, seed)).encode()).hexdigest()[:16]
    task = partial(_placed, topics=topics, seed=seed)
    parts = list(corpus.each(f"coverage-topics-{label}", task))
    known = list(reference.each(f"coverage-reference-topics-{label}", task))
    none = {"of": np.zeros(0, np.int32), "near": np.zeros(0), "order": np.zeros((0, 2), np.uint64)}
    of, near, order = (np.concatenate([none[name], *(part[name] for part in parts)]) for name in none)
    places = np.concatenate([none["of"], *(part["of"] for part in known)])
    return RowGroups(topics.names, of, places, near, order, topics.words)


def _sample(rows: Chunked, name: str, size: int, seed: int) -> list[str]:
    """The distinct texts with the smallest digests, in their order."""
    parts = list(rows.each(f"{name}-{seed}", partial(_digested, seed=seed)))
    if not parts:
        return []
    _, places = np.unique(np.concatenate([part["digests"] for part in parts]), return_index=True)
    return list(pick(rows, places[:size]).x.tolist())


def _digested(rows: Samples, first: int, *, seed: int) -> Facts:
    return {"digests": digests(texts(rows, "coverage").tolist(), seed)}


def _placed(rows: Samples, first: int, *, topics: Topics, seed: int) -> Facts:
    of, near = topics.place(texts(rows, "coverage").tolist())
    return {"of": of.astype(np.int32), "near": near, "order": order_digests(rows, seed)}


def chosen(groups: RowGroups, quota: Sequence[int] | Array) -> Array:
    """Which rows (n,) are the first of their group, up to its quota, by their order; none that is near no topic."""
    ranked = np.lexsort((*groups.order.T[::-1], groups.of))
    first = np.searchsorted(groups.of[ranked], np.arange(len(quota)))
    place = np.arange(len(ranked)) - np.concatenate([first, [0]])[groups.of[ranked]]  # -1, near no topic, takes the 0
    keep = np.zeros(len(ranked), bool)
    inside = groups.of[ranked] != NOWHERE
    keep[ranked[inside]] = place[inside] < np.asarray(quota, np.int64)[groups.of[ranked[inside]]]
    return keep
