"""Tables as strangers bring them: totals below, rulers, units, currencies, odd numbers, names of all kinds."""

import io

import numpy as np
import pytest

from autophagy.core.errors import DataError
from autophagy.data.load import load
from autophagy.data.readers.records import read_records

ROWS = [[i * 1.25 + 3, 90 - i * 0.5, i * i / 4 + 1] for i in range(20)]
LINES = [",".join(f"{cell:g}" for cell in row) for row in ROWS]
NAMED = [f"shop {i},{line}" for i, line in enumerate(LINES)]
TOTAL = ",".join(f"{sum(column):g}" for column in zip(*ROWS, strict=True))
TWO = [[float(i + 1), float(i)] for i in range(20)]


def read(tmp_path, text, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(path))


def lines(*parts):
    flat = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return "\n".join(flat) + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (lines("shop,a,b,c", NAMED, f"Total,{TOTAL}"), "1 of 21 rows was set aside for summing up others"),
        (lines("shop,a,b,c", NAMED, f"Grand total:,{TOTAL}"), "summing up others"),
        (lines("shop,a,b,c", NAMED, f",{TOTAL}"), "summing up others"),
        (lines("shop,a,b,c", NAMED, "mean,50,50,50", "SD,3,3,3"), "2 of 22 rows were set aside for summing up"),
        (lines("Filiale,a,b,c", NAMED, f"Summe,{TOTAL}"), "summing up others"),
        (lines("shop,a,b,c", NAMED[:9], "Subtotal north,9,9,9", NAMED[9:]), "summing up others"),
        (lines("店,a,b,c", NAMED, f"合计,{TOTAL}"), "summing up others"),
        (lines("a,b,c", LINES, "", "Source: the office"), "1 of 21 rows was set aside for too few or too many cells"),
        (lines("Device:,AX-5,", "Serial:,12345,", "", "a,b,c", LINES), "2 lines were passed over as a title"),
        (lines("Device,AX-5,", "Range,all,", "", "a,b,c", LINES), "2 lines were passed over as a title"),
        (lines("a,b,c,", LINES), None),
        (lines("a,b,c,d", LINES), "more names than the rows have cells"),
        (lines("a,,c", LINES), None),
        (lines('"a,b,c"', [f'"{line}"' for line in LINES]), "Quotes about each whole line"),
        (lines("| a | b | c |", "|---|--:|:-:|", [f"| {' | '.join(line.split(','))} |" for line in LINES]), "dashes"),
        (lines("+---+---+---+", "| a | b | c |", "+---+---+---+",
               [f"| {' | '.join(line.split(','))} |" for line in LINES], "+---+---+---+"), "3 lines of dashes"),
        ("a\x1fb\x1fc\x1e" + "".join(line.replace(",", "\x1f") + "\x1e" for line in LINES), None),
        ("\x01".join("abc") + "\n" + "".join(line.replace(",", "\x01") + "\n" for line in LINES), None),
    ],
)  # fmt: skip
def test_the_rows_alone_are_read(tmp_path, text, told):
    found = read(tmp_path, text)
    np.testing.assert_allclose(found.samples.x, ROWS)
    assert told is None or any(told in note for note in found.notes), found.notes


def test_a_class_called_total_is_a_class_and_rows_of_a_sum_by_chance_are_rows(tmp_path):
    kinds = ["total", "part"] * 10
    found = read(tmp_path, lines("a,b,kind", [f"{i},{i * 2},{kinds[i]}" for i in range(20)]))
    assert len(found.samples.x) == 20
    assert set(found.samples.meta["label"].tolist()) == {0, 1}
    assert len(read(tmp_path, lines("a,b", ["1,1", "2,2", "3,3"])).samples.x) == 3


def test_what_a_database_prints_is_a_table(tmp_path):
    printed = [f" {row[0]:6} | {row[1]:6} | {row[2]:6}" for row in ROWS]
    text = lines("   a    |   b    |   c", "--------+--------+-------", printed, "(20 rows)")
    found = read(tmp_path, text, "out.txt")
    np.testing.assert_allclose(found.samples.x, ROWS)


