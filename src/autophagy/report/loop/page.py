"""The page of one loop or several."""

import shlex
from collections.abc import Sequence
from typing import Any

from ...charts.colours import colour, hues
from ...text.plural import plural
from ..page import FOOTER, fill
from ..plot import plot, plots_in
from ..table import Swatch
from . import charts
from .folder import Run
from .sections import metrics, section
from .words import good

FIRST = "Generation 1 is trained on real data alone, or on the texts of a teacher where there is one."
PICTURES = 800_000  # bytes for the pictures of all runs, so that a page can be sent
POINTS = 12_000  # points of all curves together, for the same reason
DRAWN = ("solid", "dashed", "dotted")  # the lines of the runs on one chart


def render(runs: Sequence[Run]) -> str:
    """The page as text."""
    places = hues(regime for run in runs for regime in run.regimes)
    series = sum(len(run.regimes) * len(metrics(run)) for run in runs)
    points = max(20, POINTS // max(1, series))
    keys = [f"run-{place}" for place in range(1, len(runs) + 1)]
    sections = [
        section(key, run, places, points=points, pictures=PICTURES // len(runs))
        for key, run in zip(keys, runs, strict=True)
    ]
    several = _several(runs, places, points) if len(runs) > 1 else None
    title = " and ".join(dict.fromkeys(run.name for run in runs))
    return fill(
        "loop/page.html",
        footer=f"{FIRST} {FOOTER}",
        command=f"autophagy report {shlex.join(str(run.folder) for run in runs)}",
        title=title,
        plots=[*plots_in(several), *(each for one in sections for each in one.plots)],
        players={name: player for each in sections for name, player in each.players.items()},
        several=several,
        runs=[each.values for each in sections],
        links=[(key, f"{run.name} ({run.folder.name})") for key, run in zip(keys, runs, strict=True)],
    )


def _several(runs: Sequence[Run], places: charts.Hues, points: int) -> dict[str, Any]:
    """What stands above several runs: the figures that they have in common, on one chart each."""
    plots = [
        plot(f"together-{name}", chart, good=good(runs[0].legend.figure(name)))
        for name, chart in charts.together(runs, places, points).items()
    ]
    names = [run.folder.name for run in runs]
    kinds = [f"{name} {DRAWN[place % len(DRAWN)]}" for place, name in enumerate(names)]
    return {
        "title": " and ".join(dict.fromkeys(run.name for run in runs)),
        "about": f"{plural(len(runs), 'run')}: {', '.join(names)}",
        "names": names,
        "lines": ", ".join(kinds),
        "plots": plots,
        "legend": [Swatch(regime, colour(hue)) for regime, hue in places.items()],
    }
