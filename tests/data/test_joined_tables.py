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


def drawn(rows, corners="┌┬┐├┼┤└┴┘", bars="│││", line="─", named="─"):
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    rules = [a + m.join(mark * n for n in widths) + e for (a, m, e), mark in zip(
        (corners[:3], corners[3:6], corners[6:]), (line, named, line), strict=True)]  # fmt: skip
    cells = [
        bars[0] + bars[1].join(f" {cell:<{n - 1}}" for cell, n in zip(row, widths, strict=True)) + bars[2]
        for row in rows
    ]
    return [rules[0], cells[0], rules[1], *cells[1:], rules[2]]


LOOKS = [
    {},
    {"corners": "┌┬┐╞╪╡└┴┘", "bars": "│┆│", "named": "═"},
    {"corners": "╔╦╗╠╬╣╚╩╝", "bars": "║║║", "line": "═", "named": "═"},
]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.log"])
@pytest.mark.parametrize("look", LOOKS)
def test_a_table_that_is_drawn_with_lines_is_one(tmp_path, name, look):  # xan 926
    rows = [["a", "word", "b"], *[[f"{i * 0.5}", "xy"[i % 2], str(i)] for i in range(12)]]
    found = saved(tmp_path, name, "\n".join(drawn(rows, **look)) + "\n")
    np.testing.assert_allclose(found.samples.x, [[i * 0.5, i] for i in range(12)])
    assert "3 lines of dashes were passed over" in str(found.notes)


def test_what_polars_prints_is_a_table_and_a_drawing_stays_a_text(tmp_path):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"a": [i * 0.5 for i in range(5)], "b": range(5)})
    np.testing.assert_allclose(saved(tmp_path, "a.txt", str(frame) + "\n").samples.x, [[i * 0.5, i] for i in range(5)])
    art = ["┌─────┐", "│ cat │", "└─────┘", "A cat in a box.", "It sleeps."]
    assert [*saved(tmp_path, "b.txt", "\n".join(art) + "\n").samples.x] == art


def test_answers_that_were_ticked_are_no_decimals(tmp_path):  # qualtRics 381
    rows = "".join(f'{i * 3},"{",".join("1234"[: i % 3 + 1])}"\n' for i in range(21))
    found = saved(tmp_path, "a.csv", "Duration,Q2\n" + rows)
    np.testing.assert_allclose(found.samples.x, [[i * 3] for i in range(21)])
    assert "decimal mark" not in str(found.notes)
    india = saved(tmp_path, "b.csv", "a,b\n" + "".join(f'"12,34,{i}67",{i}\n' for i in range(9)))
    assert india.samples.x[0, 0] == 1234067


@pytest.mark.parametrize("gap", ["nan", "-", "NA", "?"])
def test_a_column_of_gaps_alone_holds_nothing(tmp_path, gap):  # HeaterMeter 47, t400-firmware 38
    found = saved(tmp_path, "a.csv", "a,b\n" + "".join(f"{i * 0.5},{gap if i % 4 else ''}\n" for i in range(20)))
    assert "b (holds nothing)" in str(found.notes)
    assert saved(
        tmp_path, "b.csv", "a,b\n" + "".join(f"{i * 0.5},{'x' if i % 2 else gap}\n" for i in range(20))
    ).samples


def test_the_number_of_a_feature_on_a_map_is_no_data(tmp_path):  # vega 353
    import json

    features = [
        {"type": "Feature", "properties": {"OBJECTID": 2253 + i, "age": i % 7}, "geometry": None} for i in range(20)
    ]
    found = saved(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert found.samples.x[:, 0].tolist() == [i % 7 for i in range(20)]


def test_an_apostrophe_that_was_set_before_a_number_is_told(tmp_path):  # pretix 1394
    found = saved(tmp_path, "a.csv", "a,total\n" + "".join(f"x{i},'-{i}.75\n" for i in range(20)))
    assert found.samples.x[:, 0].tolist() == [-i - 0.75 for i in range(20)]
    assert "an apostrophe in front taken off, as in '-0.75" in str(found.notes)


def test_of_parquet_a_gap_is_empty_and_a_time_within_an_object_is_a_date(tmp_path):  # fastparquet 948, polars 21332
    import datetime

    arrow, formats = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    times = [{"t": datetime.datetime(2025, 1, 1 + i), "score": i * 0.5} for i in range(20)]
    table = arrow.table({"a": times, "n": arrow.array([None if i == 3 else i % 5 for i in range(20)], arrow.int64())})
    formats.write_table(table, tmp_path / "a.parquet", use_deprecated_int96_timestamps=True)
    found = load(str(tmp_path / "a.parquet"))
    assert found.samples.x.shape == (19, 2)
    assert "a.t (dates)" in str(found.notes)
    assert "the first in row 4: n is empty" in str(found.notes)
