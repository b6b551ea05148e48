"""Every row of every file is in one chunk or counted, whatever the file, the cut and the order."""

import gzip
import json
from dataclasses import replace
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.data.stream import stretches
from autophagy.data.stream.sources import sources
from reading import read

NAMES = st.sampled_from(["text", "id", "meta", "file", "source", "generation", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
LINES = st.one_of(
    st.dictionaries(NAMES, VALUES, max_size=4).map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries({"text": st.text(max_size=30)})
    .map(lambda value: json.dumps(value, ensure_ascii=False))
    .map(lambda line: line.encode(errors="replace")),
    st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"")),
    st.sampled_from(
        [b"", b"  ", b",", b"{", b'{"text": "cut', b"[", b"]", b'{"text": "a"},', b"null", b'"words"', b"\xff\xfe"]
    ),
)


@given(st.lists(LINES, max_size=30), st.sampled_from([b"\n", b"\r\n"]), st.integers(1, 80))
def test_every_line_is_in_one_place(tmp_path_factory, lines, end, cut):
    folder = tmp_path_factory.mktemp("lines")
    (folder / "in.jsonl").write_bytes(b'{"text": "first"}' + end + end.join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "BYTES", cut)
        patch.setattr(stretches, "BLOCK", max(1, cut // 2))
        rows, found = read([folder], folder / "work")
    whole = [line for line in lines if line.strip() and line.strip().removesuffix(b",") not in (b"[", b"]", b"")]
    assert len(rows) + found.unreadable == len(whole) + 1
    assert len({row["row"] for row in rows}) == len(rows)
    for row in rows:
        line = ([b'{"text": "first"}', *lines][row["row"] - 1]).strip().removesuffix(b",")
        value = json.loads(line.decode(errors="replace"), strict=False)
        text = value if isinstance(value, str) else value["text"]
        if isinstance(text, str) and not any("a guess" in note for note in found.notes):
            assert row["text"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize(("ending", "between"), [("jsonl", "\n"), ("txt", "\n\n")])
def test_stretches_that_are_done_change_nothing_of_the_others(tmp_path, monkeypatch, ending, between):
    monkeypatch.setattr(stretches, "BYTES", 300)
    monkeypatch.setattr(stretches, "BLOCK", 100)
    texts = [json.dumps({"text": "word " * (number % 90)}) for number in range(99)]
    (tmp_path / f"a.{ending}").write_text(between.join(texts))
    (tmp_path / "b.jsonl").write_text("\n".join(texts))
    every = stretches.jobs(sources([tmp_path]).sources)
    whole = list(every)
    assert len(whole) == len(every) > 20
    for stretch in whole:
        data = stretch.source.path.read_bytes()
        assert stretch.first == data[: stretch.start].count(b"\n") + 1
        ends = between if stretch.source.name.endswith(ending) else "\n"
        assert data[: stretch.start].endswith(ends.encode()) or stretch.start == 0
    done = frozenset(range(1, len(whole), 3)) | {4, 5}
    left = replace(every, done=done)
    assert list(left) == [stretch for stretch in whole if stretch.number not in done]
    assert len(left) == len(whole) - len(done)


def test_the_cut_and_the_order_of_the_paths_change_nothing(tmp_path, monkeypatch):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        lines = [
            json.dumps({"text": f"{name} {number}", "n": number, "deep": {"a": [number]}}) for number in range(300)
        ]
        (tmp_path / name / "part.jsonl").write_text("\n".join(lines))
    paths = [tmp_path / "one", tmp_path / "two" / "part.jsonl"]
    rows, found = read(paths, tmp_path / "work")
    monkeypatch.setattr(stretches, "BYTES", 700)
    monkeypatch.setattr(stretches, "BLOCK", 100)
    again, more = read([*reversed(paths), tmp_path / "one" / "part.jsonl"], tmp_path / "again", rows=50)
    assert rows == again
    assert found == more
    assert len(rows) == found.rows == 600
    assert {row["file"] for row in rows} == {"one/part.jsonl", "two/part.jsonl"}
    assert {row["source"] for row in rows} == {"one", "two"}
    assert rows[5]["deep"] == {"a": [5]}
    assert all(a["row"] < b["row"] or a["file"] < b["file"] for a, b in pairwise(rows))


def test_columns_keep_their_types_and_say_where_they_came_from(tmp_path):
    given_ = pa.table(
        {
            "content": ["a", None, "c"],
            "file": [1, 2, 3],
            "source": ["web", None, "web"],
            "generation": pa.array([0, 2, None], pa.int64()),
            "turns": [[{"role": "user"}], [], None],
            "when": pa.array([0, 1, 2], pa.timestamp("ms")),
        }
    )
    pq.write_table(given_, tmp_path / "some-00001.parquet", row_group_size=1)
    rows, found = read([tmp_path / "some-00001.parquet"], tmp_path / "work")
    assert [(row["text"], row["row"], row["generation"], row["source"]) for row in rows] == [
        ("a", 1, 0, "web"),
        ("c", 3, -1, "web"),
    ]
    assert found.schema.field("turns").type == given_.schema.field("turns").type
    assert found.schema.field("when").type == pa.timestamp("ms")
    assert [row["file_given"] for row in rows] == [1, 3]
    assert found.unreadable == 1
    assert found.reasons[0]["reason"] == "having no text in the column content"
    assert (found.reasons[0]["file"], found.reasons[0]["row"]) == ("some-00001.parquet", 2)
    assert any("The column file is kept as file_given." in note for note in found.notes)
    assert any("The text is the column content." in note for note in found.notes)


def test_rows_before_the_cut_of_a_gzip_are_kept(tmp_path):
    import random

    lines = [json.dumps({"text": f"{number} {random.Random(number).random()}"}) for number in range(3000)]
    whole = gzip.compress("\n".join(lines).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    rows, found = read([tmp_path], tmp_path / "work", rows=1000)
    assert 1000 < len(rows) < 2000
    assert [row["text"] for row in rows] == [json.loads(line)["text"] for line in lines[: len(rows)]]
    assert found.unreadable == 1
    assert "breaking off" in found.reasons[0]["reason"]
    assert found.reasons[0]["row"] == len(rows) + 1


def test_a_column_missing_in_one_of_many_files_costs_its_rows_alone(tmp_path):
    for number in range(20):
        name = "body" if number != 7 else "other"
        (tmp_path / f"{number:02d}.jsonl").write_text(json.dumps({name: "words", "title": "a title"}) + "\n")
    rows, found = read([tmp_path], tmp_path / "work", column="body")
    assert len(rows) == 19
    assert (found.unreadable, found.reasons[0]["file"]) == (1, "07.jsonl")
    with pytest.raises(UsageError, match="no file has a column words: give one of body, title, other"):
        read([tmp_path], tmp_path / "work", column="words")


def test_a_question_and_its_answer_become_one_text_and_stay(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"instruction": "Add.", "input": "1 1", "output": "2"}) + "\n")
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]
    (tmp_path / "b.jsonl").write_text(json.dumps({"messages": turns, "id": 1}) + "\n")
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == ["Add.\n\n1 1\n\n2", "user: Hi\nassistant: Ho"]
    assert rows[0]["output"] == "2"
    assert rows[1]["messages"] == turns


def test_nothing_to_read_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match=r"there is no file or folder .*gone: check"):
        sources([tmp_path / "gone"])
    with pytest.raises(DataError, match=r"holds nothing to read \(it is empty\)"):
        sources([tmp_path])
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(DataError, match=r"none of 1 file has a row to read \(all are empty\)"):
        read([tmp_path], tmp_path / "work")


def test_small_files_share_jobs_and_chunks(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02d}.jsonl").write_text(json.dumps({"text": f"row {number}", f"only {number}": number}))
    (tmp_path / "12.jsonl").write_text("{broken")
    rows, found = read([tmp_path], tmp_path / "work", rows=10)
    assert [row["file"] for row in rows] == [f"{number:02d}.jsonl" for number in range(30) if number != 12]
    assert [row[f"only {number}"] for number, row in enumerate(rows[:12])] == list(range(12))
    assert [(each["file"], each["count"]) for each in found.reasons] == [("12.jsonl", 1)]
    assert len(list((tmp_path / "work").iterdir())) == 3


def test_a_table_without_words_is_told_by_its_columns(tmp_path):
    (tmp_path / "tiny.csv").write_text("x,y\n1,2\n3,4\n")
    with pytest.raises(DataError, match=r"tiny\.csv has no column of words, only x, y: give texts, or name one with"):
        read([tmp_path], tmp_path / "work")
    rows, _ = read([tmp_path], tmp_path / "other", column="x")
    assert [row["text"] for row in rows] == ["1", "3"]
