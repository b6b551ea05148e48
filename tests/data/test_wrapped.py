"""Documents in the wrapping of a format: subtitles, e-mails, notebooks, front matter, what has to be saved first."""

import json

import pytest

from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load

SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello <i>there</i>.\n42\n\n2\n00:00:03,000 --> 00:00:04,000\nGood bye.\n"
VTT = (
    "WEBVTT\n\nNOTE by Ann\n\n"
    "00:01.000 --> 00:02.000 line:0\n<v Ann>Hello there.</v>\n42\n\nb\n00:03.000 --> 00:04.000\nGood bye.\n"
)
MAIL = (
    b"From: a@b.c\r\nSubject: =?utf-8?q?Urlaub_f=C3=BCr_alle?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"Drei=C3=9Fig Tage, in einer l=\r\nangen Zeile.\r\n"
)
CELLS = [
    {"cell_type": "markdown", "source": ["# Leave\n", "Thirty days."]},
    {"cell_type": "code", "source": "x = 1", "outputs": [{"data": {"image/png": "iVBOR"}}]},
]


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_documents(path)
    return [*map(str, found.samples.x)], [*map(str, found.samples.meta["title"])], found.notes


@pytest.mark.parametrize(("name", "text"), [("a.srt", SRT), ("a.vtt", VTT), ("A.SRT", SRT.replace("\n", "\r\n"))])
def test_of_subtitles_what_is_said_is_read(tmp_path, name, text):
    texts, _, notes = read(tmp_path, name, text)
    assert texts == ["Hello there.\n42\nGood bye."]
    assert "were left out" in notes[0]


def test_of_an_e_mail_subject_and_words_are_read_and_a_mailbox_is_its_letters(tmp_path):
    texts, titles, _ = read(tmp_path, "a.eml", MAIL)
    assert [text.strip() for text in texts] == ["Dreißig Tage, in einer langen Zeile."]
    assert titles == ["Urlaub für alle"]
    box = b"".join(b"From a@b.c Mon Jan  1 10:00:00 2024\n" + MAIL + b"\n" for _ in range(3))
    assert len(read(tmp_path, "a.mbox", box)[0]) == 3
    page = b"Content-Type: text/html; charset=latin-1\n\n<p>Sch\xf6n<script>x</script>"
    assert read(tmp_path, "b.eml", page)[0] == ["Schön"]


@pytest.mark.parametrize("name", ["inbox/1.", "inbox/mail_7", "cur/1350.M1P2.host:2,S"])
def test_letters_of_a_folder_need_no_ending(tmp_path, name):
    """As Maildir and Enron's mail have them; what is no letter there is left out as before."""
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_bytes(b"Date: Mon, 14 May 2001 16:39:00 -0700\n" + MAIL)
    (tmp_path / "inbox" if (tmp_path / "inbox").exists() else tmp_path / "cur").joinpath("LICENSE").write_text(
        "Note: x\n"
    )
    rows = read_documents(tmp_path)
    assert rows.samples.meta["title"].tolist() == ["Urlaub für alle"]
    assert any("1 of 2 files was left out" in note for note in rows.notes)


def test_a_page_in_a_letter_may_hold_bytes_that_are_none_of_its_charset(tmp_path):
    page = b"Content-Type: text/html; charset=utf-8\n\n<p>" + "Guten Tag, schöne Grüße ".encode() * 3 + b"\xd1</p>"
    texts, _, _ = read(tmp_path, "a.eml", page)
    assert texts[0].startswith("Guten Tag, schöne Grüße")


def test_of_a_notebook_texts_and_code_are_read_and_nothing_that_was_printed(tmp_path):
    texts, _, notes = read(tmp_path, "a.ipynb", json.dumps({"cells": CELLS, "nbformat": 4}))
    assert texts == ["# Leave\nThirty days.\n\n```\nx = 1\n```"]
    assert "printed was left out" in notes[0]
    with pytest.raises(DataError, match="no notebook"):
        read(tmp_path, "b.ipynb", "{}")


def test_a_notebook_of_before_2015_has_sheets_inputs_and_headings(tmp_path):
    code = {"cell_type": "code", "input": ["x = 1"], "outputs": [{"text": ["1"]}]}
    cells = [{"cell_type": "heading", "level": 2, "source": ["Leave"]}, *CELLS[1:2], code]
    old = {"worksheets": [{"cells": cells[:1]}, {"cells": cells[1:]}], "nbformat": 3}
    texts, _, _ = read(tmp_path, "a.ipynb", json.dumps(old))
    assert texts[0].startswith("## Leave\n\n")
    assert texts[0].endswith("```\nx = 1\n```")


