import pytest

from autophagy.text.durations import unit_of


@pytest.mark.parametrize(
    ("seconds", "unit"),
    [(0, "µs"), (1e-9, "µs"), (2e-3, "ms"), (1, "s"), (59.9, "s"), (60, "min"), (-7200, "h"), (1e9, "d")],
)
def test_the_largest_unit_that_fits(seconds, unit):
    assert unit_of(seconds)[1] == unit


def test_what_rounding_left_just_below_a_unit_is_one():
    assert unit_of(0.1 * 3 * 200 - 1e-12) == (60.0, "min")


@pytest.mark.parametrize("seconds", [0, 0.4, 1])
def test_units_below_the_smallest_are_left_out(seconds):
    assert unit_of(seconds, smallest=1) == (1.0, "s")
