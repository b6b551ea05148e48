"""The slider's contents: a picture of every regime at every generation, within a budget of bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...charts.colours import colour
from ...loop.legend import Legend
from ...statistics.intervals import Score
from ..points import thinned
from .folder import Run
from .images import Picture, painter

UNDER = 2  # figures that fit under a picture
REAL_COLOUR = "#8a8f98"


@dataclass(frozen=True)
class Slides:
    """Pictures by regime and generation, the real rows beside them, and what a reader must know of them."""

    generations: list[int]
    real: Picture | None
    frames: dict[str, dict[int, Picture]]
    notes: list[str]


def slides(run: Run, hues: Mapping[str, int], budget: int) -> Slides:
    """Draw the rows of a run's first seed; where they take more than `budget` bytes, fewer generations are drawn."""
    kind = str(run.data.get("kind"))
    real = run.real(256)
    found = painter(kind, real) if real is not None else None
    if found is None or real is None or not run.generations:
        return Slides([], None, {}, ["There are no rows that can be drawn."])
    draw, n = found
    picture = draw(real[:n], REAL_COLOUR)
    taken = 1.3 * len(picture.uri) * max(1, len(run.regimes))
    generations = thinned(run.generations, max(2, int(budget / taken)))
    frames: dict[str, dict[int, Picture]] = {}
    missing = 0
    reached = {(line["regime"], line["generation"]) for line in run.lines}
    for regime in run.regimes:
        frames[regime] = {}
        for generation in generations:
            rows = run.made(regime, generation, n)
            if rows is not None and rows.shape[1:] == real.shape[1:] and len(rows):
                frames[regime][generation] = draw(rows, colour(hues[regime]))
            elif (regime, generation) in reached:
                missing += 1
    notes = []
    if len(generations) < len(run.generations):
        notes.append(f"{len(generations)} of {len(run.generations)} generations are drawn, to keep the page small.")
    if missing:
        notes.append(f"The rows of {missing} generation(s) are missing or damaged and are not drawn.")
    return Slides(generations, picture, frames, notes)


def figures(scores: Mapping[str, Score], legend: Legend) -> str:
    """The headline scores, a line each, as they stand under a picture, where an interval is not broken in two."""
    names = legend.headline(scores) or legend.ordered(scores)
    told = {name: str(scores[name]).replace(" ", "\u00a0") for name in names[:UNDER]}
    return "\n".join(f"{legend.figure(name).title} {score}" for name, score in told.items())
