"""What the looks come to, in sentences."""

from collections.abc import Mapping
from typing import Any

from ...text.percent import percent
from ...text.plural import plural
from ..finding import by_more
from .bank import FORMAT, RIGHT
from .designs import FIXED

Document = Mapping[str, Any]
WHAT = {RIGHT: "right answers", FORMAT: "right answers in another format"}


def verdict(document: Document) -> list[str]:
    """Whether the model still answers as it was recorded, in what it does not, and how much longer one can look."""
    told = [f"No evidence today, either way: {_plain(document['reason'])}."] if document["reason"] else []
    return [*told, *(_changed(document) if document["changed"] else _unchanged(document)), *_design(document)]


def _changed(document: Document) -> list[str]:
    lead = (
        f"The model does not answer as it was recorded: this was seen on {document['seen']}, and the chance of "
        f"that without a change{by_more(document['tolerance'])} is {_chance(document['p'])}."
    )
    named = [stream for stream in document["streams"] if stream["changed"]]
    if not named:
        most = max(document["streams"], key=lambda stream: stream["log_evidence"])
        told = [
            f"Which of {plural(len(document['streams']), 'figure')} changed is open; the strongest evidence is for "
            f"{_figure(most)}."
        ]
    else:
        told = [f"{_figure(stream)}." for stream in named]
    return [lead, *told, "Once you accept the change, record a new baseline; until then every look reports it."]


def _unchanged(document: Document) -> list[str]:
    looks = plural(document["looks_of_stream"], "look")
    if not any(stream["answers"] for stream in document["streams"]):
        return [f"Nothing is known yet: no answer counted in {looks} since {document['first']}."]
    lead = f"No change beyond chance in {looks} since {document['first']}{by_more(document['tolerance'])}."
    open_: dict[str, list[str]] = {}
    for stream in document["streams"]:
        ends = f"{_points(stream['change']['low'])} to {_points(stream['change']['high'])} points"
        if stream["answers"]:
            open_.setdefault(stream["task"], []).append(f"{WHAT[stream['of']]} by {ends}")
    return [lead, *(f"{task} may still have changed: {', '.join(ways)}." for task, ways in open_.items())]


def _design(document: Document) -> list[str]:
    if document["design"] == FIXED:
        worst = max(document["smallest"].values(), default=None)
        what = "Design: fixed prompts, asked again at each look, as often as you like."
        if worst is None:
            return [what]
        return [f"{what} A change before the first look is found only above {100 * worst:.0f} points."]
    left = document["days_left"]
    what = "Design: use-once, each recorded answer is compared with one new answer."
    if left is None:
        return [what]
    if left < 1:
        return [f"{what} All are used up: record more with autophagy drift record."]
    return [f"{what} Those left are enough for {plural(left, 'look')} like this one."]


def _figure(stream: Mapping[str, Any]) -> str:
    change, what = stream["change"], f"{stream['task']}, {WHAT[stream['of']]}"
    rates = f"{percent(stream['now'], 1)} since {stream['since']} instead of {percent(stream['recorded'], 1)}"
    ends = f"{_points(change['low'])} to {_points(change['high'])}"
    return f"{what}: {rates} ({_points(change['value'])} points, {ends})"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}"


def _chance(p: float) -> str:
    return f"{p:.2g}" if p >= 1e-6 else "less than one in a million"


def _plain(reason: str) -> str:
    return reason.rstrip(".")
