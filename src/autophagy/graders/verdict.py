"""Sentences on a judge beside people: how it errs, what it adds, and what stands."""

from collections.abc import Mapping
from typing import Any

from ..statistics.corrected import FEW
from ..text.percent import percent
from ..text.plural import plural

Figures = Mapping[str, Any]


def verdict(errors: Figures, arms: Mapping[str, Figures], pairs: Mapping[str, Figures]) -> list[str]:
    """What `trust.errors` found, and the estimates of arms and of pairs of arms by their names, in sentences."""
    return [
        *_errors(errors),
        *(_share(name, estimates) for name, estimates in arms.items()),
        *(_difference(name, estimates) for name, estimates in pairs.items() if estimates["people"]["n"] >= FEW),
    ]


def _errors(errors: Figures) -> list[str]:
    told = []
    for figure, what, other in (("sensitivity", "right", "wrong"), ("specificity", "wrong", "right")):
        score = errors[figure]
        if score["n"]:
            told.append(
                f"Of the {plural(score['n'], 'answer')} that people call {what}, the judge calls {_percent(score)} "
                f"{what} ({figure})."
            )
        elif errors["labels"]:
            told.append(_unknown(what, other, errors))
    if errors["unread"]:
        told.append(f"No verdict of the judge on {errors['unread']:,} of {errors['labels']:,} labels could be read.")
    length, own = errors["length_slope"], errors["self_preference"]
    if _decided(length):
        told.append(
            f"Compared with people, twice the length changes the judge's mark by {_points(length)} (length bias)."
        )
    if own and _decided(own):
        what = "favours" if own["value"] > 0 else "marks down"
        told.append(f"Compared with people, the judge {what} answers of its own family: {_points(own)}.")
    return told


def _unknown(what: str, other: str, errors: Figures) -> str:
    """Why nothing is known of how the judge takes right answers, or wrong ones."""
    count = errors["right"] if what == "right" else errors["labels"] - errors["right"]
    if count:
        return f"The judge gave no readable verdict on {plural(count, 'answer')} that people call {what}."
    return f"People called every labelled answer {other}: whether the judge recognises a {what} one is unknown."


def _share(name: str, estimates: Figures) -> str:
    people, corrected = estimates["people"], estimates["corrected"]
    if people["n"] < FEW:
        return (
            f"{name}: {plural(people['n'], 'label')}, too few to correct a judge (ten at least); people alone say "
            f"{_percent(people)}."
        )
    beside = f"the judge alone says {_percent(estimates['judge'])}, people alone {_percent(people)}"
    if not estimates["adds"]:
        return f"{name}: the judge adds nothing to {plural(people['n'], 'label')}; {beside}."
    return (
        f"{name}: {_percent(corrected)} right, by the judge corrected with {plural(people['n'], 'label')}; {beside}. "
        f"With the judge, the labels are worth {estimates['worth']:.0f}."
    )


def _difference(name: str, estimates: Figures) -> str:
    best = estimates["best"]
    how = "corrected" if estimates["adds"] else "by people alone, since the judge adds nothing"
    more = "" if _decided(best) else ": undecided"
    return f"{name}: {_points(best)}, {how}{more}."


def _decided(score: Figures) -> bool:
    return score["low"] is not None and score["high"] is not None and (score["low"] > 0 or score["high"] < 0)


def _percent(score: Figures) -> str:
    if score["value"] is None:
        return "unknown"
    if score["low"] is None or score["high"] is None:
        return f"{percent(score['value'], 0)} (interval unknown)"
    return f"{percent(score['value'], 0)} ({100 * score['low']:.0f} to {100 * score['high']:.0f})"


def _points(score: Figures) -> str:
    if score["value"] is None:
        return "an unknown number of points"
    if score["low"] is None or score["high"] is None:
        return f"{100 * score['value']:z.0f} points (interval unknown)"
    return f"{100 * score['value']:z.0f} points ({100 * score['low']:z.0f} to {100 * score['high']:z.0f})"
