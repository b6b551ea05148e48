"""What a comparison comes to in figures: which arm is ahead, by how much, and whether fine-tuning pays back."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..cost.break_even import queries
from ..text.percent import percent

Arm = Mapping[str, Any]
Arms = Sequence[Arm]
Pairs = Sequence[Mapping[str, Any]]
NOISE = 1e-9  # of a number of questions
Gap = tuple[Mapping[str, Any], bool]  # a difference with its interval, and whether it is decided


def best(arms: Arms, wanted: Callable[[Arm], bool]) -> str | None:
    """The arm that is right most often among those wanted that could be put into service."""
    known = [arm for arm in usable(arms) if wanted(arm)]
    return max(known, key=lambda arm: arm["correct"]["value"])["arm"] if known else None


def usable(arms: Arms) -> list[Arm]:
    """The arms that could be put into service and have answered."""
    return [arm for arm in arms if not arm["control"] and arm["correct"]["value"] is not None]


def verdict(arms: Arms, pairs: Pairs, paid_back: Mapping[str, Any]) -> str:
    """Which arm is best by how much, and whether fine-tuning pays back."""
    first = best(arms, lambda arm: True)
    if first is None:
        return "No arm that could be put into service has answered."
    by_name = {arm["arm"]: arm for arm in usable(arms)}
    others = [name for name in by_name if name != first]
    gaps = {name: _gap(pairs, first, name) for name in others}
    how = "most often," if others else "on"
    sentences = [f"{first} is right {how} {_percent(by_name[first]['correct'])}{_ahead(gaps)}."]
    if paid_back["tuned"] and paid_back["context"]:
        sentences.append(pays_back(paid_back))
    return " ".join(sentences)


def lead(arms: Arms, pairs: Pairs, context: str | None, tuned: str | None) -> tuple[bool, str] | None:
    """Whether fine-tuning is better than retrieval, and by how much; None where the intervals do not decide it."""
    if not context or not tuned:
        return None
    difference, decisive = _gap(pairs, context, tuned)
    if not decisive:
        return None
    share = {arm["arm"]: percent(arm["correct"]["value"], 0) for arm in usable(arms)}
    if difference["value"] > 0:
        return False, f"Retrieval gives more right answers than fine-tuning: {share[context]} against {share[tuned]}."
    return True, f"Fine-tuning gives more right answers than retrieval: {share[tuned]} against {share[context]}."


def counts(arms: Arms) -> str:
    """How often each arm is right on what the documents answer and on what they do not, where no more can be said."""
    known = [arm for arm in usable(arms) if arm["answerable"]["n"]]
    return "; ".join(_count(arm, first=arm is known[0]) for arm in known) + "." * bool(known)


def _count(arm: Arm, first: bool) -> str:
    """The first arm says what is counted, and the others say it no more."""
    answerable, rest = arm["answerable"], arm["unanswerable"]
    what = f" question{'s' * (answerable['n'] != 1)} with an answer" if first else ""
    words = f"{arm['arm']}{' is right' * first} on {_of(answerable)}{what}"
    return words + (f", and on {_of(rest)}{' without one' * first}" if rest["n"] else "")


def _of(score: Mapping[str, Any]) -> str:
    right, n = score["value"] * score["n"], score["n"]
    return f"{right:.0f} of {n}" if abs(right - round(right)) < NOISE else f"{percent(score['value'], 0)} of {n}"


def _gap(pairs: Pairs, first: str, other: str) -> Gap:
    """By how much the first arm is ahead of the other, and whether that is decided."""
    pair = next(pair for pair in pairs if {pair["a"], pair["b"]} == {first, other})
    value, low, high = (pair["difference"][name] for name in ("value", "low", "high"))
    if pair["a"] != first:
        value, low, high = (None if end is None else -end for end in (value, high, low))
    return {"value": value, "low": low, "high": high}, pair["decisive"]


def _ahead(gaps: Mapping[str, Gap]) -> str:
    """By how much the best arm is ahead of the next best, or of all those that it may not be ahead of."""
    undecided = [f"{name} ({_points(gap)})" for name, (gap, decisive) in gaps.items() if not decisive]
    if undecided:
        return f", but its lead over {' and '.join(undecided)} could be chance"
    nearest = min(gaps, key=lambda name: gaps[name][0]["value"] or 0.0, default=None)
    return "" if nearest is None else f", ahead of the next best, {nearest}, by {_points(gaps[nearest][0])}"


def pays_back(paid_back: Mapping[str, Any]) -> str:
    """After how many queries the tuned arm costs less than the one that reads passages, as a sentence."""
    tuned, context, unit = (paid_back[name] for name in ("tuned", "context", "unit"))
    low, high = (math.inf if paid_back[end] is None else paid_back[end] for end in ("low", "high"))
    known = paid_back["open"] or paid_back["high"] is not None
    interval = f" (95 % interval {queries(low)} to {queries(high)})" if known and low != high else ""
    if paid_back["never"]:
        never = f"{tuned} never pays back its preparation against {context}, counted in {unit}"
        return f"{never}{f', or after {queries(low)} queries at the earliest' if low < high else ''}."
    if paid_back["queries"] is None:
        return f"It is unknown after how many queries {tuned} pays back its preparation against {context}."
    if paid_back["queries"] <= 0:
        return f"{tuned} costs less than {context} from the first query on, counted in {unit}{interval}."
    after = f"after {queries(paid_back['queries'])} queries{interval}"
    return f"{tuned} pays back its preparation against {context} {after}, counted in {unit}."


def _points(difference: Mapping[str, Any]) -> str:
    """A difference in points with its interval, which may be unknown."""
    value, low, high = (difference[name] for name in ("value", "low", "high"))
    if value is None:
        return "an unknown number of points"
    if low is None or high is None:
        return f"{100 * value:z.0f} points, interval unknown"
    return f"{100 * value:z.0f} points, {100 * low:z.0f} to {100 * high:z.0f}"


def _percent(score: Mapping[str, Any]) -> str:
    known = score["low"] is not None and score["high"] is not None
    ends = f"{100 * score['low']:.0f} to {100 * score['high']:.0f}" if known else "interval unknown"
    return f"{percent(score['value'], 0)} ({ends})"
