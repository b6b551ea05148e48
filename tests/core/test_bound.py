"""A bound as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.bound import Bound
from autophagy.core.errors import UsageError


def parse(text):
    return Bound.parse(text, "requirement", "recall")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("recall>=0.8", Bound("recall", ">=", 0.8)),
        (" recall >= 80% ", Bound("recall", ">=", 0.8)),
        ("recall>=80 %", Bound("recall", ">=", 0.8)),
        ("recall:80 %", Bound("recall", ">=", 0.8)),
        ("recall=80 %..", Bound("recall", ">=", 0.8)),
        ("recall:..80 %", Bound("recall", "<=", 0.8)),
        ("recall:0.8", Bound("recall", ">=", 0.8)),
        ("recall=0.8..", Bound("recall", ">=", 0.8)),
        ("frechet:..1.5", Bound("frechet", "<=", 1.5)),
        ("frechet<1k", Bound("frechet", "<", 1000)),
        ("frechet > -2", Bound("frechet", ">", -2)),
        ("drift:dims=3:0.8", Bound("drift:dims=3", ">=", 0.8)),
        ("drift:dims=3<=..8", None),
        ("drift:dims=3:..0.8", Bound("drift:dims=3", "<=", 0.8)),
        ("replace:fresh=10/recall@5>=0.8", Bound("replace:fresh=10/recall@5", ">=", 0.8)),
    ],
)
def test_a_bound_is_read_as_it_is_meant(text, bound):
    if bound is None:
        with pytest.raises(UsageError):
            parse(text)
    else:
        assert parse(text) == bound


@pytest.mark.parametrize(
    "text", ["", "recall", "recall>=", ">=0.8", "recall>=much", "recall=0.8", "recall==0.8", "a:1..2"]
)
def test_anything_else_is_told_how_to_write_it(text):
    with pytest.raises(UsageError, match=r"in quotes.*recall:0\.9"):
        parse(text)


def test_a_decimal_comma_is_told():
    with pytest.raises(UsageError, match=r"write 0\.8"):
        parse("recall>=0,8")


@given(st.sampled_from([">=", "<=", ">", "<"]), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_bound_is_met_on_its_own_side(sign, value, other):
    bound = parse(f"recall{sign}{value!r}")
    assert bound.met(other) == {
        ">=": other >= value, "<=": other <= value, ">": other > value, "<": other < value
    }[sign]  # fmt: skip
    assert not bound.met(float("nan"))
