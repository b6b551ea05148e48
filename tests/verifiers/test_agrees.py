"""Agrees: what several answers to one row come to."""

import json

import pytest

from answered_rows import said


def row(output, *answers):
    return {"output": output, "answers": json.dumps(answers)}


def test_an_answer_that_half_of_all_come_to_stays_however_it_is_said():
    four = ("The answer is 4.", "2 + 2, so \\boxed{4}", "5", "6")
    assert said("agrees", row("4", *four), row("5", *four)) == [True, False]


@pytest.mark.parametrize(("share", "right"), [(0.5, True), (0.51, False), (0.75, False)])
def test_the_share_is_of_all_answers(share, right):
    assert said(f"agrees:share={share}", row("4", "4", "4", "5", "6")) == [right]


def test_one_vote_is_no_agreement():
    assert said("agrees:share=0.1", row("4", "4", "5", "6")) == [False]


LONG = " ".join(["It was a long story without any result"] * 5)


@pytest.mark.parametrize(
    "unclear",
    [row("4"), row("4", "4"), {"output": "4"}, {"output": "4", "answers": "4, 4"}, {"output": "4", "answers": "4"},
     {"output": "4", "answers": "[" * 100_000}, row(LONG, LONG, LONG)],
)  # fmt: skip
def test_without_two_answers_or_a_result_nothing_is_known(unclear):
    assert said("agrees", unclear) == [None]
