"""Alpaca reads whole tasks out of replies of every kind, and counts what it loses."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused
from autophagy.recipes.alpaca import Alpaca
from autophagy.testing.recipes import MADE, POOL

RECIPE = Alpaca()
(REQUEST,) = RECIPE.ask(POOL, 1, np.random.default_rng(1))
FIRST, SECOND = (
    Draft("Name three big rivers", "", "Nile\n20. and $20.\n2020."),
    Draft("Shorten this text now", "long", "l"),
)
BOTH = [FIRST, SECOND]
PLAIN = (
    " Name three big rivers\nInput: <noinput>\nOutput: Nile\n20. and $20.\n2020.\n\n"
    "5. Instruction: shorten this text now\nInput: long\nOutput: l"
)


def read(reply, cut=False):
    return RECIPE.read(REQUEST, reply, cut=cut)


def reasons(found):
    return [each.reason for each in found if isinstance(each, Refused)]


FORMS = {
    "as the prompt goes on": PLAIN,
    "with its own number": f"4. Instruction:{PLAIN}",
    "behind a preamble": f"Sure! Here are the tasks:\n\n4. Instruction:{PLAIN}",
    "numbered anew": "1. Instruction:" + PLAIN.replace("5.", "2."),
    "brackets": "4) Instruction:" + PLAIN.replace("5.", "5)"),
    "bold": "**4.** **Instruction:**" + PLAIN.replace("5. Instruction:", "**5.** **Instruction:**"),
    "every part is numbered": "4. Instruction:" + PLAIN.replace("\nInput", "\n4. Input").replace("\nOut", "\n4. Out"),
    "headings": "### Task 9:\nInstruction:" + PLAIN.replace("5. I", "### Task 10:\nI"),
    "labels in the plural": "Instructions:" + PLAIN.replace("Input:", "Inputs:").replace("Output:", "Outputs:"),
    "dashes": "Instruction:" + PLAIN.replace("5. I", "---\nI"),
    "alpaca's own marks": PLAIN.replace("\n\n5.", "\n###\n5."),
    "the second without a label": PLAIN.replace("5. Instruction: ", "5. "),
    "a fence": f"```\n4. Instruction:{PLAIN}\n```",
    "template tokens round it": f"<|im_start|>assistant\n4. Instruction:{PLAIN}<|im_end|>",
    "JSON": json.dumps([{"instruction": d.instruction, "input": d.input, "output": d.output} for d in BOTH]),
    "a fence behind politeness": f"Sure! Here is a task:\n\n```text\n4. Instruction:{PLAIN}\n```",
    "JSON in prose": "Here it is: ```json\n"
    + json.dumps(
        {"tasks": [{"instruction": d.instruction, "input": d.input, "output": d.output} for d in BOTH]}, indent=1
    )
    + "\n```\nHave fun!",
    "no input is n/a": PLAIN.replace("<noinput>", "N/A"),
}


@pytest.mark.parametrize("reply", FORMS.values(), ids=FORMS)
def test_tasks_are_read_however_they_are_written(reply):
    assert read(reply) == BOTH


@pytest.mark.parametrize("reply", FORMS.values(), ids=FORMS)
def test_a_last_task_that_was_cut_is_lost_and_counted(reply):
    found = read(reply, cut=True)
    assert found[:-1] == [FIRST]
    assert reasons(found) == ["cut"]


INSTRUCTION = st.lists(
    st.sampled_from(["rivers", "2020.", "the", "$20.", "list", "20.", "of"]), min_size=4, max_size=9
).map(lambda words: "Name " + " ".join(words))
TEXT = st.lists(
    st.sampled_from(["20.", "2020.", "$20.", "1.5", "rivers", "\n", "20. ", "No. 3"]), min_size=1, max_size=8
)
OUTPUT = TEXT.map(lambda parts: ("So " + " ".join(parts)).strip())


@given(st.lists(st.tuples(INSTRUCTION, OUTPUT, OUTPUT.map(lambda text: f"{text} end")), min_size=1, max_size=5))
def test_no_text_with_numbers_ends_a_task(rows):
    written = "".join(f"{n}. Instruction: {a}\nInput: {b}\nOutput: {c}\n\n" for n, (a, b, c) in enumerate(rows, 4))
    found = read(written)
    assert found == [Draft(*row) for row in rows]


BROKEN = {
    "empty": ("", ["empty"]),
    "a refusal": ("I'm sorry, but I cannot help with that.", ["declined"]),
    "no labels": ("1. Name a river\n2. Name a lake", ["not three parts"] * 2),
    "no output": ("Instruction: Name three big rivers\nInput: a", ["not three parts"]),
    "an output that is empty": ("Instruction: Name three big rivers\nInput: a\nOutput:", ["no output"]),
    "two outputs": ("Instruction: Name three rivers\nInput: a\nOutput: b\nOutput: c", ["not three parts"]),
    "output is input": ("Name three big rivers\nInput: a\nOutput: a", ["input is output"]),
    "a colon at the end": ("Name three big rivers\nInput: a\nOutput: They are:", ["unfinished"]),
    "too short": ("Name three rivers\nInput: a\nOutput: b", ["length"]),
    "too long": (f"{'Name ' * 151}\nInput: a\nOutput: b", ["length"]),
    "a keyword": ("Compose some music for me\nInput: a\nOutput: b", ["keyword"]),
    "a program": ("write a program that counts\nInput: a\nOutput: b", ["write a program"]),
    "punctuation": ("?? Name three big rivers\nInput: a\nOutput: b", ["starts with punctuation"]),
    "other letters": ("Ételt nevezz meg most\nInput: a\nOutput: b", ["starts outside ASCII"]),
    "100,000 tokens": ("word " * 100_000, ["not three parts"]),
    "brackets without end": ("[" * 50_000, ["not three parts"]),
}


@pytest.mark.parametrize(("reply", "told"), BROKEN.values(), ids=BROKEN)
def test_each_loss_has_its_reason(reply, told):
    assert reasons(read(reply)) == told


def test_a_task_that_comes_again_is_left_to_the_novelty_of_the_flow():
    assert len(read("Instruction: Name three big rivers\nInput: a\nOutput: b\n" * 40)) == 40


def test_letters_of_any_script_may_begin_an_instruction_where_the_user_says_so():
    found = Alpaca(ascii=False).read(REQUEST, " Ételt nevezz meg most\nInput:\nOutput: b")
    assert found == [Draft("Ételt nevezz meg most", "", "b")]


def test_prompts_show_seeds_alone_and_end_where_the_next_task_begins():
    assert len(REQUEST.shown) == 3
    assert not {row.id for row in MADE} & set(REQUEST.shown)
    assert REQUEST.text.endswith("\n4. Instruction:")
    assert REQUEST.complete
    assert all(not "It was 2020. It cost $20. 20. 21.".startswith(stop) for stop in REQUEST.stop)
    assert all(stop.startswith("\n21.") for stop in REQUEST.stop)


def test_settings_out_of_bounds_and_seeds_without_outputs_are_told():
    with pytest.raises(UsageError, match="per_call"):
        Alpaca(per_call=3)
    with pytest.raises(UsageError, match="no seed has an output"):
        RECIPE.ask([PoolRow("a", "Name a river")], 1, np.random.default_rng(1))
