"""Primes, happy numbers and arithmetic: gold answers by other ways, each question once, and what cannot be asked."""

import re
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.questions import Answer
from autophagy.graders.readings.number import number
from autophagy.suites.arithmetic import KINDS, arithmetic
from autophagy.suites.happy import happy, happy_numbers
from autophagy.suites.primes import primes


def drawn(suite, n, seed=1, **settings):
    return suite(n, np.random.default_rng(seed), **settings)


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def is_happy(number):
    seen = set()
    while number not in seen:
        seen.add(number)
        number = sum(int(digit) ** 2 for digit in str(number))
    return number == 1


def asked(question):
    return [int(each) for each in re.findall(r"\d+", question.text)]


@pytest.mark.parametrize("settings", [{}, {"low": 2, "high": 2_000}, {"low": 90_000, "high": 99_999}])
def test_primes_by_trial_division(settings):
    questions = drawn(primes, 300, **settings)
    for question in questions:
        (value,) = asked(question)
        assert question.answers == (("yes",) if is_prime(value) else ("no",))
        assert question.type == ("prime" if is_prime(value) else "composite")
        assert settings.get("low", 1_000) <= value <= settings.get("high", 20_000)
    assert len({each.text for each in questions}) == 300
    assert Counter(each.answers[0] for each in questions) == {"yes": 150, "no": 150}


def test_primes_ask_every_number_once_until_there_are_no_more():
    most = 2 * sum(is_prime(value) for value in range(1_000, 2_001))
    questions = drawn(primes, most, high=2_000)
    assert len({each.text for each in questions}) == most
    assert sum(each.answers == ("yes",) for each in questions) == most // 2
    with pytest.raises(UsageError, match=f"has only {most} numbers from 1,000 to 2,000"):
        drawn(primes, most + 1, high=2_000)


def test_happy_numbers_by_following_each():
    found = happy_numbers(20_000)
    assert [bool(each) for each in found[1:]] == [is_happy(value) for value in range(1, 20_000)]
    assert not found[0]
    assert len(happy_numbers(3)) == 3


def test_happy_counts_both_ends_and_asks_every_interval_once():
    questions = drawn(happy, 400)
    for question in questions:
        low, high = asked(question)[:2]
        assert question.answers == (str(sum(map(is_happy, range(low, high + 1)))),) == (question.type,)
        assert 500 <= low < 10_000
        assert 5 <= high - low + 1 <= 10
    assert len({each.text for each in questions}) == 400


def test_no_count_of_happy_numbers_is_right_much_more_often_than_others():
    counted = Counter(each.type for each in drawn(happy, 70))
    assert set(counted) == set("0123456")
    assert max(counted.values()) <= 11  # 10, and what the five intervals with 6 of them leave


def test_happy_has_so_many_intervals_and_no_more():
    assert len({each.id for each in drawn(happy, 60, high=510)}) == 60
    with pytest.raises(UsageError, match="has only 60 intervals, not 61"):
        drawn(happy, 61, high=510)


def test_arithmetic_by_its_own_formula():
    """Every question is worked out again from its text, word problems sentence by sentence."""
    for question in drawn(arithmetic, 600, hardest=5):
        worked = story(question.text) if question.type == "word problem" else plain(question.text)
        assert worked.denominator == 1
        assert worked >= 0
        assert question.answers == (str(worked),), question.text


def plain(text):
    a, sign, b = re.match(r"What is (\d+) (.) (\d+)\?", text).groups()
    return Fraction({"+": int.__add__, "-": int.__sub__, "*": int.__mul__}[sign](int(a), int(b)))


def story(text):
    held = Fraction(0)
    for sentence in text.split(" How many ")[0].split("."):
        values = [Fraction(each) for each in re.findall(r"\d+", sentence)]
        if " has " in sentence:
            (held,) = values
        elif "finds" in sentence:
            held += values[0]
        elif "buys" in sentence:
            held += values[0] * values[1]
        elif "times as many" in sentence:
            held *= values[0]
        elif "gives" in sentence:
            held -= values[0]
        elif "heaps" in sentence:
            held /= values[0]
        else:
            assert not sentence.strip()
    return held


def test_arithmetic_asks_as_many_of_each_kind_and_level_and_nothing_twice():
    questions = drawn(arithmetic, 240)
    assert Counter(each.type for each in questions) == dict.fromkeys(KINDS, 60)
    assert set(Counter(each.id.split("/")[2] for each in questions).values()) == {80}
    assert len({each.text for each in questions}) == 240


def test_the_result_is_read_as_the_prompt_asks_for_it():
    for question in drawn(arithmetic, 40):
        assert (
            number(question, Answer(question.id, f"First 1 and 2.\n#### {question.answers[0]}")) == question.answers[0]
        )


@pytest.mark.parametrize(
    ("suite", "settings"),
    [
        (primes, {"low": 1}),
        (primes, {"low": 5_000, "high": 4_000}),
        (primes, {"high": 10**12}),
        (primes, {"low": 24, "high": 28}),
        (happy, {"high": 500}),
        (happy, {"longest": 4}),
        (happy, {"high": 10**9}),
        (arithmetic, {"hardest": 0}),
        (arithmetic, {"hardest": 99}),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(suite, settings):
    with pytest.raises(UsageError) as told:
        drawn(suite, 10, **settings)
    assert str(told.value).count(".") == 1


def test_arithmetic_says_when_there_is_nothing_new():
    with pytest.raises(UsageError, match="different questions, not 10,000"):
        drawn(arithmetic, 10_000, hardest=1)
