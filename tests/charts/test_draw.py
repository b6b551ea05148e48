"""A chart becomes a figure that shows what its values say, on the screen and in grey."""

import math

import pytest

from autophagy.charts import Chart, Curve, draw
from autophagy.charts.axes import tick
from autophagy.statistics.intervals import Score

pytest.importorskip("matplotlib")

NAN = math.nan
GAP = Score(NAN, NAN, NAN, 0)


def chart(**more: object) -> Chart:
    scores = [Score(0.9, 0.8, 1.0, 3), GAP, Score(0.5, NAN, NAN, 1)]
    curves = [Curve("replace", [1, 2, 3], scores), Curve("fresh", [1, 2, 3], scores, {0: [0.9, NAN, 0.5]})]
    return Chart("recall", "Recall", "generation", "recall", curves, Score(0.95, 0.9, 1.0, 5), (0, 1), **more)  # type: ignore[arg-type]


def test_a_figure_has_a_line_for_each_curve_and_one_for_real_rows() -> None:
    figure = draw(chart())
    (axes,) = figure.axes
    lines = {str(line.get_label()): line for line in axes.get_lines()}
    assert {"replace", "fresh", "held-out real rows"} <= lines.keys()
    assert axes.get_ylim()[0] == 0
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["replace", "fresh", "held-out real rows"]


def test_a_bare_figure_has_no_legend_title_or_seeds() -> None:
    (axes,) = draw(chart(), bare=True).axes
    assert not axes.figure.legends
    assert axes.get_title(loc="left") == ""
    assert len(axes.get_lines()) == 3


def test_in_grey_no_two_curves_share_a_dash_and_a_marker_and_none_has_a_colour() -> None:
    curves = [Curve(f"regime {n}", [1, 2], [Score(n, n, n, 3)] * 2) for n in range(8)]
    (axes,) = draw(Chart("m", "M", "generation", "m", curves), grey=True).axes
    looks = set()
    for line in axes.get_lines():
        red, green, blue = (int(str(line.get_color())[place : place + 2], 16) for place in (1, 3, 5))
        assert red == green == blue
        looks.add((line.get_marker(), line.get_linestyle(), tuple(line._unscaled_dash_pattern[1] or ())))  # type: ignore[attr-defined]
    assert len(looks) == 8


def test_words_are_shown_letter_for_letter() -> None:
    odd = Chart("m", "$\\frac$", "$x$", "a_b", [Curve("$y$", [1], [GAP]), Curve("_hidden", [1], [GAP])])
    figure = draw(odd)
    figure.canvas.draw()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["$y$", "\u200b_hidden"]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.25, "share", "25 %"), (0.001, "seconds", "1 ms"), (7200, "seconds", "2 h"), (2e-8, "number", "2e−8"),
     (1500, "number", "1,500"), (-0.5, "number", "−0.5")],
)  # fmt: skip
def test_ticks_are_in_words_that_a_reader_uses(value: float, unit: str, words: str) -> None:
    assert tick(value, unit) == words  # type: ignore[arg-type]
