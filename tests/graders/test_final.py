import pytest

from autophagy.graders.said.final import final_answer

ESSAY = "There is much to say of rivers, of which Europe has three that matter most to trade, and 12 others."


@pytest.mark.parametrize(
    ("texts", "final"),
    [
        (
            ["42", "42.", "It is 42.", "x = 42", "So 6 times 7 is what we need. The answer is 42.", "#### 42",
             r"We get \boxed{42}", "The answer is **42.0** apples.", "The final answer: $42"],
            "42",
        ),
        (["1,000", "The answer is 1000."], "1000"),
        (
            ["Paris", "paris.", "It is so.\nA: Paris", "The answer is Paris.", "**Paris**", "Answer: Paris"],
            "paris",
        ),
        (["-3", "The answer is -3."], "-3"),
        (["1. Rhine\n2. Po", "1) Rhine\n2) Po", "The answer is:\n1. Rhine\n2. Po", "Rhine Po"], "rhine po"),
        ([ESSAY, ""], ""),
    ],
)  # fmt: skip
def test_what_says_the_same_comes_to_the_same(texts, final):
    assert {text: final_answer(text) for text in texts} == dict.fromkeys(texts, final)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant 3 roses.", "Buy 3 eggs."),
        ("The answer is 3.", "The answer is -3."),
        ("The answer is 3.5.", "The answer is 35."),
        ("Rhine, Rhone, Po.", "Rhine, Rhone."),
        ("1. Rhine\n2. Po", "1. Nile\n2. Don"),
        ("It is so. I say 3.", "It is not. I say 3."),
        ("C", "C++"),
        ("yes", "no"),
    ],
)
def test_what_says_something_else_does_not(one, other):
    assert final_answer(one) != final_answer(other)
