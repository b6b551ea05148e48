"""The page of a forecast: its verdict, its curves, its map and what it was checked against."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...core.files import writing
from ...forecast import Family, Forecast, PhaseMap, find
from ...forecast.record import PAGE, PICTURE
from ..card import Card
from ..page import fill
from ..table import GroupedTable, table
from . import charts
from .map_picture import draw_map, title

ROLES = {  # what a family's quantity says
    "risk": "the distance from the real distribution",
    "variety": "how much of the variety is left",
    "tails": "how much of the tails of the real distribution is left",
    "modes": "the share of the real modes that is left",
    "made_up": "the share that lies where the real distribution has almost nothing",
}


def write_forecast(forecast: Forecast, folder: Path) -> Path:
    """Write report.html and, where there is a map, map.png into a folder; returns the page's path."""
    if forecast.map is not None:
        with writing(folder / PICTURE) as file:
            draw_map(forecast.map, file)
    return write_page(render(forecast), folder)


def write_page(page: str, folder: Path) -> Path:
    """Write report.html into a folder and return its path."""
    with writing(folder / PAGE) as file:
        file.write(page.encode())
    return folder / PAGE


def render(forecast: Forecast) -> str:
    """The page as text."""
    plan, (lead, *others) = forecast.plan, forecast.verdict
    names = [name for name in forecast.trajectories if not name.startswith("log_")]
    figures = {f"quantity-{name}": charts.quantity(forecast, name) for name in names}
    if forecast.map is not None:
        figures["map"] = charts.phase_chart(forecast.map)
    return fill(
        "forecast/page.html",
        title=f"{plan.family} forecast",
        charts=figures,
        family=plan.family,
        counts=[
            f"{plan.samples:,} samples a generation",
            f"{plan.generations:,} generations",
            f"{plan.chains:,} chains",
        ],
        lead=[lead],
        findings=[{"name": "", "text": sentence, "hue": charts.COLOUR} for sentence in others],
        map=_map(forecast.map) if forecast.map is not None else None,
        curves=_curves(names, find(plan.family)),
        checks=_checks(forecast) if forecast.checks else None,
        profile=_profile(forecast),
        plan=json.dumps(plan.to_dict(), indent=2),
    )


def _map(phase: PhaseMap) -> Card:
    words = (
        f"The lines show where {phase.target} is just met. The white line is the simulated mean, the white dots are "
        "the typical simulated chain, and the black dashes are the prediction of the closed form."
    )
    return Card("map", title=title(phase), caption=words, label=title(phase), size="tall")


def _curves(names: Sequence[str], family: Family) -> list[Card]:
    meaning = {quantity: role for role, quantity in family.roles.items()}
    return [
        Card(
            f"quantity-{name}",
            title=_capital(family.title(name)),
            caption=ROLES.get(meaning.get(name, ""), ""),
            label=f"{family.title(name)} over the generations",
        )
        for name in names
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _checks(forecast: Forecast) -> GroupedTable:
    family = find(forecast.plan.family)
    rows = [
        [check.law.formula, family.worded(check.law.label), check.law.source, _z(check)] for check in forecast.checks
    ]
    caption = "The simulation at the last generation against every closed form that applies; z in standard errors"
    return table(["Closed form", "Quantity", "Source", "z"], rows, caption, wraps=True)


def _z(check: Any) -> str:
    return "approximate" if check.law.approximate else f"{check.z:z.1f}" if check.tested else "no test"


def _profile(forecast: Forecast) -> GroupedTable:
    met = {True: "from generation {}", False: "no", None: "does not apply"}
    rows = [[definition.name, met[definition.met].format(definition.since)] for definition in forecast.profile]
    return table(["Definition", "Met"], rows, "The eight definitions of model collapse, after Schaeffer et al. (2025)")
