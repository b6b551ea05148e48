"""Answers as public bug reports of other programs have them, each with a twin that a looser rule would take for right.

The figure of the first run is in docs/log.md.
"""

import math

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.ndcg import ndcg
from autophagy.graders.recall import recall
from autophagy.graders.reciprocal_rank import reciprocal_rank
from marked import mark

GREEK = ("alpha", "beta", "gamma", "delta")
MENU = "(A) alpha\n(B) beta\n(C) gamma\n(D) delta\n\n"
EAST = ("甲", "乙", "丙", "丁")


# --- mathematics

INTERVALS = [
    ("(0, 12.5)", "$0 < x < 12.5$", "$0 < x \\le 12.5$"),
    ("$x<3$", r"\boxed{$(-\infty, 3)$}", r"\boxed{$(-\infty, 3]$}"),
    (r"$(-\infty, 3)$", r"\boxed{$x<3$}", r"\boxed{$x>3$}"),
    (
        r"$m \geq \sqrt{2}$",
        r"the solution is $m \in [\sqrt{2}, +\infty)$",
        r"the solution is $m \in (\sqrt{2}, +\infty)$",
    ),
    ("[0, 1)", "0 <= x < 1", "0 <= x <= 1"),
    ("[0, 1)", "[0,1)", "[0, 1]"),
    ("0 <= x < 1", "0 ≤ x < 1", "0 < x < 1"),
    ("D = (0, 1)", "D = (0, 1)", "D = (0, 1.5)"),
    (r"(1,\frac{9}{2})", "(1,4.5)", "(1,4.4)"),
    ("x < 1 or x > 3", r"$(-\infty, 1) \cup (3, \infty)$", r"$(-\infty, 1] \cup (3, \infty)$"),
    ("(3, 4)", "The point is (3, 4), and its distance to (0, 0) is 5.", "The point is (4, 3)."),
]
NUMBERS = [
    ("33.3", r"\frac{100}{3}", r"\frac{101}{3}"),
    ("1/3", "0.33", "0.3"),
    ("82", "Final answer: 082", "Final answer: 0820"),
    ("4", r"The remainder is 2,552,004 mod 1000, that is \boxed{004}.", r"\boxed{040}"),
    ("1,-2", "-2,1", "-2,2"),
    ("1,2,3", "3, 2 and 1", "1, 2"),
    ("1.5,2.5", "1.5 and 2.5", "1.5 and 2.6"),
    ("100000", "1,00,000", "1,00,00"),
    ("52_8", r"\boxed{52}", "52_{10}"),
    ("52_8", "52 (base 8)", "52₉"),
    ("528", "It is 528.", "52₈"),
    (r"\tan^2(y)+1", r"\sec^2(y)", r"\sec^2(y)+1"),
    (r"2\sin(x)\cos(x)", r"$\sin(2x)$", r"$\sin(x)$"),
    (r"\ln(x^2)", r"2\ln x", r"2\log x"),
    ("e^{16} - 1", "-1 + exp(16)", "1 + exp(16)"),
    ("xe^{-x}", r"x\exp(-x)", r"x\exp(x)"),
    (r"e^{\sin x}", r"\exp(\sin(x))", r"\exp(\cos(x))"),
    ("1/e", "exp(-1)", "exp(1)"),
]
STEPS = r"First attempt gives \boxed{5}. That is wrong; correcting, the answer is \boxed{7}."
MORE = [
    ("7", STEPS, STEPS.replace("7", "9")),
    ("2^{1/2}", r"\sqrt{2}", r"\sqrt{3}"),
    (r"\frac{\sqrt{2}}{2}", r"\frac{1}{\sqrt{2}}", r"\frac{1}{\sqrt{3}}"),
    (r"4\sqrt{2}", r"\sqrt{32}", r"\sqrt{33}"),
    (r"\frac{\pi}{2}", "π/2", "π/3"),
    ("1,2", "x = 1 or x = 2", "x = 1 or x = 3"),
    ("1, 2", "1,2", "1,3"),
    ("1,200", "1200", "1 and 200"),
    ("01.01", "1st January", "1st February"),
    ("7 May", "07.05.", "07.06."),
    ("75%", "This wrong estimate was corrected to 75%.", "The wrong answer is 75%."),
    ("75%", "The wrong 60% was corrected to 75%.", "The wrong 75% was corrected to 60%."),
]
CONCLUDED = "437 + 468 = 905. Consistent! So answer is consistent.\n\nThus, it is **73**.\n\nFinal Answer: **{}**"


@pytest.mark.parametrize(("gold", "said", "other"), [*INTERVALS, *NUMBERS, *MORE])
def test_a_value_and_another_that_looks_like_it(gold, said, other):
    assert (mark(gold, said), mark(gold, other)) == (1, 0)


@pytest.mark.parametrize(("gold", "said"), [("007", "7"), ("082", "82")])
def test_a_gold_with_zeros_in_front_is_a_name_and_no_number(gold, said):
    assert (mark(gold, gold), mark(gold, said)) == (1, 0)


def test_a_gold_that_is_cut_short_makes_no_list_of_a_thousand():
    assert mark(("3,600", "3,60"), "3,600") == 1
    assert mark(("3,600", "3,60"), "3 and 600") == 0


def test_an_answer_that_is_consistent_contradicts_no_number():
    assert (mark("73", CONCLUDED.format(73)), mark("73", CONCLUDED.format(37))) == (1, 0)
    assert mark("73", "The answer is 12.\n\nSo the answer is 73.") == 0


# --- what people shorten


