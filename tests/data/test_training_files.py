"""Conversations, preferences and exports as those who train, serve and test models write them."""

import json

import pytest

from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.questions import read_prompts
from autophagy.data.readers.objects import json_records
from autophagy.data.readers.turns import conversation
from autophagy.data.stream.wording import wording

ASKED, REPLY, WORSE = (
    "Which lighthouse of them all is tall?",
    "Île Vierge is.",
    "That is hard to say, for there are many.",
)
USER = {"role": "user", "content": ASKED}
GOOD, BAD = ({"role": "assistant", "content": said} for said in (REPLY, WORSE))
PICTURE = {"type": "image", "value": "a.png"}
SPANS = [{"type": "text", "text": REPLY}, {"type": "tool_use", "id": "a"}]
PEOPLE = {"participants": [{"name": "A"}, {"name": "B"}], "title": "A, B"}
BOTH = f"user: {ASKED}\nassistant: {REPLY}"


def lines(tmp_path, *rows, name="a.jsonl"):
    path = tmp_path / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def text(row):
    found = wording(list(row), [row])
    return found and found.of(row)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ([{"role": "user", "content": [{"type": "text", "value": ASKED}, PICTURE]}], "user"),
        ([{"role": "user", "parts": [{"text": ASKED}]}], "user"),
        ([{"author": "user", "content": ASKED}], "user"),
        ([{"type": "human", "data": {"content": ASKED}}], "human"),
        ([{"type": "human", "content": ASKED}], "human"),
        ([{"role": "user", "message": ASKED}], "user"),
        ([{"role": "user", "blocks": [{"block_type": "text", "text": ASKED}]}], "user"),
        ({"messages": [USER], "tools": []}, "user"),
        (USER, "user"),
    ],
)
def test_turns_are_read_as_each_library_writes_them(turns, said):
    assert conversation(turns) == f"{said}: {ASKED}"


def test_answers_that_hang_on_what_they_answer_are_turns():
    assert conversation({"role": "prompter", "text": ASKED, "replies": [{"role": "assistant", "text": REPLY}]}) == (
        f"prompter: {ASKED}\nassistant: {REPLY}"
    )


def test_kinds_and_authors_that_are_objects_are_no_speakers():
    assert conversation({"type": {"a": 1}, "content": "b"}) == ""
    assert conversation([{"author": ["user"], "content": "b"}]) == ""
    assert conversation([{"role": "user", "content": [{"type": {"a": 1}, "text": "b"}]}]) == "user: b"


@pytest.mark.parametrize("cell", [[{"role": "user", "content": [PICTURE]}], {"role": "chef", "text": "a"}])
def test_turns_without_words_and_people_with_a_role_are_no_conversation(cell):
    assert conversation(cell) == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"prompt": [USER], "rejected": [BAD], "chosen": [GOOD]}, f"user: {ASKED}\n\nassistant: {REPLY}"),
        ({"prompt": [USER], "completion": [GOOD]}, f"user: {ASKED}\n\nassistant: {REPLY}"),
        ({"rejected": [USER, BAD], "chosen": [USER, GOOD]}, BOTH),
        ({"prompt": ASKED, "rejected": [USER, BAD], "chosen": [USER, GOOD]}, BOTH),
        ({"messages": [USER, GOOD], "rejected": BAD, "chosen": GOOD}, BOTH),
        ({"conversations": [USER], "chosen": GOOD, "rejected": BAD}, f"user: {ASKED}\n\nassistant: {REPLY}"),
        ({"rejected": f"Human: {WORSE * 2}", "chosen": f"Human: {ASKED}"}, f"Human: {ASKED}"),
        ({"input": ASKED, "output": REPLY}, f"{ASKED}\n\n{REPLY}"),
        ({"user_input": ASKED, "retrieved_contexts": [WORSE], "response": REPLY}, f"{ASKED}\n\n{REPLY}"),
        ({"tweet": {"full_text": ASKED, "source": f"<a>{WORSE * 9}</a>"}}, ASKED),
        ({"summary": "A light.", "dialogue": f"A: {ASKED} B: {REPLY}"}, f"A: {ASKED} B: {REPLY}"),
        ({"summary": "A light.", "content_html": f"<p>{ASKED}</p>"}, f"<p>{ASKED}</p>"),
    ],
)
def test_the_text_is_what_a_model_should_learn_from(tmp_path, row, said):
    assert text(row) == said
    assert [*read_documents(lines(tmp_path, row, row)).samples.x] == [said] * 2


