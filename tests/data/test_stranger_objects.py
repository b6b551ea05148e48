"""JSON, parquet and folders as strangers bring them: torn lists, nested answers of servers, parts, bytes, classes."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load

TEXTS = [f"This is the text number {i} of the set, with some words." for i in range(12)]
ROWS = [{"text": text} for text in TEXTS]


def read(tmp_path, text, name="a.json"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(path))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS)[:-1] + ",]",
        repr(ROWS),
        "\n".join(map(repr, ROWS)),
        json.dumps({"response": {"docs": ROWS, "numFound": 12}}),
        json.dumps({"rows": [{"row_idx": i, "row": row, "truncated_cells": []} for i, row in enumerate(ROWS)]}),
        json.dumps({"hits": {"hits": [{"_id": str(i), "_source": row} for i, row in enumerate(ROWS)]}}),
        json.dumps({f"id{i}": row for i, row in enumerate(ROWS)}),
        "\n".join(json.dumps({"text": text.split(" ")}) for text in TEXTS),
        "\n".join(f'{{"text": "{text}"}}'.replace("the text", "the\ttext") for text in TEXTS),
    ],
)
def test_the_texts_are_found(tmp_path, text):
    assert [" ".join(str(one).split()) for one in read(tmp_path, text).samples.x] == TEXTS


def test_a_list_that_is_cut_off_loses_its_last_object_alone_and_says_so(tmp_path):
    found = read(tmp_path, json.dumps(ROWS, indent=1)[:-30])
    assert [*map(str, found.samples.x)] == TEXTS[:-1]
    assert found.unreadable == 1
    assert any("1 of 12 rows was set aside for being no JSON object" in note for note in found.notes)


def test_turns_in_parts_and_turns_that_call_a_tool_are_a_conversation(tmp_path):
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "x"}}]
    turns = [{"role": "user", "content": parts}, {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}]
    lines = [json.dumps({"messages": [*turns, {"role": "assistant", "content": text}]}) for text in TEXTS]
    first = str(read(tmp_path, "\n".join(lines), "a.jsonl").samples.x[0])
    assert first == f"user: What is this?\nassistant: \nassistant: {TEXTS[0]}"


def test_texts_in_bytes_and_the_index_of_pandas(tmp_path):
    pq.write_table(pa.table({"text": [text.encode() for text in TEXTS]}), tmp_path / "b.parquet")
    assert [*map(str, load(str(tmp_path / "b.parquet")).samples.x)] == TEXTS
    numbers = {"a": [i / 2 for i in range(9)], "b": [i * i for i in range(9)], "__index_level_0__": [*range(9)]}
    pq.write_table(pa.table(numbers), tmp_path / "i.parquet")
    assert load(str(tmp_path / "i.parquet")).samples.x.shape == (9, 2)


def test_the_folders_of_texts_are_their_classes_and_one_folder_is_none(tmp_path):
    for place, text in enumerate(TEXTS):
        file = tmp_path / "many" / "train" / ("neg", "pos")[place % 2] / f"{place:02}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        one = tmp_path / "one" / "all" / f"{place:02}.txt"
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_text(text)
    found = load(str(tmp_path / "many"))
    assert found.samples.meta["label"].tolist() == [0] * 6 + [1] * 6
    assert "label" not in load(str(tmp_path / "one")).samples.meta


def test_tables_beside_parquet_are_told_as_what_they_are(tmp_path):
    (tmp_path / "0.csv").write_text("a,b\n1,2\n3,4\n")
    pq.write_table(pa.table({"a": [1.5, 2, 3], "b": [1, 2, 4]}), tmp_path / "1.parquet")
    notes = load(str(tmp_path)).notes
    assert any("left out, since parquet or Arrow files lie beside them: 0.csv" in note for note in notes)


def documents(tmp_path, data, name):
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_documents(tmp_path)
    return [*map(str, found.samples.x)], found.notes


def test_the_paragraphs_of_a_document_are_its_text(tmp_path):
    squad = {"data": [{"title": "Leave", "paragraphs": [{"context": "Thirty days."}, {"context": "In writing."}]}]}
    assert documents(tmp_path, json.dumps(squad), "a.json")[0] == ["Thirty days.\n\nIn writing."]


def test_digits_above_and_below_the_line_stay_there(tmp_path):
    page = "<p>10<sup>6</sup> of H<sub>2</sub>O, 5 m<sup>2</sup>, Na<sup>+</sup></p><math><mi>x</mi><mo>=</mo></math>"
    text = documents(tmp_path, page, "a.html")[0][0]
    assert "10⁶ of H₂O, 5 m², Na⁺" in text
    assert "x=" in text


def test_characters_in_two_halves_are_put_together(tmp_path):
    texts, notes = documents(tmp_path, b"Smile \xed\xa0\xbd\xed\xb8\x80 for thirty days", "a.txt")
    assert texts == ["Smile 😀 for thirty days"]
    assert any("two halves" in note for note in notes)


def test_values_of_mongo_are_unwrapped_and_several_lists_of_objects_are_refused(tmp_path):
    typed = [{"_id": {"$oid": f"{i:024x}"}, "a": {"$numberDouble": f"{i + 0.5}"}, "b": {"$numberInt": f"{i * i}"}}
             for i in range(20)]  # fmt: skip
    found = read(tmp_path, "\n".join(map(json.dumps, typed)))
    assert found.samples.x.tolist() == [[i + 0.5, i * i] for i in range(20)]
    two = {"images": [{"id": 1}, {"id": 2}], "annotations": [{"id": 1, "box": [1, 2]}, {"id": 2, "box": [3, 4]}]}
    with pytest.raises(DataError, match=r"several lists of objects \(images, annotations\)"):
        read(tmp_path, json.dumps(two))


def test_facts_in_objects_are_read_whole_where_no_column_is_most_of_them(tmp_path):
    address = {"street": "300 First Street", "city": "Stanford", "officeName": "My office", "phones": ["(623) 222"]}
    (tmp_path / "facts.json").write_text(json.dumps([{"ID": "15", "address": address}]))
    found = read_documents(str(tmp_path / "facts.json"))
    assert all(part in str(found.samples.x[0]) for part in ("address.city: Stanford", "My office", "(623) 222"))
    rows = [{"synopsis": text[:20], "short_story": text * 3} for text in TEXTS]
    (tmp_path / "told.json").write_text(json.dumps(rows))
    assert [*map(str, read_documents(str(tmp_path / "told.json")).samples.x)] == [text * 3 for text in TEXTS]
