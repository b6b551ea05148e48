"""A comparison in the terminal: progress by arm, the table of the arms, and the verdict."""

import math
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from ..compare import Outcome
from .terminal import Progress

ALMOST_NOTHING = 0.0005


class ArmProgress(Progress):
    """A bar over the tries of arms, with the time left; plain lines where there is no terminal."""

    def told(self, outcome: Outcome | None, total: int) -> None:
        """Told once before the first try how many are left, then of each."""
        if outcome is None:
            self._bar.update(self._task, total=total, description="first arm")
        else:
            self._advance(f"{outcome.arm}, seed {outcome.seed}", total)


def print_comparison(found: Mapping[str, Any]) -> None:
    """The arms with their figures, what sets them apart, and the verdict."""
    console = Console()
    layers = list(found["questions"])
    table = Table(title=f"{sum(found['questions'].values())} questions", title_justify="left")
    for name in ("arm", "right", *layers, "recall", "s/query", "tokens", "set-up s", "complexity"):
        table.add_column(name, justify="left" if name == "arm" else "right", overflow="fold")
    for arm in found["arms"]:
        table.add_row(
            arm["arm"],
            interval(arm["correct"]),
            *(share(arm["layers"][layer]) for layer in layers),
            share(arm["retrieval"]["recall"]),
            number(arm["seconds_per_query"]),
            number(arm["tokens_per_query"]),
            number(arm["setup_seconds"]),
            str(arm["complexity"].get("count", "")),
        )
    console.print(table)
    for pair in found["pairs"]:
        if not pair["decisive"] and worth_telling(pair, found["arms"]):
            console.print(f"{pair['a']} against {pair['b']}: not decisive, {points(pair)}.", highlight=False)
    errors = {arm["arm"]: arm["errors"] for arm in found["arms"] if arm["errors"]}
    for arm, count in errors.items():
        console.print(f"{arm}: {count} questions could not be answered and are not scored.", highlight=False)
    for note in found["notes"]:
        console.print(note, highlight=False)
    console.print(found["verdict"], highlight=False, style="bold")


def worth_telling(pair: Mapping[str, Any], arms: list[Mapping[str, Any]]) -> bool:
    """Whether two arms were both right now and then, so that a reader may want to choose between them."""
    known = {arm["arm"]: arm["correct"]["value"] or 0 for arm in arms}
    return min(known[pair["a"]], known[pair["b"]]) > 0.1


def points(pair: Mapping[str, Any]) -> str:
    """A difference in points with its interval."""
    d = pair["difference"]
    if d["value"] is None:
        return "unknown"
    return f"{100 * d['value']:+.1f} points ({100 * d['low']:+.1f} to {100 * d['high']:+.1f})"


def interval(score: Mapping[str, Any]) -> str:
    """A share with its interval, in per cent."""
    if score["value"] is None:
        return "-"
    return f"{100 * score['value']:.1f} [{100 * score['low']:.0f}, {100 * score['high']:.0f}]"


def share(score: Mapping[str, Any]) -> str:
    """A share in per cent."""
    return "-" if score["value"] is None else f"{100 * score['value']:.0f}"


def number(value: float | None) -> str:
    """A number with three digits that count."""
    if value is None:
        return "-"
    if value and abs(value) < ALMOST_NOTHING:
        return f"{value:.1e}"
    digits = 0 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"
