"""Arithmetic in texts: equations that hold and do not, and what is none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.text.arithmetic import equations


def found(text):
    return [(each.text, each.holds) for each in equations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "She has 16 - 3 - 4 = <<16-3-4=9>>9 eggs, and 9 * 2 = $18 in all.",
        "2*1/2 = 1.0 and 10/3 = 3.33, that is 3.3 or 3",
        "20% * 50 = 10; 50 * 20% = 10; 1/4 = 25%",
        "$1,250 x 4 = $5,000.",
        "(3 + 4) * 2 = 14 = 7 * 2",
        ".5 + .25 = .75",
        "7 − 2 = 5, 3 × 4 = 12, 8 ÷ 2 = 4",
    ],
)
def test_what_holds(text):
    assert found(text)
    assert all(holds for _, holds in found(text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("so 16 - 3 = 14 eggs", "16 - 3 = 14"),
        ("<<16-3=14>>14", "16-3=14"),
        ("10/3 = 3.5", "10/3 = 3.5"),
        ("2 + 2 = 5 = 5", "2 + 2 = 5 = 5"),
        ("4 * 25 = $ 101.", "4 * 25 = $ 101"),
        ("50 * 20% = 11", "50 * 20% = 11"),
    ],
)
def test_what_does_not_hold(text, wrong):
    assert found(text) == [(wrong, False)]
    (each,) = equations(text)
    assert text[each.start : each.end] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 3",
        "2x - 5 = 13",
        "half of 6 + 2 = 5",
        "3 boxes * 4 - 3 = 9",
        "a4 - 3 = 2",
        "4 / 1/2 = 8",
        "0900-0130 = 0730",
        "$1 / 2 = 50 cents",
        "2^3 = 8 and 2**3 = 8",
        "1 / 0 = 7",
        "chapter 3 = 7",
        "<<>>",
        "<<x=y>>",
        "((((1 + 1 = 3",
        "9" * 5000 + " + 1 = 2",
    ],
)
def test_what_is_no_equation_of_numbers(text):
    assert not found(text)


@given(
    st.integers(0, 10**6),
    st.sampled_from("+-*/"),
    st.integers(1, 10**6),
    st.integers(-3, 3),
)
def test_integers_are_reckoned_exactly(a, sign, b, off):
    value = {"+": Fraction(a + b), "-": Fraction(a - b), "*": Fraction(a * b), "/": Fraction(a, b)}[sign]
    stated = value.numerator // value.denominator + off
    if stated < 0:
        return
    assert found(f"So {a} {sign} {b} = {stated} of them.") == [(f"{a} {sign} {b} = {stated}", abs(value - stated) < 1)]


@given(st.text(alphabet="0123456789+-*/=().,$%x <>", max_size=60))
def test_no_text_is_too_odd(text):
    for each in equations(text):
        assert 0 <= each.start < each.end <= len(text)
