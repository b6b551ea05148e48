"""Numbers as people write them, and the ones that are refused since they could mean two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from autophagy import ForecastSpec, LoopSpec
from autophagy.core.errors import UsageError
from autophagy.core.written import amount, written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1e4", 10_000),
        ("10k", 10_000),
        ("2.5M", 2_500_000),
        ("1B", 10**9),
        ("1bn", 10**9),
        ("1T", 10**12),
        ("1.1k", 1100),
        ("10,000", 10_000),
        ("1,234,567", 1_234_567),
        ("1_000", 1000),
        ("50%", 0.5),
        ("2 %", 0.02),
        (".5", 0.5),
        ("-3", -3),
    ],
)
def test_what_people_write(text, number):
    assert written(text) == number


@pytest.mark.parametrize("text", ["", "many", "1x", "%", "1e", "ten", "0x10", "1.2.3k", "true"])
def test_what_is_no_number_stays_a_text(text):
    assert written(text) == text


@pytest.mark.parametrize("text", ["0,7", "1,5", ",5", "12,34"])
def test_a_decimal_comma_is_told_how_to_write_it(text):
    with pytest.raises(UsageError, match=text.replace(",", r"\.")):
        written(text)


@given(some.integers(-(10**12), 10**12))
def test_grouped_thousands_are_the_number(number):
    assert written(f"{number:,}") == written(f"{number:_}") == number


def test_the_specs_read_them():
    spec = LoopSpec("digits", samples="1e3", fresh="50%", bias="90%", generations="1_0")
    assert (spec.samples, spec.fresh, spec.bias, spec.generations) == (1000, 0.5, 0.9, 10)
    assert ForecastSpec("gaussian", samples="1B", fresh="2%").fresh == 0.02
    assert LoopSpec("digits", fixed="10k").fixed == 10_000


@pytest.mark.parametrize("text", ["100%", "150%", "-1%"])
def test_a_share_of_rows_lies_below_one(text):
    with pytest.raises(UsageError, match="no share below 1"):
        amount(text)
    with pytest.raises(UsageError, match="no share below 1"):
        LoopSpec("digits", fresh=text)
