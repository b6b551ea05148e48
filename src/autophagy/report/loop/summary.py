"""What a page of a loop begins with: the decision, what each regime kept and lost, and where it ended."""

from collections.abc import Mapping
from typing import Any

from ...charts.colours import colour
from ...loop.change import Change
from ...loop.outcomes import Fate, outcomes
from ...loop.table import Table
from ...loop.verdict import findings
from ...statistics.intervals import Score, figure
from ..plot import Plot, plot
from ..table import Cell, GroupedTable, Stack, Swatch, table
from . import charts
from .folder import Run

FATES: tuple[Fate, ...] = ("kept", "lost", "undecided")


def opening(key: str, run: Run, cells: Table, baseline: Mapping[str, Score], hues: charts.Hues) -> dict[str, Any]:
    """The decision in a sentence, the small table, the chart of the last generation, and the sentences behind them."""
    every = findings(run.lines, run.baseline, run.legend)
    lead = [finding.text for finding in every if finding.about == "all"]
    caution = [finding.text for finding in every if finding.about == "caution"]
    return {
        "next": " ".join(finding.text for finding in every if finding.about == "next"),
        "decision": (lead or _undecided(run) or caution)[0],
        "outcomes": _outcomes(run, cells, baseline, hues) if cells else None,
        "lasts": _lasts(key, run, cells, baseline, hues) if cells else [],
        "lead": lead[1:],
        "findings": [
            {"name": finding.name, "text": f": {finding.text}", "hue": colour(hues[finding.regime])}
            for finding in every
            if finding.about == "regime"
        ],
        "caution": " ".join(caution if lead or _undecided(run) else caution[1:]),
    }


def _undecided(run: Run) -> list[str]:
    """Why several seeds decide nothing yet: there is one generation alone."""
    alone = run.seeds > 1 and len(run.generations) == 1
    return [f"Only generation {run.generations[0]} is recorded, so nothing can have changed yet."] if alone else []


def _outcomes(run: Run, cells: Table, baseline: Mapping[str, Score], hues: charts.Hues) -> GroupedTable | None:
    """What each regime kept, lost and left undecided; None where there is one generation alone."""
    real = {name: score.value for name, score in baseline.items()}
    rows: dict[str, list[Stack]] = {}
    for regime, generations in cells.items():
        found = outcomes(generations, real, run.legend)
        rows[regime] = [Stack([_cell(each.change) for each in found if each.fate == fate]) for fate in FATES]
    if not any(stack.parts for stacks in rows.values() for stack in stacks):
        return None
    last = max(generation for generations in cells.values() for generation in generations)
    told = [[Swatch(regime, colour(hues[regime])), *stacks] for regime, stacks in rows.items()]
    caption = f"From the first generation to generation {last}. Undecided: the seeds do not agree on its change."
    return table(["Regime", *(name.capitalize() for name in FATES)], told, caption, wraps=True)


def _cell(change: Change) -> Cell:
    start, end = _plain(change.start.value), _plain(change.end.value)
    return Cell(change.figure.heading, end if start == end else f"{start} → {end}")


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else figure(value)


def _lasts(key: str, run: Run, cells: Table, baseline: Mapping[str, Score], hues: charts.Hues) -> list[Plot]:
    """Where each regime ended, in each figure of the headline; the first one stands in front."""
    known = [
        name
        for generations in cells.values()
        for name, seeds in generations[max(generations)].items()
        if run.legend.score(name, seeds.values()).n
    ]
    names = run.legend.headline(known) or run.legend.ordered(known)
    ring = "; a ring is the first generation" if any(len(each) > 1 for each in cells.values()) else ""
    caption = f"Dots are means over seeds in their 95 % intervals{ring}."
    drawn = {name: charts.ends(name, cells, run, baseline.get(name), hues) for name in names}
    return [
        plot(f"{key}-last{f'-{name}' if place else ''}", chart,
             caption=caption + (" Dashed: held-out real rows." if chart.level else ""))
        for place, (name, chart) in enumerate(drawn.items())
    ]  # fmt: skip
