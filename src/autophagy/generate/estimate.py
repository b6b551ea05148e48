"""An estimate: what so many rows will cost in all, from the calls of a pilot."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.known import or_nan
from ..core.streams import stream
from ..statistics.intervals import Score, figure
from ..statistics.paired import UNKNOWN
from ..statistics.pilot import Pilot, total_cost
from .calls import first_call
from .checks import NOT_NEW
from .made import MadeRow
from .panel import TRIED

PILOT = 20  # calls
COMMON = 10  # copies of a row, from which they tell nothing of rare ones
COSTS = ("tokens_in", "tokens_out", "seconds", "money")
UNITS = {
    "calls": "calls",
    "tokens_in": "input tokens",
    "tokens_out": "output tokens",
    "seconds": "seconds of generation",
    "money": "in money",
}


def estimate(rows: Sequence[MadeRow], lines: Sequence[Mapping[str, Any]], wanted: int, seed: int) -> dict[str, Any]:
    """What `wanted` rows will cost in all, by name, each as JSON has it; nothing of fewer than two calls.

    What verifiers were tried with is paid once, however many rows there will be.
    """
    once = [line for line in lines if line["call"].startswith(TRIED)]
    going = [line for line in lines if not line["call"].startswith(TRIED)]
    if len({first_call(line["call"]) for line in going}) < 2:
        return {}
    found = total_cost(pilot_of(rows, going), wanted, stream(seed, "estimate"))
    return {name: _with(found[name], _paid(once, name)).json() for name in UNITS}


def told(found: Mapping[str, Any], wanted: int) -> list[str]:
    """The estimate in a sentence, none where there is none."""
    scores = {name: Score.read(score) for name, score in found.items()}
    parts = [f"{_range(score)} {UNITS[name]}" for name, score in scores.items() if score.n]
    if not parts:
        return []
    if math.isnan(scores["calls"].low):
        return [f"What {wanted:,} rows will cost cannot be said: these calls brought almost nothing new."]
    more = "; the writer may run out of new rows before" if math.isnan(scores["calls"].high) else ""
    return [f"{wanted:,} rows will take {', '.join(parts)} in all (90 % intervals){more}."]


def _paid(lines: Sequence[Mapping[str, Any]], name: str) -> float:
    """What calls have cost, NaN where a line does not know it."""
    if name == "calls":
        return len(lines)
    return sum(_cost(line, name) for line in lines)


def _cost(line: Mapping[str, Any], name: str) -> float:
    return or_nan(line[name])


def _with(score: Score, paid: float) -> Score:
    """A cost with what is paid already; unknown where that is."""
    if math.isnan(paid):
        return UNKNOWN
    return Score(score.value + paid, score.low + paid, score.high + paid, score.n)


def _range(score: Score) -> str:
    low, high = (f"{end:,.0f}" if end >= 100 else figure(end) for end in (score.low, score.high))
    return f"at least {low}" if math.isnan(score.high) else f"{low} to {high}"


def pilot_of(rows: Sequence[MadeRow], lines: Sequence[Mapping[str, Any]]) -> Pilot:
    """The pilot that rows, kept and dropped, and the lines of their calls.jsonl make.

    A follow-up belongs to the call that it follows. What copies a seed is not offered, since it never was new, nor
    are copies of a row that was copied ten times or more: they tell how often the writer says that, and not how much
    else it has to say. A cost that a line does not know is NaN, and so is the estimate of it. Raises UsageError of
    fewer than two calls.

    Ref: Chao and Lee (1992), "Estimating the number of classes via sample coverage", for the ten.
    """
    costs: dict[str, list[float]] = {}
    for line in lines:
        sums = costs.setdefault(first_call(line["call"]), [0.0] * len(COSTS))
        for place, name in enumerate(COSTS):
            sums[place] += _cost(line, name)
    made = [row for row in rows if row.new and not row.over]
    ids = {row.row.id for row in made}
    copies = [row for row in rows if row.reason == NOT_NEW and row.nearest in ids]
    often = Counter(row.nearest for row in copies)
    copies = [row for row in copies if often[row.nearest] < COMMON]
    new = Counter(first_call(row.call) for row in made)
    offered = new + Counter(first_call(row.call) for row in copies)
    by_cost = dict(zip(COSTS, map(list, zip(*costs.values(), strict=True)), strict=False))
    by_cost["calls"] = [float(count) for count in Counter(first_call(line["call"]) for line in lines).values()]
    return Pilot([offered[call] for call in costs], [new[call] for call in costs], by_cost)
