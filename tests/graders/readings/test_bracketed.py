"""Bracketed: what is read of answers as models write them."""

import csv
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.questions import Answer, Question
from autophagy.graders.readings.bracketed import bracketed

YES_NO = Question("a", "Is it?", ("yes",), choices=("yes", "no"))
BARE = str.maketrans("", "", "[]")
THREE = Question("b", "Does it?", ("entailed",), choices=("contradicted", "undetermined", "entailed"))


def read(text, question=YES_NO):
    return bracketed(question, Answer("a", text)), bracketed(question, Answer("a", text), lenient=True)


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("17 is odd, so [Yes].", "yes", "yes"),
        ("[ no ]", "no", "no"),
        ("First [Yes], but on reflection [No]", "no", "no"),
        ("See [1]. [YES]", "yes", "yes"),
        ('I must say "[Yes]" or "[No]".', None, None),
        ('I must say "[Yes]" or "[No]". It is [Yes]', "yes", "yes"),
        ("[Yes]/[No]: [No]", "no", "no"),
        ("[**Yes**]", None, "yes"),
        ("[Answer: No]", None, "no"),
        ("[yes or no]", None, None),
        ("The answer is **no**.", None, "no"),
        ("Answer: Yes, though it has no small divisors", None, "yes"),
        ("No\n\nStep 1: is it even? If yes, then it is composite. It is a prime number.", None, "no"),
        ("It has no divisors but 1 and itself", None, None),
        ("Yes, 17 has no divisors", None, "yes"),
        ("Whether yes or no, I cannot say", None, None),
        ("", None, None),
        ("[\u200byes\u200b]", "yes", "yes"),
        ("I'm sorry, but I cannot help with that.", None, None),
        ("Nobody knows; yesterday was [Sunday]", None, None),
    ],
)
def test_yes_and_no(text, strict, lenient):
    assert read(text) == (strict, lenient)


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("So it is [entailed].", "entailed", "entailed"),
        ("[Entailed]", "entailed", "entailed"),
        ("So the hypothesis is not entailed.", None, None),
        ("It is neither entailed nor contradicted, so it is undetermined.", None, "undetermined"),
        ("It is undetermined: it isn't entailed and cannot be contradicted", None, "undetermined"),
        ("[not entailed]", None, None),
        ('"[entailed]", "[contradicted]" or "[undetermined]"', None, None),
    ],
)
def test_three_choices(text, strict, lenient):
    assert read(text, THREE) == (strict, lenient)


@given(st.text(), st.sampled_from(THREE.choices), st.text(alphabet=" \n.*"))
def test_a_choice_in_brackets_at_the_end_is_read_whatever_stands_before(before, choice, after):
    text = f"{before.replace('[', '(')}\n\n[{choice}]{after}"
    assert read(text, THREE) == (choice, choice)


@given(
    st.lists(
        st.sampled_from(["[", "]", "entailed", "contradicted", "not", "answer", ":", " ", "\n", "or"]), max_size=12
    )
)
def test_leniently_no_less_is_read(parts):
    strict, lenient = read("".join(parts), THREE)
    assert strict in (None, lenient)


def test_without_their_brackets_real_answers_are_read_as_with_them(real_data):
    """LLMDrift's answers about primes that have brackets: leniently, the same is found once they are taken off."""
    with gzip.open(real_data("llmdrift/PRIME_FULL_EVAL.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        texts = [row["answer"] for row in csv.DictReader(file)]
    pairs = [(strict, read(text.translate(BARE))[1]) for text in texts if (strict := read(text)[0])]
    assert len(pairs) == 3_758
    assert sum(strict != bare for strict, bare in pairs) <= 4


@pytest.mark.parametrize("piece", ["\n", "[", "]", "[yes] or ", "answer ", "answer is\n", "not yes ", "# "])
def test_very_long_answers_are_read_in_one_pass(piece):
    """A pattern that looks again from every place would not come to an end here."""
    assert read(piece * 100_000 + "\nno.") == (None, "no")
