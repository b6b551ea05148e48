"""Tables with something among or above their rows: names that come again, notes as wide as they are, a title.

The reports: mb2-analysis 89, data.table 1113 (NONMEM) and 5384 (regenie), readxl 198.
"""

import csv
import gzip
import io

import numpy as np
import pytest

from autophagy.data.load import load

NAMES = ["CHROM", "GENPOS", "ALLELE", "BETA", "SE"]
ROWS = [["1", str(600 + i), "ACGT"[i % 4], f"{i * 0.25 - 2}", f"{i * 0.5 + 1}"] for i in range(20)]
NOTES = [
    ["Lots of people", "", "", "", ""], ["at", "", "the top", "of", "this"], ["or", "merging", "", "", ""],
    ["Name", "Trade", "Age", "Height", "Home"],
]  # fmt: skip
PEOPLE = [[f"Ann {i}", "actor", str(30 + i), f"1.{50 + i}", "Rome"] for i in range(20)]


def saved(tmp_path, name, content):
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return load(str(tmp_path / name))


@pytest.mark.parametrize(("mark", "name"), [(",", "a.csv"), ("\t", "a.tsv"), (" ", "a.txt"), (" ", "a.regenie")])
def test_names_that_come_again_are_set_aside_and_told(tmp_path, mark, name):
    lines = [mark.join(row) + "\n" for row in [NAMES, *ROWS[:7], NAMES, *ROWS[7:], NAMES]]
    found = saved(tmp_path, name, "".join(lines))
    np.testing.assert_allclose(found.samples.x, [[float(row[i]) for i in (0, 1, 3, 4)] for row in ROWS])
    assert "2 of 22 rows were set aside for repeating the names of the columns, the first in line 9" in str(found.notes)
    assert found.unreadable == 2
    packed = saved(tmp_path, f"{name}.gz", gzip.compress("".join(lines).encode()))
    np.testing.assert_array_equal(packed.samples.x, found.samples.x)


def test_a_line_like_the_names_in_one_column_alone_stays(tmp_path):
    found = saved(tmp_path, "a.csv", "text,label\n" + "text,a\nA boat sails by.,b\n" * 10)
    assert len(found.samples) == 20
    assert "repeating" not in str(found.notes)


def test_a_table_of_nonmem_is_no_text(tmp_path):
    names = ["ID", "TIME", "DV", "PRED", "RES"]
    lines = [" " + " ".join(f"{v: .4E}" for v in (i // 4 + 1, i % 4 * 2.0, i * 0.5, i + 0.25, -i)) for i in range(20)]
    text = "\n".join(["TABLE NO.  1", " " + "".join(f"{name:<12}" for name in names), *lines]) + "\n"
    found = saved(tmp_path, "a.txt", text)
    np.testing.assert_allclose(found.samples.x, [[i % 4 * 2.0, i * 0.5, i + 0.25, -i] for i in range(20)])
    assert "TABLE NO. 1" in str(found.notes)


@pytest.mark.parametrize(
    "lines",
    [
        ["Chapter one begins here", *[f"He had {i} cats" for i in range(20)]],
        ["of 2000", *[f"word{i} {i}" for i in range(20)]],
        [f"on day {i} the cat ate {i + 1} mice" for i in range(20)],
        ["a poem of boats", *["the boats sail on"] * 20],
    ],
)
def test_prose_whose_lines_have_as_many_words_stays_prose(tmp_path, lines):
    found = saved(tmp_path, "a.txt", "\n".join(lines) + "\n")
    assert (found.kind, len(found.samples)) == ("text", len(lines))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_notes_as_wide_as_the_table_stand_above_its_names(tmp_path, name):
    grid = [*NOTES, *PEOPLE]
    if name == "a.csv":
        sink = io.StringIO()
        csv.writer(sink).writerows(grid)
        content = sink.getvalue()
    else:
        book = pytest.importorskip("openpyxl").Workbook()
        for row in [*NOTES, *([a, b, int(c), float(d), e] for a, b, c, d, e in PEOPLE)]:
            book.active.append([cell or None for cell in row])
        bytes_ = io.BytesIO()
        book.save(bytes_)
        content = bytes_.getvalue()
    found = saved(tmp_path, name, content)
    np.testing.assert_allclose(found.samples.x, [[30 + i, 1.5 + i / 100] for i in range(20)])
    assert "Name (words)" in str(found.notes)
    assert "3 " in str(found.notes)
    assert "were passed over as a title" in str(found.notes)


def test_a_sparse_table_of_words_keeps_its_first_rows(tmp_path):
    rows = [
        "name,trade,home,age",
        "Ann,,,",
        "Bob,actor,,",
        "Cid,cook,Rome,",
        *[f"Dan,baker,Bern,{i}" for i in range(20)],
    ]
    found = saved(tmp_path, "a.csv", "\n".join(rows) + "\n")
    assert found.samples.x[:, 0].tolist() == list(range(20))
    assert "title" not in str(found.notes)


def test_rows_named_by_bare_words_below_one_name_less_are_a_table(tmp_path):  # readr 1549
    lines = ["TCGA.a TCGA.b TCGA.c", *[f"GENE{i} {i * 0.5} {i} {-i}" for i in range(20)]]
    found = saved(tmp_path, "a.txt", "\n".join(lines) + "\n")
    np.testing.assert_allclose(found.samples.x, [[i * 0.5, i, -i] for i in range(20)])


@pytest.mark.parametrize("name", ["SA_ID", "Order ID", "Customer Id", "user_id", "userID"])
def test_a_key_is_no_number_however_it_is_written(tmp_path, name):  # csvkit 1198
    rows = [f"{100 + 7 * i},{i} Revelstroke Road West,R" for i in range(20)]
    found = saved(tmp_path, "a.csv", f"{name},Mail Address,Plan\n" + "\n".join(rows) + "\n")
    assert (found.kind, str(found.samples.x[0])) == ("text", "0 Revelstroke Road West")
