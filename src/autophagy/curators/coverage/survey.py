"""A survey: the share of each topic, language or source, before and after, against the reference."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.chunked import Chunked
from ...core.samples import Array
from ...statistics.intervals import Score
from ...statistics.paired import proportion
from .groups import RowGroups, group
from .topics import NOWHERE, Space

HOLE = 0.2  # of a group's share of the reference: a corpus that surely has less has a hole there


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group and its share of the corpus, of what is kept of it, and of the reference, each with its interval.

    `words` are typical of a topic. Unknown shares, where nothing was dropped or there is no reference, are NaN.
    """

    name: str
    words: tuple[str, ...]
    rows: int
    corpus: Score
    kept: Score
    reference: Score

    @property
    def hole(self) -> bool:
        """Whether the corpus surely has less than a fifth of the share that the reference has, by both intervals."""
        return bool(self.corpus.high < HOLE * self.reference.low)

    @property
    def foreign(self) -> bool:
        """The converse: whether the reference surely has less than a fifth of the share that the corpus has."""
        return bool(self.reference.high < HOLE * self.corpus.low)

    def json(self) -> dict[str, Any]:
        """The group as JSON has it."""
        shares = {"corpus": self.corpus.json(), "kept": self.kept.json(), "reference": self.reference.json()}
        return {
            "name": self.name,
            "words": list(self.words),
            "rows": self.rows,
            "hole": self.hole,
            "foreign": self.foreign,
            **shares,
        }


@dataclass(frozen=True, slots=True)
class Survey:
    """The groups of a corpus `by` topic, language or source, the largest first, and what is near no topic."""

    by: str
    groups: tuple[GroupShare, ...]
    nowhere: GroupShare

    @property
    def holes(self) -> tuple[GroupShare, ...]:
        """The groups of the reference that the corpus all but lacks."""
        return tuple(each for each in self.groups if each.hole)

    @property
    def foreign(self) -> tuple[GroupShare, ...]:
        """The groups of the corpus that the reference all but lacks, such as noise that is a topic of its own."""
        return tuple(each for each in self.groups if each.foreign)

    def json(self) -> dict[str, Any]:
        """The survey as JSON has it."""
        return {"by": self.by, "groups": [each.json() for each in self.groups], "nowhere": self.nowhere.json()}


def survey(
    corpus: Chunked,
    reference: Chunked,
    by: str = "topic",
    kept: Array | None = None,
    *,
    topics: int = 0,
    space: Space = "words",
    seed: int = 0,
) -> Survey:
    """The share of each group of a corpus and its reference, and, with `kept` (n,) bool, of the rows that are kept."""
    return surveyed(group(corpus, reference, by, topics=topics, space=space, seed=seed), by, kept)


def surveyed(groups: RowGroups, by: str, kept: Array | None = None) -> Survey:
    """The survey of rows that are grouped already."""
    parts = [groups.of, groups.of[kept] if kept is not None else groups.of[:0], groups.known]
    counts = [np.bincount(part - NOWHERE, minlength=len(groups.names) + 1) for part in parts]  # those of no topic first
    words = groups.words or ((),) * len(groups.names)

    def share(place: int, name: str, typical: tuple[str, ...]) -> GroupShare:
        scores = [proportion(int(count[place]), len(part)) for count, part in zip(counts, parts, strict=True)]
        return GroupShare(name, typical, int(counts[0][place]), *scores)

    each = [share(place, name, words[place - 1]) for place, name in enumerate(groups.names, 1)]
    each.sort(key=lambda one: (-one.rows, -np.nan_to_num(one.reference.value), one.name))
    return Survey(by, tuple(each), share(0, "no topic", ()))


def drop_rates(kept: Array, values: Array) -> dict[str, Score]:
    """The share of the rows of each value (n,), such as a source or a topic, that were not `kept` (n,) bool."""
    return {
        str(value): proportion(int((~kept[values == value]).sum()), int((values == value).sum()))
        for value in np.unique(values)
    }
