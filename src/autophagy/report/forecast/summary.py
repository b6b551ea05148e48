"""What the page of a forecast begins with: the decision, what is kept or what a target takes, and one chart."""

import math
from collections.abc import Mapping
from typing import Any

from ...charts import Ends
from ...core.known import or_nan
from ...forecast import Family, Forecast, PhaseMap, find
from ...forecast.verdict import lever
from ...forecast.words import amount
from ...statistics.intervals import Score
from ...text.percent import short_percent
from ..plot import Plot, plot
from ..table import Cell, Group, GroupedTable, table
from .map import shades

COLUMNS = {"mean": "On average", "median": "In the typical chain", "worst_tenth": "In nine chains of ten"}
LEVERS = {
    "fresh_share": "Fresh rows, at least",
    "synthetic": "Synthetic rows of each generation, at most",
    "samples": "Samples a generation, at least",
}
ROWS = 8  # quantities of the opening chart
MAP = (5.8, 4.2)  # inches
SAME = 0.005  # of a mean, below which an interval would not be seen


def opening(forecast: Forecast) -> dict[str, Any]:
    """The decision in a sentence, the small table and the chart of the last generation, or of the map."""
    sentences = forecast.verdict
    lead = forecast.map.sentences[0] if forecast.map else sentences[0]
    return {
        "lead": lead,
        "findings": [sentence for sentence in sentences if sentence != lead],
        "table": _kept(forecast.map) if forecast.map else _targets(forecast) if forecast.targets else _left(forecast),
        "last": None if forecast.map else _last(forecast),
        "map": _map(forecast.map) if forecast.map else None,
    }


def _kept(phase: PhaseMap) -> GroupedTable:
    """In how many cells of a map the target is kept and lost."""
    cells = phase.cells["mean"].size - phase.unrunnable
    rows = []
    for name in ("mean", "median"):
        held = sum(phase.target.met(value) for value in phase.cells[name].ravel().tolist())
        rows.append([COLUMNS[name], *(_cells(count, cells) for count in (held, cells - held)), f"{phase.unrunnable:,}"])
    caption = f"Cells of the map in which {phase.target} holds at generation {phase.plan.generations}"
    return table(["Loops", "Kept", "Lost", "Cannot be run"], rows, caption, wraps=True)


def _cells(count: int, of: int) -> Cell:
    return Cell(f"{count:,}", small=f"of {of:,}, {short_percent(count / of)}" if of else "")


def _targets(forecast: Forecast) -> GroupedTable:
    """Whether each target is met, and what it takes, for the mean, the typical chain and nine chains of ten."""
    groups, family = [], find(forecast.plan.family)
    names: list[str] = []
    for target in forecast.targets:
        answer = forecast.answers[str(target)]
        names = list(answer["now"])
        title = family.title(family.quantity(target.quantity))
        rows: list[list[Any]] = [[title[:1].upper() + title[1:], *map(_now, answer["now"].values())]]
        rows += [
            [words, *(_lever(question, answer[question][name]) for name in names)]
            for question, words in LEVERS.items()
            if answer.get(question)
        ]
        groups.append(Group(f"{target} at generation {answer['generation']}", rows))
    return GroupedTable(["Answer", *(COLUMNS[name] for name in names)], groups, "What each target takes", wraps=True)


def _now(bounds: Mapping[str, Any]) -> Cell:
    if bounds["value"] is None:
        return Cell("unknown", quiet=True)
    return Cell(amount(bounds["value"]), small="met" if bounds["met"] else "missed", bold=True)


def _lever(question: str, answer: Mapping[str, Any]) -> Cell:
    if answer["reachable"]:
        return Cell(lever(question, answer))
    best = answer["best"]["value"]
    return Cell("none", small="can be run" if best is None else f"best: {amount(best)}", quiet=True)


def _left(forecast: Forecast) -> GroupedTable:
    """What each quantity was and is, and when half of the variety is gone."""
    names = ["mean", "median"] if forecast.typical else ["mean"]
    rows: list[list[Any]] = []
    for name in _shown(forecast):
        first, last = forecast.headline(0)[name], forecast.headline(-1)[name]
        title = find(forecast.plan.family).title(name)
        rows.append([title[:1].upper() + title[1:], *(_way(first[part], last[part]) for part in names)])
    half = forecast.answers.get("half_life")
    if half and forecast.plan.generations > 1:
        title = find(forecast.plan.family).title(half["quantity"])
        rows.append([f"Half of generation 1's {title} gone by", *(_gone(half.get(part)) for part in names)])
    caption = f"From generation 1 to generation {forecast.plan.generations}"
    return table(["Quantity", *(COLUMNS[name] for name in names)], rows, caption, wraps=True)


def _way(first: float | None, last: float | None) -> Cell:
    start, end = ("unknown" if number is None else amount(number, 3) for number in (first, last))
    return Cell(end if start == end else f"{start} → {end}")


def _gone(half: Mapping[str, Any] | None) -> Cell:
    if half is None:
        return Cell("")
    return Cell("not yet" if half["value"] is None else f"generation {half['value']:,}")


def _shown(forecast: Forecast) -> list[str]:
    """The quantities of the opening, those that say what is left of the real distribution before those of errors."""
    family = find(forecast.plan.family)
    names = [name for name in forecast.trajectories if not name.startswith("log_")]
    left = [name for name in names if _is_left(family, name)]
    return (left or names)[:ROWS]


def _is_left(family: Family, name: str) -> bool:
    """Whether a quantity is the share of the real distribution that is left, of which 1 is all."""
    return family.quantities[name].better in (1.0, "higher")


def _last(forecast: Forecast) -> Plot:
    """What is left at the last generation, each quantity with its mean and where it began."""
    family, names = find(forecast.plan.family), _shown(forecast)
    ends = [forecast.headline(place) for place in (0, -1)]
    rows = {family.title(name): (_mean(ends[0][name]), _mean(ends[1][name])) for name in names}
    left = all(_is_left(family, name) for name in names)
    chart = Ends(
        "last",
        f"{'What is left at' if left else 'At'} generation {forecast.plan.generations}",
        "share of the real distribution" if left else "mean over chains",
        rows,
        level=Score(1.0, math.nan, math.nan, 1) if left else None,
        limits=(0.0, math.inf),
        level_label="the real distribution",
        hues=dict.fromkeys(rows, 0),
        names=("generation 1", f"generation {forecast.plan.generations}"),
    )
    dashed = " Dashed: the real distribution." if left else ""
    return plot("last", chart, caption=f"Dots are means over chains; a ring is the first generation.{dashed}")


def _mean(part: Mapping[str, Any]) -> Score:
    """A mean over chains; without its interval where that is narrower than a dot."""
    value, low, high = (or_nan(part[end]) for end in ("mean", "mean_low", "mean_high"))
    narrow = not high - low > SAME * abs(value)
    return Score(value, math.nan if narrow else low, math.nan if narrow else high, 2)


def _map(phase: PhaseMap) -> Plot:
    words = (
        f"The lines show where {phase.target} is just met. The white line is the simulated mean, the white dots are "
        "the typical simulated chain, and the black dashes are the prediction of the closed form. Grey cells have no "
        "value."
    )
    return plot("map", shades(phase), caption=words, size=MAP)
