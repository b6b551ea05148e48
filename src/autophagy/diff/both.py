"""One chart of two runs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..charts.chart import Chart, Curve, Ends
from ..statistics.intervals import Score
from .compared import Compared

RUNS = ("A", "B")
COUNTS = "shares"
APART = 0.12  # how far the points of A and of B stand to the left and to the right of their arm


def both(a: Chart, b: Chart) -> Chart:
    """The curves of both runs, those of one label in one colour and those of B dashed; points side by side."""
    labels = list(dict.fromkeys(curve.label for curve in [*a.curves, *b.curves]))
    if all(len(curve.x) == 1 for curve in [*a.curves, *b.curves]):
        curves = [_points("A", a.curves, labels, -APART, 0), _points("B", b.curves, labels, APART, 1)]
        return replace(a, curves=curves, level=None, ticks={float(place): label for place, label in enumerate(labels)})
    hues = {label: place for place, label in enumerate(labels)}
    curves = [replace(each, label=f"A: {each.label}", hue=hues[each.label]) for each in a.curves]
    curves += [replace(each, label=f"B: {each.label}", hue=hues[each.label], style="dashed") for each in b.curves]
    return replace(a, curves=curves, level=a.level if a.level == b.level else None)


def ends_of(figures: Sequence[Compared], metric: str) -> Ends:
    """One figure wherever it was compared: in A and in B."""
    own = [each for each in figures if each.metric == metric]
    title = own[0].title[:1].upper() + own[0].title[1:]
    return Ends(metric, title, own[0].title, {place_of(each) or title: (each.a, each.b) for each in own}, names=RUNS)


def counts_of(figures: Sequence[Compared]) -> Ends:
    """The shares of rows of all curators on one chart."""
    rows = {each.metric: (each.a, each.b) for each in figures if each.a.n or each.b.n}
    title = "Shares of the rows"
    return Ends(COUNTS, title, "share of the rows", rows, limits=(0.0, 1.0), names=RUNS, unit="share")


def place_of(figure: Compared) -> str:
    """Where the figure stands, in words."""
    return ", ".join(f"{name} {part}" for name, part in figure.where.items())


def _points(run: str, curves: Iterable[Curve], labels: list[str], shift: float, hue: int) -> Curve:
    """The one point of each of the curves, beside the place of its label."""
    points: list[tuple[float, Score]] = [(labels.index(each.label) + shift, each.scores[0]) for each in curves]
    return Curve(run, [x for x, _ in points], [score for _, score in points], style="points", hue=hue)
