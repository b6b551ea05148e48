"""Why most of what a writer offers is no row decides what its user is told to do."""

import pytest

from autophagy.generate.verdict import _waste


@pytest.mark.parametrize(
    ("dropped", "copies"),
    [
        ({"not new": 30, "cut": 10}, True),
        ({"not new": 10, "cut": 30}, False),
        ({"not new": 10, "cut": 5, "more than were wanted": 500}, True),  # which were as good as any
        ({"two outputs": 66}, False),
    ],
)
def test_a_writer_that_copies_is_told_from_one_that_errs(dropped, copies):
    assert ("are copies" in _waste(dropped)) is copies
    assert ("faulty" in _waste(dropped)) is not copies
