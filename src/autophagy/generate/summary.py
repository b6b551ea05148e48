"""What a generation comes to: rows, calls, what they cost, and how unlike the rows are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..statistics.intervals import Score, interval
from ..statistics.paired import proportion
from .begun import Begun
from .calls import Ledger, first_call
from .effort import effort, shares, survival
from .made import Made, MadeRow
from .planned import BARRIER

EXAMPLES = 3  # of each reason


@dataclass
class Harvest:
    """All that was made until now."""

    kept: list[MadeRow] = field(default_factory=list)
    dropped: list[MadeRow] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    calls: int = 0
    failed: int = 0
    unsettled: int = 0
    lost: int = 0
    by_recipe: dict[str, Counter[str]] = field(default_factory=dict)
    begun: list[Begun] = field(default_factory=list)

    def add(self, made: Made) -> None:
        """Count what came between two barriers."""
        self.kept += made.kept
        self.dropped += made.dropped
        self.calls += made.calls
        self.failed += made.failed
        self.unsettled += made.unsettled
        self.lost += made.lost
        self.begun += made.begun.values()
        for row in made.kept:
            self._of(row.recipe)["kept"] += 1
        for row in made.dropped:
            self._of(row.recipe)[row.reason] += 1
            self._example(row.reason, row.recipe, row.call, row.row.instruction or row.row.output)
        for recipe, call, thing in made.refused:
            self.refused[thing.reason] += 1
            self._of(recipe)[thing.reason] += 1
            self._example(thing.reason, recipe, call, thing.text)

    @property
    def reasons(self) -> Counter[str]:
        """How many rows and items were dropped, by reason."""
        return Counter(row.reason for row in self.dropped) + self.refused

    def _of(self, recipe: str) -> Counter[str]:
        return self.by_recipe.setdefault(recipe, Counter())

    def _example(self, reason: str, recipe: str, call: str, text: str) -> None:
        found = self.examples.setdefault(reason, [])
        if len(found) < EXAMPLES:
            found.append({"recipe": recipe, "call": call, "text": text[:600]})


def summary(
    tally: Harvest,
    ledger: Ledger,
    wanted: int,
    writer: str,
    further: Mapping[str, int] = MappingProxyType({}),
    lines: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The document of a generation, but for its variety and its verdict; `further` calls were made about its rows.

    `lines` are those of the ledgers of all calls.
    """
    settled = tally.calls - tally.failed - tally.unsettled
    asked = {"settled": settled - tally.lost, "lost": tally.lost, "failed": tally.failed, "unsettled": tally.unsettled}
    new = [row for row in (*tally.kept, *tally.dropped) if row.new]
    empty = [str(line["empty"]) for line in lines if line.get("empty")]
    offered = len(tally.kept) + tally.reasons.total()
    return {
        "rows": wanted,
        "kept": len(tally.kept),
        "dropped": dict(sorted(tally.reasons.items(), key=lambda each: (-each[1], each[0]))),
        "calls": {state: count + further.get(state, 0) for state, count in asked.items()},
        "failure": _commonest([str(line["error"]) for line in lines if line.get("state") == "failed"]),
        "empty": {"calls": len(empty), "reason": _commonest(empty)},
        "tokens": [_counted(ledger, tokens) for tokens in (ledger.spent.tokens_in, ledger.spent.tokens_out)],
        "money": ledger.spent.money if ledger.prices and not ledger.spent.unpriced else None,
        "seconds": ledger.spent.seconds,
        "writer": writer,
        "yield": {
            "per_call": _per_call(tally, new).json(),
            "new": proportion(len(new), offered).json(),
            "by_recipe": {recipe: dict(counts) for recipe, counts in tally.by_recipe.items()},
        },
        "recipes": effort(tally.begun, priced=ledger.prices is not None, lines=lines),
        "shares": shares(tally.begun, BARRIER),
        "survival": survival(tally.begun),
        "mended": dict(Counter(row.mended for row in tally.kept if row.mended)),
        "examples": tally.examples,
    }  # fmt: skip


def _commonest(failures: Sequence[str]) -> str:
    """Why most calls failed; empty where none did."""
    return next((reason for reason, _ in Counter(failures).most_common(1)), "")


def _counted(ledger: Ledger, tokens: float) -> float | None:
    """So many tokens; None where there were replies and nobody counted theirs."""
    return None if ledger.spent.uncounted and not tokens else tokens


def _per_call(tally: Harvest, new: Sequence[MadeRow]) -> Score:
    """The new rows that a call brings, with Student's interval over calls."""
    rows = Counter(first_call(row.call) for row in new)
    firsts = {first_call(row.call) for row in (*tally.kept, *tally.dropped)}
    silent = max(0, tally.calls - tally.failed - tally.unsettled - len(firsts))
    return interval([float(rows[call]) for call in firsts] + [0.0] * silent, bounds=(0.0, float("inf")))


def lines_of(rows: Sequence[MadeRow], writer: str) -> list[dict[str, Any]]:
    """Rows as a table has them."""
    return [row.line(writer) | ({"reason": row.reason} if row.reason else {}) for row in rows]
