"""Planted faults: twins are wrong, are the same for the same random numbers, and name their fault."""

from collections import Counter

import numpy as np

from answered_rows import said
from autophagy.text.arithmetic import equations
from autophagy.verifiers.answered import AnsweredRow
from autophagy.verifiers.planted import FAULTS, twins

SUMS = [
    AnsweredRow(f"Add {n} and {n + 3}.", "", f"{n} + {n + 3} = {2 * n + 3}, so it is {2 * n + 3}.")
    for n in range(2, 90)
]
ADD = "```python\ndef f(x):\n    return x + {}\n```"
CODE = [AnsweredRow(f"Add {n}.", "", ADD.format(n), tests=f"assert f(1) == {n + 1}") for n in range(4)]


def draw(rows, seed=0):
    return twins(rows, np.random.default_rng(seed))


def test_every_twin_differs_in_its_answer_alone():
    found, places, faults = draw(SUMS)
    assert len(found) == len(SUMS) == len(places) == len(faults)
    for twin, place in zip(found, places, strict=True):
        assert twin.output != SUMS[place].output
        assert (twin.instruction, twin.input) == (SUMS[place].instruction, SUMS[place].input)
    assert (found, faults) == (draw(SUMS)[0], draw(SUMS)[2])
    assert found != draw(SUMS, 1)[0]


def test_each_fault_is_what_its_name_says():
    """A wrong result does not hold; another number, and another row's answer, hold and are another sum."""
    found, places, faults = draw(SUMS)
    assert Counter(faults).keys() == {"a wrong result", "another number", "another row's answer"}
    for twin, place, fault in zip(found, places, faults, strict=True):
        (first,) = equations(twin.output)
        (was,) = equations(SUMS[place].output)
        assert first.holds == (fault != "a wrong result")
        assert (first.value == was.value) == (fault == "a wrong result")


def test_changed_code_fails_the_tests_of_its_row_and_is_still_code():
    rows, rng = [], np.random.default_rng(3)
    for row in CODE:
        output = FAULTS["changed code"](row, CODE, rng)
        assert output != row.output
        rows.append({"instruction": row.instruction, "output": output, "tests": row.tests})
    found = said("tests", *rows)
    assert found.count(None) == 0
    assert found.count(True) <= 1  # x - 0 for x + 0


def test_a_row_that_can_have_no_fault_has_no_twin():
    assert draw([AnsweredRow("a", "", "The Rhine.")]) == ([], [], [])
    assert draw([]) == ([], [], [])


def test_a_number_that_is_the_whole_answer_is_changed():
    (twin,), _, (fault,) = draw([AnsweredRow("2 and 3?", "", "5")])
    assert fault == "a wrong result"
    assert 6 <= int(twin.output) <= 14