def test_a_loop_learns_from_no_answer_that_was_rejected(tmp_path):
    rows = [{"rejected": WORSE + "x" * place, "chosen": REPLY + "x" * place} for place in range(3)]
    assert "rejected" not in load(lines(tmp_path, *rows)).notes[0]


def test_a_remark_in_few_rows_is_no_text():
    rows = [{"req": ASKED} for _ in range(20)]
    rows[7]["comment"] = WORSE * 9
    assert wording(["req", "comment"], rows).columns == ("req",)


def test_documents_say_which_column_was_taken_for_the_text(tmp_path):
    notes = read_documents(lines(tmp_path, *[{"query": ASKED, "memory": WORSE}] * 2)).notes
    assert "The text is the column memory, which holds the longest texts" in " ".join(notes)


def test_the_passages_of_squad_are_its_documents_and_not_its_answers(tmp_path):
    row = {"context": WORSE, "question": ASKED, "answers": {"text": [REPLY], "answer_start": [3]}}
    path = lines(tmp_path, *[{**row, "id": f"a{place}"} for place in range(3)])
    assert [*read_documents(path).samples.x] == [WORSE] * 3
    assert "The texts are in the column context." in load(path).notes


@pytest.mark.parametrize(
    ("row", "golds"),
    [
        ({"prompt": [USER], "completion": [GOOD]}, (REPLY,)),
        (
            {"contents": [{"role": "user", "parts": [{"text": ASKED}]}, {"role": "model", "parts": [{"text": REPLY}]}]},
            (REPLY,),
        ),
        ({"messages": [USER, {"role": "assistant", "content": SPANS}]}, (REPLY,)),
        ({"input": {"messages": [USER]}, "output": GOOD}, (REPLY,)),
        ({"messages": [USER, BAD, USER]}, ()),
        ({"prompt": ASKED, "completion": REPLY, "label": True}, (REPLY,)),
        ({"prompt": ASKED, "completion": WORSE, "label": False}, ()),
        ({"user_input": ASKED, "reference": REPLY}, (REPLY,)),
        ({"input_text": ASKED, "output_text": REPLY}, (REPLY,)),
    ],
)
def test_questions_and_what_is_right(tmp_path, row, golds):
    (found,), _ = read_prompts(lines(tmp_path, row))
    assert (found.text, found.answers) == (ASKED, golds)


def test_why_no_row_is_a_question_is_told(tmp_path):
    with pytest.raises(DataError, match=r"holds no question \(1 of 1 rows .* row 1: its answer cannot be read\)"):
        read_prompts(lines(tmp_path, {"question": ASKED, "answer": {"start": 3}}))


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ([USER, GOOD], [BOTH]),
        ({"title": "Lights", "messages": [USER, GOOD]}, [BOTH]),
        ({**PEOPLE, "messages": [{"sender_name": "A", "content": ASKED}] * 2}, [ASKED] * 2),
        ({"task": WORSE * 3, "grader": {"config": {"bounds": [{"type": "min"}, {"type": "max"}]}}}, [WORSE * 3]),
        ({"took": 1, "hits": {"hits": [{"_source": {"abstract": WORSE}}] * 3}}, [WORSE] * 3),
    ],
)
def test_the_rows_of_one_object_are_what_most_of_it_is(value, texts):
    rows = [*json_records(json.dumps(value).encode(), nested=True)]
    assert [text(row) for row in rows] == texts


def test_a_text_within_metadata_may_be_the_longest_and_the_text(tmp_path):
    rows = [{"id": f"a{place}", "clean": "rm a.sh", "metadata": {"goal": f"{WORSE} {place}"}} for place in range(3)]
    assert load(lines(tmp_path, *rows)).samples.x[1] == f"{WORSE} 1"
    rows = [{"id": f"a{place}", "values": [0.1, place], "metadata": {"text": f"{WORSE} {place}"}} for place in range(3)]
    assert load(lines(tmp_path, *rows)).samples.x[1] == f"{WORSE} 1"
