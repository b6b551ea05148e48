"""Readings and graders in a task of inspect_ai: what they score there is what they say here."""

import math

import pytest

from autophagy import inspect_scorer
from autophagy.core.errors import UsageError
from evaluated import evaluated


def run(tmp_path, samples, replies, rules):
    from inspect_ai import Task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.solver import generate

    rows = [Sample(id=str(place), **each) for place, each in enumerate(samples)]
    scorers = [inspect_scorer(rule) for rule in rules]
    log = evaluated(Task(MemoryDataset(rows), solver=generate(), scorer=scorers, name="mine"), replies, tmp_path)
    by_id = {sample.id: sample.scores for sample in log.samples}
    return [by_id[str(place)] for place in range(len(rows))], {score.name: score for score in log.results.scores}


def test_a_reading_scores_what_it_reads_and_leaves_unscored_what_it_cannot_read(tmp_path):
    samples = [{"input": "2 + 2?", "target": "4"}] * 3
    scores, results = run(tmp_path, samples, [r"\boxed{4}", r"\boxed{5}", "four"], ["boxed"])
    assert [score["boxed"].answer for score in scores] == ["4", "5", None]
    assert [score["boxed"].value for score in scores[:2]] == ["C", "I"]
    assert math.isnan(scores[2]["boxed"].value)
    assert scores[2]["boxed"].reason == "invalid_response_format"
    assert (results["boxed"].scored_samples, results["boxed"].unscored_samples) == (2, 1)
    assert results["boxed"].metrics["accuracy"].value == 0.5


def test_graders_take_instructions_choices_and_targets_from_the_sample(tmp_path):
    samples = [
        {"input": "Say hello", "target": "", "metadata": {"instructions": ["no_comma"], "type": "greeting"}},
        {"input": "Which is a dog?", "target": "A", "choices": ["a poodle", "a cat"]},
    ]
    scores, results = run(tmp_path, samples, ["Hello, you", "It is a poodle."], ["instructions", "choice"])
    assert scores[0]["instructions"].value == 0
    assert scores[1]["choice"].value == 1
    assert math.isnan(scores[1]["instructions"].value)
    assert scores[1]["instructions"].reason == "not_applicable"
    assert [results[name].unscored_samples for name in ("instructions", "choice")] == [1, 1]


def test_a_rule_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'boxed'"):
        inspect_scorer("boxd")
    with pytest.raises(UsageError, match="lenent"):
        inspect_scorer("boxed:lenent=true")
