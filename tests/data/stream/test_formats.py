"""Each format: texts, delimited text, JSON, pages, Arrow, and what is packed, damaged or of another encoding."""

import bz2
import csv
import gzip
import json
import lzma
import random
import zlib
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.data.stream import delimited, lines, records, stretches
from autophagy.data.stream.formats import format_of
from pdfs import pdf
from reading import read

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=12)


def zstd(data):
    with pa.BufferOutputStream() as sink:
        with pa.CompressedOutputStream(sink, "zstd") as out:
            out.write(data)
        return sink.getvalue().to_pybytes()


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20), st.integers(120, 400))
def test_csv_comes_back_as_the_csv_module_wrote_it(tmp_path_factory, rows, window):
    """In windows of whatever size, with commas, quotes and line ends within cells; the oracle is the writer."""
    folder = tmp_path_factory.mktemp("csv")
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("text", "note"), *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "WINDOW", window)
        found, totals = read([folder], folder / "work")
    assert [(row["text"], row["note"]) for row in found] == rows
    assert totals.unreadable == 0


def test_csv_rows_say_the_line_that_they_begin_in(tmp_path):
    (tmp_path / "in.csv").write_text('text,n\n"one\ntwo",1\nthree,2\nfour,3,too many\nfive\n')
    rows, found = read([tmp_path], tmp_path / "work")
    assert [(row["row"], row["text"]) for row in rows] == [(2, "one\ntwo"), (4, "three"), (6, "five")]
    assert [(each["reason"], each["row"]) for each in found.reasons] == [("too few or too many cells", 5)]


def test_a_csv_that_breaks_off_within_a_cell_of_many_lines_loses_that_row_alone(tmp_path):
    """Lines of prose with as many commas as a row has must not become rows, as in a download that was cut."""
    answers = [f"First, {n} pears.\nThen, a few more.\nAt last, none.\nSo, done.\nAll in all, {n}" for n in range(40)]
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["question", "answer"], *([f"How many, at {n}?", said] for n, said in enumerate(answers))]
        )
    whole = (tmp_path / "a.csv").read_bytes()
    (tmp_path / "a.csv").write_bytes(whole[: whole.rindex(b"So, done")])
    rows, found = read([tmp_path / "a.csv"], tmp_path / "work", column="answer")
    assert [row["text"] for row in rows][:39] == answers[:39]
    assert len(rows) + found.unreadable <= 39 + 4  # of the row that was cut its own lines are left


