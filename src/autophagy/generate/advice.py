"""What to do next with the rows of a generation, from what they came to."""

from collections.abc import Mapping
from typing import Any

from ..answering.remedy import remedy
from .checks import NOT_NEW
from .made import ENOUGH
from .quotas import OVER

NO_EMPTY = {"calls": 0, "reason": ""}  # of a run of before
FEW = 0.5  # of what was offered can be used, below which the writer mostly makes copies or nonsense


def advice(document: Mapping[str, Any], less_varied: bool, stopped: bool) -> str:
    """One next step, "" where the run was `stopped` by a budget, a quota or a preview, which says so itself."""
    if stopped:
        return ""
    if document["kept"] < document["rows"] and (again := document["calls"]["failed"] + document["calls"]["unsettled"]):
        return f"Next: add --resume, which sends the {again:,} calls again that brought no reply."
    empty = document.get("empty", NO_EMPTY)
    if empty["calls"] > FEW * sum(document["calls"].values()):
        return f"Next: {remedy(empty['reason'], 'see what the server logs')}, since most replies hold no text."
    share = document["yield"]["new"]["value"]
    if share is None:
        return "Next: read some replies in calls.jsonl, and choose a recipe that this writer can follow."
    if share < FEW:
        return f"Next: {_instead(copies_most(document['dropped']))}."
    if less_varied:
        return (
            "Next: make them again with a lower --novelty, --quota verb=N or a mix of recipes, and compare the variety."
        )
    unknown = [label for label, found in document.get("verified", {}).items() if not found["breakdown"]["n"]]
    if unknown:
        return f"Next: mark some rows as right or wrong (--labels), which shows how far to trust {unknown[0]}."
    return "Next: give this folder to autophagy loop, which shows what training on its rows does to a model."


def copies_most(dropped: Mapping[str, int]) -> bool:
    """Whether what was dropped is copies rather than faults; rows that were too many are neither."""
    faulty = sum(count for reason, count in dropped.items() if reason != ENOUGH and not reason.startswith(OVER))
    return 2 * dropped.get(NOT_NEW, 0) >= faulty


def _instead(copies: bool) -> str:
    if copies:
        return "use other seeds, another recipe or another writer, since more rows from these will cost more and more"
    return "try a stronger writer or another recipe, which would waste fewer calls"
