"""The charts of a loop: curves with bands, histograms, and stacked bars of the mixture."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...loop.table import Table
from ...statistics.intervals import Score, interval
from ..chart import NAME, Figure, band, generations_axis, literal, short
from ..points import thinned
from .folder import Run

HOVER = "%{fullData.name}<br>generation %{x}: "


LINES = 5  # generations in one histogram


ORIGINS = {
    "fixed": ("fixed real", ""),
    "fresh": ("fresh real", "/"),
    "synthetic": ("synthetic", ""),
    "teacher": ("the teacher's", "x"),
}


def curves(
    name: str,
    limits: tuple[float, float],
    table: Table,
    baseline: Score | None,
    colours: Mapping[str, str],
    symbols: Mapping[str, str],
    points: int,
) -> Figure:
    """One metric over the generations: a line and a 95 % band for each regime, and what real rows score."""
    traces: list[dict[str, Any]] = []
    reached = [generation for generations in table.values() for generation in generations]
    if baseline and baseline.n:
        traces += _baseline(baseline, min(reached), max(reached))
    for regime, cells in table.items():
        generations = thinned(list(cells), points)
        seeds = [cells[generation].get(name, {}).values() for generation in generations]
        scores = [interval(values, bounds=limits) for values in seeds]
        colour, label = colours[regime], regime if len(regime) <= NAME else f"{regime[: NAME - 1]}…"
        traces.append(band(generations, scores, colour))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if len(generations) <= 40 else "lines",
                "name": literal(label),
                "x": generations,
                "y": [short(each.value) for each in scores],
                "customdata": [str(each) for each in scores],
                "hovertemplate": HOVER + "%{customdata}<extra></extra>",
                "connectgaps": False,
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "size": 6, "symbol": symbols[regime]},
            }
        )
    floor = {"rangemode": "nonnegative"} if limits[0] == 0 else {}
    return {"data": traces, "layout": {"xaxis": generations_axis(reached), "yaxis": floor}}


def _baseline(baseline: Score, first: int, last: int) -> list[dict[str, Any]]:
    """What held-out real rows score: a dashed line, within its band where it has one."""
    ends = [first, last] if last > first else [first - 0.5, first + 0.5]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "held-out real rows",
        "x": ends,
        "y": [short(baseline.value)] * 2,
        "line": {"dash": "dash", "width": 1.5, "color": "ink"},
        "hoverinfo": "skip",
    }
    if not math.isfinite(baseline.low):
        return [line]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*ends, *ends[::-1]],
        "y": [short(baseline.high)] * 2 + [short(baseline.low)] * 2,
        "fill": "toself",
        "fillcolor": "#8a8f9830",
        "line": {"width": 0, "color": "#8a8f98"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [band, line]


def histograms(run: Run, name: str, colours: Mapping[str, str]) -> dict[str, Figure]:
    """One histogram for each regime: the shares of all seeds together, a line a generation, the later the stronger."""
    figures = {}
    for regime in run.regimes:
        counts: dict[int, list[dict[str, Any]]] = {}
        for line in run.lines:
            if line["regime"] == regime and name in line.get("histograms", {}):
                counts.setdefault(line["generation"], []).append(line["histograms"][name])
        if not counts:
            continue
        shown = thinned(sorted(counts), LINES)
        traces = [
            _steps(counts[generation], f"generation {generation}", colours[regime], (place + 1) / len(shown))
            for place, generation in enumerate(shown)
        ]
        real = run.histograms.get(name)
        if real:
            line = {"line": {"color": "ink", "dash": "dash", "width": 1.5}}
            traces.insert(0, _steps([real], "held-out real rows", "ink", 1.0) | line)
        axis = run.legend.figure(name).axis or run.legend.figure(name).title
        title = {"title": {"text": literal(axis)}}
        figures[regime] = {"data": traces, "layout": {"xaxis": title, "yaxis": {"tickformat": ".0%"}}}
    return figures


def _steps(parts: Sequence[Mapping[str, Any]], name: str, colour: str, strength: float) -> dict[str, Any]:
    """Histograms of the same edges added up, as shares at the middles of the bins."""
    edges = parts[0]["edges"]
    sums = [sum(column) for column in zip(*(part["counts"] for part in parts), strict=True)]
    total = sum(sums) or 1
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [short((a + b) / 2) for a, b in pairwise(edges)],
        "y": [short(count / total) for count in sums],
        "line": {"color": colour, "width": 0.8 + 1.8 * strength, "shape": "hvh"},
        "opacity": 0.25 + 0.75 * strength,
        "hovertemplate": f"{name}: %{{y:.1%}} near %{{x:.2f}}<extra></extra>",
    }


def origins(run: Run) -> dict[str, tuple[str, str]]:
    """The origins of training rows that a run can have, in words and with their pattern."""
    taught = any(isinstance(line.get("mixture"), dict) and "teacher" in line["mixture"] for line in run.lines)
    return {origin: words for origin, words in ORIGINS.items() if origin != "teacher" or taught}


def mixtures(run: Run) -> dict[str, tuple[Figure, str]]:
    """For each regime the origins of its training rows as shares, and a line that counts the rows."""
    figures = {}
    for regime in run.regimes:
        rows = _mixture(run, regime)
        generations = thinned(sorted(rows), 100)
        totals = {generation: sum(rows[generation].values()) for generation in generations}
        traces = [
            {
                "type": "bar",
                "name": words,
                "x": generations,
                "y": [short(rows[g][origin] / totals[g]) if totals[g] else None for g in generations],
                "customdata": [f"{rows[g][origin]:,.0f} rows" for g in generations],
                "hovertemplate": HOVER + "%{customdata} (%{y:.0%})<extra></extra>",
                "marker": {"color": f"origin-{origin}", "pattern": {"shape": shape, "size": 6, "solidity": 0.4}},
            }
            for origin, (words, shape) in origins(run).items()
        ]
        axis = {"range": [0, 1], "tickformat": ".0%", "nticks": 3}
        layout = {"barmode": "stack", "xaxis": generations_axis(generations), "yaxis": axis}
        counts = [f"{totals[g]:,.0f}" for g in (generations[0], generations[-1])] if generations else []
        told = f"{counts[0]} rows" if len(set(counts)) == 1 else f"{' to '.join(counts)} rows"
        figures[regime] = {"data": traces, "layout": layout}, told
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
