"""Self-instruct: a list goes on, each task is told apart, and classification is asked output first."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused, Request
from autophagy.recipes.self_instruct import SelfInstruct
from autophagy.testing.recipes import MADE, POOL, SEEDS

RECIPE = SelfInstruct()
(REQUEST,) = RECIPE.ask(POOL, 1, np.random.default_rng(1))
TASKS = ["Name the longest river", "Sort the words given", "Is the claim true"]


def tasks(reply, cut=False, recipe=RECIPE, request=REQUEST):
    return recipe.read(request, reply, cut=cut)


def reasons(found):
    return [each.reason for each in found if isinstance(each, Refused)]


def asked(found):
    return [each.of["instruction"] for each in found if isinstance(each, Request)]


# --- the list


def test_six_seeds_and_two_made_rows_are_shown_and_the_list_goes_on():
    for request in RECIPE.ask(POOL, 20, np.random.default_rng(2)):
        made = {row.id for row in MADE} & set(request.shown)
        assert (len(made), len(request.shown)) == (2, 8)
        assert request.text.endswith("\n9.")
        assert (request.temperature, request.top_p, request.presence, request.complete) == (0.7, 0.5, 2.0, True)
        assert request.stop == ("\n17.",)  # with its line, so that no "16." within a text ends it


def test_without_made_rows_seeds_fill_the_list_and_passages_never_do():
    (request,) = RECIPE.ask([row for row in POOL if not row.made], 1, np.random.default_rng(1))
    assert set(request.shown) <= {row.id for row in SEEDS}
    assert len(request.shown) == 8
    with pytest.raises(UsageError, match="no seeds"):
        RECIPE.ask([row for row in POOL if row.source or row.made], 1, np.random.default_rng(1))


LISTS = {
    "as the prompt goes on": " {0}\n10. {1}\n11. {2}",
    "with its own number": "9. {0}\n10. {1}\n11. {2}",
    "anew, behind a preamble": "Sure, here are the tasks:\n1. {0}\n2. {1}\n3. {2}",
    "brackets": "1) {0}\n2) {1}\n3) {2}",
    "bold": "**1.** {0}\n**2.** {1}\n**3.** {2}",
    "tasks": "Task 9: {0}\nTask 10: {1}\nTask 11: {2}",
    "bullets": "Here are some:\n- {0}\n- {1}\n- {2}",
    "lines": "{0}\n{1}\n{2}",
    "a fence": "```\n9. {0}\n10. {1}\n11. {2}\n```",
    "JSON in prose": 'Here you go:\n```json\n["{0}", "{1}", "{2}"]\n```',
    "template tokens round it": "<|im_start|>assistant\n9. {0}\n10. {1}\n11. {2}<|im_end|>",
}


@pytest.mark.parametrize("form", LISTS.values(), ids=LISTS)
def test_new_tasks_are_read_however_they_are_listed(form):
    reply = form.format(*TASKS)
    assert asked(tasks(reply)) == TASKS
    assert len(tasks(reply)) == 3
    cut = tasks(reply, cut=True)
    assert asked(cut) == TASKS[:2]
    assert reasons(cut) == ["cut"]


def test_objects_in_json_are_tasks_too():
    assert asked(tasks(json.dumps({"tasks": [{"instruction": task} for task in TASKS]}, indent=2))) == TASKS


BROKEN = {
    "empty": ("  ", ["empty"]),
    "a refusal": ("I'm sorry, I cannot help with that request.", ["declined"]),
    "a preamble alone": ("Sure, here are some tasks:", ["preamble"]),
    "too short": (" Name three rivers", ["length"]),
    "too long": (" Name" * 151, ["length"]),
    "a keyword": (" Describe what the picture shows", ["keyword"]),
    "two words as keyword": (" First go to the station", ["keyword"]),
    "a program": (" Write a program that counts", ["write a program"]),
    "punctuation": (' "Name" the longest river', ["starts with punctuation"]),
    "other letters": (" Ételt nevezz meg most", ["starts outside ASCII"]),
    "template tokens": (" Name the<|endoftext|> longest river", ["template tokens"]),
    "one line 40 times": ("Name the longest river\n" * 40, ["repeated"] * 39),
    "100,000 tokens": ("word " * 100_000, ["length"]),
}


@pytest.mark.parametrize(("reply", "told"), BROKEN.values(), ids=BROKEN)
def test_each_loss_has_its_reason(reply, told):
    assert reasons(tasks(reply)) == told


def test_a_prompt_that_comes_back_holds_no_new_task():
    rows = [PoolRow(f"s{n}", f"Name the river number {n}") for n in range(8)]
    (request,) = RECIPE.ask(rows, 1, np.random.default_rng(1))
    found = tasks(request.text, request=request)
    assert reasons(found) == ["echoed"] * 8 + ["empty"]  # the number at its end has nothing behind it


def test_words_within_words_are_no_keywords_and_case_stays():
    assert asked(tasks(" explain a SQL profile of photographs")) == ["Explain a SQL profile of photographs"]


# --- what kind a task is


def test_each_new_task_is_first_asked_for_its_kind():
    (request,) = tasks(f" {TASKS[2]}")
    assert request.of["stage"] == "kind"
    assert TASKS[2] in request.text


@pytest.mark.parametrize(
    ("reply", "first"),
    [("Yes", "output"), (" yes.", "output"), ("**Yes**", "output"), ("No", "input"), ("perhaps", "input")],
)
def test_a_classification_is_asked_output_first_and_all_else_input_first(reply, first):
    (kind,) = tasks(f" {TASKS[2]}")
    (request,) = RECIPE.read(kind, reply)
    assert (request.of["stage"], request.of["first"]) == ("instance", first)
    end = "Class label:" if first == "output" else f"Task: {TASKS[2]}\n"
    assert request.text.endswith(end)
    order = request.text.index("Class label: ") if first == "output" else request.text.index("Input: ")
    other = request.text.index("Message: ") if first == "output" else request.text.index("Output: apple")
    assert order < other


@pytest.mark.parametrize(("told", "first"), [(True, "output"), (False, "input")])
def test_seeds_of_one_kind_save_the_call(told, first):
    seeds = [replace(row, classification=told) for row in SEEDS]
    (request,) = RECIPE.ask(seeds, 1, np.random.default_rng(1))
    (found,) = tasks(f" {TASKS[0]}", request=request)
    assert (found.of["stage"], found.of["first"]) == ("instance", first)


def test_seeds_of_both_kinds_or_of_none_do_not():
    seeds = [replace(row, classification=n % 2 == 0) for n, row in enumerate(SEEDS)]
    for rows in (seeds, [replace(SEEDS[0], classification=True), *SEEDS[1:]]):
        (request,) = RECIPE.ask(rows, 1, np.random.default_rng(1))
        assert tasks(f" {TASKS[0]}", request=request)[0].of["stage"] == "kind"


def test_the_user_may_say_the_kind():
    (request,) = SelfInstruct(classification="yes").ask(POOL, 1, np.random.default_rng(1))
    assert tasks(f" {TASKS[0]}", request=request)[0].of["first"] == "output"
    with pytest.raises(UsageError, match="auto, yes, no"):
        SelfInstruct(classification="maybe")
    with pytest.raises(UsageError, match="human"):
        SelfInstruct(human=9)


# --- its example


def instance(reply, label=False, cut=False, task=TASKS[1]):
    recipe = SelfInstruct(classification="yes" if label else "no")
    (request,) = recipe.ask(POOL, 1, np.random.default_rng(1))
    (example,) = recipe.read(request, f" {task}")
    return recipe.read(example, reply, cut=cut)


GIVEN = {
    "input and output": ("Input: pear, fig\nOutput: fig, pear", ("pear, fig", "fig, pear")),
    "a name for the input": ("List: pear, fig\nOutput: fig, pear", ("List: pear, fig", "fig, pear")),
    "an example with a number": ("Example 1\nInput: pear, fig\nOutput: fig, pear", ("pear, fig", "fig, pear")),
    "no input": ("Output: Nile\n2020. $20.", ("", "Nile\n2020. $20.")),
    "input is none": ("Input: None\nOutput: Nile", ("", "Nile")),
    "bold": ("**Input:** pear\n**Output:** fig", ("pear", "fig")),
    "an echo and the next task": (f"Task: {TASKS[1]}\nInput: a b\nOutput: c\n\nTask: Other\nOutput: d", ("a b", "c")),
}


@pytest.mark.parametrize(("reply", "row"), GIVEN.values(), ids=GIVEN)
def test_an_example_is_read_input_first(reply, row):
    assert instance(reply) == [Draft(TASKS[1], *row)]


@pytest.mark.parametrize("rest", ["Input: c\nOutput: d", "Output: d"])
def test_what_follows_without_a_number_is_counted_too(rest):
    assert instance(f"Input: a\nOutput: b\n{rest}") == [Draft(TASKS[1], "a", "b"), Refused("one more example", rest)]


def test_the_same_example_again_is_counted():
    assert reasons(instance("Class label: a\nText: b\nClass label: a\nText: b", label=True)) == ["repeated"]


def test_further_examples_are_counted_and_a_cut_one_is_lost():
    reply = "Example 1\nInput: a\nOutput: b\nExample 2\nInput: c\nOutput: d"
    assert instance(reply) == [Draft(TASKS[1], "a", "b"), Refused("one more example", "c\nd")]
    cut = instance(reply, cut=True)
    assert cut[0] == Draft(TASKS[1], "a", "b")
    assert reasons(cut) == ["cut"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        ("Just an answer without labels", "no output"),
        ("Input: a\nOutput:", "no output"),
        ("Input: a\nOutput: a", "input is output"),
        ("Input: a\nOutput: The words are:", "unfinished"),
        ("Input: a:\nOutput: b", "unfinished"),
        ("I'm sorry, but I can't do that.", "declined"),
        ("Input: a\nOutput: b<|im_end|>\n<|im_start|>user\nc", "template tokens"),
    ],
)
def test_a_broken_example_has_its_reason(reply, reason):
    assert reasons(instance(reply)) == [reason]


def test_one_input_with_two_outputs_loses_all_examples():
    found = instance("Example 1\nInput: a\nOutput: b\nExample 2\nInput: a\nOutput: c")
    assert reasons(found) == ["two outputs"] * 2


LABELS = " angry\nMessage: I wait.\nClass label: pleased\nMessage: Thanks.\nClass label: neutral\nMessage: Blue?"


def test_an_example_is_read_output_first():
    assert instance(" 7", label=True) == [Draft(TASKS[1], "", "7")]
    assert instance("Class label: yes\nSentence: It rains.", label=True) == [
        Draft(TASKS[1], "Sentence: It rains.", "yes")
    ]
    found = instance(LABELS, label=True)
    assert len([each for each in found if isinstance(each, Draft)]) == 1
    assert reasons(found) == ["one more example"] * 2


def test_no_label_is_favoured_for_being_first():
    """Which of three examples is kept hangs on the task: of 300 each third has 74 to 126 but once in 500 tries."""
    found = [each for n in range(300) for each in instance(LABELS, True, task=f"Is the claim {n} true")]
    kept = [each.output for each in found if isinstance(each, Draft)]
    assert len(kept) == 300
    assert all(74 <= kept.count(label) <= 126 for label in ("angry", "pleased", "neutral"))


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1), min_size=1, max_size=5
    ),
    st.booleans(),
)
def test_any_reply_is_told_of(parts, label):
    reply = "\nClass label: ".join(parts) if label else "\nOutput: ".join(parts)
    found = instance(reply, label)
    assert found
    assert all(each.reason if isinstance(each, Refused) else each.output.strip() for each in found)
