import gzip
import json
import re

import pytest

from autophagy.core.errors import AutophagyError
from autophagy.generate.seeds import LONGEST, read_pool
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
    assert any("1 row without a text" in note for note in notes)
    assert any("1 seed that repeats another" in note for note in notes)


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
        ({"model": "m", "seeds": "a.jsonl", "recipes": ["evol", "evol"]}, "the recipe evol is given twice"),
    ],
)
def test_wrong_specs_are_sentences(fields, words):
    with pytest.raises(AutophagyError, match=words):
        GenerateSpec(**fields)


def test_a_text_file_has_a_seed_on_each_line(tmp_path):
    for name, data in (
        ("a.txt", b"Sort, then count.\r\n\r\n K\xc3\xa4se: essen? \n"),
        ("b.txt", b'{"text": "Sort."}\n'),
    ):
        (tmp_path / name).write_bytes(data)
    rows, notes = read_pool(GenerateSpec(seeds=str(tmp_path / "a.txt"), model="m"))
    assert [row.instruction for row in rows] == ["Sort, then count.", "K\xe4se: essen?"]
    assert any("each line of the text is a seed" in note for note in notes)
    rows, _ = read_pool(GenerateSpec(seeds=str(tmp_path / "b.txt"), model="m"))
    assert [row.instruction for row in rows] == ["Sort."]
    with pytest.raises(AutophagyError, match="is a folder: give a file of seeds, or the folder as --documents"):
        read_pool(GenerateSpec(seeds=str(tmp_path), model="m"))


def test_a_file_without_seeds_is_a_sentence(tmp_path):
    with pytest.raises(AutophagyError, match=r"no row of .* can be a seed"):
        pool(tmp_path, [{"number": 3}])
    with pytest.raises(AutophagyError, match="there is no file of seeds"):
        read_pool(GenerateSpec(seeds=str(tmp_path / "none.jsonl"), model="m"))


LONG = b'{"text": "' + b"a" * (LONGEST + 1) + b'"}'
NO_SEED = {
    "empty": (b"", "is empty: give a file with rows in it"),
    "gzip cut short": (gzip.compress(b'{"instruction": "Sort."}\n' * 99)[:-9], "cannot be read .*check the file"),
    "binary": (bytes(range(256)) * 9, "is not text: save it as UTF-8"),
    "a column misspelt": (b'{"instuction": "Sort."}', "there is the column 'instuction' .did you mean 'instruction'"),
    "a column without texts": (b'{"text": 3}\n{"text": ""}', "the column 'text' holds no text in any row"),
    "one long line": (LONG, "a seed has 1,000,000 letters at most"),
}
ONE_SEED = {
    "one row": (b'{"instruction": "Sort."}', ""),
    "all the same": (b'{"instruction": "Sort."}\n' * 9, "8 seeds that repeat another were set aside"),
    "Windows": ('{"instruction": "K\xe4se."}'.encode("cp1252"), "was read as Windows-1252, a guess"),
    "UTF-16": ('{"instruction": "K\xe4se."}'.encode("utf-16"), ""),
    "a line cut short": (b'{"text": "Sort."}\n{"instruction": "ha', "1 of 2 rows was set aside .* in line 2"),
    "a long line": (b'{"text": "Sort."}\n' + LONG, "1 seed longer than 1,000,000 letters was set aside"),
}


@pytest.mark.parametrize("case", NO_SEED)
def test_files_that_hold_no_seed_are_one_sentence(tmp_path, case):
    data, sentence = NO_SEED[case]
    (tmp_path / "seeds.jsonl").write_bytes(data)
    with pytest.raises(AutophagyError, match=sentence):
        read_pool(GenerateSpec(seeds=str(tmp_path / "seeds.jsonl"), model="m"))


@pytest.mark.parametrize("case", ONE_SEED)
def test_files_with_some_seeds_are_read_and_what_was_set_aside_is_told(tmp_path, case):
    data, note = ONE_SEED[case]
    (tmp_path / "seeds.jsonl").write_bytes(data)
    rows, notes = read_pool(GenerateSpec(seeds=str(tmp_path / "seeds.jsonl"), model="m"))
    assert len(rows) == 1
    assert len(notes) == bool(note)
    assert re.search(note, " ".join(notes))