def test_front_matter_is_left_out_and_gives_the_title(tmp_path):
    texts, titles, notes = read(
        tmp_path, "a.md", "---\ntitle: 'On leave'\ntags:\n  - x\n---\n\n# Leave\n\nThirty days.\n"
    )
    assert (texts, titles) == (["# Leave\n\nThirty days.\n"], ["On leave"])
    assert any("front matter" in note for note in notes)
    toml = '+++\ntitle = "On leave"\ntags = [\n  "x"\n]\n+++\n\n# Leave\n\nThirty days.\n'
    assert read(tmp_path, "c.md", toml)[:2] == (["# Leave\n\nThirty days.\n"], ["On leave"])
    for text in (
        "+++\nA text below a line.\n+++\nMore.\n",
        "---\nA text below a line.\n---\nMore.\n",
        "Words: first.\n---\nMore.\n",
    ):
        assert read(tmp_path, "b.md", text)[0] == [text]


def test_one_file_that_is_named_is_read_as_text_and_in_a_folder_it_is_left_out(tmp_path):
    text = "def f(x):\n    return x < 2\n"
    assert read(tmp_path, "a.py", text)[0] == [text]
    (tmp_path / "b.txt").write_text("Words.")
    assert any("not read: a.py" in note for note in read_documents(tmp_path).notes)
    with pytest.raises(DataError, match="is not text"):
        read(tmp_path, "a.bin", bytes(range(256)))


@pytest.mark.parametrize("name", ["a.doc", "a.pages", "a.rtf", "a.ppt", "a.key"])
def test_a_format_of_another_program_says_how_to_save_it(tmp_path, name):
    with pytest.raises(DataError, match="save it"):
        read(tmp_path, name, b"PK\x03\x04" if name != "a.rtf" else rb"{\rtf1 Hello}")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("gap", [0, 3])
def test_empty_lines_above_the_kind_of_a_letter_leave_no_marks_in_its_words(tmp_path, end, gap):
    """eml-parse-js 47."""
    head = "MIME-Version: 1.0\nSubject: Nets\nFrom: a@b.c\n" + "\n" * gap
    body = (
        'Content-type: multipart/alternative;\n\tBoundary="q"\n\n--q\nContent-transfer-encoding: quoted-printable\n'
        "Content-type: text/plain; charset=utf-8\n\nThe nets are dr=\ny on Monday.\n\n--q--\n"
    )
    texts, titles, _ = read(tmp_path, "a.eml", (head + body).replace("\n", end))
    assert [" ".join(text.split()) for text in texts] == ["The nets are dry on Monday."]
    assert titles == ["Nets"]


def test_a_letter_that_quotes_another_is_left_as_it_is(tmp_path):
    letter = "Subject: Nets\nFrom: a@b.c\n\nHe wrote:\n\nContent-Type: multipart/mixed; boundary=q\n\nand no more.\n"
    assert "He wrote:" in read(tmp_path, "a.eml", letter)[0][0]


def test_a_workbook_is_a_text_a_row_and_a_damaged_one_is_named(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["title", "text"], ["Leave", "Thirty days."], ["Trains", "Second class."]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read_documents(tmp_path / "a.xlsx")
    assert [*map(str, found.samples.x)] == ["Thirty days.", "Second class."]
    assert [*map(str, found.samples.meta["title"])] == ["Leave", "Trains"]
    with pytest.raises(DataError, match=r"b.xlsx \(is no workbook, or damaged\)"):
        read(tmp_path, "b.xlsx", b"PK\x03\x04")


JAPANESE = "灯台についてのお問い合わせ"
HEAD = b"From: a@b.jp\nSubject: T\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\nContent-Type: "


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"text/plain;", JAPANESE.encode("iso-2022-jp")),  # zammad 6144
        (b"text/plain; charset=iso-2022-jp", JAPANESE.encode()),  # mikel/mail 1423
        (b'text/plain; charset="_iso-2022-jp$ESC"', JAPANESE.encode("iso-2022-jp")),  # mail-api 63
        (b"text/html; charset=iso-2022-jp", b"<p>" + JAPANESE.encode("iso-2022-jp")),  # mail-parser 79
        (b"text/html", b"<meta charset=shift_jis><p>" + JAPANESE.encode("cp932")),
        (b"text/plain", JAPANESE.encode()),
    ],
)
def test_a_letter_is_read_in_the_charset_that_it_has_where_it_names_none_or_a_wrong_one(tmp_path, kind, body):
    texts, _, notes = read(tmp_path, "a.eml", HEAD + kind + b"\n\n" + body + b"\n")
    assert [text.strip() for text in texts] == [JAPANESE]
    assert ("It names" in " ".join(notes)) == (b"=" in kind and b"html" not in kind)


