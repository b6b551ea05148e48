"""Golds of several values, formulas, numbers to the last digit, and amounts: what is right, and what looks like it."""

import time

import pytest

from autophagy.text.values.several import many_numbers, same_values
from marked import mark

VALUES = {  # gold -> what gives the same values, what does not
    "1, 2": (
        ["2 and 1", r"\boxed{2, 1}", r"\boxed{1} and \boxed{2}", r"$\{1, 2\}$", "x = 2 or x = 1"],
        ["1, 3", "2", "1, 2, 3"],
    ),
    "$(p,q)=(3,2)$": (["$(3,2)$", r"\boxed{(3, 2)}", "p = 3, q = 2"], ["(2, 3)", "p = 2, q = 3"]),
    "$AB=4,CD=5$": ([r"$\boxed{4, 5}$", "CD = 5, AB = 4"], ["5, 4", "AB = 5, CD = 4"]),
    "x = 1, y = 2": (["y = 2, x = 1", "(1, 2)"], ["y = 1, x = 2", "(2, 1)"]),
    "$x_{1}=3, x_{2}=5$": (["5, 3", r"\boxed{3} \quad \text{and} \quad \boxed{5}"], ["3, 6"]),
    r"$(11,7)or(7,11)$": ([r"$\boxed{(7,11),\ (11,7)}$"], [r"$\boxed{(7,11),\ (11,8)}$", "(7, 11)"]),
    r"$\pm 21$": (["${-21, 21}$", r"\boxed{\pm 21}"], ["21"]),
    r"$\{1\pm\sqrt{5},-2\}$": ([r"\boxed{\{-2, 1 + \sqrt{5}, 1 - \sqrt{5}\}}"], [r"\boxed{\{-2, 1 + \sqrt{5}\}}"]),
    "$-2,1$": ([r"The roots are $\boxed{-2,1}.$", r"\boxed{1, -2}"], [r"\boxed{2, 1}"]),
    r"\(\boxed{6 \text{ and } 8}\)": ([r"$\boxed{6,8}$", "8 and 6"], [r"$\boxed{6,9}$"]),
    "$f(x)=1$": (["1", "$f(x) = 1$"], ["2", "$f(x) = 2$"]),
    "$V_{1}:V_{2}=11:21$": (["$11:21$"], ["$21:11$"]),
    "$2x + z = 1$": (["$z = 1 - 2x$"], ["1"]),
    "11": ([r"$x\approx11$", r"$x = 5+5+1 = 11$"], ["(0, 11)", "[0, 11)", "0, 11", r"\boxed{11, 12}"]),
    "1.5": (["1,5", "3/2"], ["1, 5"]),
    "12": (["(12)", "[12]"], ["(1, 12)"]),
}  # fmt: skip
FORMULAS = {
    "$1/3$": ([r"$\cfrac{1}{3}$", r"$\frac1{3}$", r"$\frac{1}3$"], [r"$\frac3{1}$"]),
    "2": ([r"\sqrt[3]{8}", r"\boxed{\sqrt[4]{16}}"], [r"\sqrt[3]{9}"]),
    "ln(2)": (["0.6931471805599453"], ["0.69"]),
    r"\sqrt{2}": ([r"\boxed{\sqrt2}", "1.4142135623730951"], [r"\boxed{\sqrt3}", "1.5"]),
    r"$x \neq 5$": (["The solution is $x != 5$", r"$x \ne 5$"], ["$x = 5$"]),
    "$x <= 1$": (["$-x >= -1$", r"$x \leq 1$"], ["$-x <= -1$"]),
    "11111111100": ([r"is $\boxed{11,\! 111,\! 111,\! 100}$"], [r"is $\boxed{11,\! 111,\! 111,\! 101}$"]),
    "10455": ([r"That is \boxed{255}. The final answer is $10,455$. I hope it is correct."], [r"\boxed{255}"]),
    r"$28\%$": ([r"$\boxed{28 percentage}$"], ["28 percentage points"]),
}  # fmt: skip
NUMBERS = {
    "100000000000": (["100,000,000,000"], ["99999999999", "100000000001"]),
    "12345678902": (["12345678902"], ["12345678901"]),
    "12345678901234567891": (["12345678901234567891"], ["12345678901234567890"]),
    "three billion": (["3000000000", "3 billion"], ["3000000001"]),
    "$2.174 trillion": (["Its GDP is $2.174T."], ["Its GDP is $2,174T."]),
    "0,111": (["0.111"], ["111"]),
    "-1034": (["$(1,034)", "It is $(1,034)."], ["$1,034", "about that ($1,034)"]),
    "0.1": (["point one", "It is point one."], ["one"]),
    "120.05": (["one hundred twenty point o five", "one hundred twenty point zero five"], ["one hundred point five"]),
    "12.99": (["twelve point ninety-nine"], ["twelve point nine"]),
    "49th": (["forty-ninth"], ["forty-eighth"]),
    "2021": (["zweitausendeinundzwanzig"], ["zweitausendzwölf"]),
    "1973": (["neunzehnhundertdreiundsiebzig"], ["neunzehnhundertsiebzig"]),
    "15": (["fünfzehn"], ["fünfzig"]),
    "3.14": (["drei Komma eins vier"], ["drei Komma eins"]),
    "-15 Grad": (["minus fünfzehn Grad"], ["fünfzehn Grad"]),
}  # fmt: skip
ASKED = (  # question, gold, answer, another gold that the answer does not give
    ("How thick is the door?", "2.5 inches", "The door is 2 1/2 in thick.", "2.5 feet"),
    ("How long is it?", "2 inches", "It is 2 in.", "2 feet"),
    ("When was he born?", "1912", "He was born in 1912 in Ulm.", "1912 inches"),
    ("How many cows are there?", "25", "25 cows, 12 chickens and 125 kg of potatoes.", "12"),
    ("How much salt is needed?", "1/2 tbsp", "A ⅓ cup of sauce and ½ tbsp of salt.", "1/3 cup"),
    ("What is the price now?", "$680", "The price rose from $350 to $680.", "$350"),
    ("What was the price before?", "$350", "The price rose from $350 to $680.", "$700"),
    ("To what was the dose reduced?", "50 mg", "It was reduced from 64 mg to 50 mg.", "64 mg"),
)  # fmt: skip


