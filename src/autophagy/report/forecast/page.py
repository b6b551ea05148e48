"""The page of a forecast: its verdict, its curves, its map and what it was checked against."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...core.errors import RecordError
from ...core.files import writing
from ...forecast import Forecast, PhaseMap, find
from ..card import Card
from ..page import fill
from ..table import GroupedTable, table
from . import charts
from .boundaries import NAMES, axis_title
from .map_picture import draw_map, title

FILES = ("forecast.json", "map.png", "report.html")
ROLES = {  # what a family's quantity says
    "risk": "the distance from the real law",
    "variety": "how much of the variety is left",
    "tails": "how much of the real law's tails is left",
    "modes": "the share of the real modes that are left",
    "made_up": "the share that lies where the real law has next to nothing",
}


def write_forecast(forecast: Forecast, out: Path) -> Path:
    """Write forecast.json, report.html and, where there is a map, map.png into a folder; returns the page's path.

    Raises RecordError where the folder holds other things than a forecast, and where it cannot be written.
    """
    return write_folder(out, render(forecast), forecast.document(), forecast.map)


def write_folder(out: Path, page: str, document: dict[str, Any], phase: PhaseMap | None = None) -> Path:
    """Write the folder of a forecast or of a calibration; returns the page's path; raises as `write_forecast`."""
    if out.is_file():
        raise RecordError(f"{out} is a file: give --out a folder.")
    if out.is_dir() and any(path.name not in FILES and not path.name.startswith(".") for path in out.iterdir()):
        raise RecordError(f"{out} holds something else than a forecast: give --out another folder.")
    if phase is not None:
        with writing(out / "map.png") as file:
            draw_map(phase, file)
    with writing(out / "forecast.json") as file:
        file.write(json.dumps(document, allow_nan=False).encode())
    with writing(out / "report.html") as file:
        file.write(page.encode())
    return out / "report.html"


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
        curves=_curves(names, find(plan.family).roles),
        checks=_checks(forecast) if forecast.checks else None,
        profile=_profile(forecast),
        plan=json.dumps(plan.to_dict(), indent=2),
    )


def _map(phase: PhaseMap) -> Card:
    marks = {"mean": "white:", "median": "white dots:", "predicted": "black dashes:"}
    lines = ", ".join(f"{mark} {NAMES[name]}" for name, mark in marks.items())
    words = f"The lines are where {phase.target} is just met: {lines}."
    return Card("map", title=title(phase), caption=words, label=title(phase), size="tall")


def _curves(names: Sequence[str], roles: Mapping[str, str]) -> list[Card]:
    meaning = {quantity: role for role, quantity in roles.items()}
    return [
        Card(
            f"quantity-{name}",
            title=_capital(axis_title(name)),
            caption=ROLES.get(meaning.get(name, ""), ""),
            label=f"{name.replace('_', ' ')} over the generations",
        )
        for name in names
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _checks(forecast: Forecast) -> GroupedTable:
    rows = [[check.law.formula, check.law.label, check.law.source, _z(check)] for check in forecast.checks]
    head = ["Closed form", "Quantity", "Source", "z at the last generation"]
    return table(head, rows, "The simulation against every formula that holds")


def _z(check: Any) -> str:
    return "approximate" if check.law.approximate else f"{check.z:z.1f}" if check.tested else "no test"


def _profile(forecast: Forecast) -> GroupedTable:
    met = {True: "from generation {}", False: "no", None: "does not apply"}
    rows = [[definition.name, met[definition.met].format(definition.since)] for definition in forecast.profile]
    return table(["Definition", "Met"], rows, "The eight definitions of model collapse, after Schaeffer et al. (2025)")
