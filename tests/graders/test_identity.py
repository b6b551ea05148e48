"""Which judge it was: what its marks hang on, and how it changed."""

import pytest

from autophagy.graders import judge
from autophagy.graders.identity import judge_change, judge_facts


def test_a_judge_is_itself_and_another_model_rubric_or_build_is_not():
    one = judge_facts("big", build="v1")
    assert not judge_change(one, judge_facts("big", build="v1"))
    assert judge_change(one, one) == ""
    assert judge_change(one, judge_facts("small", build="v1")) == (
        "the judge changed (its model was big and is small): judge both with one"
    )
    assert "its build was v1 and is v2" in judge_change(one, judge_facts("big", build="v2"))
    assert "its prompt was" in judge_change(one, judge_facts("big", build="v1", rubric="Be kind."))
    assert not judge_change(one, judge_facts("big"))  # a server that tells no build has not changed it
    assert not judge_change(None, None)


@pytest.mark.parametrize(("before", "after", "side"), [(True, False, "before"), (False, True, "after")])
def test_a_judge_on_one_side_alone_is_no_judge_of_both(before, after, side):
    one = judge_facts("big")
    told = judge_change(one if before else None, one if after else None)
    assert told == f"a judge marked the answers {side} alone: judge both with one"


def test_every_word_of_the_prompt_counts(monkeypatch):
    before = judge_facts("big")
    monkeypatch.setattr(judge, "NO_REFERENCE", "(none)")  # not shown to an answer that has a reference
    assert judge_facts("big") == before
    monkeypatch.setattr(judge, "FENCE", judge.VERDICT)
    assert judge_facts("big") == before
    assert judge_facts("big", rubric=judge.RUBRIC + " ")["prompt"] != before["prompt"]


def test_weights_of_a_file_and_of_a_folder_count(tmp_path):
    file = tmp_path / "a" / "model.safetensors"
    file.parent.mkdir()
    file.write_bytes(b"0" * (3 << 20))
    first, whole = judge_facts("m", weights=file), judge_facts("m", weights=file.parent)
    assert judge_facts("m", weights=tmp_path / "nowhere")["weights"] == ""
    file.write_bytes(b"0" * (3 << 20) + b"1")
    assert judge_change(first, judge_facts("m", weights=file))
    assert judge_change(whole, judge_facts("m", weights=file.parent))