@pytest.mark.parametrize("gold", [*VALUES, *FORMULAS, *NUMBERS])
def test_a_gold_and_what_looks_like_it(gold):
    right, wrong = {**VALUES, **FORMULAS, **NUMBERS}[gold]
    assert [said for said in right if mark(gold, said) != 1] == []
    assert [said for said in wrong if mark(gold, said) != 0] == []


@pytest.mark.parametrize(("question", "gold", "said", "other"), ASKED)
def test_the_figure_that_is_asked_for(question, gold, said, other):
    assert (mark(gold, said, question), mark(other, said, question)) == (1, 0)


def test_a_range_stays_one():
    assert mark("30 minutes", "20 to 30 minutes", "How long does it take?") == 0


def test_values_with_letters_are_never_told_to_differ():
    assert same_values("a, b", "a, c") is None
    assert same_values("x + 1, 2", "2, 1 + x") is True


WORKED = (  # the last lines of a text that works out its answer, the gold, and a figure on the way
    ("A night brings 6*15=$<<6*15=90>>90\nThat means $90*2=$<<90*2=180>>180 a week", "180", "90"),
    ("He gets 4*12=48 washes a year\nThat means it cost 48*15=$720", "720", "48"),
    ("Her total is 50 + 90 = 140.\nHer mean is 140 / 2/quizzes = 70/quiz.", "70", "140"),
    ("Ann ran 3 miles less than Bob = 20 - 3 = 17 miles\nAnn ran 17 miles.", "17", "20"),
)


@pytest.mark.parametrize(("said", "gold", "other"), WORKED)
def test_what_a_text_works_out_last_is_its_answer(said, gold, other):
    assert (mark(gold, said, "How much is it?"), mark(other, said, "How much is it?")) == (1, 0)


def test_how_sure_a_model_is_is_no_answer():
    assert mark("10", "I could not find it.\nAnswer:\nConfidence: 10%") == 0
    assert mark("90", "Answer: 90\nConfidence: 10%") == 1
    assert mark("90%", "Confidence: 90%", "How sure are you?") == 1


def test_greek_is_one_word_with_and_without_its_accents():
    assert mark("γυνή", "γυνη") == mark("ἄνθρωπος", "ανθρωπος") == 1
    assert mark("γυνή", "ανήρ") == 0


def test_a_decimal_comma_makes_no_list():
    assert not many_numbers("1,5")
    assert not many_numbers("1,000")
    assert many_numbers("1, 5")


def test_a_suffix_behind_a_comma_is_no_name_of_its_own():
    gold, question = "Samuel K. Cohn, Jr.", "Who discussed the study?"
    assert mark(gold, "J. F. D. Shrewsbury", question) == 0
    assert mark(gold, "It was Samuel K. Cohn Jr.", question) == 1


def test_long_texts_of_brackets_and_commas_take_no_time():
    said = "(" * 60 + "aaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbb, " * 6 + "=+"
    begun = time.process_time()
    mark("f(x)=1", said)
    assert time.process_time() - begun < 0.5
