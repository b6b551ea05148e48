"""Workbooks of other programs than Excel's of today, and files of SPSS, Stata and SAS: read as what they say."""

import base64
import datetime
import io
import re
import struct
import zipfile
import zlib

import numpy as np
import pytest

from autophagy import audit, curate
from autophagy.core.errors import DataError, MissingExtra
from autophagy.curators.findings import unread
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.questions import read_questions

pyreadstat = pytest.importorskip("pyreadstat")
pd = pytest.importorskip("pandas")

# made by xlwt 1.3.0: a sheet Cover with one line; a sheet Data with tenure 1 .. 12, charge 1.5 times that, left, since
XLS = """
c-rllT}TvB6oAj2zx{RHH5F8lMd;5os9t)}Ev<|ov0jP_YIVmHbvMQ}u!pj2AA_Kmie3bJ2+HcEA1tW1punhyASl$Jhk~G}h|t~6J#%MrYyuZb
GWINU=H7Gf`R3gJ*?Bq<nH;%UIR*2i5oE~be4x#-F}!?MCJb1f%kiXj_u`c+$dVGD7Y9;PVZ7*xhmRp2?<tVrhVl?Kz%*V5;0Uy)l6rIzrHNvQ
Gaf?&Q*iD{a0#yvR8U+cq&rA2BYmCf-Xpz<EN4hJVBJZ!4<=%*wHw7e-YeBmSqL?Q+vM|-EbE{Q9`Sj6;w&@ks<7GUj`uFHf@&oQqku!&q9=8O
=ZoPo_yGn{>ihcY6NyPE#o-=>FS#hdXKP(Qh!*UNYiEG=Z%(`CH+C-$;(Yr#NdXvw+#$v%a|Vi_N#P|bG^dX0Mh1d#UgZV_w#3u%8Q2aH%<<)p
_vWqvBN<I~M$=t-bWo2QxC5m1<ba`LqN6Kr9M+N6t9Pc6(chiy&}E!NdOt3fWXjJ^1lmEujvb_k)>RO70*Waeq16?}2FzUf_-to;TkIfNhUnBV
&z9x9A&`TU+yk9Mc8RHL$zu)aQ$($zbS3FhY%tzew3Ug(wqdGsno3vTb2gAXkFA`OUWMt*`(1acGjC$6F+J8Yb*yykMQj9W@T^OqKmQFw9jjv(
FL1dVv+hjnLa#_y{IVl?rLc%SCl1hJnB{BG?0J65N+ocMSH&Icrz}RV7J)e<mTs>quD!}zZ04-qF>?~;WIHEgP7y3Nk98lP&xoaw-Y;<$_hUri
OX;}8b28R^eN`fg<U*0i-%mOO7DaMUB%(|UitIv>ZT|=aJQhVJiY6#BQQiuQ;zCi#zl3z99gE_KMIp*NK~Y^OD*2a_9uHU))j?5-@<C8E7m8*_
5y2T`Q8Y)3G@^VG6pstV+`p<x_k=Bq#}SK%C|?D|>q7C8e+}vNb}U{8#Y>d$g5q<b`0TbspsLKG_#7?r5hW`qeiw>4Q))>!+OhZ@vG|E1T{9^G
7fOKq*OGo*VNn7ON`NSupafkgLAysHu)~fe=x9-pD1M~SJ_c_4SV0O>kb)HC-xNmgMj+lifKCWa{5#;^b!PF(7Cw{wx3U{j_)Fto%B_&Zy8(lF
&7X2mnZ;rY^s&Ada@m7VH=qaFDUP1J=P$ksvAOM8uw(eoEunm$pUo%Ezx@0kS<XyV
"""
ROWS = [(r, r * 1.5, "yes" if r % 3 else "no", datetime.date(2020, 1, r)) for r in range(1, 13)]
NUMBERS = np.array([row[:2] for row in ROWS], float)


def xls():
    return zlib.decompress(base64.b85decode("".join(XLS.split())))


