"""Documents: what is in a folder comes out once, and what cannot be read is named."""

import csv
import gzip
import io
import json
import sys
from contextlib import suppress

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, MissingExtra, Unreadable
from autophagy.data.documents import READERS, read_documents
from autophagy.data.readers.html import read_html
from autophagy.data.readers.pdf import read_pdf
from autophagy.data.readers.records import read_records


def write(folder, **files):
    """Files by name, an underscore for the dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def found(path):
    """Id -> (title, text) of what was read."""
    samples = read_documents(path).samples
    rows = zip(samples.meta["document"].tolist(), samples.meta["title"].tolist(), samples.x.tolist(), strict=True)
    return {document: (title, text) for document, title, text in rows}


def pdf(*pages, title=None, password=None):
    """A PDF with a line of text on each page."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for text in pages:
        page = writer.add_blank_page(200, 200)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): named})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)  # a stream stands on its own
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_folder_gives_one_document_a_file(tmp_path):
    write(
        tmp_path,
        a_txt="Plain text.\r\nTwo lines.",
        b_md="# Leave days\n\nThirty.",
        deep__down__c_html="<title>Pay</title><p>Monthly.",
        d_txt_gz=gzip.compress("Packed größe.".encode()),
        e_txt="Über".encode("utf-16"),
    )
    (tmp_path / ".hidden.txt").write_text("no")
    assert found(tmp_path) == {
        "a.txt": ("a", "Plain text.\nTwo lines."),
        "b.md": ("Leave days", "# Leave days\n\nThirty."),
        "d.txt.gz": ("d", "Packed größe."),
        "deep/down/c.html": ("Pay", "Monthly."),
        "e.txt": ("e", "Über"),
    }


def test_one_file_is_read_too_and_is_called_by_its_name(tmp_path):
    write(tmp_path, a_txt="Text.")
    assert found(tmp_path / "a.txt") == {"a.txt": ("a", "Text.")}


def test_a_pdf_gives_the_text_of_its_pages(tmp_path):
    write(tmp_path, a_pdf=pdf("First page.", "Second page.", title="Guide"), b_pdf=pdf("Alone."))
    assert found(tmp_path) == {"a.pdf": ("Guide", "First page.\n\nSecond page."), "b.pdf": ("b", "Alone.")}


def test_what_cannot_be_read_is_set_aside_counted_and_named(tmp_path):
    whole = pdf("A page.")
    write(
        tmp_path,
        good_txt="Good.",
        broken_pdf=whole[: len(whole) // 2],
        noise_pdf=np.random.default_rng(1).bytes(2_000),
        locked_pdf=pdf("Secret.", password="x"),
        scan_pdf=pdf(""),
        empty_txt="",
        blank_md=" \n ",
        latin_txt="größe".encode("latin-1"),
        zeros_txt=bytes(range(256)) * 4,
        torn_txt_gz=gzip.compress(b"text" * 100)[:-20],
        bad_parquet=b"PAR1 nonsense PAR1",
        list_json="[1, 2]",
        picture_png=b"\x89PNG",
        script_py="print()",
    )
    table = read_documents(tmp_path)
    assert dict(zip(table.samples.meta["document"].tolist(), table.samples.x.tolist(), strict=True)) == {
        "good.txt": "Good.",
        "latin.txt": "größe",
    }
    assert (table.kind, table.unreadable) == ("text", 10)
    aside, other, guessed = table.notes
    assert guessed == "latin.txt: It is no UTF-8 and was read as Windows-1252, a guess."
    for words in [
        "10 of 12 documents were set aside: ",
        "bad.parquet (cannot be read as parquet)",
        "blank.md (is empty)",
        "broken.pdf (cannot be read as PDF (",
        "empty.txt (is empty)",
        "zeros.txt (is not text)",
        "list.json (has no column of texts)",
        "locked.pdf (needs a password)",
        "noise.pdf (cannot be read as PDF (",
        "scan.pdf (holds pictures and no text)",
        "torn.txt.gz (cannot be read (",
    ]:
        assert words in aside
    assert other == "2 of 14 files were left out because files of this kind are not read: picture.png, script.py."


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: write(folder, a_txt="", b_png=b"x")])
def test_a_folder_with_nothing_to_read_is_one_sentence(tmp_path, make):
    make(tmp_path)
    with pytest.raises(DataError, match=r"holds no document that can be read.*give \.txt") as caught:
        read_documents(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="there is no file or folder"):
        read_documents(tmp_path / "nowhere")


ROWS = [
    {"id": "one", "title": "First", "text": "Text one.", "pages": 3},
    {"id": "two", "title": None, "text": "Text two."},
    {"id": "two", "title": "Again", "text": "Text three."},
    {"id": "four", "title": "No text", "text": None},
]
READ = {"one": ("First", "Text one."), "two": ("", "Text two."), "two (2)": ("Again", "Text three.")}