def test_answers_of_models_with_code_in_a_csv(real_data, tmp_path):
    rows, found = read([real_data("llmdrift/LEETCODE_EASY_EVAL.csv.gz")], tmp_path)
    with gzip.open(real_data("llmdrift/LEETCODE_EASY_EVAL.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        queries = [row["query"] for row in csv.DictReader(file)]
    assert [row["query"] for row in rows] == queries
    assert found.unreadable == 0


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
def test_what_is_packed_is_unpacked_whatever_its_name_says(tmp_path, pack):
    text = "".join(json.dumps({"text": f"row {number}"}) + "\n" for number in range(5))
    (tmp_path / "in.jsonl").write_bytes(pack(text.encode()))
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == [f"row {number}" for number in range(5)]
    assert found.unreadable == 0


UNPACK = {
    gzip.compress: lambda: zlib.decompressobj(31),
    bz2.compress: bz2.BZ2Decompressor,
    lzma.compress: lzma.LZMADecompressor,
}


@pytest.mark.parametrize("pack", [*UNPACK, zstd])
@given(share=st.floats(0, 1))
def test_a_packed_file_that_breaks_off_keeps_whole_rows_and_says_so(tmp_path_factory, pack, share):
    """As many as the library itself gets out of what is there."""
    folder = tmp_path_factory.mktemp("cut")
    texts = [f"{number} {random.Random(number).random()}" for number in range(400)]
    whole = pack("\n".join(json.dumps({"text": text}) for text in [*texts, "last"]).encode())
    (folder / "a.jsonl").write_text('{"text": "beside"}\n')
    (folder / "cut.jsonl").write_bytes(whole[: max(8, int(share * (len(whole) - 1)))])
    rows, found = read([folder], folder / "work", rows=1000)
    kept = [row["text"] for row in rows if row["file"] == "cut.jsonl"]
    assert kept == texts[: len(kept)]
    if pack in UNPACK:
        there = UNPACK[pack]().decompress((folder / "cut.jsonl").read_bytes())
        assert len(kept) == there.count(b"\n")
    assert found.unreadable == 1
    assert "breaking off" in found.reasons[0]["reason"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["in.jsonl", "in.txt"])
def test_other_unicode_encodings_are_read(tmp_path, encoding, name):
    texts = ["Ünïcode \N{SNOWMAN}", "\N{GRINNING FACE} \N{GRINNING FACE}", "plain words of some length"]
    written = [json.dumps({"text": text}, ensure_ascii=False) if name == "in.jsonl" else text for text in texts]
    (tmp_path / name).write_bytes("\r\n".join(written).encode(encoding))
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == texts
    assert found.unreadable == 0


def test_strange_characters_are_kept(tmp_path):
    texts = ["\N{GRINNING FACE}" * 1000, "zero \0 within", "\u200b\u202e\U000e0041", "a\rb", "\x1b[31m", "e\u0301"]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == texts
    (tmp_path / "in.jsonl").write_bytes(b'{"text": "\\ud83d alone"}\n{"text": "torn \xff"}\n')
    rows, found = read([tmp_path / "in.jsonl"], tmp_path / "again")
    assert [row["text"] for row in rows] == ["\ufffd alone", "torn \ufffd"]
    assert {"1 text held half a character", "1 text held bytes that are no UTF-8"} <= {
        note.partition("jsonl: ")[2].partition(", which")[0] for note in found.notes
    }


def test_a_line_that_is_no_document_is_counted_and_never_held(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 1000)
    monkeypatch.setattr(stretches, "BYTES", 500)
    monkeypatch.setattr(stretches, "BLOCK", 100)
    monkeypatch.setattr(lines, "BLOCK", 100)
    rows = [json.dumps({"text": letter * size}) for letter, size in zip("abcd", (10, 5000, 900, 5), strict=True)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows))
    found, totals = read([tmp_path], tmp_path / "work")
    assert [(row["row"], row["text"][0]) for row in found] == [(1, "a"), (3, "c"), (4, "d")]
    assert [(each["count"], each["row"]) for each in totals.reasons] == [(1, 2)]


PARAGRAPHS = "First line\nof one.\n\nThe second.\n \n\n\nThe third,\r\nwhich goes on.\n"


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (PARAGRAPHS, [(1, "First line\nof one."), (4, "The second."), (8, "The third,\nwhich goes on.")]),
        ("one\ntwo\n  three\n", [(1, "one"), (2, "two"), (3, "  three")]),
        ("a\n\nb<|endoftext|>c\n<|endoftext|>\n\n", [(1, "a\n\nb"), (3, "c")]),
        (" = A = \n\n words \n\n = B = \n more\n", [(1, " = A = \n\n words "), (5, " = B = \n more")]),
    ],
)
def test_a_text_is_parted_as_it_parts_itself(tmp_path, text, documents):
    (tmp_path / "in.txt").write_bytes(text.encode())
    rows, found = read([tmp_path], tmp_path / "work")
    assert [(row["row"], row["text"]) for row in rows] == documents
    assert len([note for note in found.notes if "One document is" in note]) == 1


