"""The page: run folders in, one HTML file that needs nothing else."""

import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from ..core.errors import need
from .loop.folder import Run
from .loop.sections import metrics, section
from .loop.words import colours, symbols

PICTURES = 1_600_000  # bytes for the pictures of all runs, so that the page stays below 8 MB
POINTS = 24_000  # points of all curves together, for the same reason
FOOTER = (
    "Generation 1 is the model fitted on real data alone, or on the texts of a teacher where there is one. "
    "Made with Autophagy; this page holds all that it shows."
)


def render(runs: Sequence[Run]) -> str:
    """The page as text."""
    labels = [regime for run in runs for regime in run.regimes]
    hues, marks = colours(labels), symbols(labels)
    series = sum(len(run.regimes) * len(metrics(run)) for run in runs)
    points = max(20, POINTS // max(1, series))
    sections = [
        section(f"run-{index}", run, hues, marks, points=points, pictures=PICTURES // len(runs))
        for index, run in enumerate(runs, 1)
    ]
    charts = {name: figure for each in sections for name, figure in each.charts.items()}
    players = {name: player for each in sections for name, player in each.players.items()}
    title = " and ".join(dict.fromkeys(run.name for run in runs))
    return fill(title, "\n".join(each.html for each in sections), charts, players, _navigation(runs))


def fill(
    title: str,
    body: str,
    charts: dict[str, Any],
    players: dict[str, Any] | None = None,
    navigation: str = "",
    footer: str = FOOTER,
) -> str:
    """The one page around a body of HTML, with its figures and players; `title` and `footer` are plain text.

    Raises MissingExtra where plotly is not installed.
    """
    return Template(_part("page.html")).substitute(
        title=escape(title),
        css=_part("page.css"),
        navigation=navigation,
        runs=body,
        footer=escape(footer),
        data=_json({"charts": charts, "players": players or {}}),
        plotly=need("plotly.offline", "the report").get_plotlyjs(),
        js=_part("page.js"),
    )


def _navigation(runs: Sequence[Run]) -> str:
    if len(runs) < 2:
        return ""
    links = "".join(
        f'<li><a href="#run-{index}">{escape(f"{run.name} ({run.folder.name})")}</a></li>'
        for index, run in enumerate(runs, 1)
    )
    return f'<nav aria-label="Runs"><ol>{links}</ol></nav>'


def _json(value: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
