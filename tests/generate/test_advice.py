"""The next step follows from what a run came to, and names one thing."""

import pytest

from autophagy.generate.advice import advice

GOOD = {
    "kept": 40,
    "rows": 40,
    "calls": {"settled": 50, "lost": 0, "failed": 0, "unsettled": 0},
    "yield": {"new": {"value": 0.8}},
    "dropped": {"not new": 10},
    "verified": {"numeric": {"breakdown": {"n": 20}}},
}


@pytest.mark.parametrize(
    ("more", "less_varied", "step"),
    [
        ({}, False, "autophagy loop"),
        ({}, True, "--novelty"),
        ({"yield": {"new": {"value": 0.3}}}, True, "other seeds"),
        ({"yield": {"new": {"value": 0.3}}, "dropped": {"cut": 90}}, False, "stronger writer"),
        ({"yield": {"new": {"value": None}}, "kept": 0}, False, "calls.jsonl"),
        ({"verified": {"judge": {"breakdown": {"n": 0}}}}, False, "--labels"),
        ({"kept": 30, "calls": {"failed": 3, "unsettled": 4}}, False, "sends the 7 calls again"),
        ({"calls": {"failed": 3, "unsettled": 0}}, False, "autophagy loop"),  # all rows are there
    ],
)
def test_one_step_is_named(more, less_varied, step):
    said = advice(GOOD | more, less_varied, stopped=False)
    assert step in said
    assert said.startswith("Next: ")
    assert said.count(".") - said.count("calls.jsonl") == 1


def test_a_run_that_was_stopped_has_said_so_already():
    assert advice(GOOD | {"kept": 3}, False, stopped=True) == ""
