"""The page of a forecast: its verdict, its curves, its map and what it was checked against."""

import json as json_
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from ...core.errors import RecordError
from ...core.files import writing
from ...forecast import Forecast, PhaseMap, find
from ..by_hand import fill
from ..by_hand_table import table
from . import charts as charts
from .boundaries import NAMES, axis_title
from .map_picture import draw_map, title

FILES = ("forecast.json", "map.png", "report.html")


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
        file.write(json_.dumps(document, allow_nan=False).encode())
    with writing(out / "report.html") as file:
        file.write(page.encode())
    return out / "report.html"


def render(forecast: Forecast) -> str:
    """The page as text."""
    family = find(forecast.plan.family)
    names = [name for name in forecast.trajectories if not name.startswith("log_")]
    figures = {f"quantity-{name}": charts.quantity(forecast, name) for name in names}
    if forecast.map is not None:
        figures["map"] = charts.phase_chart(forecast.map)
    plan = forecast.plan
    sentences = "".join(f'<li style="--hue: {charts.COLOUR}">{escape(said)}</li>' for said in forecast.verdict[1:])
    body = (
        f'<article class="run"><header><h1>{escape(plan.family)} · forecast</h1><p>{plan.samples:,} samples a '
        f"generation · {plan.generations:,} generations · {plan.chains:,} chains</p></header>"
        f'<section class="verdict"><h2>Verdict</h2><p class="lead">{escape(forecast.verdict[0])}</p>'
        f'<ul class="findings">{sentences}</ul></section>{_map(forecast)}{_curves(names, dict(family.roles))}'
        f"{_checks(forecast)}{_profile(forecast)}"
        f"<section><h2>Plan</h2><pre>{escape(json_.dumps(plan.to_dict(), indent=2))}</pre></section></article>"
    )
    return fill(f"{plan.family} forecast", body, figures)


def _map(forecast: Forecast) -> str:
    if forecast.map is None:
        return ""
    said = ", ".join(
        f"{how} {NAMES[name]}"
        for name, how in (("mean", "white:"), ("median", "white dots:"), ("predicted", "black dashes:"))
    )
    return (
        f'<section><h2>Phase map</h2><figure class="card"><figcaption><h4>{escape(title(forecast.map))}</h4>'
        f"<p>The lines are where {escape(str(forecast.map.target))} is just met: {said}.</p></figcaption>"
        f'<div class="chart tall" data-chart="map" role="img" aria-label="{escape(title(forecast.map))}"></div>'
        f"</figure></section>"
    )


def _curves(names: list[str], roles: Mapping[str, str]) -> str:
    meaning = {quantity: role for role, quantity in roles.items()}
    words = {
        "risk": "the distance from the real law",
        "variety": "how much of the variety is left",
        "tails": "how much of the real law's tails is left",
        "modes": "the share of the real modes that are left",
        "made_up": "the share that lies where the real law has next to nothing",
    }
    cards = "".join(
        f'<figure class="card"><figcaption><h4>{escape(_capital(axis_title(name)))}</h4>'
        f"<p>{words.get(meaning.get(name, ''), '')}</p></figcaption>"
        f'<div class="chart" data-chart="quantity-{escape(name)}" role="img" '
        f'aria-label="{escape(name.replace("_", " "))} over the generations"></div></figure>'
        for name in names
    )
    return (
        "<section><h2>Curves</h2><p>The line is the mean over chains, dots the typical chain; eight chains of ten lie "
        f'in the band.</p><div class="charts small">{cards}</div></section>'
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _checks(forecast: Forecast) -> str:
    if not forecast.checks:
        return ""
    rows = [
        [escape(check.law.formula), escape(check.law.label), escape(check.law.source), _z(check)]
        for check in forecast.checks
    ]
    head = ["Closed form", "Quantity", "Source", "z at the last generation"]
    told = table(head, rows, "The simulation against every formula that holds")
    return f"<section><h2>Checked against</h2>{told}</section>"


def _z(check: Any) -> str:
    return "approximate" if check.law.approximate else f"{check.z:z.1f}" if check.tested else "no test"


def _profile(forecast: Forecast) -> str:
    met = {True: "from generation {}", False: "no", None: "does not apply"}
    rows = [[escape(each.name), met[each.met].format(each.since)] for each in forecast.profile]
    caption = "The eight definitions of model collapse, after Schaeffer et al. (2025)"
    return f"<section><h2>Has it collapsed?</h2>{table(['Definition', 'Met'], rows, caption)}</section>"
