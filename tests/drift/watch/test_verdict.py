"""What looks come to in words: that it changed and in what, that it did not, and how much longer one can look.

Run: pytest tests/drift/watch/test_verdict.py
"""

import math

import numpy as np
import pytest

from autophagy.drift.watch.document import document
from autophagy.drift.watch.verdict import verdict
from watching import Watching, rows


def drawn(seed, prompts, answers=1, share=0.5):
    return (np.random.default_rng(seed).random((prompts, answers)) < share).astype(int)


def watched(recorded, days, tolerance=0.0, **how):
    watching = Watching(rows(recorded, "2026-01-01"), tolerance=tolerance)
    for at, answers in enumerate(days, 2):
        watching.look(rows(answers, f"2026-01-{at:02d}", **how), f"2026-01-{at:02d}")
    return watching


def test_a_change_is_named_with_its_figures_and_what_to_do():
    watching = watched(drawn(0, 100, 10, 0.9), [drawn(at, 100, 1, 0.5) for at in range(1, 5)])
    found = document(watching.history)
    lead, figure, advice, *_ = verdict(found)
    standing = watching.standing()
    assert lead.startswith("The model does not answer as it was recorded: this was seen on 2026-01-0")
    assert f"{100 * standing.now:.1f} % since 2026-01-02 instead of {100 * standing.recorded:.1f} %" in figure
    assert figure.startswith("primes, right answers: ")
    assert "record a new baseline" in advice
    assert (found["changed"], found["streams"][0]["changed"], found["streams"][1]["changed"]) == (True, True, False)


def test_no_change_says_what_the_answers_leave_open_and_what_the_baseline_can_never_show():
    watching = watched(drawn(0, 100, 5, 0.9), [drawn(at, 100, 1, 0.9) for at in range(1, 5)])
    lead, open_, design = verdict(document(watching.history))
    assert lead == "No change beyond chance in 4 looks since 2026-01-02."
    low, high = 100 * watching.standing().low, 100 * watching.standing().high
    assert open_.startswith(f"primes may still have changed: right answers by {low:+.1f} to {high:+.1f} points, ")
    assert "Design: fixed prompts" in design
    assert "A change before the first look is found only above" in design


def test_use_once_says_how_long_the_rest_lasts_and_when_it_is_used_up():
    many = watched(drawn(0, 10, 95), [drawn(1, 10)])
    assert "Those left are enough for 94 looks like this one." in verdict(document(many.history))[-1]
    few = watched(drawn(0, 10, 1), [drawn(1, 10)])
    assert "All are used up: record more" in verdict(document(few.history))[-1]


def test_a_look_without_answers_is_no_evidence_and_says_why():
    watching = watched(drawn(0, 30, 5), [drawn(1, 30)])
    watching.look([], "2026-01-03", reason="connection refused.")
    assert verdict(document(watching.history))[0] == "No evidence today, either way: connection refused."


def test_before_any_answer_counted_nothing_is_said_to_be_unchanged():
    watching = Watching(rows(drawn(0, 30, 5), "2026-01-01"))
    watching.look([], "2026-01-02", reason="connection refused")
    assert (
        verdict(document(watching.history))[1] == "Nothing is known yet: no answer counted in 1 look since 2026-01-02."
    )


def test_a_tolerance_is_part_of_what_is_said():
    watching = watched(drawn(0, 30, 5), [drawn(1, 30)], tolerance=0.02)
    assert "by more than 2 points" in verdict(document(watching.history))[0]


def test_that_anything_changed_may_be_clear_before_it_is_what():
    """Eight flips the same way in each of two streams: their mean alarms at 22, and Holm asks each for 44."""
    watching = watched(np.zeros((9, 1), int), [np.ones((9, 1), int)])
    found = document(watching.history)
    assert found["p"] == pytest.approx(1 / math.exp(found["log_evidence"]))
    assert "Which of 2 figures changed is open" in verdict(found)[1] or found["streams"][0]["changed"]


def test_the_history_has_a_line_a_look():
    watching = watched(drawn(0, 30, 5), [drawn(at, 30) for at in range(1, 4)])
    history = document(watching.history)["history"]
    assert [look["answers"] for look in history] == [30, 30, 30]
    assert history[-1]["log_evidence"] == document(watching.history)["log_evidence"]
