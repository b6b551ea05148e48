"""Quotas: at most so many kept rows for each value of a column."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..core.recipe import PoolRow
from ..text.plural import plural
from ..text.verbs import verb_noun
from .quota import SIZED, Quota

OVER = "quota of "  # before the column, in the reason of a row that was dropped
PER = 1000  # words
OWN = ("recipe", "call", "parent", "root", "round", "document", "classification", "operation", "style", "verb")
SHOWN = 20  # values that the summary names


@dataclass
class Quotas:
    """The quotas of a run, and how many rows each value has; those without a value are not limited.

    `begin` are the seeds and passages, `recipes` the names that rows may have for theirs. `ended` says that a run ended
    because nothing was left to ask for. Raises UsageError for a column that no row has.
    """

    quotas: Sequence[Quota]
    begin: Sequence[PoolRow] = ()
    recipes: Sequence[str] = ()
    counts: dict[str, Counter[str]] = field(init=False)
    ended: bool = False
    _first: dict[str, PoolRow] = field(init=False)
    _root: dict[str, str] = field(default_factory=dict)
    _words: dict[str, Counter[str]] = field(init=False)
    _known: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        known = (*OWN, *sorted({name for row in self.begin for name in row.columns} - {*OWN}))
        for quota in self.quotas:
            if quota.column not in known:
                raise UsageError(
                    f"there is no column {quota.column!r} to set a quota for{did_you_mean(quota.column, known)}: there "
                    f"are {', '.join(known)}."
                )
        self.counts = {quota.column: Counter() for quota in self.quotas}
        self._first = {row.id: row for row in self.begin}
        self._known = {quota.column: self._all_of(quota.column) for quota in self.quotas}
        self._words = {name: Counter() for name in SIZED}
        for row in self.begin if any(quota.by_words for quota in self.quotas) else ():
            size = len(f"{row.instruction} {row.input}".split())
            self._words["document"][row.source] += size
            self._words["root"][row.id] += size

    def over(self, row: PoolRow, facts: Mapping[str, str], shown: Sequence[str]) -> str:
        """Why a made row would go beyond a quota, "" where it would go beyond none.

        `facts` are what is known of it beside the row itself, and `shown` the ids of rows in its prompt.
        """
        values = self._values(row, facts, shown)
        return next((f"{OVER}{quota.column}" for quota, value in values.items() if self._full(quota, value)), "")

    def admit(self, row: PoolRow, facts: Mapping[str, str], shown: Sequence[str]) -> str:
        """The same, and where it goes beyond none it is counted as kept."""
        reason = self.over(row, facts, shown)
        if not reason:
            self._count(self._values(row, facts, shown), 1)
        return reason

    def take_back(self, row: PoolRow, facts: Mapping[str, str], shown: Sequence[str]) -> None:
        """Count an admitted row as one that was not kept after all."""
        self._count(self._values(row, facts, shown), -1)

    def open(self, pool: Sequence[PoolRow]) -> Sequence[PoolRow]:
        """The rows of the pool that may still be worked on or shown: what follows from them has room."""
        if not self.quotas:
            return pool
        return [
            row for row in pool if not any(self._full(quota, self._next(quota.column, row)) for quota in self.quotas)
        ]

    @property
    def closed(self) -> set[str]:
        """The recipes whose quota is full."""
        return {
            name
            for quota in self.quotas
            if quota.column == "recipe"
            for name in self.recipes
            if self._full(quota, name)
        }

    def closing(self, pool: Sequence[PoolRow]) -> bool:
        """Whether anything is closed."""
        return bool(self.closed) or len(self.open(pool)) < len(pool)

    @property
    def full(self) -> list[str]:
        """The columns of which every value is full, so that no row can be kept any more."""
        return [
            quota.column
            for quota in self.quotas
            if (known := self._known[quota.column])
            and not self.counts[quota.column][""]
            and all(self._full(quota, value) for value in known)
        ]

    def json(self, dropped: Mapping[str, int]) -> dict[str, dict[str, Any]]:
        """Each quota by its column: what it is, how many values are full, and the rows of those that have the most.

        `dropped` counts the rows of a run by their reasons.
        """
        found = {}
        for quota in self.quotas:
            counts = Counter({value: count for value, count in self.counts[quota.column].items() if value})
            known = self._known[quota.column]
            found[quota.column] = {
                "most": quota.most,
                "by_words": quota.by_words,
                "full": sum(self._full(quota, value) for value in counts),
                "of": len(known) if known else None,
                "dropped": dropped.get(f"{OVER}{quota.column}", 0),
                "without": self.counts[quota.column][""],
                "values": {value: [count, self._limit(quota, value)] for value, count in counts.most_common(SHOWN)},
            }
        return found

    def _limit(self, quota: Quota, value: str) -> int:
        if not quota.by_words:
            return quota.most
        return max(1, round(quota.most * self._words[quota.column][value] / PER))

    def _full(self, quota: Quota, value: str) -> bool:
        return bool(value) and self.counts[quota.column][value] >= self._limit(quota, value)

    def _count(self, values: Mapping[Quota, str], by: int) -> None:
        for quota, value in values.items():
            self.counts[quota.column][value] += by

    def _values(self, row: PoolRow, facts: Mapping[str, str], shown: Sequence[str]) -> dict[Quota, str]:
        """The value of a made row in each column with a quota, "" for none."""
        before = row.parent or (shown[0] if len(shown) == 1 else "")
        root = self._root[row.id] = before if before in self._first else self._root.get(before, "")
        own = {"parent": row.parent, "root": root, "round": str(row.round), **facts}
        if any(quota.column == "verb" for quota in self.quotas):
            own["verb"] = (verb_noun(row.instruction) or ("",))[0]
        return {quota: own.get(quota.column) or self._of_first(quota.column, root) for quota in self.quotas}

    def _of_first(self, column: str, root: str) -> str:
        """The value of a seed or passage."""
        first = self._first.get(root)
        if first is None or column in OWN[:5]:
            return ""
        if column == "classification":
            return {True: "yes", False: "no", None: ""}[first.classification]
        return first.source if column == "document" else first.columns.get(column, "")

    def _next(self, column: str, row: PoolRow) -> str:
        """The value of a row that would be made from a row of the pool, "" where that is not known."""
        if column == "parent":
            return row.id
        root = self._root.get(row.id, "") if row.made else row.id
        return (
            root if column == "root" else "" if column in OWN and column != "document" else self._of_first(column, root)
        )

    def _all_of(self, column: str) -> set[str]:
        """All values that a column can have, none where nobody knows."""
        if column == "recipe":
            return set(self.recipes)
        if column == "root":
            return set(self._first)
        if column in OWN and column not in ("document", "classification"):
            return set()
        values: Iterable[str] = ("yes", "no") if column == "classification" else ()
        return {*values, *(self._of_first(column, name) for name in self._first)} - {""}


def told(quotas: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What each quota did, a sentence each."""
    found = []
    for column, each in quotas.items():
        if not each["values"]:
            found.append(f"No row has a value in the column {column}, so the quota on it limits nothing.")
            continue
        of = len(each["values"]) if each["of"] is None else each["of"]
        without = f"; {plural(each['without'], 'row')} without a value were not limited" if each["without"] else ""
        full = f"full for {each['full']:,} of {plural(of, 'value')}"
        found.append(f"The quota on {column} is {full} and dropped {plural(each['dropped'], 'row')}{without}.")
    return found
