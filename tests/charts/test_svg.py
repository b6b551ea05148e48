"""A drawing for a page: whatever a label says, it is a few kinds of element with attributes that run nothing."""

import re
from xml.etree import ElementTree

import pytest

from autophagy.charts import Bars, Chart, Curve, Ends, Span, draw, to_svg
from autophagy.charts.draw import Drawable
from autophagy.charts.ends import height
from autophagy.statistics.intervals import Score

pytest.importorskip("matplotlib")

NASTY = "</text></svg><script>alert(1)</script><image href=x onerror=alert(1)>\"'$x^2$&amp;_"
SCORES = [Score(0.5, 0.4, 0.6, 3), Score(0.3, 0.2, 0.4, 3)]
MARKED = Curve(NASTY, [1, 2], SCORES, style="points", mark=NASTY[:9])
CHARTS: list[Drawable] = [
    Chart("m", NASTY, NASTY, NASTY, [Curve(NASTY, [1, 2], SCORES), MARKED], SCORES[0], level_label=NASTY,
          ticks={1: NASTY}, y_ticks={0.5: NASTY}, spans=[Span(NASTY, 1.5, 1.2, 1.8)]),
    Bars("b", NASTY, NASTY, NASTY, [1, 2], {NASTY: [0.5, 0.5], "other": [0.5, 0.5]}),
    Ends("e", NASTY, NASTY, {NASTY: (SCORES[0], SCORES[1])}, SCORES[0]),
]  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS, ids=["chart", "bars", "ends"])
def test_no_text_of_a_run_becomes_an_element(chart: Drawable) -> None:
    size = (4.6, height(chart)) if isinstance(chart, Ends) else (3.9, 2.5)
    text = to_svg(draw(chart, size=size, bare=True))
    root = ElementTree.fromstring(text)
    kinds = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert kinds <= {"svg", "g", "path", "text"}
    names = {name for node in root.iter() for name in node.attrib}
    assert not any(name.startswith("on") or name in ("id", "style", "href") for name in names)
    assert "<script" not in text
    assert re.search(r"&lt;script|&lt;/text", text)  # it is there, letter for letter


def test_the_same_chart_is_the_same_drawing() -> None:
    first, second = (to_svg(draw(CHARTS[0], bare=True)) for _ in range(2))
    assert first == second
