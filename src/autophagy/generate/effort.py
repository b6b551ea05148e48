"""What each recipe took and brought, and how its share of the calls went."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ..core.known import or_null
from ..statistics.paired import UNKNOWN, proportion
from ..statistics.quotient import quotient
from .begun import Begun
from .calls import first_call

T = TypeVar("T")
TOKENS = 1000  # of a yield
POINTS = 40  # times, at most, at which the shares are told
GROUPS = ("recipe", "operation", "round", "style")


def effort(
    begun: Iterable[Begun], *, priced: bool, lines: Iterable[Mapping[str, Any]] = ()
) -> dict[str, dict[str, Any]]:
    """By recipe: calls with those that followed, tokens in and out, money, rows, and the yield of each of these.

    `about_rows` are the calls that answered, judged or verified its rows, among the `lines` of the ledgers.

    A yield counts rows that passed every check, kept or beyond what was wanted. Its interval is over calls that follow
    no other, each with all that followed. Money is unknown without prices.
    """
    found, about = {}, _about(lines)
    for name, calls in _by(begun, lambda each: each.recipe).items():
        new = [float(each.new) for each in calls]
        found[name] = {
            "begun": len(calls),
            "calls": sum(each.calls for each in calls),
            "tokens": [or_null(sum(getattr(each, side) for each in calls)) for side in ("tokens_in", "tokens_out")],
            "money": or_null(sum(each.money for each in calls)) if priced else None,
            "about_rows": _summed([line for each in calls for line in about.get(each.id, [])]),
            "offered": sum(each.items for each in calls),
            "new": sum(each.new for each in calls),
            "kept": sum(each.kept for each in calls),
            "per_call": quotient(new, [float(each.calls) for each in calls]).json(),
            "per_1000_tokens": quotient(new, [each.tokens / TOKENS for each in calls]).json(),
            "per_money": (quotient(new, [each.money for each in calls]) if priced else UNKNOWN).json(),
        }
    return found


def _about(lines: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The lines of calls about rows that came, by the call that the row comes from; their ids have a letter."""
    return _by(
        (line for line in lines if line["state"] == "settled" and not line["call"].replace(".", "").isdigit()),
        lambda line: first_call(line["call"]),
    )


def _summed(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How many calls there are, and their tokens in and out, unknown where nobody counted one of them."""
    known = {name: [line[name] for line in lines] for name in ("tokens_in", "tokens_out")}
    return {"calls": len(lines), "tokens": [None if None in each else sum(each) for each in known.values()]}


def shares(begun: Sequence[Begun], barrier: int) -> dict[str, Any]:
    """How the calls were shared by the recipes as they went: "calls" from which on, and the share of each recipe.

    Calls between two barriers are told together, and of a long run several of these, so that there are few points.
    """
    every = 1 + (max((int(each.id) // barrier for each in begun), default=0)) // POINTS
    spans = _by(begun, lambda each: int(each.id) // barrier // every)
    names = list(dict.fromkeys(each.recipe for each in begun))
    return {
        "calls": [span * every * barrier for span in sorted(spans)],
        "by_recipe": {
            name: [sum(each.recipe == name for each in spans[span]) / len(spans[span]) for span in sorted(spans)]
            for name in names
        },
    }


def survival(begun: Sequence[Begun]) -> dict[str, dict[str, dict[str, Any]]]:
    """Of the calls that began something, by what they did: how many came to a row, and how many to a new one.

    What can be told apart are the recipes where there are several, the operations and rounds of evol, and styles. `n`
    counts calls that were answered; `lost` says why rows and items of theirs were not kept.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    answered = [each for each in begun if each.items]
    for group in GROUPS:
        values = [each.recipe if group == "recipe" else each.of.get(group, "") for each in answered]
        parts = {
            name: [each for each, value in zip(answered, values, strict=True) if value == name]
            for name in sorted({*values} - {""})
        }
        if len(parts) > (group == "recipe"):
            found[group] = {name: _survived(calls) for name, calls in parts.items()}
    return found


def _survived(calls: Sequence[Begun]) -> dict[str, Any]:
    lost: Counter[str] = sum((each.lost for each in calls), Counter())
    return {
        "n": len(calls),
        "row": proportion(sum(each.rows > 0 for each in calls), len(calls)).json(),
        "new": proportion(sum(each.new > 0 for each in calls), len(calls)).json(),
        "lost": dict(lost.most_common()),
    }


def _by(begun: Iterable[T], key: Callable[[T], Any]) -> dict[Any, list[T]]:
    found: dict[Any, list[T]] = {}
    for each in begun:
        found.setdefault(key(each), []).append(each)
    return found
