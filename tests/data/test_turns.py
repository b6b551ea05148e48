"""Conversations as people have them: in a list, a list a line, the tree of ChatGPT's export, and Claude's export.

The reports: LongCite 11, datasets 6460, FlashRAG 132, ironclaw 151, and haven 615 for a label beside a score.
"""

import gzip
import json

import numpy as np
import pytest

from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.readers.turns import conversation
from reading import read

TURNS = [{"role": "user", "content": "Which lighthouse is tall?"}, {"role": "assistant", "content": "Île Vierge."}]
SAID = "user: Which lighthouse is tall?\nassistant: Île Vierge."


def tree(turns, again=""):
    """What ChatGPT exports: a root without words, and the last answer made `again` before the one that was kept."""
    nodes = {"root": {"message": None, "parent": None, "children": ["0"]}}
    for place, turn in enumerate(turns):
        message = {"author": {"role": turn["role"]}, "content": {"content_type": "text", "parts": [turn["content"]]}}
        after = [str(place + 1)] if place + 1 < len(turns) else []
        nodes[str(place)] = {"message": message, "parent": "root" if not place else str(place - 1), "children": after}
    if again:
        last = nodes[str(len(turns) - 2)]
        last["children"].insert(0, "again")
        nodes["again"] = {
            "message": {"author": {"role": "assistant"}, "content": {"parts": [again]}},
            "parent": "0",
            "children": [],
        }
    return nodes


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return str(path)


@pytest.mark.parametrize(
    "turns",
    [
        TURNS,
        [{"from": turn["role"], "value": turn["content"]} for turn in TURNS],
        [{"sender": turn["role"], "text": turn["content"], "content": None, "uuid": "x"} for turn in TURNS],
        tree(TURNS),
        tree([{"role": "system", "content": ""}, *TURNS][1:], again="I do not know."),
    ],
)
def test_a_conversation_is_one_text_with_the_role_before_each_turn(turns):
    assert conversation(turns) == SAID


@pytest.mark.parametrize(
    "cell",
    [[], {}, [1, 2], {"a": {"message": 1}}, [{"title": "a", "text": "b"}], [{"role": 1, "content": "b"}], "text"],
)
def test_what_is_none_is_none(cell):
    assert conversation(cell) == ""


def test_a_tree_that_leads_back_ends():
    nodes = tree(TURNS)
    nodes["1"]["children"] = ["0"]
    assert conversation(nodes).startswith(SAID)


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize(
    "row", [TURNS, [{"id": 1, "messages": TURNS}], {"title": "A", "create_time": 1.7e9, "mapping": tree(TURNS)},
            {"uuid": "a1", "name": "A", "chat_messages": [{"sender": t["role"], "text": t["content"]} for t in TURNS]}]
)  # fmt: skip
def test_each_is_a_text_of_a_loop_a_document_and_a_row_of_an_audit(tmp_path, row, packed):
    path = written(tmp_path, f"a.jsonl{packed}", "".join(json.dumps(row) + "\n" for _ in range(4)))
    assert [*load(path).samples.x] == [SAID] * 4
    assert [*read_documents(path).samples.x] == [SAID] * 4


def test_an_export_of_chatgpt_is_read_as_its_conversations_and_not_by_their_ids(tmp_path):
    rows = [{"title": "Lamps", "mapping": tree(TURNS), "conversation_id": "8f" * 40, "id": "x"}] * 2
    found = read_documents(written(tmp_path, "conversations.json", json.dumps(rows)))
    assert [*found.samples.x] == [SAID] * 2
    assert [*found.samples.meta["title"]] == ["Lamps"] * 2


def test_sentences_as_lists_of_words_are_a_text_beside_lists_of_other_things(tmp_path):
    row = {
        "doc_key": "PMID1",
        "sentences": [["Cells", "grow", "."], ["They", "rest", "."]],
        "ner": [[[0, 4, "Cell"]], []],
    }
    rows = [{**row, "sentences": []}, row, row, row]
    found = load(written(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    assert [*found.samples.x] == ["Cells grow . They rest ."] * 3
    assert "1 of 4 rows was set aside" in " ".join(found.notes)


def test_lists_of_other_things_alone_are_refused_by_name(tmp_path):
    path = written(tmp_path, "a.jsonl", '{"ner": [[0, "Cell"]]}\n{"ner": [[1, "Cell"]]}\n')
    with pytest.raises(DataError, match="ner holds lists that are no arrays of numbers"):
        load(path)


def test_numbers_in_the_metadata_of_a_question_are_not_the_data(tmp_path):
    rows = [
        {
            "question": f"What is the trade of George Rankin {i}?",
            "metadata": {"pop": i * i, "title": i if i % 3 else "x"},
        }
        for i in range(20)
    ]
    found = load(written(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    assert found.kind == "text"
    assert str(found.samples.x[0]) == rows[0]["question"]
    sensors = [{"place": "the north hall of the mill", "values": {"a": i * 0.5, "b": -i}} for i in range(20)]
    assert load(written(tmp_path, "b.jsonl", "".join(json.dumps(row) + "\n" for row in sensors))).samples.x.shape == (
        20,
        2,
    )


def test_a_score_beside_a_class_in_words_is_the_number(tmp_path):
    path = written(
        tmp_path, "a.csv", "score,player\n" + "".join(f"{i * 1.5 + 0.25},{'ab'[i % 2]}nn\n" for i in range(20))
    )
    found = load(path)
    np.testing.assert_allclose(found.samples.x[:, 0], [i * 1.5 + 0.25 for i in range(20)])
    assert len({*found.samples.meta["label"].tolist()}) == 2


def test_an_audit_reads_lists_a_line_and_exports(tmp_path):
    written(tmp_path, "a.jsonl", json.dumps(TURNS) + "\n[3]\n")
    written(tmp_path, "b.json", json.dumps([{"title": "Lamps", "mapping": tree(TURNS)}] * 2))
    written(tmp_path, "c.jsonl", json.dumps([{"text": "one"}, {"text": "two"}]) + "\n")
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows if row["text"]] == [SAID, SAID, SAID, "one", "two"]
    assert [(each["file"], each["count"], each["row"]) for each in found.reasons] == [("a.jsonl", 1, 2)]


def test_lists_of_which_half_are_numbers_are_not_the_data(tmp_path):  # gorilla 371
    rows = [{"question": f"What is the {i}th tall lighthouse?", "result": [1.5] if i % 2 else ["a"]} for i in range(20)]
    found = load(written(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    assert [*found.samples.x] == [row["question"] for row in rows]
