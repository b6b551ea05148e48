"""The page of one loop or several."""

from collections.abc import Sequence
from html import escape

from ..colours import colours, symbols
from ..page import fill
from .folder import Run
from .sections import metrics, section

PICTURES = 1_600_000  # bytes for the pictures of all runs, so that the page stays below 8 MB


POINTS = 24_000  # points of all curves together, for the same reason


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


def _navigation(runs: Sequence[Run]) -> str:
    if len(runs) < 2:
        return ""
    links = "".join(
        f'<li><a href="#run-{index}">{escape(f"{run.name} ({run.folder.name})")}</a></li>'
        for index, run in enumerate(runs, 1)
    )
    return f'<nav aria-label="Runs"><ol>{links}</ol></nav>'
