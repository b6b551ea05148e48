"""The page of two runs side by side: whether they differ, in what, and both on one chart."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...charts import Chart, Ends
from ...charts.colours import colour
from ...diff.both import counts_of, ends_of, place_of
from ...diff.compared import Compared
from ...diff.result import DiffResult
from ...statistics.intervals import Score
from ..page import fill
from ..plot import Plot, plot, plots_in
from ..points import thinned
from ..table import Cell, GroupedTable, Inline, Swatch, table
from .words import chance, says

FEW = 8  # figures of the table that the page begins with
POINTS = 400  # of a curve


def render(found: DiffResult, out: Path) -> str:
    """The page as text; `out` is where it will be."""
    document, (lead, *rest) = found.document(), found.verdict
    names = [str(document[name]) for name in ("a", "b")]
    figures = sorted(found.comparable.figures, key=lambda each: not each.differs)
    values: dict[str, Any] = {
        "lead": lead,
        "findings": [{"name": "", "text": sentence, "hue": colour(0)} for sentence in rest],
        "opening": _figures(figures[:FEW], _few(len(figures)), short=True) if figures else None,
        "last": _last(found, figures) if figures else None,
        "both": _plots(found),
        "legend": _legend(found),
        "differing": _differing(found),
        "figures": _figures(figures, "Every figure that was compared") if len(figures) > FEW else None,
        "alone": list(found.comparable.alone),
    }
    return fill(
        "diff/page.html",
        title=f"{names[0]} and {names[1]}",
        command=f"autophagy diff {shlex.join(names)} --out {shlex.quote(str(out))}",
        names=names,
        about=_about(found),
        plots=plots_in(values),
        **values,
    )


def _about(found: DiffResult) -> list[str]:
    paired = found.comparable.pairing
    return [f"two runs of {found.a.verb}", "not paired" if paired == "nothing" else f"paired by {paired}"]


def _few(count: int) -> str:
    if count > FEW:
        return f"{FEW} of {count:,} figures that were compared; those that differ come first"
    return "The figures that were compared"


def _figures(figures: Sequence[Compared], caption: str, *, short: bool = False) -> GroupedTable:
    """Both runs, B - A with its interval, and whether that is decided."""
    rows: list[list[Inline]] = []
    for each in figures:
        name = Cell(each.title[:1].upper() + each.title[1:], small=place_of(each))
        outcome = Cell(_outcome(each), bold=each.differs, quiet=not each.differs)
        difference = [outcome] if short else [chance(each.adjusted), outcome]
        rows.append([name, *map(_whole, (each.a, each.b, each.difference)), *difference])
    head = ["Figure", "A", "B", "B − A", *(["Decided?"] if short else ["p (Holm)", "Decided?"])]
    return table(head, rows, caption, wraps=True)


def _whole(score: Score) -> str:
    """A figure and its interval, which stay on one line."""
    return str(score).replace(" ", "\N{NO-BREAK SPACE}")


def _outcome(each: Compared) -> str:
    return says(each) or "undecided"


def _last(found: DiffResult, figures: Sequence[Compared]) -> Plot:
    """The first figure of those that were compared, everywhere it was: in A and in B; or all where they are shares."""
    drawn = counts_of(figures) if found.a.counts_all else ends_of(figures, figures[0].metric)
    return plot("last", drawn, caption="A ring is run A. A dot is run B, in its interval.")


def _plots(found: DiffResult) -> list[Plot]:
    """Every chart that both runs have; one of points is drawn place by place, since that is what can be compared."""
    shown = []
    for index, (name, chart) in enumerate(found.charts().items()):
        if isinstance(chart, Ends):
            shown += [plot(f"both-{index}", chart)] * (not found.a.counts_all)  # whose one chart stands above
        elif all(curve.style == "points" for curve in chart.curves):
            if any(each.metric == name for each in found.comparable.figures):
                shown.append(plot(f"both-{index}", ends_of(found.comparable.figures, name)))
        else:
            shown.append(plot(f"both-{index}", _thin(chart), label=f"{chart.title} against {chart.x}, of both runs"))
    return shown


def _thin(chart: Chart) -> Chart:
    """The chart with no more points than a screen can show, and without the title that stands above it."""
    curves = []
    for curve in chart.curves:
        kept = thinned(list(range(len(curve.x))), POINTS)
        seeds = {seed: [values[place] for place in kept] for seed, values in curve.seeds.items()}
        curves.append(replace(curve, x=[curve.x[i] for i in kept], scores=[curve.scores[i] for i in kept], seeds=seeds))
    return replace(chart, curves=curves, y="")


def _legend(found: DiffResult) -> list[Swatch]:
    """Each curve of the charts once, in its colour."""
    charts = [chart for chart in found.charts().values() if isinstance(chart, Chart)]
    curves = [curve for chart in charts for curve in chart.curves if curve.style != "points"]
    keys = {each.label: Swatch(each.label, colour(each.hue), style=each.style)
            for each in reversed(curves) if each.hue is not None}  # fmt: skip
    return [*reversed(keys.values())]


def _differing(found: DiffResult) -> GroupedTable | None:
    """What the runs differ in before anything is measured."""
    rows = [[each.what, each.a, each.b, each.group] for each in found.differing]
    return (
        table(["Differs in", "A", "B", "Kind"], rows, "Settings, versions, machine and data", wraps=True)
        if rows
        else None
    )
