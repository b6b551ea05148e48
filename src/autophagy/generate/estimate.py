"""An estimate: what so many rows will cost in all, from the calls of a pilot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..statistics.pilot import Pilot
from .checks import NOT_NEW
from .flow import ENOUGH, MadeRow

COSTS = ("tokens_in", "tokens_out", "seconds", "money")


def pilot_of(rows: Sequence[MadeRow], lines: Sequence[Mapping[str, Any]]) -> Pilot:
    """The pilot that rows, kept and dropped, and the lines of their calls.jsonl make.

    A follow-up belongs to the call that it follows. What copies a seed is not offered: it never was new. A cost that
    a line does not know is NaN, and so is the estimate of it. Raises UsageError of fewer than two calls.
    """
    costs: dict[str, list[float]] = {}
    for line in lines:
        sums = costs.setdefault(_first(line["call"]), [0.0] * len(COSTS))
        for place, name in enumerate(COSTS):
            sums[place] += float("nan") if line[name] is None else line[name]
    made = [row for row in rows if row.reason in ("", ENOUGH)]
    ids = {row.row.id for row in made}
    copies = [row for row in rows if row.reason == NOT_NEW and row.nearest in ids]
    new = Counter(_first(row.call) for row in made)
    offered = new + Counter(_first(row.call) for row in copies)
    by_cost = dict(zip(COSTS, map(list, zip(*costs.values(), strict=True)), strict=False))
    return Pilot([offered[call] for call in costs], [new[call] for call in costs], by_cost)


def _first(call: str) -> str:
    return call.partition(".")[0]
