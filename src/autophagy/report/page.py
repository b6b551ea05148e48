"""The page: run folders in, one HTML file that needs nothing else."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from ..errors import RecordError, UsageError, need
from .folder import Run, read
from .sections import metrics, section
from .words import colours, symbols

PICTURES = 1_600_000  # bytes for the pictures of all runs, so that the page stays below 8 MB
POINTS = 24_000  # points of all curves together, for the same reason


def write_report(runs: Sequence[Path], out: Path) -> Path:
    """Write one self-contained page about the run folders, finished or not, and return its path.

    Raises RecordError where a folder is no run or the page cannot be written, MissingExtra where plotly or
    pillow is not installed.
    """
    if not runs:
        raise UsageError("there is no run to report on: name one run folder or more.")
    text = render([read(Path(folder)) for folder in runs])
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise RecordError(f"{out} cannot be written ({error.strerror}): free space or choose another path.") from error
    return out


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
    title: str, body: str, charts: dict[str, Any], players: dict[str, Any] | None = None, navigation: str = ""
) -> str:
    """The one page around a body of HTML, with the figures and players that it names; `title` is plain text.

    Raises MissingExtra where plotly is not installed.
    """
    return Template(_part("page.html")).substitute(
        title=escape(title),
        css=_part("page.css"),
        navigation=navigation,
        runs=body,
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
