"""Charts as plotly figures in plain dictionaries: curves with bands, and stacked bars of the mixture."""

import html
import math
from collections.abc import Sequence
from typing import Any

from ..statistics.intervals import Score

Figure = dict[str, Any]
NAME = 32  # characters of a label that fit beside a point
ROOM = 120  # characters of a text that fit into a chart


def band(generations: Sequence[int], scores: Sequence[Score], colour: str) -> dict[str, Any]:
    """The intervals as one closed shape for each stretch in which they are known."""
    across: list[int | None] = []
    up: list[float | None] = []
    stretch: list[tuple[int, Score]] = []
    for generation, each in [*zip(generations, scores, strict=True), (0, Score(math.nan, math.nan, math.nan, 0))]:
        if math.isfinite(each.low):
            stretch.append((generation, each))
        elif stretch:
            there, back = stretch, stretch[::-1]
            across += [*(g for g, _ in there), *(g for g, _ in back), None]
            up += [*(short(s.high) for _, s in there), *(short(s.low) for _, s in back), None]
            stretch = []
    return {
        "type": "scatter",
        "mode": "lines",
        "x": across[:-1],
        "y": up[:-1],
        "fill": "toself",
        "fillcolor": f"{colour}2e",
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def generations_axis(reached: Sequence[int]) -> dict[str, Any]:
    """An axis of whole generations."""
    span = max(reached, default=1) - min(reached, default=1)
    return {"title": {"text": "generation"}, "tickformat": "d", **({"dtick": 1} if span <= 8 else {"nticks": 8})}


def short(number: float) -> float | None:
    """Five digits are more than a screen can show; NaN is a gap."""
    return float(f"{number:.5g}") if math.isfinite(number) else None


def literal(text: str) -> str:
    """A text that plotly shows letter for letter: it would take some marks for markup, and %{...} for a figure.

    One that no chart has room for is cut.
    """
    text = text if len(text) <= ROOM else f"{text[: ROOM - 1]}…"
    return html.escape(text, quote=False).replace("%{", "%&#123;")
