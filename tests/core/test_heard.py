"""A count that is heard of: silent while it is short, and right about what is left."""

import logging
import re

import pytest

from autophagy.core import heard as module
from autophagy.core.heard import EVERY, heard


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves."""
    now = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(("pace", "lines"), [(EVERY / 100, 0), (EVERY / 10, 9), (2 * EVERY, 99)])
def test_a_line_comes_at_most_every_few_seconds_and_none_of_what_is_short(pace, lines, clock, caplog):
    with caplog.at_level(logging.INFO, "autophagy"):
        done = []
        for step in heard(range(100), 100, "generation"):
            done.append(step)
            clock[0] += pace
    assert done == list(range(100))
    assert lines - 1 <= len(caplog.messages) <= lines
    for message in caplog.messages:
        number, left = map(float, re.fullmatch(r"generation (\d+) of 100, about (\d+) s left", message).groups())
        assert abs(left - (100 - number) * pace) <= 0.5
