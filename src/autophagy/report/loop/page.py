"""The page of one loop or several."""

from collections.abc import Sequence

from ..colours import colours, symbols
from ..page import FOOTER, fill
from .folder import Run
from .sections import metrics, section

FIRST = "Generation 1 is trained on real data alone, or on the texts of a teacher where there is one."
PICTURES = 1_600_000  # bytes for the pictures of all runs, so that the page stays below 8 MB
POINTS = 24_000  # points of all curves together, for the same reason


def render(runs: Sequence[Run]) -> str:
    """The page as text."""
    labels = [regime for run in runs for regime in run.regimes]
    hues, marks = colours(labels), symbols(labels)
    series = sum(len(run.regimes) * len(metrics(run)) for run in runs)
    points = max(20, POINTS // max(1, series))
    keys = [f"run-{place}" for place in range(1, len(runs) + 1)]
    sections = [
        section(key, run, hues, marks, points=points, pictures=PICTURES // len(runs))
        for key, run in zip(keys, runs, strict=True)
    ]
    return fill(
        "loop/page.html",
        footer=f"{FIRST} {FOOTER}",
        title=" and ".join(dict.fromkeys(run.name for run in runs)),
        charts={name: figure for each in sections for name, figure in each.charts.items()},
        players={name: player for each in sections for name, player in each.players.items()},
        runs=[each.values for each in sections],
        links=[(key, f"{run.name} ({run.folder.name})") for key, run in zip(keys, runs, strict=True)],
    )
