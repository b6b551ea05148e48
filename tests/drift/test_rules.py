import math

import pytest

from autophagy.core.errors import UsageError
from autophagy.core.logged import Logged
from autophagy.core.parts import Part
from autophagy.core.questions import Answer, Question
from autophagy.drift.rules import rule
from drifting import said


def marked(part, row):
    found = rule(Part.parse(part))(row)
    return found.value, found.said


def test_a_reading_is_held_against_the_accepted_answers_in_its_own_form():
    assert marked("bracketed", said("[Yes]", 1, "YES")) == (1.0, "yes")
    assert marked("bracketed", said("[No]", 1, "Yes")) == (0.0, "no")
    assert marked("bracketed", said("Yes", 1)) == (0.0, None)
    assert marked("bracketed:lenient=true", said("Yes", 1)) == (1.0, "yes")
    row = Logged("t", Question("a", "?", (r"\\boxed{1}",)), Answer("a", r"so it is \boxed{1}"), "m")
    assert marked("boxed", row) == (1.0, "1")


def test_without_accepted_answers_it_counts_that_an_answer_can_be_read():
    row = Logged("t", Question("a", "?"), Answer("a", "[yes]"), "m")
    assert marked("bracketed", row) == (1.0, "yes")
    assert marked("bracketed", Logged("t", Question("a", "?"), Answer("a", "well"), "m")) == (0.0, None)


def test_what_failed_or_was_cut_before_its_answer_is_unknown_and_not_wrong():
    for answer in ({"text": "", "error": "429"}, {"text": "Let us think: first", "stop": "length"}):
        value, read = marked("bracketed", said(place=1, **answer))
        assert math.isnan(value)
        assert read is None
    assert marked("bracketed", said("[yes] because", 1, stop="length")) == (1.0, "yes")


def test_a_grader_marks_and_a_recorded_mark_is_taken():
    assert marked("exact", said("yes", 1)) == (1.0, "yes")
    row = Logged("t", Question("a", "?"), Answer("a", "code"), "m", marks={"runs": 0.0})
    assert marked("recorded:mark=runs", row) == (0.0, "no")
    assert math.isnan(marked("recorded:mark=other", row)[0])


@pytest.mark.parametrize(("part", "words"), [("bracketted", "did you mean 'bracketed'"), ("recorded", "mark=NAME")])
def test_unknown_rules_are_refused(part, words):
    with pytest.raises(UsageError, match=words):
        rule(Part.parse(part))


def cut_off(text, **more):
    question = Question("a", "Add.", ("sum",), tests="assert add(1, 2) == 3", instructions=("words:least=2",))
    return Logged("t", question, Answer("a", text, stop="length"), "m", **more)


@pytest.mark.parametrize("part", ["exact", "correct", "f1", "code", "instructions", "refused", "abstained"])
def test_an_answer_that_was_cut_is_wrong_by_no_grader(part):
    """It might have gone on to be right: of all that a grader can say of it, only the full mark stands."""
    value, read = marked(part, cut_off("Let me think of it"))
    assert math.isnan(value)
    assert read is None


def test_what_is_right_already_stays_so_when_the_rest_is_cut():
    assert marked("refused", cut_off("I'm sorry, but I cannot help with that. If you")) == (1.0, "yes")
    assert marked("exact", cut_off("the sum")) == (1.0, "yes")
    assert marked("recorded:mark=runs", cut_off("", marks={"runs": 1.0})) == (1.0, "yes")


def test_a_mark_that_the_log_gave_a_cut_answer_is_not_believed_where_it_is_below_the_full_one():
    assert math.isnan(marked("recorded:mark=runs", cut_off("", marks={"runs": 0.0}))[0])


def test_an_instruction_that_holds_so_far_is_not_known_to_hold_in_the_end():
    row = Logged("t", Question("a", "?", instructions=("no_comma",)), Answer("a", "So far", stop="length"), "m")
    assert math.isnan(marked("instructions", row)[0])
