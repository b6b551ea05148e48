"""The answers of GPT-3.5 and GPT-4 that LLMDrift recorded in March and June 2023, replayed.

Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?"; Narayanan and Kapoor (2023).
"""

import pytest

from autophagy import drift
from autophagy.drift.finding import found
from conftest import DATA

pytestmark = pytest.mark.slow
FOUR, THREE = "openaichat/gpt-4-0613", "openaichat/gpt-3.5-turbo-0613"
TABLE = {  # per cent before and after, half of the interval's width, up, down, the order of p, mismatch in per cent
    (FOUR, "primes"): (84.0, 51.1, 4.4, 147, 476, 2e-41, 62.6),
    (THREE, "primes"): (49.6, 76.2, 4.4, 419, 153, 1e-29, 59.7),
    (FOUR, "happy"): (83.6, 35.2, 5.2, 27, 269, 3e-51, 67.6),
    (THREE, "happy"): (30.6, 48.2, 5.7, 158, 70, 5e-9, None),
    (FOUR, "opinions"): (97.7, 23.6, 2.2, 0, 1108, 0.0, 78.3),  # published: 78.2 (see docs/drift.md)
    (FOUR, "sensitive"): (21.0, 5.0, 7.2, 0, 16, 3e-5, 16.0),
    (FOUR, "code"): (52.0, 10.0, 16.0, 2, 23, 2e-5, 50.0),
}


@pytest.fixture(scope="module")
def replayed():
    folder = DATA / "llmdrift"
    if not folder.is_dir():
        pytest.skip("the data set llmdrift is not here: set AUTOPHAGY_DATA to the folder that holds it")
    return drift(folder)


@pytest.fixture(scope="module")
def tasks(replayed):
    return {(task["model"], task["task"]): task for task in replayed.tasks}


@pytest.mark.parametrize(("model", "name"), TABLE)
def test_the_rates_flips_and_p_are_those_that_are_known(tasks, model, name):
    task, (before, after, half, up, down, p, mismatch) = tasks[model, name], TABLE[model, name]
    assert [round(100 * task[side]["value"], 1) for side in ("before", "after")] == [before, after]
    assert (task["up"], task["down"]) == (up, down)
    assert p / 2 < task["p"] < 2 * p if p else task["p"] < 1e-300
    difference = task["difference"]
    assert 100 * (difference["high"] - difference["low"]) / 2 == pytest.approx(
        half, rel=0.025
    )  # theirs: the normal one
    if mismatch is not None:
        assert round(100 * task["mismatch"]["value"], 1) == mismatch


def test_primes_alone_tell_the_other_half_of_the_story(tasks):
    classes = tasks[FOUR, "primes"]["classes"]
    rates = {
        name: [round(100 * each[side]["value"], 1) for side in ("before", "after")] for name, each in classes.items()
    }
    assert rates == {"prime": [97.6, 2.4], "composite": [70.4, 99.8]}
    assert [(classes[name]["up"], classes[name]["down"]) for name in rates] == [(0, 476), (147, 0)]
    assert {row["answer"]: row["after"] for row in tasks[FOUR, "primes"]["histogram"]}["no"] == 987


def test_code_got_better_behind_its_fences(tasks):
    lenient = tasks[FOUR, "code"]["lenient"]
    assert [round(100 * lenient[side]["value"]) for side in ("before", "after")] == [52, 70]
    assert (lenient["up"], lenient["down"]) == (11, 2)
    assert lenient["p"] == pytest.approx(0.022, abs=0.001)
    assert 100 * lenient["difference"]["value"] == pytest.approx(18)
    assert found(tasks[FOUR, "code"])[:2] == ["format"] or "format" in found(tasks[FOUR, "code"])


@pytest.mark.parametrize(
    ("model", "name", "before", "after"),
    [
        (FOUR, "primes", 638, 4),
        (THREE, "primes", 730, 891),
        (FOUR, "happy", 2164, 10),
        (THREE, "happy", 1495, 2520),
        (FOUR, "opinions", 30, 69),
        (FOUR, "sensitive", 652, 141),
        (FOUR, "code", 401, 496),
    ],
)
def test_verbosity(tasks, model, name, before, after):
    assert [round(size) for size in tasks[model, name]["verbosity"]] == [before, after]


def test_three_sentences_say_what_took_months(replayed):
    lead, habit, code = replayed.verdict[:3]
    assert lead.startswith(f"{FOUR} does not answer as")
    assert 'it says "no" to nearly everything' in lead
    assert "of prime 2.4 % instead of 97.6 %" in habit
    assert "habit" in habit
    assert code.startswith("Code that runs got better and changed its format")
    assert "10.0 % instead of 52.0 %" in code
    assert "70.0 % instead of 52.0 %" in code
