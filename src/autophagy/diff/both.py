"""One chart of two runs."""

from collections.abc import Iterable
from dataclasses import replace

from ..charts.chart import Chart, Curve
from ..statistics.intervals import Score

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


def _points(run: str, curves: Iterable[Curve], labels: list[str], shift: float, hue: int) -> Curve:
    """The one point of each of the curves, beside the place of its label."""
    points: list[tuple[float, Score]] = [(labels.index(each.label) + shift, each.scores[0]) for each in curves]
    return Curve(run, [x for x, _ in points], [score for _, score in points], style="points", hue=hue)
