"""How a model is asked: told by its size and its template, and refused where it cannot be had."""

import pytest

from autophagy.answering.find import find_model
from autophagy.answering.size import prompt_form
from autophagy.context.prompt import BEGUN
from autophagy.core.errors import UsageError
from autophagy.gguf.find import find_gguf
from autophagy.gguf.header import parameters

PASSAGE = ["Employees have thirty days of leave a year."]


def test_the_small_real_model_has_its_answers_begun(smollm2):
    assert parameters(find_gguf(smollm2).path) == 134_515_008  # as its card says: 135 million
    assert prompt_form("auto", smollm2) is BEGUN
    assert prompt_form("instructed", smollm2).name == "instructed"


def test_a_folder_is_told_by_its_weights_and_its_template(tiny_model, tmp_path):
    assert prompt_form("auto", str(tiny_model)) is BEGUN
    assert prompt_form("auto", "world").name == "instructed"  # it was trained on that form
    assert prompt_form("auto", str(tmp_path)).name == "instructed"  # nothing is known of it
    assert prompt_form("begun", str(tmp_path)) is prompt_form("begun", "world") is BEGUN
    (tmp_path / "model.safetensors").write_bytes(b"\x02" + bytes(7) + b"[]")  # no header of safetensors
    assert prompt_form("auto", f"{tmp_path}/").name == "instructed"


def test_what_cannot_be_had_is_refused():
    assert prompt_form("auto", "qwen3", "http://127.0.0.1:1/v1").name == "instructed"
    with pytest.raises(UsageError, match="begins the answer, which a server does not allow"):
        prompt_form("begun", "qwen3", "http://127.0.0.1:1/v1")
    with pytest.raises(UsageError, match=r"there is no prompt 'begin'.*name auto, instructed or begun"):
        prompt_form("begin", "world")


@pytest.mark.parametrize("tuned", [False, True])
def test_an_answer_goes_on_behind_what_it_begins_with(smollm2, tuned):
    model = find_model(smollm2, tuned=tuned, begins=BEGUN.begins)
    (made,) = model.complete([BEGUN.ask("How many days of leave do employees have a year?", PASSAGE)], max_tokens=24)
    assert "thirty" in made.text
    assert BEGUN.begins not in made.text
    plain = find_model(smollm2, tuned=tuned)
    assert made.tokens_in > plain.complete([BEGUN.ask("How many days?", PASSAGE)], max_tokens=1)[0].tokens_in
