"""The chart of looks: a curve a stream, a point a look, and the look at which a change was seen.

Run: pytest tests/drift/watch/test_charts.py
"""

import math

import numpy as np

from autophagy.drift.watch.charts import changes
from autophagy.drift.watch.document import document
from watching import Watching, rows


def looked(shares, days=1):
    """Looks that are so many days apart."""
    rng = np.random.default_rng(0)
    watching = Watching(rows((rng.random((60, 10)) < 0.9) * 1, "2026-01-01"))
    for at, share in enumerate(shares, 2):
        date = f"2026-01-{2 + days * (at - 2):02d}"
        watching.look([] if share is None else rows((rng.random((60, 1)) < share) * 1, date), date, reason="down")
    return document(watching.history)


def test_each_stream_has_a_curve_with_a_point_a_look_and_the_alarm_is_marked():
    found = looked([0.9, 0.9, 0.4, 0.4])
    chart = changes(found)
    assert [curve.label for curve in chart.curves] == ["primes, right", "primes, format"]
    assert [list(curve.x) for curve in chart.curves] == [[1, 2, 3, 4]] * 2
    last = chart.curves[0].scores[-1]
    assert (last.value, last.low, last.high) == tuple(
        found["streams"][0]["change"][end] for end in ("value", "low", "high")
    )
    assert [span.at for span in chart.spans] == [2 + int(found["seen"][-2:]) - 3]


def test_of_several_looks_on_a_day_the_one_that_saw_the_change_is_marked():
    (apart,), (together,) = (changes(looked([0.9, 0.9, 0.4, 0.4], days)).spans for days in (1, 0))
    assert together.at == apart.at > 1


def test_a_look_before_any_answer_is_a_gap():
    chart = changes(looked([None, 0.9]))
    assert len(chart.curves[0].scores) == 1, "the look without a design has a stream of its own"
    assert not math.isnan(chart.curves[0].scores[0].value)
    assert not chart.spans
