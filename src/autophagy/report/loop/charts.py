"""The charts of a loop: curves with bands, where each regime ended, histograms, and stacked bars of the mixture."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ...charts import Bars, Chart, Curve, Ends
from ...charts.chart import Style
from ...loop.result import over_generations
from ...loop.table import Table, tabulate
from ...statistics.intervals import Score
from ..points import thinned
from .folder import Run

Hues = Mapping[str, int]
LINES = 5  # generations in one histogram
STYLES: tuple[Style, ...] = ("line", "dashed", "dotted")  # of the runs on one chart
REAL = "held-out real rows"
SLATE = 7  # the hue of real rows where they are a curve
ORIGINS = {"fixed": "fixed real", "fresh": "fresh real", "synthetic": "synthetic", "teacher": "the teacher's"}


def curves(run: Run, hues: Hues, points: int) -> dict[str, Chart]:
    """Each figure over the generations: a line and a 95 % band for each regime, and what real rows score."""
    cells = tabulate(run.lines)
    names = run.legend.ordered(name for line in run.lines for name in line["scores"])
    every = {
        name: over_generations(name, cells, run.legend, run.baseline) for name in names if run.legend.figure(name).chart
    }
    return {
        name: replace(chart, y="", curves=[_thin(curve, hues[curve.label], points) for curve in chart.curves])
        for name, chart in every.items()
    }


def _thin(curve: Curve, hue: int, points: int) -> Curve:
    kept = thinned(list(range(len(curve.x))), points)
    seeds = {seed: [values[place] for place in kept] for seed, values in curve.seeds.items()}
    x, scores = [curve.x[place] for place in kept], [curve.scores[place] for place in kept]
    return replace(curve, x=x, scores=scores, seeds=seeds, hue=hue)


def together(runs: Sequence[Run], hues: Hues, points: int) -> dict[str, Chart]:
    """The figures that several runs have in common, a curve for each regime of each run; a run keeps its dashes."""
    each = [curves(run, hues, points) for run in runs]
    names = [name for name in each[0] if all(name in charts for charts in each)] if each else []
    several = [run.folder.name for run in runs]
    told = several if len(set(several)) == len(several) else [f"{name} {n}" for n, name in enumerate(several, 1)]
    drawn = {
        name: replace(
            each[0][name],
            level=None,
            curves=[
                replace(curve, label=f"{curve.label} ({run})", style=STYLES[place % len(STYLES)], seeds={})
                for place, (run, charts) in enumerate(zip(told, each, strict=True))
                for curve in charts[name].curves
            ],
        )
        for name in names
    }
    return {name: chart for name, chart in drawn.items() if chart.is_known}


def ends(name: str, table: Table, run: Run, baseline: Score | None, hues: Hues) -> Ends:
    """One figure of every regime at its last generation, and at its first."""
    figure = run.legend.figure(name)
    rows = {}
    for regime, generations in table.items():
        first, last = (generations[end(generations)].get(name, {}) for end in (min, max))
        rows[regime] = run.legend.score(name, first.values()), run.legend.score(name, last.values())
    last_one = max(generation for generations in table.values() for generation in generations)
    level = baseline if baseline and baseline.n else None
    title = f"{figure.heading} at generation {last_one}"
    return Ends(f"{name}-last", title, figure.title, rows, level, figure.limits, REAL, hues)


def histogram(run: Run, name: str, hues: Hues) -> Chart | None:
    """A histogram of every regime at its last generation, all seeds together, and that of the real rows."""
    parts = {regime: counts for regime in run.regimes if (counts := _counts(run, name, regime))}
    lines = [_steps(each[max(each)], regime, hues[regime]) for regime, each in parts.items()]
    return _shape(run, name, lines) if lines else None


def histograms(run: Run, name: str, hues: Hues) -> dict[str, Chart]:
    """One histogram for each regime: the shares of all seeds together, a line a generation, the later the stronger."""
    charts = {}
    for regime in run.regimes:
        counts = _counts(run, name, regime)
        shown = thinned(sorted(counts), LINES)
        lines = [
            _steps(counts[generation], f"generation {generation}", hues[regime], (place + 1) / len(shown))
            for place, generation in enumerate(shown)
        ]
        if lines:
            charts[regime] = _shape(run, name, lines)
    return charts


def _counts(run: Run, name: str, regime: str) -> dict[int, list[Mapping[str, Any]]]:
    """The histograms of a regime by generation, one a seed."""
    counts: dict[int, list[Mapping[str, Any]]] = {}
    for line in run.lines:
        if line["regime"] == regime and name in line.get("histograms", {}):
            counts.setdefault(line["generation"], []).append(line["histograms"][name])
    return counts


def _shape(run: Run, name: str, lines: list[Curve]) -> Chart:
    figure, real = run.legend.figure(name), run.histograms.get(name)
    if real:
        lines = [replace(_steps([real], REAL, SLATE), style="dashed"), *lines]
    return Chart(name, figure.heading, figure.axis or figure.title, "", lines, limits=(0, 1), y_unit="share")


def _steps(parts: Sequence[Mapping[str, Any]], label: str, hue: int, strength: float = 1.0) -> Curve:
    """Histograms of the same edges added up, as shares at the middles of the bins."""
    edges = parts[0]["edges"]
    sums = [sum(column) for column in zip(*(part["counts"] for part in parts), strict=True)]
    total = sum(sums) or 1
    shares = [Score(count / total, float("nan"), float("nan"), len(parts)) for count in sums]
    return Curve(label, [(a + b) / 2 for a, b in pairwise(edges)], shares, style="steps", hue=hue, strength=strength)


def origins(run: Run) -> dict[str, str]:
    """The origins of training rows that a run can have, in words."""
    taught = any(isinstance(line.get("mixture"), dict) and "teacher" in line["mixture"] for line in run.lines)
    return {origin: words for origin, words in ORIGINS.items() if origin != "teacher" or taught}


def mixtures(run: Run) -> dict[str, tuple[Bars, str]]:
    """For each regime the origins of its training rows as shares, and a line that counts the rows."""
    charts = {}
    for regime in run.regimes:
        rows = _mixture(run, regime)
        generations = thinned(sorted(rows), 100)
        totals = {generation: sum(rows[generation].values()) for generation in generations}
        parts = {
            words: [rows[g][origin] / totals[g] if totals[g] else float("nan") for g in generations]
            for origin, words in origins(run).items()
        }
        hues = {words: origin for origin, words in ORIGINS.items()}
        counts = [f"{totals[g]:,.0f}" for g in (generations[0], generations[-1])] if generations else []
        told = f"{counts[0]} rows" if len(set(counts)) == 1 else f"{' to '.join(counts)} rows"
        title = f"Training rows of {regime} by origin"
        charts[regime] = Bars("mixture", title, "generation", "", generations, parts, hues), told
    return charts


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