def test_where_the_plain_part_of_a_letter_is_blank_its_page_is_read(tmp_path):
    parts = (
        b'multipart/alternative; boundary="q"\n\n--q\nContent-Type: text/plain\n\n \n--q\nContent-Type: text/html\n\n'
    )
    assert read(tmp_path, "a.eml", HEAD + parts + b"<p>The boat sails.\n--q--\n")[0] == ["The boat sails."]


def test_japanese_text_in_the_encoding_of_mail_is_read_and_told(tmp_path):
    rows = "".join(f"{JAPANESE} {i},{i}.5\n" for i in range(20))
    (tmp_path / "a.csv").write_bytes(f"名前,値\n{rows}".encode("iso-2022-jp"))
    found = load(str(tmp_path / "a.csv"))
    assert found.samples.x[:, 0].tolist() == [i + 0.5 for i in range(20)]
    assert "ISO-2022-JP, a guess" in " ".join(found.notes)
    assert read(tmp_path, "b.txt", "A terminal turns \x1b[1mbold\x1b[0m here.")[2] == []


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_rich_text_and_pages_under_the_name_of_a_text_are_no_plain_text(tmp_path, name):  # unstructured 886
    rich = r"{\rtf1\ansi\f0\fs24 The ferry leaves at nine.\par}"
    with pytest.raises(DataError, match="rich text"):
        read(tmp_path, name, rich)
    with pytest.raises(DataError, match="rich text"):
        load(str(tmp_path / name))
    page = "<!-- saved -->\n<!DOCTYPE html><html><body><p>The boat <script>x</script>sails.</p></body></html>"
    assert read(tmp_path, name, page)[0] == ["The boat sails."]
    with pytest.raises(DataError, match="a web page"):
        load(str(tmp_path / name))
    assert read(tmp_path, name, "<p>A paragraph of Markdown.</p>\n")[0] == ["<p>A paragraph of Markdown.</p>\n"]


@pytest.mark.parametrize("inner", ["text/plain", "text/html"])
def test_texts_around_a_picture_are_all_read_and_attachments_are_not(tmp_path, inner):  # IPED 330
    parts = [
        f"Content-Type: {inner}\nContent-Disposition: inline\n\nHere is the pelican.",
        "Content-Type: image/png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
        "Content-Type: multipart/alternative; boundary=z\n\n--z\nContent-Type: text/html\n\n<p>No.\n--z\n"
        "Content-Type: text/plain\n\nIt stands behind.\n--z--",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nLeft out.",
    ]
    body = "multipart/mixed; boundary=q\n\n--q\n" + "\n--q\n".join(parts) + "\n--q--\n"
    assert read(tmp_path, "a.eml", HEAD + body.encode())[0] == ["Here is the pelican.\n\nIt stands behind."]


def test_a_mailbox_is_parted_by_its_own_lines_alone(tmp_path):  # import-export-tools-ng 145, 329, 766
    head = b"From a@b.c Mon Jan  1 10:00:00 2024\n"
    first = b">From - Sat Apr 12 2025 15:59:28\nX-Mozilla-Status: 0001\nSubject: One\n\n"
    first += b"Dear all,\n\nFrom my side:\n>From us\n>>From x\n\n"
    texts, titles, _ = read(tmp_path, "a.mbox", head + first + head + b"Subject: Two\n\nThe boat sails.\n\n")
    assert texts == ["Dear all,\n\nFrom my side:\nFrom us\n>From x", "The boat sails."]
    assert titles == ["One", "Two"]
    assert read(tmp_path, "a.eml", b"Subject: One\n\nHe wrote:\n>From us\n")[0] == ["He wrote:\n>From us"]
