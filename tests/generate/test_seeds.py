import json

import pytest

from autophagy.core.errors import AutophagyError
from autophagy.generate.seeds import read_pool
from autophagy.generate.spec import GenerateSpec


def pool(tmp_path, rows, **more):
    path = tmp_path / "seeds.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return read_pool(GenerateSpec(seeds=str(path), model="m", **more))


def test_the_format_of_self_instruct_is_read(tmp_path):
    row = {
        "id": "t1",
        "instruction": "Add.",
        "instances": [{"input": "1, 2", "output": "3"}],
        "is_classification": False,
    }
    rows, _ = pool(tmp_path, [row, {"instruction": "Sort."}])
    assert [row.classification for row in rows] == [False, None]
    rows = rows[:1]
    assert [(row.id, row.instruction, row.input, row.output) for row in rows] == [("seed-t1", "Add.", "1, 2", "3")]


def test_other_names_of_columns_are_known_and_texts_are_enough(tmp_path):
    rows, _ = pool(tmp_path, [{"prompt": "Add.", "response": "3"}, {"text": "A story."}])
    assert [(row.instruction, row.output) for row in rows] == [("Add.", "3"), ("A story.", "")]


def test_what_is_empty_or_repeated_is_set_aside_and_told(tmp_path):
    rows, notes = pool(tmp_path, [{"instruction": "Add."}, {"instruction": "Add."}, {"instruction": " "}])
    assert len(rows) == 1
    assert any("1 rows without a text" in note for note in notes)
    assert any("1 seeds that repeat another" in note for note in notes)


def test_documents_are_passages_with_their_source(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "mill.md").write_text("The mill has nine wheels. " * 40, encoding="utf-8")
    rows, _ = read_pool(GenerateSpec(documents=str(tmp_path / "docs"), model="m"))
    assert {row.source for row in rows} == {"mill.md"}
    assert len(rows) > 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"model": "m", "seeds": "a.jsonl", "budget": "5usd"}, "give --prices"),
        ({"model": "m", "seeds": "a.jsonl", "budget": "five"}, "cannot be read"),
        ({"model": "", "seeds": "a.jsonl"}, "not empty"),
    ],
)
def test_wrong_specs_are_sentences(fields, words):
    with pytest.raises(AutophagyError, match=words):
        GenerateSpec(**fields)


def test_a_file_without_seeds_is_a_sentence(tmp_path):
    with pytest.raises(AutophagyError, match=r"no row of .* can be a seed"):
        pool(tmp_path, [{"number": 3}])
    with pytest.raises(AutophagyError, match="there is no file of seeds"):
        read_pool(GenerateSpec(seeds=str(tmp_path / "none.jsonl"), model="m"))
