"""Personas, topics, pre-query templates and verbalised probabilities: what becomes of a scripted writer's replies."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused, Request
from autophagy.core.registry import build
from autophagy.recipes.magpie import FAMILIES, Magpie
from autophagy.recipes.persona import Persona
from autophagy.recipes.textbook import AUDIENCE, Textbook
from autophagy.recipes.verbalised import Verbalised, probability_of
from autophagy.testing.recipes import MADE, PASSAGES, POOL, SEEDS

RNG = np.random.default_rng
WISH = "Name three rivers of Asia."
FORMS = {
    "alone": WISH,
    "a label": f"Task: {WISH}",
    "a bold label": f"**Instruction:** {WISH}",
    "bold": f"**{WISH}**",
    "a number": f"1. {WISH}",
    "Task 9": f"Task 9: {WISH}",
    "quoted": f"“{WISH}”",
    "a preamble": f"Sure! Here is one:\n{WISH}",
    "a fence": f"```\n{WISH}\n```",
    "template tokens round it": f"<|im_start|>user\n{WISH}<|im_end|>",
}
BROKEN = {
    "": "empty",
    "?!": "no words",
    "I'm sorry, but I can't help with that.": "declined",
    "word " * 20_000: "length",
}


def one(found):
    (only,) = found
    return only


def first(recipe, pool=SEEDS, seed=0):
    return recipe.ask(pool, 1, RNG(seed))[0]


# --- every recipe that asks for an instruction and then for its answer


def to_instruction(name):
    """A recipe and its request for an instruction."""
    recipe = build("recipe", name)
    request = first(recipe)
    return recipe, one(recipe.read(request, "a teacher of maps")) if name == "persona" else request


@pytest.mark.parametrize("name", ["persona", "magpie"])
@pytest.mark.parametrize("reply", FORMS.values(), ids=FORMS)
def test_an_instruction_is_answered_as_a_user_would_ask_it(name, reply):
    recipe, request = to_instruction(name)
    follow = one(recipe.read(request, reply))
    assert (follow.text, follow.complete, follow.temperature) == (WISH, False, 0)
    assert recipe.read(follow, "Indus, Mekong, Ob.\n") == [Draft(WISH, "", "Indus, Mekong, Ob.", "", 1)]


@pytest.mark.parametrize("name", ["persona", "magpie"])
@pytest.mark.parametrize(("reply", "reason"), BROKEN.items(), ids=BROKEN.values())
def test_a_broken_instruction_is_not_answered(name, reply, reason):
    recipe, request = to_instruction(name)
    assert one(recipe.read(request, reply)).reason == reason
    assert one(recipe.read(request, WISH, cut=True)) == Refused("cut", WISH)


@pytest.mark.parametrize("name", ["persona", "magpie"])
def test_a_broken_answer_makes_no_row(name):
    recipe, request = to_instruction(name)
    follow = one(recipe.read(request, WISH))
    for reply, reason in {"": "empty", "As an AI, I have none.": "declined", WISH.upper(): "echoed"}.items():
        assert one(recipe.read(follow, reply)).reason == reason
    assert one(recipe.read(follow, "Indus and", cut=True)).reason == "cut"


# --- persona


def test_people_of_a_file_need_no_first_call(tmp_path):
    file = tmp_path / "people.txt"
    file.write_text("\ufeffa nurse\n\n  a  diver \na nurse\n", encoding="utf-8")
    requests = Persona(personas=str(file)).ask([], 4, RNG(1))
    assert [request.of["persona"] for request in requests].count("a nurse") == 2
    assert {request.of["persona"] for request in requests} == {"a nurse", "a diver"}
    assert all(request.of["persona"] in request.text for request in requests)
    file.write_text('{"persona": "a monk"}\n{"persona": "a judge", "n": 1}\n', encoding="utf-8")
    assert {r.of["persona"] for r in Persona(personas=str(file)).ask([], 2, RNG(1))} == {"a monk", "a judge"}


def test_without_a_file_people_are_inferred_from_texts_that_no_model_wrote():
    requests = Persona().ask(POOL, 40, RNG(2))
    assert {name for request in requests for name in request.shown} == {row.id for row in (*SEEDS, *PASSAGES)}
    follow = one(Persona().read(requests[0], "Persona: A teacher who draws maps."))
    assert "A teacher who draws maps." in follow.text
    assert one(Persona().read(requests[0], "She is.\nHe is.")).reason == "no person"
    with pytest.raises(UsageError, match="personas=PATH"):
        Persona().ask(MADE, 1, RNG(0))


# --- textbook


def test_a_topic_of_a_seed_is_two_of_its_words():
    row = PoolRow("s", "Why do glaciers melt?", output="Warmth.")
    requests = Textbook().ask([row], 50, RNG(3))
    assert {frozenset(r.of["topic"].split(" and ")) for r in requests} == {frozenset(("glaciers", "warmth"))}
    assert {r.of["audience"] for r in requests} == set(AUDIENCE)
    assert {r.shown for r in requests} == {("s",)}
    with pytest.raises(UsageError, match="topics=PATH"):
        Textbook().ask([PoolRow("s", "Why? 12345")], 1, RNG(0))


def test_topics_and_audiences_of_files_are_all_used(tmp_path):
    topics, audience = tmp_path / "topics.txt", tmp_path / "audience.txt"
    topics.write_text("heat\nlight\nsound\n", encoding="utf-8")
    audience.write_text("cooks\npilots\n", encoding="utf-8")
    requests = Textbook(topics=str(topics), audience=str(audience)).ask([], 6, RNG(0))
    assert sorted(r.of["topic"] for r in requests) == ["heat", "heat", "light", "light", "sound", "sound"]
    assert sorted(r.of["audience"] for r in requests) == ["cooks"] * 3 + ["pilots"] * 3


def test_a_section_is_a_row_and_an_exercise_with_its_solution_another():
    recipe, text = Textbook(), "Heat is motion. It moves from warm to cold."
    row, follow = recipe.read(first(recipe), text)
    assert row == Draft("", "", text, round=1)
    assert text in follow.text
    for reply in (
        "Exercise: Where does heat go?\nSolution: To the cold.",
        "Sure, here it is:\n**Exercise:** Where does heat go?\n\n**Solution:** To the cold.",
        '{"exercise": "Where does heat go?", "solution": "To the cold."}',
    ):
        assert recipe.read(follow, reply) == [Draft("Where does heat go?", "", "To the cold.", round=1)]
    for reply, reason in {
        "": "empty",
        "Where does heat go?": "no exercise",
        "Exercise: Where does heat go?": "no solution",
        "I cannot do that.": "declined",
    }.items():
        assert one(recipe.read(follow, reply)).reason == reason
    assert one(recipe.read(follow, "Exercise: Where?\nSolution: To", cut=True)).reason == "cut"
    assert Textbook(exercise=False).read(first(recipe), text) == [row]
    assert one(recipe.read(first(recipe), text, cut=True)) == Refused("cut", text)


# --- magpie


@pytest.mark.parametrize("family", FAMILIES)
def test_only_the_part_before_a_users_message_is_shown(family):
    request = first(Magpie(template=family))
    assert request.complete
    assert request.text.endswith(FAMILIES[family].user)
    assert request.stop == (FAMILIES[family].end,)


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("HuggingFaceTB/SmolLM2-135M-Instruct", "smollm2"),
        ("Qwen/Qwen3-8B", "chatml"),
        ("Qwen/Qwen2.5-7B-Instruct", "qwen2.5"),
        ("meta-llama/Meta-Llama-3-8B-Instruct", "llama-3"),
        ("mistralai/Mistral-7B-Instruct-v0.2", "mistral"),
        ("google/gemma-2-9b-it", "gemma"),
        ("", "chatml"),
    ],
)
def test_the_family_is_that_of_the_model(model, family):
    assert first(Magpie(model=model)).text == first(Magpie(template=family)).text


def test_a_family_whose_template_has_a_system_message_unasked_is_shown_it():
    """Else what comes is fragments: magpie-align/magpie#28. The message is that of the model's own template."""
    text = first(Magpie(model="Qwen/Qwen2.5-7B-Instruct")).text
    assert text.startswith("<|im_start|>system\nYou are Qwen, created by Alibaba Cloud.")
    assert text.endswith("<|im_end|>\n<|im_start|>user\n")
    assert "Alibaba" not in first(Magpie(template="qwen2.5", system="You know rivers.")).text


