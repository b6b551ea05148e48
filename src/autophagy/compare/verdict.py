"""What a comparison comes to, in a sentence or two that a product lead can act on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Arm = Mapping[str, Any]
Arms = Sequence[Arm]


def best(arms: Arms, wanted: Callable[[Arm], bool]) -> str | None:
    """The arm that is right most often among those wanted that could be put into service."""
    known = [arm for arm in arms if wanted(arm) and not arm["control"] and arm["correct"]["value"] is not None]
    return max(known, key=lambda arm: arm["correct"]["value"])["arm"] if known else None


def verdict(arms: Arms, pairs: Sequence[Mapping[str, Any]], even: Mapping[str, Any]) -> str:
    """The arm that is right most often, how far it is ahead of its rivals, and whether tuning pays."""
    first = best(arms, lambda arm: True)
    if first is None:
        return "No arm that could be put into service has answered."
    by_name = {arm["arm"]: arm for arm in arms}
    told = [f"{first} is right most often, {_percent(by_name[first]['correct'])}"]
    rivals = [name for name in (even["context"], even["tuned"]) if name and name != first]
    for rival in rivals:
        pair = next(p for p in pairs if {p["a"], p["b"]} == {first, rival})
        sign = 1 if pair["a"] == first else -1
        gap = _points(pair["difference"], sign)
        told.append(f"{gap} over {rival}" if pair["decisive"] else f"not decisively ahead of {rival} ({gap})")
    sentence = ", ".join(told) + "."
    if even["tuned"] and even["context"]:
        paid = f"{even['tuned']} pays back its preparation in {even['unit']} {_when(even)}"
        sentence += f" Against {even['context']}, {paid}."
    return sentence


def _when(even: Mapping[str, Any]) -> str:
    """From which query on the preparation is paid back, in words."""
    if even["told"].startswith("never"):
        earliest = even["low"]
        hope = "" if earliest is None else f" (by the interval, after {earliest:,.0f} at the earliest)"
        return f"after no number of queries{hope}"
    return "at once" if even["told"].startswith("at once") else f"after {even['told']} queries"


def _points(difference: Mapping[str, Any], sign: int) -> str:
    """A difference in points with its interval, which may be unknown."""
    if difference["value"] is None:
        return "by an unknown number of points"
    told = f"{100 * sign * difference['value']:+.0f} points"
    if difference["low"] is None or difference["high"] is None:
        return f"{told} (interval unknown)"
    low, high = sorted((sign * difference["low"], sign * difference["high"]))
    return f"{told} ({100 * low:+.0f} to {100 * high:+.0f})"


def _percent(score: Mapping[str, Any]) -> str:
    known = score["low"] is not None and score["high"] is not None
    ends = f"{100 * score['low']:.0f} to {100 * score['high']:.0f}" if known else "interval unknown"
    return f"{100 * score['value']:.0f} % ({ends})"