SHORTENED = [
    ("$50/month", "$50 per month", "$50 per year"),
    ("$50 per month", "$50 a month", "$50 a year"),
    ("$50/mo", "fifty dollars monthly", "fifty dollars weekly"),
    ("8 hours/day", "eight hours a day", "eight hours a week"),
    ("60 km/h", "60 km/hour", "60 miles/hour"),
    ("twice a week", "twice per week", "twice a month"),
    ("3 daily newspapers", "three daily newspapers", "three weekly newspapers"),
    ("10:30", "half past ten", "half past nine"),
    ("a quarter to eleven", "10:45", "11:15"),
    ("5:50", "ten minutes to six", "ten minutes past six"),
    ("10 to 12", "ten to twelve", "11:50"),
    ("No. 5", "#5", "#6"),
    ("#5", "number 5", "number 15"),
    ("Chanel No. 5", "Chanel No 5", "Chanel No. 6"),
    ("No. 5", "5", "15"),
    ("Q3", "the third quarter", "the second quarter"),
    ("Q3 2023", "the third quarter of 2023", "the third quarter of 2024"),
    ("3rd quarter 2023", "2023 Q3", "2023 Q4"),
    ("three quarters", "3/4", "Q3"),
    ("my-model", "my_model", "my_modem"),
    ("bge-small-en-v1.5", "bge_small_en_v1.5", "bge_small_en_v1.6"),
]
PLACES = [
    ("Paris, France", "Paris", "Paris, Texas"),
    ("Paris, France", "It is in Paris.", "It is in Paris, Texas."),
    ("Austin, TX", "Austin, Texas", "Austin, Minnesota"),
    ("Springfield, Illinois, USA", "Springfield", "Springfield, Ohio"),
    ("England, Scotland", "England and Scotland", "England"),
    ("Tom, Jerry", "Tom and Jerry", "Tom"),
]


@pytest.mark.parametrize(("gold", "said", "other"), [*SHORTENED, *PLACES])
def test_a_short_form_and_that_of_something_else(gold, said, other):
    assert (mark(gold, said), mark(gold, other)) == (1, 0)


def test_a_town_alone_is_half_an_answer_where_the_country_is_asked_for():
    assert mark("Paris, France", "Paris", "Which city and country?") == 0


@pytest.mark.parametrize("said", ["No. 5 people came.", "No. It was not so."])
def test_a_no_at_the_start_of_a_sentence_is_no_number(said):
    assert mark("no", said) == 1


@pytest.mark.parametrize(
    ("gold", "said", "right"),
    [
        ("$1577.00", "$1,577 million", 1),
        ("$1577.00", "$1.577 billion", 1),
        ("$1577.00", "$1,577", 1),
        ("$1577.00", "$1,577 billion", 0),
        ("$1577.00", "$1.58 million", 0),
    ],
)
def test_an_amount_in_the_millions_that_the_question_asks_for(gold, said, right):
    assert mark(gold, said, "What is the expenditure (in USD millions)?") == right


def test_an_amount_of_which_the_question_names_no_scale_is_as_it_stands():
    assert mark("$1577.00", "$1,577 million", "What is the expenditure?") == 0


# --- choices


@pytest.mark.parametrize(
    ("said", "choices", "named"),
    [
        ("The mean obeys \\boxed{\\langle H\\rangle \\ll \\Delta E}.\n\n**Answer: D**", GREEK, "delta"),
        ("\\boxed{x = 4}. Therefore the answer is (C).", GREEK, "gamma"),
        ("\\boxed{B}\n\nThe answer is explained above.", GREEK, "beta"),
        ("\\boxed{A}. Answer: A", GREEK, "alpha"),
        ("\\box{A}", GREEK, "alpha"),
        (f"{MENU}The curve falls after the peak.\n\n**B**", GREEK, "beta"),
        (f"{MENU}The curve falls.\n\n**(C)**", GREEK, "gamma"),
        ("我認為應該選 A", EAST, "甲"),
        ("我選擇 B", EAST, "乙"),
        ("不選 B，選 C", EAST, "丙"),
        ("正確答案為 A", EAST, "甲"),
        ("A说法错误，C和D与题意不符，故选B", EAST, "乙"),
        ("选项A错误，选项C正确", EAST, "丙"),
        ("故不选B，应选C。", EAST, "丙"),
        ("A与题意不符，只有选项B是对的。", EAST, "乙"),
    ],
)
def test_a_choice_behind_other_letters(said, choices, named):
    marks = {choice: mark(choice, said, choices=choices) for choice in choices}
    assert marks == {choice: float(choice == named) for choice in choices}


# --- refusals and retrieval


@pytest.mark.parametrize(
    "said",
    [
        "The detailed policy text itself isn't included in the indexed materials [1].",
        "A rule on parking is not contained in the uploaded files.",
    ],
)
def test_what_is_not_in_the_materials_is_declined(said):
    assert mark((), said) == 1


@pytest.mark.parametrize("said", ["Breakfast isn't included in the rate.", "The keys are not found in the drawer."])
def test_what_is_not_in_something_else_is_an_answer(said):
    assert mark((), said) == 0


def test_a_search_that_finds_nothing_misses_all():
    question = Question("q", "When?", ("1843",), ("b.md",))
    answer = Answer("q", "1843", searched=True)
    assert [grade(question, answer) for grade in (recall, reciprocal_rank, ndcg)] == [0, 0, 0]
    assert math.isnan(recall(Question("q", "When?", ("1843",)), answer))
    assert math.isnan(recall(question, Answer("q", "1843")))
