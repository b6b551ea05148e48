"""Texts that work out their answer: what they come to is the answer, and what they pass on the way is not."""

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.numeric import numeric
from marked import mark

SUMS = "Cost: 80,000 + 50,000 = 130,000.\nValue: 80,000 * 2.5 = 200,000.\nProfit: 200,000 - 130,000 = 70,000.\n"
WORKED = [  # an answer, what it comes to, and what it does not
    (SUMS + "Josh made a profit of $70,000.", "70000", "130000"),
    (SUMS + "\n**Josh made a profit of $70,000.**", "70,000", "200000"),
    ("16 - 3 - 4 = 9\n9 * 2 = 18 dollars in 1 day", "18", "9"),
    ("40 - 36 = 4 stars\n40 / 5 = 8 rows of 5 stars", "8", "4"),
    ("She has 3 pears because 1 + 2 = 3\nShe can buy 12 plums because 9 / .75 = 12", "12", "3"),
    ("16 * 2 = 32 feet, so it took three days.", "3", "40"),
    ("2.2 - .44 = 1.76 inches\nSince that is less than 2 inches, it lasts for 2 days.", "2", "3"),
    ("To isolate x:\n6x = 12\nx = 2\nTherefore, the x for which 3(2x + 1) = 15 is 2.", "2", "12"),
    ("We get x = 5 and final answer 100.", "100", "5"),
    ("6 + 6 = 12. Final answer -18", "-18", "12"),
]


@pytest.mark.parametrize(("said", "right", "passed"), WORKED)
def test_what_a_text_comes_to_is_its_answer_and_no_step_is(said, right, passed):
    assert (mark(right, said), mark(passed, said)) == (1, 0)


def test_a_result_that_the_question_holds_is_no_other_for_that():
    question = "Each of 20 chickens gets three cups a day. How many cups are left for the last meal of the 20?"
    said = "20 chickens need 3*20=60 cups.\nThe last meal is 60-15-25=20 cups of feed."
    assert (mark("20", said, question), mark("60", said, question)) == (1, 0)


@pytest.mark.parametrize("before", ["Let me restate it.", "Sure, let me solve this.", "Here is the solution:", "Okay!"])
def test_a_question_that_is_only_said_again_ends_no_answer(before):
    said = f"{before}\nQuestion: What is 9 * 2?\nAnswer: 18"
    assert (mark("18", said), mark("2", said)) == (1, 0)


def test_what_a_model_asks_itself_next_is_no_part_of_its_answer():
    for name in ("Problem", "Question"):
        said = f"5 + 3 = 8\n#### 8\n\n{name}:\nTom has 2 pens and buys 9.\n\n#### 11"
        question = Question("q", "How many?", ("8",))
        assert (mark("8", said), mark("11", said), numeric(question, Answer("q", said))) == (1, 0, 1)


def test_a_whole_solution_as_gold_stands_for_its_result():
    gold = "He pays 80,000+50,000=<<80000+50000=130000>>130,000\nHe gains 70,000\n#### 70000"
    said = "He made a profit of $70,000."
    assert (mark(gold, said), mark(gold, "He made $130,000.")) == (1, 0)
    assert numeric(Question("q", "How much?", (gold,)), Answer("q", said)) == 1


@pytest.mark.parametrize(
    ("gold", "right", "wrong"),
    [
        ("1250", r"\boxed{1,250.00}", r"\boxed{1,250.50}"),
        ("025", r"\boxed{25}", r"\boxed{250}"),
        ("073", r"$\boxed{73}$", r"\boxed{37}"),
        ("0", r"\boxed{000}", r"\boxed{001}"),
        ("1200000", "1.2M", "1.2B"),
        ("$1,200,000", "$1.2M", "$1.3M"),
        ("7,000,000,000", "7B", "7M"),
    ],
)
def test_a_number_as_contests_and_tables_write_it(gold, right, wrong):
    assert (mark(gold, right), mark(gold, wrong)) == (1, 0)


@pytest.mark.parametrize(
    "said",
    [
        "She had 3 apples. She bought 7 more. Now she has 10 apples.",
        "She has 3 apples and buys 7 more, for a total of 10.",
        "She has 3 apples and buys 7 more, making 10 in total.",
        "3 apples plus 7 apples is 10 apples.",
        "3 plus 7 equals 10.",
        "First she has 3, then she buys 7, which gives 10.",
        "She ends up with 10 apples after buying 7 more.",
        "The total is 10 apples: 3 at first and 7 more.",
    ],
)
def test_what_goes_into_a_sum_told_in_words_is_not_what_it_comes_to(said):
    question = "How many apples does she have in total?"
    assert [mark(gold, said, question) for gold in ("10", "7")] == [1, 0]


def test_a_figure_beside_a_sum_of_something_else_is_an_answer():
    said = "There are 12 schools in total, and 300 teachers."
    assert mark("300", said, "How many teachers are there?") == 1
    said = "It has 2 million residents, with a total of 12 million in the whole area."
    assert mark("2 million", said, "How many people live there?") == 1
    assert mark("7", "She buys 7 apples, for a total of 10.", "How many more apples does she buy?") == 1
    assert mark("90", "He invested 20 and 10 for a total of 30 * 3 = 90.", "How much has he?") == 1
