"""Shares as words: the number, a space and the sign, everywhere."""

import math
import re
from pathlib import Path

import pytest

import autophagy
from autophagy.core.written import amount
from autophagy.text.percent import percent, percent_within, short_percent

PACKAGE = Path(autophagy.__file__).parent


@pytest.mark.parametrize(
    ("share", "digits", "said"),
    [(0.57, 0, "57 %"), (0.0991, 1, "9.9 %"), (1, 2, "100.00 %"), (0, 1, "0.0 %"), (None, 1, "unknown")]
    + [(odd, 0, "unknown") for odd in (math.nan, math.inf)],
)
def test_a_share_is_a_number_a_space_and_the_sign(share, digits, said):
    assert percent(share, digits) == said


def test_a_share_stands_before_its_interval():
    assert percent_within(0.57, 0.452, 0.678, 1) == "57.0 % [45.2 %, 67.8 %]"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.00012, "0.012 %"), (0.0991, "9.9 %"), (0.0994, "9.9 %"), (0.0999, "10 %"), (0.574, "57 %")],
)
def test_a_small_share_has_two_digits_that_count(share, said):
    assert short_percent(share) == said


@pytest.mark.parametrize("text", ["9.9 %", "9.9%", "9.9\N{NO-BREAK SPACE}%", percent(0.099, 1), short_percent(0.099)])
def test_what_is_written_is_read(text):
    assert amount(text) == pytest.approx(0.099)


@pytest.mark.parametrize("text", ["9.9 %", "9.9%"])
def test_limits_and_requirements_are_read_either_way(text):
    from autophagy.audit.gate import Limit
    from autophagy.gates.requirement import Requirement

    assert Limit.parse(f"duplicates:{text}") == Limit("duplicates", pytest.approx(0.099))
    assert Requirement.parse(f"replace/recall@5:{text}").bound.value == pytest.approx(0.099)


def test_no_other_way_to_write_a_share_is_in_the_code():
    """No format of Python's own, which puts the sign to the number."""
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r":[,+]?(\.\d)?%[}\"']", line)
    ]
    assert not found
