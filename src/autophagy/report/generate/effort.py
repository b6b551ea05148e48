"""What each recipe took and brought, what survived, and how the calls were shared: the rows of both kinds of tables."""

from collections.abc import Mapping
from typing import Any

from ...statistics.intervals import Score
from ...text.percent import percent, percent_within

YIELDS = [
    "recipe",
    "calls",
    "tokens",
    "kept",
    "new per call",
    "new per 1,000 tokens",
    "share of calls",
    "dropped because",
]
SURVIVAL = ["", "first calls", "gave a row", "gave a new row", "lost because"]
WORDS = {"operation": "operation of evol", "round": "round of evol"}


def yields(document: Mapping[str, Any]) -> list[list[str]]:
    """What each recipe took and brought, a line each under YIELDS; a share is its first and its last.

    Behind a plus are the calls that answered, judged or verified its rows, and their tokens.
    """
    told, shares = document.get("recipes", {}), document.get("shares", {}).get("by_recipe", {})
    by_recipe = document["yield"]["by_recipe"]
    lines = []
    for recipe in dict.fromkeys([*told, *by_recipe]):
        more, counts = told.get(recipe, {}), dict(by_recipe.get(recipe, {}))
        kept, about = counts.pop("kept", 0), more.get("about_rows", {})
        lines.append([
            recipe,
            _and(f"{more['calls']:,}" if more else "unknown", f"{about['calls']:,}" if about.get("calls") else ""),
            _and(_tokens(more.get("tokens")), _tokens(about["tokens"]) if about.get("calls") else ""),
            f"{kept:,}",
            *(_score(more.get(name)) for name in ("per_call", "per_1000_tokens")),
            _went(shares.get(recipe, [])),
            reasons(counts),
        ])  # fmt: skip
    return lines


def survival(document: Mapping[str, Any]) -> list[list[str]]:
    """Of what the calls began, how much came to a row, a line each under SURVIVAL."""
    return [
        [
            f"{WORDS.get(group, group)}: {name}",
            f"{each['n']:,}",
            *(_share(each[end]) for end in ("row", "new")),
            reasons(each["lost"]),
        ]
        for group, parts in document.get("survival", {}).items()
        for name, each in parts.items()
    ]


def reasons(counts: Mapping[str, int]) -> str:
    """Reasons with how often, the commonest first."""
    return ", ".join(f"{reason} {count:,}" for reason, count in sorted(counts.items(), key=lambda each: -each[1]))


def _and(own: str, more: str) -> str:
    return f"{own} + {more}" if more else own


def _tokens(sides: Any) -> str:
    return "unknown" if not sides or None in sides else f"{sum(sides):,.0f}"


def _score(recorded: Mapping[str, Any] | None) -> str:
    score = Score.read(recorded) if recorded else None
    return str(score) if score and score.n else "unknown"


def _share(recorded: Mapping[str, Any]) -> str:
    score = Score.read(recorded)
    return percent_within(score.value, score.low, score.high, 0) if score.n else "unknown"


def _went(shares: list[float]) -> str:
    """The share of the calls at first and in the end."""
    if not shares:
        return "unknown"
    ends = dict.fromkeys(percent(share, 0) for share in (shares[0], shares[-1]))
    return " to ".join(ends)
