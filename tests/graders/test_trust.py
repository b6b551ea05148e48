"""A judge beside people: the three estimates, what it adds, how it errs, and the sentences of it."""

import math

import numpy as np
import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.judge import judge
from autophagy.graders.trust import Marked, differences, errors, estimates, fill
from autophagy.graders.verdict import verdict
from autophagy.statistics.paired import wilson


def marked(judge, people, words=None):
    size = len(judge)
    return Marked(
        np.array(judge, float),
        fill(np.array(judge, float)),
        np.array(people, float),
        [f"d{place}" for place in range(size)],
        np.full(size, 5.0) if words is None else np.array(words, float),
    )


def simulated(truth, labels, size=1000, seed=0, sensitivity=0.95, specificity=0.6):
    rng = np.random.default_rng(seed)
    right = rng.random(size) < truth
    chance = rng.random(size)
    said = np.where(right, chance < sensitivity, chance >= specificity)
    return marked(said, np.where(np.arange(size) < labels, right, math.nan))


def test_a_judge_that_guesses_contradicts_itself_half_the_time():
    """4,000 answers, verdicts by the toss of a coin: one half, within three standard errors (1 in 370 by chance)."""
    rng = np.random.default_rng(0)
    items = [(Question("q", "Who?", ("Ada",)), Answer("q", "Bob"))] * 4000
    found = judge(items, lambda prompts: [f"Verdict: {['CORRECT', 'INCORRECT'][rng.integers(2)]}" for _ in prompts])
    assert abs(found.consistency.value - 0.5) < 3 * 0.5 / math.sqrt(4000)


def test_three_estimates_stand_side_by_side_and_people_pull_the_judge_to_the_truth():
    found = estimates(simulated(0.7, 200, seed=1))
    assert found.judge.low > 0.72  # it lets wrong answers pass: .785 in truth
    assert found.corrected.score.low < 0.7 < found.corrected.score.high
    labelled = simulated(0.7, 200, seed=1).people[:200]
    assert (found.people.low, found.people.high) == pytest.approx(wilson(labelled.mean(), 200))
    assert found.adds
    assert found.best == found.corrected.score
    assert found.json()["worth"] > 200


def test_below_ten_labels_people_alone_are_shown():
    for labels, shown in ((9, False), (10, True)):
        found = estimates(simulated(0.9, labels)).json()
        assert (found["corrected"] is not None) is shown
        assert found["people"]["n"] == labels
    found = estimates(simulated(0.7, 9))
    assert not found.adds
    (told,) = verdict(errors(simulated(0.7, 9)), {"context": found.json()}, {})[-1:]
    assert told.startswith("context: 9 labels, too few to correct a judge")


def test_a_judge_that_is_not_listened_to_adds_nothing_however_wide_people_are():
    rows = marked([1] * 40, [0, 1] * 10 + [math.nan] * 20)
    found = estimates(rows)
    assert found.corrected.weight == 0
    assert not found.adds


def test_a_judge_that_guesses_adds_nothing_and_that_is_said():
    rng = np.random.default_rng(5)
    rows = marked(rng.random(500) < 0.5, np.where(np.arange(500) < 30, rng.random(500) < 0.6, math.nan))
    found = estimates(rows)
    assert not found.adds
    assert found.best == found.people
    (told,) = verdict(errors(rows), {"context": found.json()}, {"a against b": found.json()})[-1:]
    assert "the judge adds nothing" in told
    assert "context: the judge adds nothing to 30 labels" in verdict(errors(rows), {"context": found.json()}, {})[-1]


def test_verdicts_that_cannot_be_read_say_nothing_and_leave_no_answer_out():
    """A judge that can read only what is right: leaving the rest out would say that all are right."""
    rows = simulated(0.6, 300)
    unread = np.where(rows.people == 0, math.nan, rows.judge)
    unread[300:] = np.where(np.random.default_rng(1).random(700) < 0.4, math.nan, 1.0)
    found = estimates(marked(unread, rows.people))
    assert found.judge.value > 0.9
    assert found.corrected.score.low < 0.6 < found.corrected.score.high
    assert found.corrected.score.n == 300
    assert errors(marked(unread, rows.people))["unread"] == (rows.people == 0).sum()


def test_one_class_alone_is_said():
    rows = marked([1, 1, 0, 1] * 5, [1] * 20)
    found = errors(rows)
    assert found["specificity"]["n"] == 0
    told = verdict(found, {}, {})
    assert told[0] == "Of the 20 answers that people call right, the judge calls 75 % (51 to 91) right (sensitivity)."
    assert told[1] == "People called every labelled answer right: whether the judge recognises a wrong one is unknown."
    assert "call wrong" in verdict(errors(marked([1, 0] * 5, [0] * 10)), {}, {})[-1]
    assert verdict(errors(marked([1, 0], [math.nan] * 2)), {}, {}) == []
    mute = verdict(errors(marked([math.nan] * 3 + [1], [1, 1, 0, 0])), {}, {})
    assert mute[0] == "The judge gave no readable verdict on 2 answers that people call right."
    assert mute[-1] == "No verdict of the judge on 3 of 4 labels could be read."


def test_the_difference_of_two_arms_is_paired_by_question():
    a, b = simulated(0.8, 120, seed=1), simulated(0.5, 120, seed=2)
    found = differences(a, b, np.random.default_rng(0))
    assert found.corrected.score.low < 0.3 < found.corrected.score.high
    assert found.judge.high < 0.3  # it is harder to tell apart by a judge that lets much pass
    other = differences(b, a, np.random.default_rng(0))
    assert other.corrected.score.value == pytest.approx(-found.corrected.score.value)
    told = verdict(errors(a), {}, {"context against closed": found.json()})[-1]
    assert told.startswith("context against closed: ")
    assert told.endswith("corrected.")


def test_a_judge_that_favours_length_or_its_family_is_said():
    rng = np.random.default_rng(3)
    people = (rng.random(300) < 0.5).astype(float)
    words = rng.integers(1, 400, 300)
    long = np.where(words > 60, 1.0, people)
    told = verdict(errors(marked(long, people, words)), {}, {})
    assert any("twice the length changes the judge's mark by " in sentence for sentence in told)
    own = np.arange(300) < 150
    partial = np.where(own, 1.0, people)
    told = verdict(errors(marked(partial, people, words), own), {}, {})
    assert any("favours answers of its own family" in sentence for sentence in told)
