"""Numbers behind flags: one way to read them, and one sentence for what is none."""

import pytest

from autophagy.cli.main import main
from autophagy.cli.numbers import NUMBER, SHARE, WHOLE, numeric
from autophagy.core.errors import UsageError


@pytest.mark.parametrize(
    ("text", "what", "number"),
    [("10k", WHOLE, 10_000), ("1e2", WHOLE, 100), ("1,000", WHOLE, 1000), ("2%", SHARE, 0.02), ("1.5", NUMBER, 1.5)],
)
def test_numbers_are_read_as_people_write_them(text, what, number):
    found = numeric("n", text, what)
    assert found == number
    assert isinstance(found, int) == (what == WHOLE)


@pytest.mark.parametrize("text", ["x", "", "1.5", "0", "-1", "nan", "inf", "True", "None", "1e400"])
def test_what_is_no_whole_number_from_1_on_is_one_sentence(text):
    with pytest.raises(UsageError) as error:
        numeric("max_tokens", text, WHOLE, least=1)
    assert str(error.value) == f"--max-tokens is {text!r}: give a whole number, 1 or more."


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["labels", "."], "--n"),
        (["labels", "."], "--seed"),
        (["drift", "record", "--suite", "primes", "--model", "m"], "--connections"),
        (["drift", "record", "--suite", "primes", "--model", "m"], "--per-minute"),
        (["drift", "watch", "."], "--prompts"),
        (["drift", "watch", "."], "--alpha"),
        (["drift", "watch", "."], "--connections"),
        (["drift", "watch", "."], "--per-minute"),
        (["cost", "--gpu-hours", "1"], "--watts"),
        (["generate", "--seeds", "s.jsonl", "--model", "m", "--rows", "1"], "--preview"),
        (["ask", "?", "--documents", "world"], "--passages"),
        (["view", "."], "--port"),
    ],
)
def test_every_verb_says_it_in_the_same_words(words, flag, capsys):
    assert main([*words, flag, "x"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"autophagy: {flag} is 'x': give a")
    assert len(told.err.splitlines()) == 1
    assert told.out == ""
