"""The fine-tuned arms as presets of one: their settings, and what each of them says of itself."""

import pytest

from autophagy.arms.default import ARMS, default_arms
from autophagy.arms.finetuned import Finetuned
from autophagy.core.errors import UsageError
from autophagy.core.registry import build, find

SHARED = {
    "rewritings": 10, "writer": "auto", "exposures": 40, "learning_rate": "search", "gain": 0.15, "patience": 3,
    "batch": 8, "context": 128, "rank": 8, "mode": "auto",
}  # fmt: skip
WEIGHTS = frozenset({"weights"})
PRESETS = {  # method, passages, what it learns from, needs
    "full": ("full", 0, "documents", WEIGHTS),
    "lora": ("lora", 0, "documents", WEIGHTS),
    "qlora": ("qlora", 0, "documents", WEIGHTS | {"cuda"}),
    "full+context": ("full", 3, "documents", WEIGHTS | {"embedder"}),
    "lora+context": ("lora", 3, "documents", WEIGHTS | {"embedder"}),
    "format": ("full", 0, "style", WEIGHTS | {"style"}),
}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_the_one_arm_with_its_own_defaults(name):
    method, passages, learns, needs = PRESETS[name]
    assert find("arm", name).settings == SHARED | {"passages": passages}
    arm = build("arm", f"{name}:rewritings=2")
    assert isinstance(arm, Finetuned)
    assert (arm.method, arm.passages, arm.learns, arm.rewritings) == (method, passages, learns, 2)
    assert (arm.needs, arm.seeded, arm.control) == (needs, True, name == "format")


@pytest.mark.parametrize("fixed", ["method=lora", "learns=style"])
def test_what_a_preset_is_is_no_setting(fixed):
    with pytest.raises(UsageError, match="has no setting"):
        build("arm", f"full:{fixed}")


def test_the_arms_of_a_comparison_that_names_none_are_those_that_lack_nothing():
    assert default_arms(frozenset()) == ARMS
    served = [part.name for part in default_arms(frozenset({"weights"}))]
    assert served == ["closed", "context", "oracle", "random"]
    assert {part.name for part in ARMS} - {part.name for part in default_arms(frozenset({"style"}))} == {"format"}