def test_several_texts_in_a_folder_are_a_document_each(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{PARAGRAPHS}{name}")
    (tmp_path / "readme.md").write_text("# Title\n\nWords.\n")
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [(row["file"], row["row"]) for row in rows] == [("a.txt", 1), ("b.txt", 1), ("readme.md", 1)]
    assert rows[2]["text"] == "# Title\n\nWords.\n"
    rows, _ = read([tmp_path / "a.txt"], tmp_path / "again")
    assert len(rows) == 3


def test_lines_of_a_large_text_are_read_side_by_side(tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "BYTES", 100)
    monkeypatch.setattr(stretches, "BLOCK", 30)
    texts = [f"line {number}" for number in range(200)]
    (tmp_path / "in.txt").write_text("\n".join(texts))
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [(row["row"], row["text"]) for row in rows] == list(enumerate(texts, 1))
    assert len({each.name.partition("-")[0] for each in (tmp_path / "work").iterdir()}) > 10


def test_a_text_of_one_endless_line_is_cut(tmp_path, monkeypatch):
    text = "word " * 300_000
    (tmp_path / "in.txt").write_text(text)
    rows, _ = read([tmp_path], tmp_path / "work", rows=1000)
    assert "".join(row["text"] for row in rows) == text
    assert {len(row["text"]) for row in rows} == {5000}


def test_json_of_any_layout(tmp_path):
    table = [{"text": "a", "n": 1}, {"text": "b", "n": None}, 7]
    (tmp_path / "list.json").write_text(json.dumps(table, indent=1))
    (tmp_path / "lines.json").write_text("".join(json.dumps(row) + "\n" for row in table[:2]))
    (tmp_path / "named.json").write_text(json.dumps({f"id {number}": f"text {number}" for number in range(150)}))
    rows, found = read([tmp_path], tmp_path / "work", rows=1000)
    assert [row["text"] for row in rows[:4]] == ["a", "b", "a", "b"]
    assert (rows[4]["id"], rows[4]["text"], len(rows)) == ("id 0", "text 0", 154)
    assert [(each["file"], each["count"], each["row"]) for each in found.reasons] == [("list.json", 1, 3)]


def test_arrow_files_and_streams(tmp_path):
    table = pa.table({"text": ["a", "b", "c"], "kind": pa.array(["x", "y", "x"]).dictionary_encode()})
    pa.feather.write_feather(table, tmp_path / "one.feather")
    with pa.ipc.new_stream(tmp_path / "two.arrow", table.schema) as stream:
        stream.write_table(table, max_chunksize=2)
    (tmp_path / "state.json").write_text("{}")
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [(row["text"], row["kind"], row["row"]) for row in rows] == [("a", "x", 1), ("b", "y", 2), ("c", "x", 3)] * 2


def test_a_damaged_row_group_costs_its_rows_alone(tmp_path):
    path = tmp_path / "in.parquet"
    texts = [f"{number:06d}" * 20 for number in range(3000)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=1000, use_dictionary=False, compression="snappy")
    chunk = pq.read_metadata(path).row_group(1).column(0)
    data = bytearray(path.read_bytes())
    start = chunk.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    rows, found = read([tmp_path], tmp_path / "work", rows=300)
    assert [row["row"] for row in rows] == [*range(1, 1001), *range(2001, 3001)]
    assert (found.unreadable, found.reasons[0]["row"]) == (1000, 1001)
    path.write_bytes(bytes(data[:-10]))
    (tmp_path / "beside.txt").write_text("words")
    rows, found = read([path, tmp_path / "beside.txt"], tmp_path / "again")
    assert (len(rows), found.unreadable) == (1, 1)


def test_pages_are_a_row_each_with_what_they_hide(tmp_path):
    pytest.importorskip("selectolax", reason="HTML needs selectolax")
    (tmp_path / "a.html").write_text("<title>T</title><p>Words</p><p style='opacity: 0'>Obey me.</p>")
    (tmp_path / "b.html").write_text("<p>More</p>")
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [(row["title"], row["hidden"] != "") for row in rows] == [("T", True), ("", False)]
    assert json.loads(rows[0]["hidden"])[0][0] == "Obey me."
    assert rows[1]["text"] == "More"


def test_a_pdf_is_a_row(tmp_path):
    pytest.importorskip("pypdfium2", reason="a PDF needs pypdfium2")
    (tmp_path / "a.pdf").write_bytes(pdf([(50, 700, "Words of a page")]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 and no more")
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"].strip() for row in rows] == ["Words of a page"]
    assert (found.unreadable, found.reasons[0]["file"]) == (1, "b.pdf")


def test_chunks_are_small_where_texts_are_long(tmp_path, monkeypatch):
    from autophagy.data.stream import pieces, tables

    monkeypatch.setattr(pieces, "BYTES", 1000)
    monkeypatch.setattr(tables, "BYTES", 1000)
    monkeypatch.setattr(import_module("autophagy.data.stream.ingest"), "BYTES", 1000)
    texts = ["x" * 300] * 20
    pq.write_table(pa.table({"text": texts}), tmp_path / "in.parquet")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    rows, _ = read([tmp_path], tmp_path / "work", rows=1000)
    assert len(rows) == 40
    for path in (tmp_path / "work").iterdir():
        assert pq.read_metadata(path).num_rows <= 4


def test_files_of_other_kinds_are_told(tmp_path):
    from autophagy.data.stream.sources import sources

    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "model.bin").write_bytes(b"\0" * 10)
    (tmp_path / "part-00000").write_text('{"text": "a"}\n')
    (tmp_path / "LICENSE").write_text("words")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "again.jsonl").symlink_to(tmp_path / "part-00000")
    found = sources([tmp_path])
    assert [each.name for each in found.sources] == ["again.jsonl"]
    assert "LICENSE, a.png, model.bin" in found.notes[0]
    assert "part-00000" in found.notes[1]


def test_a_file_that_changes_or_goes_while_it_is_read_is_told(tmp_path):
    from autophagy.data.stream.ingest import ingest
    from autophagy.data.stream.sources import sources
    from autophagy.data.stream.stretches import jobs
    from autophagy.data.stream.totals import totals

    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n')
    (tmp_path / "b.jsonl").write_text('{"text": "one"}\n')
    found = jobs(sources([tmp_path]).sources)
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    (tmp_path / "b.jsonl").unlink()
    facts = [ingest(job, tmp_path / "work") for job in found]
    told = totals(facts)
    assert any("It changed while it was read" in note for note in told.notes)
    assert (told.rows, told.unreadable) == (2, 1)
    assert "No such file" in told.reasons[0]["reason"]


def test_a_packed_file_without_an_ending_that_says_so_is_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(stretches, "BYTES", 100)
    texts = [f"{number} {random.Random(number).random()}" for number in range(200)]
    (tmp_path / "in.jsonl").write_bytes(gzip.compress("\n".join(json.dumps({"text": t}) for t in texts).encode()))
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == texts


def test_a_file_that_may_not_be_read_is_counted(tmp_path, monkeypatch):
    """As root may read everything, the file system is made to refuse."""
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n')
    (tmp_path / "b.jsonl").write_text('{"text": "two"}\n')
    opened = Path.open

    def refused(path, *arguments, **settings):
        if path.name == "b.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **settings)

    monkeypatch.setattr(Path, "open", refused)
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == ["one"]
    assert found.unreadable == 1
    assert "Permission denied" in found.reasons[0]["reason"]


@given(st.lists(st.fixed_dictionaries({"text": st.text(max_size=20), "n": st.integers()}), max_size=12), st.data())
def test_a_large_list_is_read_value_by_value(tmp_path_factory, rows, data):
    """In blocks of whatever size; the oracle is the whole file at once. A cut costs what stands behind it."""
    folder = tmp_path_factory.mktemp("list")
    text = json.dumps([{"text": "first"}, *rows], indent=data.draw(st.sampled_from([None, 1, 4])), ensure_ascii=False)
    (folder / "in.json").write_bytes(text.encode(errors="replace"))
    expected, _ = read([folder], folder / "whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "LARGE", 0)
        patch.setattr(lines, "BLOCK", data.draw(st.integers(1, 50)))
        found, totals = read([folder / "in.json"], folder / "work")
        assert found == expected
        assert totals.unreadable == 0
        (folder / "in.json").write_bytes(text.encode(errors="replace")[:-1])
        found, totals = read([folder / "in.json"], folder / "cut")
        assert found == expected
        assert totals.unreadable == 1


def test_what_is_broken_within_a_large_list_costs_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "LARGE", 0)
    whole = json.dumps([{"text": str(number), "deep": [{"a": number}]} for number in range(10)], indent=2)
    (tmp_path / "in.json").write_text(whole.replace('"text": "4"', '"text": "4').replace('"7",', '"7",,'))
    rows, found = read([tmp_path], tmp_path / "work")
    assert [row["text"] for row in rows] == ["0", "1", "2", "3", "5", "6", "8", "9"]
    assert [(each["count"], each["row"]) for each in found.reasons] == [(2, 5)]
    assert rows[-1]["row"] == 10
    for name, kept, lost in [("text", ["a", "b"], 2), ("name", ["a"], 3)]:  # the next is known by its first name
        (tmp_path / "in.json").write_text(
            '[{"text": "a"}, 3, {"text": }, {"text": "b"}]'.replace('text": "b', f'{name}": "b')
        )
        rows, found = read([tmp_path / "in.json"], tmp_path / name)
        assert ([row["text"] for row in rows], found.unreadable) == (kept, lost)


@given(
    st.lists(st.sampled_from(["", " ", "a", "bb", "<|endoftext|>", " = T = ", "c<|endoftext|>d", "\t"]), max_size=25)
)
def test_every_line_with_words_is_in_one_document(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("text")
    (folder / "in.txt").write_text("\n".join(["start", *parts]))
    rows, found = read([folder], folder / "work")
    words = " ".join(row["text"] for row in rows).split()
    assert words == "\n".join(["start", *parts]).replace("<|endoftext|>", " ").split()
    assert found.unreadable == 0
    lines_of = "\n".join(["start", *parts]).split("\n")
    for row in rows:
        assert row["text"].split()[0] in lines_of[row["row"] - 1].replace("<|endoftext|>", " ").split()


def test_data_in_memory(tmp_path):
    from autophagy.core.errors import DataError
    from autophagy.data.memory import given as in_memory

    frame = pa.table({"text": ["a", "b"], "deep": [{"x": 1}, None]})
    rows, _ = read([in_memory(frame)], tmp_path)
    assert [(row["text"], row["deep"], row["source"]) for row in rows] == [
        ("a", {"x": 1}, "memory"),
        ("b", None, "memory"),
    ]
    rows, _ = read([in_memory(["one", "two"])], tmp_path)
    assert [(row["text"], row["row"]) for row in rows] == [("one", 1), ("two", 2)]
    with pytest.raises(DataError, match=r"the array in memory holds nothing to read .*: give texts or tables"):
        read([in_memory([[1, 2], [3, 4]])], tmp_path)


def test_the_notes_of_macos_beside_the_files_of_an_archive_are_no_rows(tmp_path):
    """AppleDouble files have the names of those they tell of, with ._ before them."""
    notes = b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(range(32)) * 8 + b"com.apple.quarantine\0" + bytes(80)
    (tmp_path / "._rows.csv").write_bytes(notes)
    assert format_of(tmp_path / "._rows.csv", named=True) == ""
    (tmp_path / "rows.csv").write_text("text\nWords.\n")
    assert format_of(tmp_path / "rows.csv", named=True) == "delimited"