@pytest.mark.parametrize(
    ("cell", "first", "told"),
    [
        (lambda i: f"₹{i + 1},00,000", 1e5, "a currency taken off"),
        (lambda i: f"{(i + 1) / 10:g}M", 1e5, "thousands and millions in letters"),
        (lambda i: f"{i + 1}.5k", 1500, "thousands and millions in letters"),
        (lambda i: f"{i + 1}.0D+05", 1e5, None),
        (lambda i: f"{i + 1} kg", 1, "its unit taken off, as in 1 kg"),
        (lambda i: f"{i + 1}km/h", 1, "its unit taken off"),
        (lambda i: f"\u200b{i + 1}.0", 1, None),
        (lambda i: f"{i} 3/4" if i % 2 else str(i), 0, "fractions as decimals, as in 1 3/4"),
        (lambda i: f"{i}½" if i % 2 else str(i), 0, "fractions as decimals"),
        (lambda i: f"{'$' if i % 2 else '€'}{i + 1}", 1, "several currencies as if they were one"),
        (lambda i: f"{i}%" if i % 2 else f"{i}", 0, "taken off in 10 of 20 cells"),
        (lambda i: f"0{1000 + i}", 1000, "zeros in front dropped, as in 01000"),
    ],
)
def test_numbers_are_read_as_they_are_written_and_what_was_taken_off_is_told(tmp_path, cell, first, told):
    found = read(tmp_path, lines("a;b", [f"{cell(i)};{i}.5" for i in range(20)]))
    assert found.samples.x.shape == (20, 2), found.notes
    assert found.samples.x[0, 0] == pytest.approx(first)
    assert told is None or any(told in note for note in found.notes), found.notes


def test_units_that_differ_are_words(tmp_path):
    text = lines("a,b,c", [f"{i} {'kg' if i % 2 else 'g'},{i}.5,{i}" for i in range(20)])
    found = read(tmp_path, text)
    assert found.samples.x.shape == (20, 2)
    assert any("a (words)" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("when", lambda i: 20240101 + i),
        ("timestamp", lambda i: 1_700_000_000 + 60 * i),
        ("created_at", lambda i: 1_700_000_000_000 + 60_000 * i),
    ],
)
def test_days_and_moments_are_no_numbers(tmp_path, name, cell):
    found = read(tmp_path, lines(f"{name},a,b", [f"{cell(i)},{i}.5,{i * i}" for i in range(20)]))
    assert found.samples.x.shape == (20, 2)
    assert any(f"{name} (dates)" in note for note in found.notes)


@pytest.mark.parametrize("sep", [" ", ", ", ";"])
def test_numbers_side_by_side_in_a_cell_are_a_row(tmp_path, sep):
    found = read(
        tmp_path,
        lines("word\tvector", [f"w{i}\t{sep.join(f'{c:.2f}' for c in row)}" for i, row in enumerate(ROWS)]),
        "a.tsv",
    )
    np.testing.assert_allclose(found.samples.x, ROWS, atol=0.005)


def test_a_page_or_text_under_the_name_of_a_workbook_is_read(tmp_path):
    page = "<html><table><tr><th>a<th>b<th>c" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS)
    found = read(tmp_path, page, "a.xls")
    np.testing.assert_allclose(found.samples.x, ROWS)
    assert any("web page" in note for note in found.notes)
    np.testing.assert_allclose(read(tmp_path, lines("a\tb", ["1\t2", "3\t4"]), "b.xls").samples.x, [[1, 2], [3, 4]])
    with pytest.raises(DataError, match="may be damaged, so save it again"):
        read(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "c.xls")


def test_a_list_of_paths_is_no_set_of_images(tmp_path):
    with pytest.raises(DataError, match="paths of images"):
        read(tmp_path, lines("path,label", [f"img/{i}.png,{'ab'[i % 2]}" for i in range(20)]))


def test_a_column_without_a_name_among_others_is_kept(tmp_path):
    table = io.StringIO()
    table.write("a,,c\n" + lines(LINES))
    assert read(tmp_path, table.getvalue()).samples.x.shape == (20, 3)


