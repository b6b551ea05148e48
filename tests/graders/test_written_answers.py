"""Answers written around a known gold, right and wrong, with the dress and the faults of models."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct

EXAMPLES = int(os.environ.get("AUTOPHAGY_EXAMPLES", "200"))
NAMES = ["Paris", "New York", "Ada Lovelace", "Émile Zola", "C++", "C#", "Vitamin B12", "Plan D", "Zürich", "O'Brien"]
NUMBERS = [
    "-5",
    "3.5",
    "1,250",
    "42",
    "0.75",
    "17",
    "1.5 mg",
    "$12",
    "€12",
    "30 days",
    "60 %",
    "2020-01-05",
    "1/3",
    "9:30",
]
OTHERS = {
    "-5": "5",
    "3.5": "35",
    "1,250": "1.25",
    "42": "420",
    "0.75": "75",
    "17": "71",
    "1.5 mg": "15 mg",
    "$12": "€12",
    "€12": "$12",
    "30 days": "30 hours",
    "60 %": "6 %",
    "2020-01-05": "5 January 2021",
    "1/3": "13",
    "9:30": "9:45",
}
RESTATED = {
    "-5": "minus five",
    "3.5": "3.50",
    "1,250": "1250",
    "42": "forty-two",
    "0.75": ".75",
    "17": "seventeen",
    "1.5 mg": "1.5 milligrams",
    "$12": "12 dollars",
    "€12": "12 euros",
    "30 days": "thirty days",
    "60 %": "60 percent",
    "2020-01-05": "January 5, 2020",
    "1/3": "one third",
    "9:30": "09:30",
}
AFFIRM = [
    "{}",
    "{}.",
    "It is {}.",
    "The answer is {}.",
    "Answer: {}",
    "**{}**",
    "Final answer: {}",
    '"{}"',
    "I think it is {}.",
    "According to the documents, it is {}.",
    "It is not {other} but {}.",
    "{}, not {other}.",
    "It is {} rather than {other}.",
    "It was thought to be {other}, but it is {}.",
    '{{"answer": "{}"}}',
    "<think>Maybe {other}?</think>{}",
    "First I thought of {other}. So the answer is {}.",
    "The answer is {other}. Wait, it is {}.",
]
DENY = [
    "It is not {}.",
    "It isn't {}.",
    "It is {other}, not {}.",
    "Either {} or {other}.",
    "It is {} or {other}.",
    "It is {other} rather than {}.",
    "It may be {}, or it may be {other}.",
    "The answer is {other}.",
    "{other}",
    "It is {}. It is {other}.",
    "It is neither {} nor {other}.",
    "It was thought to be {}, but it is {other}.",
    "The answer is {}. Wait, it is {other}.",
    "Final answer: {other}",
    "I do not know.",
    "",
]
DRESS = ["{}", "Sure! {}", "{}\n", "  {}", "{} Let me know if you need more.", "Based on the passages, {}"]


@st.composite
def cases(draw):
    """A gold, another answer of its kind, and a way of writing the gold."""
    if draw(st.booleans()):
        gold = draw(st.sampled_from(NUMBERS))
        return gold, OTHERS[gold], draw(st.sampled_from([gold, RESTATED[gold]]))
    gold, other = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True))
    return gold, other, draw(st.sampled_from([gold, gold.upper()] if gold.isalpha() else [gold]))


def mark(gold, said):
    return correct(Question("q", "What does the passage say?", (gold,)), Answer("q", said))


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(), st.sampled_from(AFFIRM), st.sampled_from(DRESS))
def test_a_text_that_affirms_the_gold_is_right(case, frame, dress):
    gold, other, written = case
    assert mark(gold, dress.format(frame.format(written, other=other))) == 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(), st.sampled_from(DENY), st.sampled_from(DRESS))
def test_a_text_that_denies_the_gold_or_leaves_it_open_is_wrong(case, frame, dress):
    gold, other, written = case
    assert mark(gold, dress.format(frame.format(written, other=other))) == 0
