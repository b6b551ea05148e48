"""The replay of LLMDrift: its published rates, and those that its critics took from the same recorded answers."""

import math
import re

import pytest

from autophagy.core.registry import find
from autophagy.data.logs import read_log

MARCH, JUNE = "openaichat/gpt-4-0314", "openaichat/gpt-4-0613"
OLD, NEW = "openaichat/gpt-3.5-turbo-0301", "openaichat/gpt-3.5-turbo-0613"


@pytest.fixture(scope="module")
def log():
    from conftest import DATA

    if not (DATA / "llmdrift").exists():
        pytest.skip("the data set llmdrift is not here: set AUTOPHAGY_DATA to the folder that holds it")
    return read_log(DATA / "llmdrift")


def told(log, task, model, rule=None):
    """What was read of each question, by its id."""
    part = rule or log.tasks[task].strict
    reading = find("reading", part.name).build(part.settings)
    return {
        row.question.id: reading(row.question, row.answer) for row in log.rows if (row.task, row.model) == (task, model)
    }


def rights(log, task, model, mark=None):
    """Whether each answer is right, by the id of its question; of recorded marks the one that is named."""
    if mark:
        found = [(row.question.id, row.marks[mark]) for row in log.rows if (row.task, row.model) == (task, model)]
        return {name: right == 1 for name, right in found}
    golds = {row.question.id: row.question.answers for row in log.rows if row.task == task}
    return {name: said in golds[name] for name, said in told(log, task, model).items()}


def flips(before, after):
    up = sum(after[name] and not before[name] for name in before)
    return up, sum(before[name] and not after[name] for name in before)


@pytest.mark.parametrize(
    ("task", "before", "after", "mark", "of", "rates", "flipped"),
    [
        ("primes", MARCH, JUNE, None, 1000, (84.0, 51.1), (147, 476)),
        ("primes", OLD, NEW, None, 1000, (49.6, 76.2), (419, 153)),
        ("happy", MARCH, JUNE, None, 500, (83.6, 35.2), (27, 269)),
        ("happy", OLD, NEW, None, 500, (30.6, 48.2), (158, 70)),
        ("opinions", MARCH, JUNE, None, 1494, (97.7, 23.6), (0, 1108)),
        ("sensitive", MARCH, JUNE, "answered", 100, (21.0, 5.0), (0, 16)),
        ("code", MARCH, JUNE, "as_it_stands", 50, (52.0, 10.0), (2, 23)),
        ("code", MARCH, JUNE, "without_fences", 50, (52.0, 70.0), (11, 2)),
    ],
)
def test_the_published_rates_come_out_to_the_digit(log, task, before, after, mark, of, rates, flipped):
    pair = [rights(log, task, model, mark) for model in (before, after)]
    assert pair[0].keys() == pair[1].keys()
    assert len(pair[0]) == of
    assert tuple(round(100 * sum(each.values()) / of, 1) for each in pair) == rates
    assert flips(*pair) == flipped


def test_march_was_right_about_primes_and_june_about_composites(log):
    classes = {row.question.id: row.question.type for row in log.rows if row.task == "primes"}
    for kind, rates in (("prime", (97.6, 2.4)), ("composite", (70.4, 99.8))):
        names = [name for name, each in classes.items() if each == kind]
        assert len(names) == 500
        for model, rate in zip((MARCH, JUNE), rates, strict=True):
            right = rights(log, "primes", model)
            assert round(sum(right[name] for name in names) / 5, 1) == rate
    assert list(told(log, "primes", JUNE).values()).count("no") == 987


@pytest.mark.parametrize(
    ("task", "before", "after", "differ"),
    [
        ("primes", MARCH, JUNE, 62.6),
        ("primes", OLD, NEW, 59.7),
        ("happy", MARCH, JUNE, 67.6),
        ("happy", OLD, NEW, 77.2),
    ],
)
def test_the_published_mismatch_counts_all_unreadable_answers_as_one(log, task, before, after, differ):
    pair = [told(log, task, model) for model in (before, after)]
    assert round(100 * sum(pair[0][name] != pair[1][name] for name in pair[0]) / len(pair[0]), 1) == differ


def test_of_opinions_an_answer_without_an_option_stands_for_itself(log):
    """Published are 1,169 of 1,494 (78.2 %): an answer that lists all options is (A) there, and no option here."""
    texts = {(row.question.id, row.model): row.answer.text for row in log.rows if row.task == "opinions"}
    march, june = (told(log, "opinions", model) for model in (MARCH, JUNE))
    pairs = [(march[name] or texts[name, MARCH], june[name] or texts[name, JUNE]) for name in march]
    assert sum(one != other for one, other in pairs) == 1_170


def test_the_published_mismatch_of_opinions_is_another_by_one_answer_that_its_own_rate_calls_none(log):
    """`format_mc` compares the first option in brackets, else the text; `answer_survey_mc_score` sees the refusal."""
    texts = {(row.question.id, row.model): row.answer.text for row in log.rows if row.task == "opinions"}
    march, june = (told(log, "opinions", model) for model in (MARCH, JUNE))

    def published(name, model):
        found = re.search(r"\([A-Za-z]\)", texts[name, model])
        return found[0] if found else texts[name, model]

    theirs = {name for name in march if published(name, MARCH) != published(name, JUNE)}
    ours = {name for name in march if (march[name] or texts[name, MARCH]) != (june[name] or texts[name, JUNE])}
    assert (len(theirs), round(100 * len(theirs) / len(march), 1)) == (1_169, 78.2)
    assert ours ^ theirs == {"opinions/VOICE5A_W27"}
    assert texts["opinions/VOICE5A_W27", JUNE].endswith("(C). Not a reason\n(D). Refused")
    assert june["opinions/VOICE5A_W27"] is None


def test_verbosity_fell_from_638_characters_to_4(log):
    lengths = {
        model: [len(row.answer.text) for row in log.rows if (row.task, row.model) == ("primes", model)]
        for model in (MARCH, JUNE)
    }
    assert [round(sum(each) / len(each)) for each in lengths.values()] == [638, 4]


def test_all_rows_are_read_and_what_was_set_aside_is_told(log):
    assert log.unreadable == 0
    assert len(log.rows) == 13_024 - 48
    assert any("opinions: 48 answers have the question" in note for note in log.notes)
    assert set(log.models) == {OLD, NEW, MARCH, JUNE}
    row = next(row for row in log.rows if row.task == "happy")
    assert row.date.startswith("2023-07")
    assert min(row.money, row.answer.seconds, row.answer.tokens_out) > 0
    assert math.isnan(row.answer.tokens_in)