def test_what_the_model_plays_behind_a_users_message_is_left_out():
    recipe = Magpie()
    reply = f"{WISH}<|im_end|>\n<|im_start|>assistant\nIndus, Mek"
    assert one(recipe.read(first(recipe), reply, cut=True)).text == WISH


def test_a_system_message_steers():
    assert first(Magpie(system="You know {rivers}.")).text == (
        "<|im_start|>system\nYou know {rivers}.<|im_end|>\n<|im_start|>user\n"
    )
    with pytest.raises(UsageError, match="leave the setting system out"):
        Magpie(template="gemma", system="You know rivers.")


def test_a_template_of_ones_own_is_shown_as_it_is(tmp_path):
    file = tmp_path / "own.txt"
    file.write_text("<user>\n", encoding="utf-8")
    assert first(Magpie(template=str(file))).text == "<user>\n"
    with pytest.raises(UsageError, match="into which it is to be written"):
        Magpie(template=str(file), system="x")
    with pytest.raises(UsageError, match="does not know the chat template of gpt-x"):
        Magpie(model="gpt-x")


# --- verbalised


def read(reply, recipe=None, cut=False):
    recipe = recipe or Verbalised()
    return recipe.read(first(recipe), reply, cut=cut)


def test_each_task_from_the_tail_is_answered():
    tasks = [("Plan a garden.", 0.05), ("Say hello.", 0.4), ("Sort three words.", "3 %"), ("Count to ten.", "rare")]
    reply = json.dumps([{"task": task, "probability": probability} for task, probability in tasks])
    found = read(reply)
    assert [getattr(each, "reason", "") or each.text for each in found] == [
        "Plan a garden.", "probability above the tail", "Sort three words.", "no probability",
    ]  # fmt: skip
    row = one(Verbalised().read(found[0], "Beds and paths."))
    assert row == Draft("Plan a garden.", "", "Beds and paths.", "", 1)
    assert [each.text for each in read(reply, Verbalised(tail=1.0))] == [task for task, _ in tasks]