def ods(rows, apart=""):
    """A spreadsheet as LibreOffice saves it, with an empty row and a formula's value; `apart` stands between tags."""

    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if isinstance(value, datetime.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        return f'<table:table-cell office:value-type="float" office:value="{value}" table:formula="of:=1"/>'

    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    table = apart.join(re.split("(?<=>)(?=<)", table))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def read(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    return load(str(tmp_path / name))


NAMED = ("tenure", "charge", "left", "since")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", xls()),
        ("a.ods", ods([NAMED, *ROWS])),
        ("indented.ods", ods([NAMED, *ROWS], apart="\n  ")),  # as KSpread wrote it
    ],
)
def test_workbooks_of_other_programs_are_tables(name, data, tmp_path):
    rows = read(tmp_path, name, data)
    np.testing.assert_array_equal(rows.samples.x, NUMBERS)
    assert any("left (categories)" in note and "since (dates)" in note for note in rows.notes)


@pytest.mark.parametrize(("name", "data"), [("a.xls", xls()), ("a.ods", ods([NAMED, *ROWS]))])
def test_a_damaged_one_is_one_sentence(name, data, tmp_path):
    with pytest.raises(DataError, match=r"may be damaged, so save it again|does not hold what its name says"):
        read(tmp_path, name, data[: len(data) // 2])


def saved(rows):
    """An .xlsx file as openpyxl saves it."""
    openpyxl, file = pytest.importorskip("openpyxl"), io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def changed(data, named=lambda name: name, words=lambda part: part):
    """An archive whose parts have other names, or none where they are left out, and other words."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(file, "w") as written:
        for name in read.namelist():
            if named(name):
                written.writestr(named(name), words(read.read(name)))
    return file.getvalue()


def without(data, part):
    """An archive without one of its parts."""
    return changed(data, named=lambda name: name if name != part else "")


def strict(part):
    """A part as Excel writes it where it is to save "Strict Open XML", under the names of ISO 29500."""
    for old, new in (
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (f"{RELATED}/worksheet", "http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet"),
        (f"{RELATED}/officeDocument", "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"),
        (RELATED, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        part = part.replace(old.encode(), new.encode())
    return part


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    "other", [{"words": strict}, {"named": lambda name: name.replace("/", "\\")}], ids=["strict", "of Windows"]
)
def test_workbooks_in_the_words_of_other_standards_and_systems_are_read(tmp_path, other):
    found = read(tmp_path, "a.xlsx", changed(saved([NAMED, *ROWS]), **other))
    np.testing.assert_array_equal(found.samples.x, NUMBERS)
    worked_out = changed(saved([(*NAMED, "twice"), *((*row, "=2*A2") for row in ROWS)]), **other)
    np.testing.assert_array_equal(read(tmp_path, "b.xlsx", worked_out).samples.x, NUMBERS)


def test_signs_that_xml_cannot_hold_are_no_codes(tmp_path):
    """Excel writes the carriage return of a cell as _x000D_."""
    rows = [("text",), *((f"First line{n}._x000D_\nSecond line.",) for n in range(3)), ("a_x_b",)]
    (tmp_path / "a.xlsx").write_bytes(saved(rows))
    texts = read_documents(tmp_path / "a.xlsx").samples.x.tolist()
    assert not any("_x000D_" in text for text in texts)
    assert "a_x_b" in texts


LOCKED = b"""<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
><manifest:file-entry manifest:full-path="content.xml">
<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"""


def test_a_locked_workbook_is_told_to_be_locked(tmp_path):
    data = changed(ods([NAMED, *ROWS]), words=lambda part: LOCKED if part == b"<manifest/>" else part)
    with pytest.raises(DataError, match=r"a.ods needs a password: save it without one\.$"):
        read(tmp_path, "a.ods", data)
    with pytest.raises(DataError, match="needs a password"):
        read_documents(tmp_path / "a.ods")
    (tmp_path / "rows.csv").write_text("text,more\n" + "Words.,a\n" * 9)
    result = audit(str(tmp_path))
    assert [each["reason"] for each in result.document["reasons"]] == ["being a file that needs a password"]


def test_a_file_that_is_lost_whole_is_named_beside_the_rows_that_are():
    rows = {"reason": "having no text in the column (no name)", "count": 29, "row": 5, "file": "a/rows.csv"}
    file = {"reason": "being a file that needs a password", "count": 1, "row": 0, "file": "a/locked.xlsx"}
    assert unread({"unreadable": 30, "reasons": [rows, file]}) == (
        "30 rows could not be read, such as rows.csv row 5, for having no text in the column (no name), "
        "and the file locked.xlsx, for being a file that needs a password."
    )
    assert unread({"unreadable": 1, "reasons": [file]}) == (
        "1 row could not be read: locked.xlsx, for being a file that needs a password."
    )


def test_a_workbook_without_the_list_of_its_parts_is_read_all_the_same(tmp_path):
    """Instruments save such workbooks, and openpyxl refuses them."""
    bare = without(saved([NAMED, *ROWS]), "[Content_Types].xml")
    np.testing.assert_array_equal(read(tmp_path, "a.xlsx", bare).samples.x, NUMBERS)
    with pytest.raises(DataError, match="may be damaged, so save it again"):
        read(tmp_path, "b.xlsx", without(bare, "xl/worksheets/sheet1.xml"))


def test_a_workbook_with_macros_is_a_workbook(tmp_path):
    rows = [("question", "answers", "text"), *((f"What is {n}?", str(n), f"Words about {n}.") for n in range(3))]
    (tmp_path / "a.xlsm").write_bytes(saved(rows))
    assert len(read_documents(tmp_path / "a.xlsm").samples) == 3
    assert [each.answers for each in read_questions(tmp_path / "a.xlsm")[0]] == [("0",), ("1",), ("2",)]
    assert len(curate(str(tmp_path / "a.xlsm"), column="text").kept) == 3


def test_a_sheet_that_says_it_is_as_large_as_one_can_be_is_read_for_what_stands_in_it(tmp_path):
    """Who gives a format to a whole sheet has one of 1,048,576 rows and 16,384 columns, nearly all of them empty."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [NAMED, *ROWS]:
        book.active.append(row)
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    rows = load(str(tmp_path / "a.xlsx"))
    np.testing.assert_array_equal(rows.samples.x, NUMBERS)
    assert read_documents(tmp_path / "a.xlsx").samples.x.shape == (12,)


def test_an_old_workbook_that_is_a_page_is_still_read_as_one(tmp_path):
    page = "<table><tr><td>a</td><td>b</td></tr>" + "<tr><td>1</td><td>2</td></tr>" * 3 + "</table>"
    assert read(tmp_path, "page.xls", page.encode()).samples.x.shape == (3, 2)


def test_a_document_of_text_is_no_workbook(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<text/>")
    with pytest.raises(DataError, match="archive"):
        read(tmp_path, "letter", file.getvalue())  # by what it holds: under its own name it is told by that


def test_texts_of_a_spreadsheet_are_documents(tmp_path):
    (tmp_path / "faq.ods").write_bytes(ods([("id", "text"), ("leave", "You get 30 days."), ("pay", "On the 25th.")]))
    found = read_documents(tmp_path / "faq.ods")
    assert found.samples.x.tolist() == ["You get 30 days.", "On the 25th."]
    assert found.samples.meta["document"].tolist() == ["leave", "pay"]


FRAME = pd.DataFrame(
    {
        "age": [20.0 + i % 40 for i in range(60)],
        "income": [1.5 * i + 9 for i in range(60)],
        "sex": [1.0, 2.0] * 30,
        "when": [datetime.date(2020, 1, 1 + i % 28) for i in range(60)],
    }
)
SEX = {"sex": {1: "male", 2: "female"}}
WRITERS = {
    "a.sav": lambda frame, path: pyreadstat.write_sav(frame, path, variable_value_labels=SEX),
    "a.zsav": lambda frame, path: pyreadstat.write_sav(frame, path, compress=True, variable_value_labels=SEX),
    "a.dta": lambda frame, path: pyreadstat.write_dta(frame, path, variable_value_labels=SEX),
    "a.xpt": lambda frame, path: pyreadstat.write_xport(frame, path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_files_of_statistics_programs_are_tables(name, tmp_path):
    WRITERS[name](FRAME, tmp_path / name)
    rows = load(str(tmp_path / name))
    labelled = name != "a.xpt"  # a transport file has no labels
    np.testing.assert_allclose(rows.samples.x, FRAME[["age", "income"] if labelled else ["age", "income", "sex"]])
    assert any("Values were read as the words that label them: sex" in note for note in rows.notes) == labelled
    assert any("when (dates)" in note for note in rows.notes)


def test_what_they_mark_as_missing_is_missing_and_a_few_labels_make_no_words(tmp_path):
    frame = FRAME.drop(columns=["sex", "when"]).astype({"age": float})
    frame.loc[3, "income"] = np.nan
    frame.loc[5, "income"] = 999.0
    missing = {"income": [{"lo": 990, "hi": 999}]}
    labels = {"age": {20: "young"}, "income": {999: "refused"}}
    pyreadstat.write_sav(frame, tmp_path / "a.sav", missing_ranges=missing, variable_value_labels=labels)
    rows = load(str(tmp_path / "a.sav"))
    assert len(rows.samples) == 58
    assert rows.unreadable == 2
    assert any("they stay as they are: age" in note and "calls 20 young" in note for note in rows.notes)


def test_a_label_may_be_that_of_a_word(tmp_path):
    frame = pd.DataFrame({"greeting": [f"Good day number {i}" for i in range(9)], "code": ["a", "b", "c"] * 3})
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels={"code": {"a": "first"}})
    assert any("they stay as they are: code; code calls a first" in note for note in load(tmp_path / "a.sav").notes)


@pytest.mark.parametrize("name", ["a.sav", "a.dta", "a.sas7bdat", "a.xpt", "a.por"])
@pytest.mark.parametrize("data", [b"", b"$FL2@(#) SPSS DATA FILE", b"\0" * 5000, b"a,b\n1,2\n" * 50])
def test_what_is_none_of_them_is_one_sentence(name, data, tmp_path):
    with pytest.raises(DataError, match=r"(may be damaged|is empty|holds no rows).*"):
        read(tmp_path, name, data)


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(MissingExtra, match=r"SPSS, Stata and SAS needs the package pyreadstat.*autophagy\[tables\]"):
        read(tmp_path, "a.sav", b"$FL2")


def test_words_that_are_no_utf_8_lose_no_letter(tmp_path):  # haven 615
    import pandas as pd

    names = ["Jos\u00a4\u00a4 Luis", "Ann", "Ren\u00a4\u00a4"]
    pyreadstat.write_sav(pd.DataFrame({"score": [i * 0.5 for i in range(12)], "name": names * 4}), tmp_path / "a.sav")
    whole = read(tmp_path, "b.sav", (tmp_path / "a.sav").read_bytes())
    assert not any("UTF-8" in note for note in whole.notes)
    found = read(tmp_path, "c.sav", (tmp_path / "a.sav").read_bytes().replace("\u00a4\u00a4".encode(), b"\xe9x\xe9y"))
    told = " ".join(found.notes)
    assert "Windows-1252, a guess" in told
    assert "1 = Joséxéy Luis" in told


def test_what_stata_marked_as_missing_before_its_sixth_version_is_missing(tmp_path):
    """pandas 58149: 2^333 was a number."""
    rows = [(float(i), 2.0**333 if i == 3 else i / 2) for i in range(8)]
    head = bytes([105, 2, 1, 0]) + struct.pack("<hi", 2, len(rows)) + bytes(32) + b"04 Apr 1999 10:00\0"
    names = b"gini".ljust(9, b"\0") + b"area".ljust(9, b"\0")
    kinds = b"dd" + names + bytes(6) + b"%9.0g".ljust(12, b"\0") * 2 + bytes(9 * 2 + 32 * 2 + 3)
    (tmp_path / "old.dta").write_bytes(head + kinds + b"".join(struct.pack("<2d", *row) for row in rows))
    found = load(str(tmp_path / "old.dta"))
    assert len(found.samples) == 7
    assert (
        "1 of 8 rows was set aside for a cell that is missing or cannot be read, the first in row 4" in found.notes[0]
    )
