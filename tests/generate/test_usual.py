import pytest

from autophagy.core.parts import Part
from autophagy.generate.spec import GenerateSpec
from autophagy.generate.usual import usual_recipe


@pytest.mark.parametrize(
    ("model", "served", "seeds", "name"),
    [
        ("gpt-5", True, True, "alpaca"),
        ("gpt-5", True, False, "questions"),
        ("smollm2", False, True, "self_instruct"),
        ("smollm2", True, True, "alpaca"),  # what a server calls it
        ("models/Qwen.Q4.GGUF", False, True, "self_instruct"),
        ("models/Qwen.Q4.gguf", False, False, "questions"),
        ("ngram:order=4", False, True, "continue"),
        ("org/model", False, True, "alpaca"),
    ],
)
def test_the_recipe_is_one_that_its_writer_can_follow(model, served, seeds, name):
    assert usual_recipe(model, served=served, seeds=seeds) == name


def test_the_recipe_that_nobody_named_stands_in_the_record():
    spec = GenerateSpec(model="smollm2", seeds="a.jsonl")
    assert spec.recipes == (Part("self_instruct"),)
    assert GenerateSpec(model="smollm2", seeds="a.jsonl", recipes=["alpaca"]).recipes == (Part("alpaca"),)
