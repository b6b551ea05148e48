"""Records are read out of JSON and labelled lines, whatever stands around them, and what is broken is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.recipe import Refused
from autophagy.recipes.records import MENDED, Labelled, records_of

NAMES = ("question", "answer", "quote")
PAIRS = [
    {"question": "Who built the mill?", "answer": "Ada Berg", "quote": "It was built by {Ada} Berg."},
    {"question": "When?", "answer": "In 1810.", "quote": 'They "began" in 1810.'},
]
JSON = json.dumps(PAIRS)
LINES = "\n\n".join("\n".join(f"{name.title()}: {pair[name]}" for name in NAMES) for pair in PAIRS)
WHOLE = {
    "a list": JSON,
    "a fence": f"```json\n{JSON}\n```",
    "an object around it": json.dumps({"questions": PAIRS}),
    "other letters": JSON.replace('"question"', '"Question"'),
    "template tokens round it": f"<|im_start|>assistant\n{JSON}<|im_end|>",
    "labelled lines": LINES,
    "a preamble": f"Sure! Here are the questions:\n\n{LINES}",
    "numbered": LINES.replace("Question:", "1. Question:"),
    "numbered labels": LINES.replace("Question:", "Question 7:").replace("Answer:", "Answer 7:"),
    "bold": LINES.replace("Question:", "**Question:**").replace("Quote:", "**Quote**:"),
    "bullets": LINES.replace("Answer:", "- Answer:"),
    "letters": LINES.replace("Question:", "Q:").replace("Answer:", "A:"),
}
REPAIRED = {
    "prose round it": f"Here you are: {JSON} I hope that it helps, [friend]!",
    "a fence in prose": f"Sure.\n```json\n{JSON}\n```\nAnything else?",
    "objects on lines": "\n".join(map(json.dumps, PAIRS)),
    "a comma too many": JSON.replace("}]", "},]"),
    "a comma too many within": JSON.replace("{Ada}", "Ada").replace('Berg."}', 'Berg.",}'),
    "an unclosed list": JSON.removesuffix("]"),
}


def parts(found):
    return [dict(each.parts) for each in found if isinstance(each, Labelled)]


@pytest.mark.parametrize("reply", WHOLE.values(), ids=WHOLE)
def test_every_form_is_read(reply):
    found = records_of(reply, NAMES)
    assert parts(found) == PAIRS
    assert len(found) == 2
    assert {each.mended for each in found} == {""}


@pytest.mark.parametrize("reply", REPAIRED.values(), ids=REPAIRED)
def test_what_had_to_be_mended_is_read_and_told(reply):
    found = records_of(reply, NAMES)
    bare = [{name: text.replace("{Ada}", "Ada") for name, text in pair.items()} for pair in PAIRS]
    assert [{name: text.replace("{Ada}", "Ada") for name, text in each.items()} for each in parts(found)] == bare
    assert {each.mended for each in found} == {MENDED}


texts = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=":*#-`<>[]|"), min_size=1, max_size=30)
records = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, texts)), min_size=1, max_size=4)


@given(records, st.integers(0, 3), st.booleans())
def test_records_come_back_from_json(pairs, indent, alone):
    text = json.dumps(pairs, indent=indent, ensure_ascii=alone)
    found = records_of(text if alone else f"Well: {text} So.", NAMES)
    assert [dict(each.parts) for each in found] == pairs
    assert all(each.lacks == () for each in found)


@given(records, st.sampled_from(["{name}: {text}", "**{name}:** {text}", "- {name} 3: {text}", "\t{name} : {text}"]))
def test_records_come_back_from_lines(pairs, form):
    lines = [form.format(name=name.upper(), text=pair[name]) for pair in pairs for name in NAMES]
    assert [dict(each.parts) for each in records_of("\n".join(lines), NAMES)] == pairs


@given(records, st.data())
def test_a_reply_that_was_cut_loses_its_last_record_alone_and_says_so(pairs, data):
    text = json.dumps(pairs)
    begin = len(json.dumps(pairs[:-1])) - 1 if len(pairs) > 1 else 0
    at = data.draw(st.integers(text.index("{", begin) + 1, len(text) - 2))
    found = records_of(text[:at], NAMES, cut=True)
    assert [dict(each.parts) for each in found if isinstance(each, Labelled)] == pairs[:-1]
    assert [each.reason for each in found if isinstance(each, Refused)] == ["cut"]


def test_the_last_labelled_record_of_a_cut_reply_is_cut():
    found = records_of(LINES, NAMES, cut=True)
    assert parts(found) == PAIRS[:1]
    assert found[-1] == Refused("cut", LINES.split("\n\n")[1])


def test_a_broken_object_is_told_and_those_beside_it_are_read():
    broken = '{"question": Who?, "answer": "x"}'
    found = records_of(f"[{broken}, {json.dumps(PAIRS[1])}]", NAMES)
    assert found[0] == Refused("broken JSON", broken)
    assert parts(found) == PAIRS[1:]


def test_what_a_record_lacks_is_said():
    (record,) = records_of('{"question": "Who?", "answer": null, "quote": 7}', NAMES)
    assert record.lacks == ("answer",)
    assert record.parts["quote"] == "7"


@pytest.mark.parametrize("reply", ["", "  \n", "?!", "I do not know.", "{}", "[]", '["a", "b"]', '{"other": "x"}'])
def test_nothing_is_found_where_nothing_is(reply):
    assert records_of(reply, NAMES) == []


@pytest.mark.parametrize("piece", ["{", '{"a":', '{"a": {', "[{", '{"question": "', '"{}'])
def test_a_long_broken_reply_holds_no_record(piece):
    """A reading whose time grew with the square of the length would not come back."""
    assert not parts(records_of(piece * 30_000, NAMES))
