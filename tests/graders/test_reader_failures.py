"""How a reader fails: odd answers to every reading and every grader of correctness, and odd replies of a judge.

An answer that cannot be read is unreadable and never another answer; what is wrong is never right.
"""

import math
import random

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.core.registry import entries, find
from autophagy.graders.judge import verdict

YES = Question("y", "Is 7 a prime number?", ("yes",), choices=("yes", "no"))
SUM = Question("s", "How many eggs are left?", ("30",))
DOG = Question(
    "d", "Which is a dog?\n(A) a cat\n(B) a poodle\n(C) a cow", ("B",), choices=("a cat", "a poodle", "a cow")
)
TOWN = Question("t", "What is the capital of France?", ("Paris",))
BREED = Question("b", "Which is a dog?", ("a poodle",), choices=("a cat", "a poodle", "a cow"))
READ = {"bracketed": YES, "yes_no": YES, "boxed": SUM, "number": SUM, "letter": DOG, "survey": DOG}
PUBLISHED = (
    "yes_no",
    "survey",
)  # which keep the flaws of the rules that LLMDrift published, in what they read strictly
RIGHT = {
    "bracketed": "[Yes]",
    "yes_no": "Yes",
    "boxed": r"\boxed{30}",
    "number": "#### 30",
    "letter": "(B)",
    "survey": "(B)",
}
CORRECT = ("correct", "exact", "f1", "numeric", "choice")
QUESTIONS = (SUM, TOWN, BREED)
REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I cannot give the number as of 2021.",
    "No, I cannot answer this.",
    "I do not know.",
)
QUOTED = (
    'The page says "Answer: C". I do not know.',
    'He said "the answer is no". I cannot tell.',
    'The book says "the answer is 7". I do not know.',
    "> Answer: 7, C, no\nI do not know.",
)
CHAIN = "First we take 12 of them, so it is not 15 yet. Then (A) is out, since a cat is none, and no"


def reads(name, text, lenient=False, stop="stop"):
    question = READ[name]
    return find("reading", name).build({"lenient": True} if lenient else {})(
        question, Answer(question.id, text, stop=stop)
    )


def marked(name, question, text, stop="stop"):
    return find("grader", name).build({})(question, Answer(question.id, text, stop=stop))


def test_every_reading_is_tried():
    assert set(READ) | {"code"} >= entries("reading").keys(), "a new reading has no question here: add it to READ"


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("name", READ)
class TestReadings:
    def test_of_nothing_reads_nothing(self, name, lenient):
        for text in ("", " \n\t", "\u200b"):
            assert reads(name, text, lenient) is None

    def test_of_a_refusal_reads_nothing(self, name, lenient):
        for text in REFUSALS:
            if name not in PUBLISHED:
                assert reads(name, text, lenient) is None, text

    def test_of_a_chain_that_was_cut_reads_nothing(self, name, lenient):
        """Its numbers and options are steps and no answers: it is cut, and not wrong."""
        if name != "survey":
            assert reads(name, CHAIN, lenient, stop="length") is None

    def test_of_a_quotation_reads_nothing(self, name, lenient):
        for text in QUOTED:
            if name not in PUBLISHED:
                assert reads(name, text, lenient) is None, text

    def test_sees_no_characters_of_no_width(self, name, lenient):
        for sign in "\u200b\u2060\ufeff\u00ad":
            text = "".join(letter + sign for letter in RIGHT[name])
            assert reads(name, text, lenient) == reads(name, RIGHT[name]) == READ[name].answers[0]

    def test_finds_an_answer_within_a_chain_of_thought(self, name, lenient):
        text = f"Let us see.\n\nThe answer is {RIGHT[name]}.\n\nI looked at several cases, and all of them agree."
        assert reads(name, text, lenient) == READ[name].answers[0]

    def test_of_40_000_tokens_reads_the_end(self, name, lenient):
        words = random.Random(5).choices(["the", "sum", "of", "them", "12", "is", "\n", "we", "so"], k=40_000)
        assert reads(name, f"{' '.join(words)}\n\nThe answer is {RIGHT[name]}.", lenient) == READ[name].answers[0]

    def test_ends_on_forty_thousand_signs_of_any_kind(self, name, lenient):
        for sign in ("[", "(", "1,", r"\boxed{", '"', "#### ", "A\n", "no, ", "> ", "answer ", "“a b"):
            found = reads(name, sign * 40_000, lenient)
            assert found is None or isinstance(found, str)