def test_more_tasks_than_were_asked_for_are_counted():
    reply = json.dumps([{"task": f"Do {n} things.", "probability": 0.01} for n in range(4)])
    found = read(reply, Verbalised(k=3))
    assert [type(each) for each in found] == [Request, Request, Request, Refused]
    assert found[3] == Refused("more than were asked for", "Do 3 things.")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        ("1. Plan a garden.\n2. Say hello.", "no task"),
        ("I cannot do that.", "declined"),
        ('[{"task": "", "probability": 0.01}]', "empty"),
        ('[{"task": "Plan", "proba', "broken JSON"),
    ],
)
def test_a_broken_list_has_its_reason(reply, reason):
    assert one(read(reply)).reason == reason


@given(st.floats(0, 1))
def test_a_probability_is_read_as_it_was_written(value):
    assert probability_of(str(value)) == value
    assert probability_of(f" ~{100 * value:.4f} %") == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("text", ["", "low", "nan", "1.5", "101 %", "-0.2"])
def test_what_is_no_probability_is_none(text):
    assert math.isnan(probability_of(text))


# --- files


@pytest.mark.parametrize(
    "part",
    ["persona:personas", "persona:template", "textbook:topics", "textbook:audience", "textbook:template",
     "magpie:template", "verbalised:template", "rephrase:template", "backtranslate:template", "questions:template"],
)  # fmt: skip
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00\xd8"], ids=["missing", "empty", "not UTF-8"])
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(part, content, tmp_path):
    file = tmp_path / "file.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises((DataError, UsageError)) as error:
        build("recipe", f"{part}={file}")
    sentence = str(error.value)
    assert str(file) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_line_of_another_kind_is_named(tmp_path):
    file = tmp_path / "people.jsonl"
    file.write_text('{"persona": "a nurse"}\n{"person": "a diver"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"line 2 of .*people\.jsonl is no object with a text 'persona'"):
        Persona(personas=str(file))
