"""Colours, markers and dashes that a regime or an arm keeps in every chart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Eight hues that stay apart for colour-blind readers and keep 3:1 against a light and a dark ground.
COLOURS = ("#0a7cc4", "#d9600f", "#078f7d", "#c4418b", "#8268d4", "#a07d00", "#c93a34", "#64798c")
MARKERS = ("o", "s", "D", "^", "v", "X", "P", "*")
# points of ink and of gap; the first is a whole line
DASHES = ((), (5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (9, 3), (4, 1.5, 1, 1.5, 1, 1.5), (2.5, 2.5), (7, 1.5))
BROKEN: Mapping[str, tuple[float, ...]] = {"dashed": (5, 3), "dotted": (1.5, 2)}  # styles of a curve of its own
GREYS = ("#000000", "#4d4d4d", "#7a7a7a", "#2b2b2b", "#606060", "#8c8c8c", "#1a1a1a", "#6e6e6e")

ORIGINS = {"fixed": "#3d4651", "fresh": "#8b96a3", "synthetic": "#c3cad2", "teacher": "#c98a5e"}  # of training rows
INK, GRID, LINE, GROUND, REAL = "#5b6570", "#eceef1", "#e2e4e8", "#fefefe", "#8a8f98"


def hues(labels: Iterable[str]) -> dict[str, int]:
    """A place in COLOURS for each label, the same everywhere on a page."""
    return {label: place for place, label in enumerate(dict.fromkeys(labels))}


def colour(hue: int) -> str:
    """The colour of a hue; they come round again after the eighth."""
    return COLOURS[hue % len(COLOURS)]


@dataclass(frozen=True)
class Inks:
    """What everything but the curves is drawn in: words, rules, the bottom line, and what real rows score."""

    words: str = INK
    grid: str = GRID
    line: str = LINE
    real: str = REAL


COLOURED, GREYED = Inks(), Inks("#404040", "#e4e4e4", "#b0b0b0", "#808080")
