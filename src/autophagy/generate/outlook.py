"""The outlook: how much of what the writer offers next would be new, and what the next 1,000 rows would cost."""

import math
from typing import Any

from ..statistics.intervals import Score
from ..statistics.unseen import outlook
from .calls import first_call
from .checks import NOT_NEW
from .made import MadeRow
from .summary import Harvest

NEXT = 1000  # new rows that the outlook is of


def outlook_of(tally: Harvest, money: float | None, further: int = 0) -> dict[str, Any]:
    """The share of rows that is still new, and the calls and the money of the next 1,000 new ones.

    A row that is not new counts as its nearest, one that is near a seed as known before. Follow-ups belong to the call
    that they follow, and calls without a row have their share in the price of the others. `money` was paid until now,
    and `further` calls were made about the rows, such as for their answers.
    """
    offered = [row for row in (*tally.kept, *tally.dropped) if row.new or row.reason == NOT_NEW]
    founders = {row.row.id for row in offered if row.new}
    first = [first_call(row.call) for row in offered]
    found = outlook([_class(row, founders) for row in offered], first, NEXT)
    asked = tally.calls - tally.unsettled + further
    each = asked / len(set(first)) if first else math.nan
    price = money / asked if money is not None and asked else math.nan
    calls = _times(found.calls, each)
    return {
        "unseen_share": found.unseen.json(),
        "next_1000": {"calls": calls.json(), "money": _times(calls, price).json(), "by": found.by},
    }


def _class(row: MadeRow, founders: set[str]) -> str | None:
    name = row.nearest if row.reason == NOT_NEW else row.row.id
    return name if name in founders else None


def _times(score: Score, factor: float) -> Score:
    """A score in another unit; unknown where the factor is."""
    n = score.n if math.isfinite(factor) else 0
    return Score(score.value * factor, score.low * factor, score.high * factor, n)