def test_each_row_of_a_table_is_a_document(tmp_path):
    lines = [*map(json.dumps, ROWS), "not json", ""]
    write(tmp_path, a_jsonl="\n".join(lines), b_json=json.dumps(ROWS))
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "c.parquet")
    for name, bad in (("a.jsonl", 2), ("b.json", 1), ("c.parquet", 1)):
        assert found(tmp_path / name) == READ
        table = read_documents(tmp_path / name)
        assert table.unreadable == bad
        assert "1 of 3 documents was renamed because another has the same name: two (2)." in table.notes


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [("a.csv", ",", "utf-8"), ("a.csv", ";", "utf-8-sig"), ("a.tsv", "\t", "utf-16"), ("a.csv", "|", "utf-8")],
)
def test_each_row_of_a_csv_is_a_document(tmp_path, name, delimiter, encoding):
    """Whatever a spreadsheet parts its cells with, and whatever stands within quotes."""
    odd = {"id": "odd", "title": "A, B; C", "text": 'She said "no";\nthen,\tleft | größe.', "pages": 7}
    with (tmp_path / name).open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(odd), delimiter=delimiter)
        writer.writeheader()
        writer.writerows([*ROWS, odd])
    assert found(tmp_path / name) == READ | {"odd": (odd["title"], odd["text"])}
    table = read_documents(tmp_path / name)
    assert table.unreadable == 1
    assert table.notes[0] == "1 of 5 documents was set aside: four (holds no text)."


def test_rows_of_a_csv_that_cannot_be_read_are_set_aside_and_counted(tmp_path):
    rows = [b"id, text", b'a, "Long, quoted."', b"b,Bad \xff bytes.", b"c,One,too many", b'd,"Torn quotes', b"",
            b"e", b"f,Good.,,", b"g," + b"long " * 40_000]  # fmt: skip
    write(tmp_path, a_csv=b"\n".join(rows))
    assert found(tmp_path / "a.csv") == {
        "a": ("", "Long, quoted."),
        "f": ("", "Good."),
        "g": ("", "long " * 40_000),
    }
    aside = (
        "a.csv:2 (bytes that are no text), a.csv:3 (too few or too many cells), "
        "a.csv:4 (a quote that is never closed), e (holds no text)."
    )
    assert read_documents(tmp_path / "a.csv").notes == [
        f"4 of 7 documents were set aside: {aside}",
        "a.csv: 1 row ends before the last column, whose cells count as empty, the first is line 7.",
    ]


def test_a_quote_that_is_never_closed_costs_its_own_row(tmp_path):
    write(tmp_path, a_csv='id,text\na,"never closed\nb,Text.\nc,More.\n')
    table = read_documents(tmp_path / "a.csv")
    assert (table.samples.x.tolist(), table.unreadable) == (["Text.", "More."], 1)
    assert table.notes == ["1 of 3 documents was set aside: a.csv:1 (a quote that is never closed)."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("x,y\n1,2\n3,4\n", "has no column of texts"),
        ('"torn"names,text\na,b\n', "has no readable first line with the names of its columns"),
        ("\ufeff", "has no readable first line with the names of its columns"),
    ],
)
def test_a_csv_without_texts_is_one_sentence(tmp_path, content, says):
    write(tmp_path, a_csv=content)
    with pytest.raises(DataError, match=says) as caught:
        read_documents(tmp_path / "a.csv")
    assert "\n" not in str(caught.value)


@given(st.lists(st.tuples(*[st.text(st.characters(exclude_characters="\0\r", codec="utf-8"))] * 2), min_size=1))
def test_what_a_csv_holds_comes_out_as_it_was_written(rows):
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "text"), *rows])
    read = read_records(held.getvalue().encode(), "a.csv")
    assert read == [dict(zip(("id", "text"), row, strict=True)) for row in rows]