def test_texts_in_quotes_stay_texts_and_a_sparse_table_is_no_text(tmp_path):
    texts = [f"One, two and number {i}." for i in range(12)]
    found = read(tmp_path, lines('"text"', [f'"{text}"' for text in texts]))
    assert [*map(str, found.samples.x)] == texts
    with pytest.raises(DataError, match="LIBSVM"):
        read(tmp_path, lines([f"{i % 2} 1:{i}.5 7:{i}" for i in range(20)]), "a.txt")


def test_decimal_commas_between_blanks_are_no_cells_of_their_own(tmp_path):
    numbers = [(152.03, -3.4), (381.42, 166.78), (-46.54, 344.3), (-1.07, 470.59), (-5.09, 999.99), (3.7, 5.7)]
    rows = [f"{a:.2f} {b:.2f} {('Köln', 'Bonn')[place % 2]}".replace(".", ",") for place, (a, b) in enumerate(numbers)]
    np.testing.assert_allclose(read(tmp_path, lines(rows)).samples.x, numbers)
    grouped = [f"{i} 234,5 {678 + i},9 {100 + i}" for i in range(1, 9)]  # three columns with thousands
    assert read(tmp_path, lines("a,b,c", grouped)).samples.x.shape == (8, 3)


def test_years_and_counts_are_names_whatever_blanks_stand_behind_them(tmp_path):
    rows = [f"A,PC,G{i}\t{i + 0.5} \t{': ' if i == 3 else f'{90 - i} '}" for i in range(20)]
    found = read(tmp_path, lines("freq,unit,geo\\TIME_PERIOD\t2019 \t2020 ", rows), "eurostat.tsv")
    np.testing.assert_allclose(found.samples.x, [[i + 0.5, 90 - i] for i in range(20) if i != 3])
    assert any("though it holds numbers" in note or "TIME_PERIOD" in note for note in found.notes)
    found = read(tmp_path, lines("Report of the year", "0\t1", ["0,00\t0,00"] * 12))
    assert found.samples.x.shape == (12, 2)
    assert any("title" in note and "Report of the year" in note for note in found.notes)


