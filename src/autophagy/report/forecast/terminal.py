"""What a person sees of a forecast in the terminal: a few generations, the checks, the profile, the verdict."""

import math
from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from ...forecast import Forecast, find
from ...forecast.plan import TYPICAL
from ...statistics.intervals import Score, figure
from ..console import open_console
from ..fitting import add_figures, fitting

COLUMNS = ("variety", "risk", "tails", "modes")
MOST = 3  # quantities of the table, where the terminal is wide enough


def print_forecast(forecast: Forecast) -> None:
    """The loop at a handful of generations, what it was checked against, and what it comes to."""
    console = open_console()
    tables = [
        fitting(console, _narrower(forecast)),
        *([_checks(forecast)] if forecast.checks else []),
        _profile(forecast),
    ]
    for table in tables:
        console.print(table)
        console.print()
    for sentence in forecast.verdict:
        console.print(Text(f"- {sentence}"))


def _table(*columns: str) -> Table:
    table = Table(title=None, box=None, pad_edge=False)
    for column in columns:
        table.add_column(column)
    return table


def _narrower(forecast: Forecast) -> Iterator[Table]:
    for most in range(MOST, 0, -1):
        yield _generations(forecast, most, folded=False)
        yield _generations(forecast, most, folded=True)


def _generations(forecast: Forecast, most: int, *, folded: bool) -> Table:
    """Mean, median and the middle eight tenths of the chains, at the first, the last and some between."""
    family = find(forecast.plan.family)
    roles = family.roles
    names = [name for name in dict.fromkeys(roles.get(role) for role in COLUMNS) if name in forecast.trajectories]
    shown = [name for name in names if name][:most] or list(forecast.trajectories)[:most]
    chains = forecast.plan.chains
    median = ", one chain" if chains == 1 else ", median" if chains >= TYPICAL else f", median of {chains} chains"
    heads = [f"{family.title(name)}{part}" for name in shown for part in (", mean", median)]
    lines = [forecast.headline(place) for place in spaced(forecast.plan.generations)]
    rows = [
        [str(line["generation"]), *(cell for name in shown for cell in _cells(line[name], chains))] for line in lines
    ]
    table = _table()
    for head, *cells in zip(["generation", *heads], *rows, strict=True):
        add_figures(table, head, cells, folded=folded)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def spaced(count: int) -> list[int]:
    """Places from the first to the last, each about twice as far on as the one before."""
    last = count - 1
    halvings = math.ceil(math.log2(last)) if last > 1 else 0
    return sorted({0, *(round(last / 2**i) for i in range(halvings + 1))})


def _cells(summary: dict[str, Any], chains: int) -> tuple[str, str]:
    numbers = {name: math.nan if value is None else value for name, value in summary.items()}
    score = Score(numbers["mean"], numbers["mean_low"], numbers["mean_high"], chains)
    tight = score.low == score.high or score.high - score.low < 0.01 * abs(
        score.value
    )  # narrower than the digits that are shown
    mean = figure(score.value) if tight else str(score)
    if not math.isfinite(numbers["median"]):
        return mean, "unknown"
    median, low, high = (figure(numbers[name]) for name in ("median", "low", "high"))
    return mean, median if low == high else f"{median} ({low} to {high})"


def _checks(forecast: Forecast) -> Table:
    table, family = _table("checked against", "of", "z"), find(forecast.plan.family)
    for check in forecast.checks:
        z = "approximate" if check.law.approximate else f"{check.z:z.1f}" if check.tested else "no test"
        table.add_row(Text(check.law.formula), Text(family.worded(check.law.label)), Text(z))
    return table


def _profile(forecast: Forecast) -> Table:
    table = _table("definition of model collapse", "met")
    for definition in forecast.profile:
        met = {True: f"from generation {definition.since}", False: "no", None: "does not apply"}[definition.met]
        table.add_row(Text(definition.name), Text(met))
    return table
