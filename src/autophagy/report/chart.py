"""Charts as plotly figures in plain dictionaries: curves with bands, and stacked bars of the mixture."""

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..stats import Score, Table, score
from .folder import Run
from .slides import thinned

Figure = dict[str, Any]
ORIGINS = {
    "fixed": ("fixed real", ""),
    "fresh": ("fresh real", "/"),
    "synthetic": ("synthetic", "."),
}


def curves(
    metric: str, table: Table, level: Score, colours: Mapping[str, str], symbols: Mapping[str, str], points: int
) -> Figure:
    """One metric over the generations: a line and a 95 % band for each regime, and the level of real rows."""
    traces: list[dict[str, Any]] = []
    reached = [generation for generations in table.values() for generation in generations]
    if level.n:
        traces += _level(level, min(reached), max(reached))
    for regime, cells in table.items():
        generations = thinned(list(cells), points)
        scores = [score(metric, cells[generation].get(metric, {}).values()) for generation in generations]
        colour, name = colours[regime], html.escape(regime)
        traces.append(_band(generations, scores, colour))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if len(generations) <= 40 else "lines",
                "name": name,
                "x": generations,
                "y": [_short(each.value) for each in scores],
                "customdata": [str(each) for each in scores],
                "hovertemplate": "%{customdata}",
                "connectgaps": False,
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "size": 6, "symbol": symbols[regime]},
            }
        )
    return {"data": traces, "layout": {"xaxis": _generations(reached)}}


def _band(generations: Sequence[int], scores: Sequence[Score], colour: str) -> dict[str, Any]:
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
            up += [*(_short(s.high) for _, s in there), *(_short(s.low) for _, s in back), None]
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


def _level(level: Score, first: int, last: int) -> list[dict[str, Any]]:
    """The level that held-out real rows reach: a dashed line, within its band where it has one."""
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "held-out real rows",
        "x": [first, last] if last > first else [first - 0.5, first + 0.5],
        "y": [_short(level.value)] * 2,
        "line": {"dash": "dash", "width": 1.5, "color": "ink"},
        "hoverinfo": "skip",
    }
    if not math.isfinite(level.low):
        return [line]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*line["x"], *line["x"][::-1]],
        "y": [_short(level.high)] * 2 + [_short(level.low)] * 2,
        "fill": "toself",
        "fillcolor": "#8a8f9830",
        "line": {"width": 0, "color": "#8a8f98"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [band, line]


def mixtures(run: Run) -> dict[str, Figure]:
    """For each regime the training rows of every generation by origin, on one scale for all regimes."""
    figures = {}
    top = 0.0
    for regime in run.regimes:
        rows = _mixture(run, regime)
        generations = thinned(sorted(rows), 100)
        top = max([top, *(sum(rows[generation].values()) for generation in generations)])
        traces = [
            {
                "type": "bar",
                "name": words,
                "x": generations,
                "y": [_short(rows[generation][origin]) for generation in generations],
                "hovertemplate": "%{y:,}",
                "marker": {"color": f"origin-{origin}", "pattern": {"shape": shape, "size": 5, "solidity": 0.35}},
            }
            for origin, (words, shape) in ORIGINS.items()
        ]
        figures[regime] = {"data": traces, "layout": {"barmode": "stack", "xaxis": _generations(generations)}}
    for figure in figures.values():
        figure["layout"]["yaxis"] = {"range": [0, 1.05 * top or 1]}
    return figures


def _mixture(run: Run, regime: str) -> dict[int, dict[str, float]]:
    """The mean training rows over seeds by generation and origin."""
    seeds: dict[int, list[Mapping[str, Any]]] = {}
    for line in run.lines:
        if line["regime"] == regime and isinstance(line.get("mixture"), dict):
            seeds.setdefault(line["generation"], []).append(line["mixture"])
    return {
        generation: {origin: sum(float(m.get(origin) or 0) for m in every) / len(every) for origin in ORIGINS}
        for generation, every in seeds.items()
    }


def _generations(reached: Sequence[int]) -> dict[str, Any]:
    """An axis of whole generations."""
    span = max(reached, default=1) - min(reached, default=1)
    return {"title": {"text": "generation"}, "tickformat": "d", **({"dtick": 1} if span <= 8 else {"nticks": 8})}


def _short(number: float) -> float | None:
    """Five digits are more than a screen can show; NaN is a gap."""
    return float(f"{number:.5g}") if math.isfinite(number) else None