def test_rows_without_an_id_are_called_by_their_number_and_their_longest_text_is_read(tmp_path):
    rows = [{"kind": "a", "sentence": "A longer text."}, {"kind": "b", "sentence": "One\u2028more."}]
    write(tmp_path, a_jsonl="\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert found(tmp_path / "a.jsonl") == {"a.jsonl:1": ("", "A longer text."), "a.jsonl:2": ("", "One\u2028more.")}


def test_a_sheet_of_facts_is_read_row_by_row_with_all_its_cells(tmp_path):
    """Lists of prices and glossaries: openpyxl 67 and the CSV loader of LangChain."""
    write(tmp_path, a_csv="product,description,price\nLamp,A lamp that stands on a desk,347.00\nChair,,12.5\n")
    assert found(tmp_path / "a.csv") == {
        "a.csv:1": ("", "product: Lamp\ndescription: A lamp that stands on a desk\nprice: 347.00"),
        "a.csv:2": ("", "product: Chair\nprice: 12.5"),
    }
    write(tmp_path, b_csv="term,meaning\nModel collapse,What is left of a model that learns from itself\n")
    assert found(tmp_path / "b.csv")["b.csv:1"][1].startswith("term: Model collapse\nmeaning: What")
    write(tmp_path, d_csv=",sentence\n0,A lamp stands here\n1,A chair\n")  # whose first column numbers the rows
    assert found(tmp_path / "d.csv")["d.csv:1"] == ("", "A lamp stands here")
    write(tmp_path, c_csv="content,price\nA lamp that stands on a desk,347.00\n")  # which is called a text
    assert found(tmp_path / "c.csv") == {"c.csv:1": ("", "A lamp that stands on a desk")}


def test_a_page_keeps_its_headings_lists_and_code_and_loses_its_menus_and_scripts():
    page = b"""<!doctype html><html><head><title> Pay &amp;
      more </title><style>p {}</style></head><body><nav>Home <a>Menu</a></nav>
      <h1>Pay</h1><p>On the <b>25th</b>
      of each month.<p>Or<br>earlier.<ul><li>one<li>two</ul>
      <pre>a  = 1
  b</pre><script>alert("<p>no</p>")</script><table><tr><td>x</td><td>y</td></tr></table></body></html>"""
    title, text, _ = read_html(page, "page")
    assert title == "Pay & more"
    assert "# Pay\n\nOn the 25th of each month.\n\nOr\nearlier." in text
    assert "- one\n- two" in text
    assert "a  = 1\n  b" in text
    assert "| x | y" in text
    assert not [word for word in ("Menu", "alert", "p {}") if word in text]


def test_a_page_is_decoded_as_it_says_or_as_it_must_be_and_what_was_guessed_is_told():
    latin, japanese = "<p>größe", "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'><p>休暇"
    assert read_html(f'<meta charset="iso-8859-1">{latin}'.encode("latin-1"), "page") == ("", "größe", [])
    assert read_html(japanese.encode("cp932"), "page") == ("", "休暇", [])
    assert read_html(latin.encode("utf-16"), "page") == ("", "größe", [])
    guess = "It is no UTF-8 and was read as Windows-1252, a guess."
    assert read_html(latin.encode("latin-1"), "page") == ("", "größe", [guess])
    assert read_html(f"<meta charset=utf-8>{latin}".encode("latin-1"), "page") == ("", "größe", [guess])
    said = "It names the encoding latin1 and was read as UTF-8, which it is."
    assert read_html(f"<meta charset=latin1>{latin}".encode(), "page") == ("", "größe", [said])
    for name in ("nonsense", "base64"):
        said = f"It names the encoding {name}, which there is not."
        assert read_html(f"<meta charset={name}><p>x".encode(), "page") == ("", "x", [said])


@given(st.text(alphabet="<>/ab phnavscripttitle!-&;=\"'\n", max_size=200))
def test_no_page_is_too_odd(text):
    read_html(text.encode(), "page")


@given(st.data())
def test_no_pdf_is_too_broken(data):
    """Bytes changed anywhere in a PDF give a document or one sentence, and no other error."""
    content = bytearray(pdf("A page of text.", "Another."))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DataError):
        read_pdf(bytes(content), "a.pdf")


def test_a_missing_library_is_one_sentence(tmp_path, monkeypatch):
    write(tmp_path, a_pdf=b"%PDF-1.4")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match="reading a PDF needs the package pypdfium2"):
        read_documents(tmp_path)


def test_the_reason_of_a_file_that_cannot_be_read_is_told_whole_with_any_colon_in_it(tmp_path, monkeypatch):
    def fails(data, name, told):
        raise Unreadable(name, "is odd: very odd", "write it so: as text")

    monkeypatch.setitem(READERS, ".txt", fails)
    (tmp_path / "odd.txt").write_text("text")
    (tmp_path / "good.md").write_text("text")
    assert read_documents(tmp_path).notes == ["1 of 2 documents was set aside: odd.txt (is odd: very odd)."]


def test_a_document_keeps_its_original_id_where_another_has_the_same(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "Report (2)", "text": "a"}\n{"id": "Report", "text": "b"}\n' * 2)
    meta = read_documents(tmp_path / "a.jsonl").samples.meta
    assert meta["original"].tolist() == ["Report (2)", "Report"] * 2
    assert meta["document"].tolist() == ["Report (2)", "Report", "Report (2) (2)", "Report (3)"]