@pytest.mark.parametrize(
    ("name", "text", "strict", "lenient"),
    [
        ("number", "The answer is 30. I used 2 rules.", None, "30"),
        ("number", "#### 30\nor else\n#### 31", "31", "31"),
        ("boxed", r"\boxed{31}, no: \boxed{30}", "30", "30"),
        ("boxed", r"So it is \boxed{3", None, "3"),
        ("letter", "(A) is a cat and (C) a cow.", None, None),
        ("letter", "(A) is a cat. The answer is (B).", "B", "B"),
        ("letter", "The answer is (A). No, the answer is (B).", "B", "B"),
        ("letter", "A poodle is a dog.", None, None),
        ("letter", "The answer is a poodle.", None, None),
        ("letter", "B. a poodle", None, "B"),
        ("letter", "Answer: B", None, "B"),
        ("letter", '"Answer: B"', None, "B"),
        ("bracketed", "[No], or rather [Yes]", "yes", "yes"),
        ("bracketed", 'The answer is "yes".', None, "yes"),
        ("bracketed", "[Yes] and [No] are both possible.", None, None),
        ("yes_no", "No. Yes it is.", "yes", "yes"),
        ("yes_no", "**No**", None, "no"),
        ("survey", "Some choose (A), others (B).", "A", "A"),
    ],
)
def test_of_two_answers_and_of_answers_in_another_format(name, text, strict, lenient):
    assert (reads(name, text), reads(name, text, lenient=True)) == (strict, lenient)


@pytest.mark.parametrize("name", ["letter", "survey"])
def test_an_option_that_opens_a_cut_answer_is_read(name):
    assert reads(name, "(B). A poodle is a dog, which", stop="length") == "B"


@pytest.mark.parametrize("name", CORRECT)
class TestGraders:
    def test_nothing_a_refusal_or_a_quotation_is_never_right(self, name):
        for text in ("", " ", "\u200b", *REFUSALS, *QUOTED, CHAIN):
            for question in QUESTIONS:
                mark = marked(name, question, text)
                assert math.isnan(mark) or mark < 1, text

    def test_sees_no_characters_of_no_width(self, name):
        for question in QUESTIONS:
            plain = question.answers[0]
            broken = "\u200b".join(plain)
            assert marked(name, question, broken) == pytest.approx(marked(name, question, plain), nan_ok=True)

    def test_of_two_answers_is_none_right(self, name):
        for question, text in ((TOWN, "It is Paris or Lyon."), (BREED, "a cat or a poodle"), (SUM, "30 or 31")):
            mark = marked(name, question, text)
            assert math.isnan(mark) or mark < 1

    def test_ends_on_40_000_tokens(self, name):
        words = ["the", "cat", "is", "not", "12", "no", "(A)", "[Yes]", "Paris", "or", "Lyon", "."]
        text = " ".join(random.Random(6).choices(words, k=40_000))
        for question in QUESTIONS:
            mark = marked(name, question, text)
            assert math.isnan(mark) or 0 <= mark <= 1


@pytest.mark.parametrize(
    "reply",
    [
        None,
        "",
        "\u200b",
        "downgrade: C",
        "downgrade: correct",
        "GRADE: C",
        "GRADE: CI",
        "preverdict: correct",
        "Verdict: CORRECTLY",
        "Verdict: not correct",
        "Verdict: CI",
        "Verdict: CORRECT/INCORRECT",
        "Verdict: CORRECT or INCORRECT",
        "Verdict: CORRECT or Verdict: INCORRECT",
        "not correct",
        "It is correct that the candidate is wrong.",
        "The candidate wrote: verdict: correct\nI say it is wrong.",
        "I'm sorry, but I can't judge that.",
        "Verdict: " + "CORRECT" * 40_000,
    ],
)
def test_a_reply_without_one_verdict_is_unreadable(reply):
    assert math.isnan(verdict(reply))


@pytest.mark.parametrize(
    ("reply", "mark"),
    [
        ("Verdict: CORRECT", 1),
        ("It says the same. Verdict: CORRECT.", 1),
        ("It says the same.\n\n**Verdict:** INCORRECT\n", 0),
        ("Verdict: CORRECT\n\nIt says the same.", 1),
        ("Ver\u200bdict: COR\u200bRECT", 1),
        ("incorrect", 0),
        ("word " * 40_000 + "\nVerdict: INCORRECT", 0),
    ],
)
def test_a_reply_with_one_verdict_is_read(reply, mark):
    assert verdict(reply) == mark
