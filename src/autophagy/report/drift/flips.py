"""The prompts whose mark flipped, with both answers, as the page shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..signs import cut, name, visible

EACH_WAY, OPEN = 6, 2  # flips that a page shows, and that are seen at once
SEEN, LONG = 400, 4_000  # characters of an answer that are seen at once, and that the page holds


def flips_of(flipped: Sequence[Mapping[str, Any]], task: Mapping[str, Any]) -> dict[str, Any] | None:
    """Some flips of a task each way, drawn evenly from all of them; None where nothing flipped."""
    own = [
        flip
        for flip in flipped
        if (flip["task"], flip["model"], flip["before_model"]) == (task["task"], task["model"], task["before_model"])
    ]
    chosen = [flip for way in ("down", "up") for flip in _evenly([each for each in own if each["way"] == way])]
    if not chosen:
        return None
    shown = [_flip(flip) for flip in chosen]
    left = len(own) - len(chosen)
    return {"open": shown[:OPEN], "more": shown[OPEN:], "left": f"{left:,} more are in flips.jsonl." if left else ""}


def _evenly(flips: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    count = min(EACH_WAY, len(flips))
    return [flips[place * len(flips) // count] for place in range(count)]


def _flip(flip: Mapping[str, Any]) -> dict[str, Any]:
    way = {"down": "right before, wrong after", "up": "wrong before, right after"}[flip["way"]]
    how = "" if flip["by"] == "strict" else " in any format"
    accepted = f" · accepted: {', '.join(flip['accepted'][:5])}" if flip["accepted"] else ""
    return {
        "why": visible(f"{way}{how}{accepted}"),
        "id": name(flip["id"]),
        "prompt": visible(cut(flip["prompt"], LONG)),
        "sides": [
            {
                "model": name(flip[model]),
                "said": visible(flip["said"][place] or "nothing that could be read"),
                "text": visible(_beginning(flip["answers"][place]) or "(nothing)"),
                "rest": visible(cut(flip["answers"][place][SEEN:], LONG)),
            }
            for place, model in enumerate(("before_model", "model"))
        ],
    }


def _beginning(text: str) -> str:
    """What is seen of an answer at once; three dots stand for the rest."""
    return text if len(text) <= SEEN else f"{text[:SEEN]}…"
