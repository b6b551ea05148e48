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


@pytest.mark.parametrize("dashed", [False, True])
def test_in_grey_twenty_curves_and_two_runs_can_be_told_apart(dashed: bool) -> None:
    scores = [Score(1, 1, 1, 3)] * 2
    curves = [Curve(f"regime {n}", [1, 2], scores) for n in range(20)]
    if dashed:  # B beside A: the marker says which regime, the dashes which run
        curves = [Curve(f"A {n}", [1, 2], scores, hue=n) for n in range(8)]
        curves += [Curve(f"B {n}", [1, 2], scores, hue=n, style="dashed") for n in range(8)]
    (axes,) = draw(Chart("m", "M", "generation", "m", curves), grey=True).axes
    looks = [(line.get_marker(), tuple(line._unscaled_dash_pattern[1] or ())) for line in axes.get_lines()]  # type: ignore[attr-defined]
    assert len(set(looks)) == len(curves)
    if dashed:
        assert [marker for marker, _ in looks[:8]] == [marker for marker, _ in looks[8:]]


def test_the_intervals_of_many_curves_stand_side_by_side_and_those_of_few_are_bands() -> None:
    scores = [Score(0.5, 0.2, 0.7, 3), GAP, Score(0.4, NAN, NAN, 1)]
    curves = [Curve(f"regime {n}", [1, 2, 3], scores) for n in range(8)]
    few, many = (draw(Chart("m", "M", "generation", "m", curves[:n], limits=(0, 1))) for n in (4, 8))
    assert len(few.axes[0].collections) == 4
    bars = [bar for lines in many.axes[0].collections for bar in lines.get_segments() if len(bar)]  # type: ignore[attr-defined]
    assert [bar[:, 1].tolist() for bar in bars] == [[0.2, 0.7]] * 8
    assert len({bar[0, 0] for bar in bars}) == 8
    assert all(abs(bar[0, 0] - 1) <= 0.25 for bar in bars)
    low, high = many.axes[0].get_xlim()
    assert all(low < x < high for line in many.axes[0].get_lines() for x in line.get_xdata())  # type: ignore[union-attr]
    assert [label.get_text() for label in many.axes[0].get_xticklabels()] == ["1", "2", "3"]


def test_curves_of_one_place_show_their_intervals_side_by_side() -> None:
    curves = [Curve(name, [1], [Score(0.5, 0.2, 0.7, 3)]) for name in ("a", "b", "c")]
    (axes,) = draw(Chart("m", "M", "generation", "m", curves, limits=(0, 1))).axes
    bars = [line.get_segments()[0] for line in axes.collections]  # type: ignore[attr-defined]
    assert [bar[:, 1].tolist() for bar in bars] == [[0.2, 0.7]] * 3
    assert len({bar[0, 0] for bar in bars}) == 3
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1"]


def test_words_without_an_end_or_that_steer_leave_room_for_the_curves() -> None:
    odd = "a\0\n" * 200
    figure = draw(
        Chart("m", odd, odd, odd, [Curve(odd, [1, 2], [GAP] * 2), Curve("b", [1, 2], [GAP] * 2)], ticks={1: odd})
    )
    figure.canvas.draw()  # warnings are errors here
    (axes,) = figure.axes
    assert axes.get_position().width > 0.5
    assert "\0" not in axes.get_title(loc="left") + axes.get_xlabel() + figure.legends[0].get_texts()[0].get_text()


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


@pytest.mark.parametrize("scale", [{"x_scale": "log"}, {"y_scale": "log"}, {"x_scale": "log", "y_scale": "log"}])
def test_a_logarithmic_chart_without_a_place_on_it_is_drawn(scale: dict[str, str]) -> None:
    for score in (Score(0.0, 0.0, 0.0, 1), GAP):
        assert draw(Chart("recall", "Recall", "rows", "recall", [Curve("a", [0.0], [score])], **scale)).axes  # type: ignore[arg-type]
