"""Rows of spreadsheets, of objects within objects, and of CSV whose cells hold lines of prose."""

import csv
import json

import openpyxl
import pytest

import autophagy
from autophagy.audit.spec import AuditSpec


def texts(path, tmp_path, **more):
    spec = AuditSpec(paths=str(path), curators=["hidden"], **more)
    result = autophagy.run(spec, tmp_path / "out", workers=1)
    return result.document


def test_the_rows_of_a_sheet_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["question", "answer", "stars"])
    for number in range(4):
        book.active.append([f"What is {number}?", f"It is a number.\u200b\u200b{number}", number])
    book.save(tmp_path / "rows.xlsx")
    document = texts(tmp_path / "rows.xlsx", tmp_path)
    assert (document["rows"], document["unreadable"]) == (4, 0)
    (finding,) = document["findings"]
    assert finding["count"] == 4
    assert finding["examples"][0]["file"] == "rows.xlsx"


def test_a_damaged_sheet_is_told(tmp_path):
    (tmp_path / "rows.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "good.jsonl").write_text('{"text": "one"}\n')
    assert texts(tmp_path, tmp_path)["unreadable"] == 1


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_column_within_objects_is_named_with_a_dot(tmp_path, ending):
    rows = [{"answer": {"text": f"word\u200b\u200b{number}", "by": "a"}, "text": "other"} for number in range(3)]
    path = tmp_path / f"rows.{ending}"
    if ending == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), path)
    assert texts(path, tmp_path, column="answer.text")["findings"][0]["count"] == 3


def test_lines_of_prose_with_commas_within_a_cell_are_no_rows(tmp_path):
    """What `csv` writes is read as `csv` reads it, also where each line of a cell has as many commas as a row."""
    prose = "First, we add.\nThen, we divide.\nAt last, we multiply.\nSo, it is done."
    with (tmp_path / "rows.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["question", "answer"])
        out.writerows([f"How many are {number}, and why?", prose] for number in range(50))
    document = texts(tmp_path / "rows.csv", tmp_path)
    assert (document["rows"], document["unreadable"]) == (50, 0)
