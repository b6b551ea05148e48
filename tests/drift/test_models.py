import pytest

from autophagy.core.errors import AutophagyError
from autophagy.drift.models import family, model_pairs


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-4-0314", "gpt-4"),
        ("openaichat/gpt-3.5-turbo-0613", "openaichat/gpt-3.5-turbo"),
        ("gpt-4o-2024-05-13", "gpt-4o"),
        ("claude-3@20240229", "claude-3"),
        ("SmolLM2-135M", "SmolLM2-135M"),
        ("llama-7b", "llama-7b"),
    ],
)
def test_a_family_is_a_name_without_its_date(model, name):
    assert family(model) == name


def test_snapshots_of_one_log_follow_each_other_by_date():
    models = ["a-0613", "b-0301", "a-0314", "b-0613", "a-1106"]
    assert model_pairs(models, None) == [("a-0314", "a-0613"), ("a-0613", "a-1106"), ("b-0301", "b-0613")]


def test_two_models_of_one_log_are_compared_in_its_order():
    assert model_pairs(["small", "large"], None) == [("small", "large")]


def test_two_logs_hold_a_model_against_itself_or_its_family():
    assert model_pairs(["m"], ["other"]) == [("m", "other")]
    assert model_pairs(["a", "b"], ["b", "a"]) == [("a", "a"), ("b", "b")]
    assert model_pairs(["a-0314", "b"], ["a-0613", "c"]) == [("a-0314", "a-0613")]


def test_models_that_are_named_go_before():
    assert model_pairs(["a", "b", "c"], None, ("c", "a")) == [("c", "a")]
    assert model_pairs(["a"], ["b", "c"], ("", "c")) == [("a", "c")]


@pytest.mark.parametrize(
    ("before", "after", "chosen", "words"),
    [
        ([], None, ("", ""), "no answer"),
        (["a", "b", "c"], None, ("", ""), "--from and --to"),
        (["a"], None, ("", ""), "of one model, a: give the answers after as a second log"),
        (["alpha", "beta"], None, ("alhpa", "beta"), "did you mean 'alpha'"),
        (["a", "b"], ["c"], ("", "c"), "name one with --from"),
    ],
)
def test_what_cannot_be_told_is_said(before, after, chosen, words):
    with pytest.raises(AutophagyError, match=words):
        model_pairs(before, after, chosen)