@pytest.mark.parametrize("mark", ["%", "%%", "//", "!", "#", "-- "])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.dat"])
def test_comments_of_any_program_are_passed_over_and_told(tmp_path, mark, name):
    blanks = [line.replace(",", " ") for line in LINES]
    found = read(tmp_path, lines(f"{mark} made on Monday", f"{mark} a b c", blanks), name)
    np.testing.assert_allclose(found.samples.x, ROWS)
    assert any("comments" in note and "made on Monday" in note for note in found.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_whose_lines_have_as_many_cells_is_a_table(tmp_path, delimiter):
    rows = [f'S{i},Plaza 5" north,{a},{b}' if i == 7 else f"S{i},Main St,{a},{b}" for i, (a, b, _) in enumerate(ROWS)]
    text = lines("stop_id,stop_name,lat,lon", rows).replace(",", delimiter)
    found = read(tmp_path, text, "stops.txt")
    np.testing.assert_allclose(found.samples.x, [row[:2] for row in ROWS])
    assert any("read as a table, since its lines have as many cells" in note for note in found.notes)
    prose = lines([f"In {1990 + i}, we met, and there it was." for i in range(20)])
    assert read(tmp_path, prose, "prose.txt").kind == "text"


@pytest.mark.parametrize("digits", ["０１２３４５６７８９．", "٠١٢٣٤٥٦٧٨٩٫", "०१२३४५६७८९."])
def test_digits_of_any_script_are_numbers(tmp_path, digits):
    written = [line.translate(str.maketrans("0123456789.", digits)) for line in LINES]
    np.testing.assert_allclose(read(tmp_path, lines("a,b,c", written)).samples.x, ROWS)


def test_a_cover_before_the_table_of_a_workbook_is_passed_over_and_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def save(*sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "a.xlsx")
        return load(str(tmp_path / "a.xlsx"))

    table = [["a", "b", "c"], *ROWS]
    for cover in ([["Sales 2024"], ["Contact", "Ann"]], [["Read me"], [None], ["of", "all", "shops"]]):
        found = save(("Cover", cover), ("Data", table), ("More", table))
        np.testing.assert_allclose(found.samples.x, ROWS)
        assert "The sheet Data was read; left out: Cover, More." in found.notes
    assert "The sheet Data was read; left out: Codes." in save(("Data", table), ("Codes", [["k", "v"]] * 99)).notes


def test_an_archive_of_several_files_is_refused_with_what_to_do(tmp_path):
    import zipfile

    def pack(*names):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name in names:
                archive.writestr(name, lines("a,b,c", LINES))
        return str(tmp_path / "a.zip")

    leavings = ("__MACOSX/data/._a.csv", "data/.DS_Store")
    np.testing.assert_allclose(load(pack("data/a.csv", *leavings)).samples.x, ROWS)
    with pytest.raises(DataError, match=r"archive of 2 files .*unpack it"):
        load(pack("train.csv", "test.csv", *leavings))
    for name, remedy in (("a.sql", "export the table"), ("a.tar", "unpack it"), ("a.dcm", "PNG")):
        with pytest.raises(DataError, match=remedy):
            read(tmp_path, "INSERT INTO t VALUES (1);\n", name)


def test_a_dash_that_was_set_for_the_minus_is_one_and_alone_it_is_a_gap(tmp_path):
    rows = [f"–{i + 0.5};{'–' if i == 3 else 90 - i}" for i in range(20)]
    found = read(tmp_path, lines("a;b", rows))
    np.testing.assert_allclose(found.samples.x, [[-i - 0.5, 90 - i] for i in range(20) if i != 3])
    assert found.unreadable == 1


@pytest.mark.parametrize("name", ["README.md", "LICENSE.txt", "dataset_card.md", "Citation.txt"])
def test_what_tells_of_the_data_is_no_data(tmp_path, name):
    for part in range(2):
        (tmp_path / f"part{part}.csv").write_text(lines("a,b,c", LINES[10 * part : 10 * part + 10]))
    (tmp_path / name).write_text("Where the data come from.\n\nAnd how.\n")
    found = load(str(tmp_path))
    np.testing.assert_allclose(found.samples.x, ROWS)
    assert any(name in note for note in found.notes)


def test_identifiers_are_left_out_where_some_of_them_look_like_numbers(tmp_path):
    rows = [f"{f'{i:024x}' if i % 3 else f'{i * 7:024d}'},{line}" for i, line in enumerate(LINES)]
    found = read(tmp_path, lines("_id,a,b,c", rows))
    np.testing.assert_allclose(found.samples.x, ROWS)
    assert any("_id (numbers or names the rows)" in note for note in found.notes)


def test_what_is_beyond_all_numbers_makes_no_sum_of_the_rows_below(tmp_path):
    rows = [f"{'1e400' if i == 2 else i + 0.5},{'-inf' if i == 5 else 90 - i}" for i in range(20)]
    found = read(tmp_path, lines("a,b", rows))
    np.testing.assert_allclose(found.samples.x, [[i + 0.5, 90 - i] for i in range(20) if i not in (2, 5)])
    assert not any("summing up" in note for note in found.notes)


def test_a_number_behind_the_mark_of_excel_is_one(tmp_path):
    np.testing.assert_allclose(read(tmp_path, lines("a,b,c", [f"'{line}" for line in LINES])).samples.x, ROWS)


def test_rows_that_leave_out_their_last_cells_keep_the_names_of_all(tmp_path):
    """As Debian's list of its releases has it: the last three days are known of a few."""
    lines = ["version,codename,created,release,eol"]
    lines += [f"{n},The release number {n},1999-03-09,2000-08-15" for n in range(9)] + ["9,Sid,1993-08-16"]
    lines += [f"{n},The release number {n},2009-02-14,2011-02-06,2014-05-31" for n in range(10, 14)]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    rows = load(str(tmp_path / "a.csv"))
    assert len(rows.samples) == 14
    assert "10 rows end before the last column, whose cells count as empty, the first is line 2." in rows.notes
    records = read_records((tmp_path / "a.csv").read_bytes(), "a.csv")
    assert [record["eol"] for record in records] == [""] * 10 + ["2014-05-31"] * 4


def test_numbers_in_the_place_of_names_may_come_again(tmp_path):
    data = "7.4,0.7\n" + "".join(f"{n},{n / 2}\n" for n in range(9)) + "7.4,0.7\n"
    assert len(read_records(data.encode(), "a.csv")) == 10
