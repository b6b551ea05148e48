"""Tables after public reports of bugs: keys of 19 digits, formulas without values, LaTeX, logfmt, marks behind numbers.

Each name of a case says the peer in whose tracker the fault was reported.
"""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError
from autophagy.data.load import load
from autophagy.data.readers.fixed import fixed_cells
from autophagy.data.readers.flags import without_flags
from autophagy.data.readers.latex import latex_cells
from autophagy.data.readers.pairs import pairs_table
from autophagy.data.readers.tables import csv_table

PAIRS = [(round(i * 1.25 + 3, 2), round(90 - i * 0.5, 2)) for i in range(20)]
KEY = 1234567890123456789
SAYINGS = [f"The harbour keeps {i} boats under a grey roof near the cold wall." for i in range(20)]


def read(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(str(path))


def told(found, words):
    return any(words in note for note in found.notes)


def parquet(**columns):
    arrow, formats = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    sink = io.BytesIO()
    formats.write_table(arrow.table(columns), sink)
    return sink.getvalue()


def json_lines(rows):
    import json

    return "".join(json.dumps(row) + "\n" for row in rows)


KEYS = [None if i % 5 == 0 else KEY + i for i in range(20)]
FEW = [KEY + i % 4 for i in range(20)]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("pandas 48170.csv", lambda keys: "account,a,b\n" + "".join(
            f"{'' if key is None else key},{a},{b}\n" for key, (a, b) in zip(keys, PAIRS, strict=True))),
        ("pandas 32453.jsonl", lambda keys: json_lines(
            {"account": key, "a": a, "b": b} for key, (a, b) in zip(keys, PAIRS, strict=True))),
        ("readr 976.parquet", lambda keys: parquet(
            account=keys, a=[a for a, _ in PAIRS], b=[b for _, b in PAIRS])),
    ],
)  # fmt: skip
def test_keys_longer_than_float64_are_no_numbers_and_cost_no_row(tmp_path, name, write):
    found = read(tmp_path, write(KEYS), name)
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "Left out: account (numbers or names the rows)")


def test_long_numbers_that_come_again_or_are_measured_stay_and_the_rounding_is_shown(tmp_path):
    rows = zip(PAIRS, ["", *FEW[1:]], strict=True)
    found = read(tmp_path, "a,n\n" + "".join(f"{a},{n}\n" for (a, _), n in rows), "a.csv")
    assert found.samples.x.shape == (19, 2)
    assert told(found, "rounded to 53 bits, as in 12345678901234567")
    measured = read(tmp_path, "a,n\n" + "".join(f"{a},{b}e22\n" for a, b in PAIRS), "b.csv")
    assert measured.samples.x.shape == (20, 2)


@pytest.mark.parametrize("judged", ["target", "Score", "stars", "label"])
def test_the_only_passages_beside_what_was_thought_of_them_are_the_texts(tmp_path, judged):
    numbers = [i % 3 for i in range(20)] if judged == "label" else [a for a, _ in PAIRS]
    rows = zip(SAYINGS, numbers, strict=True)
    found = read(tmp_path, f"excerpt,{judged}\n" + "".join(f'"{text}",{n}\n' for text, n in rows), "polars 953.csv")
    assert list(found.samples.x) == SAYINGS
    assert ("label" in found.samples.meta) == (judged == "label")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("remark,price", SAYINGS),  # nobody says that the price is of the remark
        ("town,score", [f"town {i}" for i in range(20)]),  # and a name is no passage
    ],
)
def test_numbers_beside_other_words_stay_the_rows(tmp_path, names, words):
    rows = zip(words, PAIRS, strict=True)
    found = read(tmp_path, f"{names}\n" + "".join(f'"{word}",{a}\n' for word, (a, _) in rows), "a.csv")
    np.testing.assert_allclose(found.samples.x, [[a] for a, _ in PAIRS])


@pytest.fixture
def workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def write(place):
        book = openpyxl.Workbook()
        place(book.active)
        book.save(tmp_path / "a.xlsx")
        return load(str(tmp_path / "a.xlsx"))

    return write


def test_notes_above_an_empty_row_are_no_names(workbook):
    def place(sheet):
        sheet["B2"], sheet["B4"], sheet["C4"] = "Yearly report", "Note 1", "in thousands"
        sheet["D4"] = "all sites"
        for i, cells in enumerate([("site", "flow", "level"), *((f"S{i % 4}", *row) for i, row in enumerate(PAIRS))]):
            for j, cell in enumerate(cells):
                sheet.cell(9 + i, 2 + j, cell)

    found = workbook(place)
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "2 rows were passed over as a title, the first is row 2: Yearly report")
    assert told(found, "Left out: site (categories)")


def test_an_empty_row_within_a_table_of_words_parts_nothing(workbook):
    def place(sheet):
        for row in [("town", "note"), *((f"town {i}", text) for i, text in enumerate(SAYINGS[:3]))]:
            sheet.append(row)
        for i, text in enumerate(SAYINGS[3:], 6):
            sheet.cell(i, 1, f"town {i}")
            sheet.cell(i, 2, text)

    assert list(workbook(place).samples.x) == SAYINGS


@pytest.mark.parametrize("count", [1, 20])
def test_formulas_whose_values_were_never_saved_are_told(workbook, count):
    def place(sheet):
        sheet.append(["x", "y", "double"])
        for i, (a, b) in enumerate(PAIRS):
            sheet.append([a, b, f"=A{i + 2}*2" if i < count else 2 * a])

    found = workbook(place)
    what = "1 formula has" if count == 1 else "20 formulas have"
    assert told(found, f"{what} no value that was saved, the first in C2: open the workbook")
    assert found.samples.x.shape == ((19, 3) if count == 1 else (20, 2))


def test_a_workbook_without_formulas_tells_nothing_of_them(workbook):
    def place(sheet):
        sheet.append(["x", "y"])
        for row in PAIRS:
            sheet.append(row)

    assert workbook(place).notes == []


TEX = {
    "plain": ("a & b \\\\", lambda a, b: f"{a} & {b} \\\\"),
    "ruled": ("\\hline\na & b \\\\ \\hline", lambda a, b: f"{a} & {b}\\\\\\hline"),
    "booktabs": ("\\begin{tabular}{rr}\n\\toprule\na & b \\\\\n\\midrule", lambda a, b: f"  {a} & {b} \\\\[2pt]"),
    "dressed": ("\\textbf{a} & $b$ \\\\ % names", lambda a, b: f"\\textbf{{\\num{{{a}}}}} & ${b}^{{**}}$ \\\\"),
    "percent": ("a & b \\\\", lambda a, b: f"{a}\\% & {b}~\\\\"),
    "spanning": ("\\multicolumn{2}{c}{figures} \\\\\na & b \\\\", lambda a, b: f"{a} & {b} \\\\"),
}  # fmt: skip


@pytest.mark.parametrize("way", TEX)
@pytest.mark.parametrize("name", ["a.tex", "a.txt"])
def test_a_table_of_latex_is_a_table(tmp_path, way, name):
    head, row = TEX[way]
    head = head.replace(" % names", "")
    body = "\n".join(row(a, b) for a, b in PAIRS)
    found = read(tmp_path, f"{head}\n{body}\n\\bottomrule\n\\end{{tabular}}\n", name)
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "It was read as a table of LaTeX")


def test_a_row_of_latex_with_a_gap_is_set_aside_in_its_own_line(tmp_path):
    lines = ["a & b \\\\", *(f"{a} & {b} \\\\" for a, b in PAIRS)]
    lines[7] = "-- & 3 \\\\"
    found = read(tmp_path, "\n".join(lines), "a.tex")
    assert told(found, "1 of 20 rows was set aside for a cell that is missing or cannot be read, the first in line 8")


@pytest.mark.parametrize(
    "text",
    [
        "\\section{One}\nWe show it here.\nIn two lines.\n" + "a & b \\\\\n" * 3 + "And go on \\& on.\nTo the end.\n",
        "salt & pepper\nbread & butter\nfish & chips\n",
        "a & b \\\\\na & b & c \\\\\n" * 3,
        "",
    ],
)
def test_a_paper_and_words_with_an_ampersand_are_no_table(text):
    assert latex_cells(text) is None


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.integers(-999, 999)), min_size=3, max_size=8))
def test_every_number_of_a_latex_table_comes_back(rows):
    cells = latex_cells("\n".join(f"${a}$ & \\mathbf{{{b}}} \\\\" for a, b in rows))
    assert [tuple(map(float, line.split(","))) for line in cells.splitlines()] == [(a, b) for a, b in rows]


def test_lines_of_pairs_are_a_table_and_others_are_set_aside(tmp_path):
    lines = [f'level=info took={a} size={b} msg="done \\"well\\" {i}"' for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "\n".join([*lines, "panic: out of memory"]), "a.log")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "its lines are pairs of a name and a value")
    assert told(found, "1 of 21 rows was set aside for being no pairs of a name and a value, the first in line 21")
    assert told(found, "level (categories), msg (words)")


def test_a_name_that_a_line_lacks_is_missing_there(tmp_path):
    lines = [f"b={b} a={a}" if i % 2 else f"a={a} b={b} c=9" for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "\n".join(lines), "a.log")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "c (10 of 20 cells are missing)")


@pytest.mark.parametrize(
    "text", ["x = 1\ny = 2\n" * 5, "a=b c=d\n" * 5, "x=1\n" * 5, "if a=1 then b=2\n" * 5, "a=1 b=2", ""]
)
def test_settings_words_and_formulas_are_no_table(text):
    assert pairs_table(text) is None


@pytest.mark.parametrize("mark", [" e", " bp", "*", " **", "†", " p"])
@pytest.mark.parametrize("first", [True, False])
def test_marks_behind_single_numbers_are_taken_off_and_told(tmp_path, mark, first):
    lines = [f"{a}{mark if i % 4 == (not first) else ''}\t{b}" for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "x\ty\n" + "\n".join(lines), "eurostat.tsv")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "Read with the flags behind some numbers left out, as in")


def test_a_mark_behind_what_is_not_known_leaves_it_so(tmp_path):
    lines = [f"{': c' if i == 3 else a}\t{b}" for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "x\ty\n" + "\n".join(lines), "eurostat.tsv")
    assert len(found.samples) == 19
    assert told(found, "the first in line 5: x is ': c'")


@pytest.mark.parametrize("cells", [["3 s", "2 d"], ["3 kg", "2"], ["south e", "2"], ["3e", "2"], ["12 March", "3"]])
def test_units_and_words_are_no_marks(cells):
    known = np.array([cell.isdigit() for cell in cells])
    assert without_flags(cells, known) is None


def test_a_column_of_two_units_is_words_and_not_added_up(tmp_path):
    found = read(tmp_path, "t,x\n" + "".join(f"{i} {'sd'[i % 2]},{a}\n" for i, (a, _) in enumerate(PAIRS)), "a.csv")
    np.testing.assert_allclose(found.samples.x, [[a] for a, _ in PAIRS])
    assert told(found, "Left out: t (words)")


def test_a_row_of_names_that_lacks_the_last_one_shifts_nothing(tmp_path):
    """DuckDB 18403; without a column that numbers the rows it is R's, whose rows have names."""
    rows = [f"{i + 1},{a},{b},0" for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "id,price,volume\n" + "\n".join(rows), "a.csv")
    np.testing.assert_allclose(found.samples.x, [(a, b, 0) for a, b in PAIRS])
    assert told(found, "one name less than the rows have cells: the last is called column 4")
    assert told(found, "Left out: id (numbers or names the rows)")
    of_r = read(tmp_path, "price,volume\n" + "\n".join(f"shop {i},{a},{b}" for i, (a, b) in enumerate(PAIRS)), "b.csv")
    np.testing.assert_allclose(of_r.samples.x, PAIRS)
    assert told(of_r, "Left out: (no name) (numbers or names the rows)")


@pytest.mark.parametrize("cell", ['"This" is a test', 'a "good" one', '""A"" ST', '"A" and "B"', '"all of it"'])
@pytest.mark.parametrize("behind", [", 7, {b}", ",7,{b}", ', "7", {b}', ',"7",{b}'])
def test_quotes_around_a_part_of_a_cell_cost_no_row(tmp_path, cell, behind):
    """data.table 1809 and 1095."""
    lines = [f"{cell if i in (0, 5) else 'plain'}{behind.format(b=b)}" for i, (_, b) in enumerate(PAIRS)]
    found = read(tmp_path, "name,n,b\n" + "\n".join(lines), "a.csv")
    np.testing.assert_allclose(found.samples.x, [(7, b) for _, b in PAIRS])


@pytest.mark.parametrize("cell", ['"This is a test', '""A" ST', '"A" and "B'])
def test_a_quote_that_stays_open_costs_its_own_row_alone(tmp_path, cell):
    lines = [f"{cell if i == 5 else 'plain'},7,{b}" for i, (_, b) in enumerate(PAIRS)]
    found = read(tmp_path, "name,n,b\n" + "\n".join(lines), "a.csv")
    assert len(found.samples) == 19
    assert told(found, "1 of 20 rows was set aside")


def test_a_column_called_text_that_holds_categories_leaves_the_numbers_the_rows(tmp_path):
    """data.table 2621; a comment below the table is passed over."""
    lines = [f"{i + 1}\tblah\t{a}" for i, (a, _) in enumerate(PAIRS)]
    found = read(tmp_path, "count\ttext\tv\n" + "\n".join([*lines, "# JUNK"]), "a.tsv")
    np.testing.assert_allclose(found.samples.x[:, -1], [a for a, _ in PAIRS])
    assert told(found, "text (categories)")
    alone = read(tmp_path, json_lines({"text": ["yes", "no"][i % 2]} for i in range(20)), "b.jsonl")
    assert list(alone.samples.x[:2]) == ["yes", "no"]


def test_times_alone_are_refused_with_the_reason(tmp_path):
    """data.table 7366."""
    with pytest.raises(DataError, match=r"none of texts \(this_that holds dates\)"):
        read(tmp_path, '"this_that"\n' + "".join(f'"2025-01-01 00:00:{i:02d}"\n' for i in range(40)), "a.csv")


def test_a_numbered_first_column_is_no_number_of_the_rows_unless_it_counts_them(tmp_path):
    """data.table 2395: column1, column2."""
    found = read(tmp_path, "column1,column2\n" + "".join(f'{i},"{text}"\n' for i, text in enumerate(SAYINGS)), "a.csv")
    assert list(found.samples.x) == SAYINGS
    counted = read(tmp_path, "V1,V2\n" + "".join(f"{i},{a}\n" for i, (a, _) in enumerate(PAIRS)), "b.csv")
    assert counted.samples.x.shape == (20, 1)
    measured = read(tmp_path, "V1,V2\n" + "".join(f"{b},{a}\n" for a, b in PAIRS), "c.csv")
    assert measured.samples.x.shape == (20, 2)


@pytest.mark.parametrize("span", ["rowspan", "colspan"])
def test_cells_of_a_web_page_that_span_others_shift_nothing(tmp_path, span):
    """markdownify 121, html2text 367."""
    pytest.importorskip("selectolax")
    head = "<tr><th>name</th><th>note</th><th>a</th><th>b</th></tr>"
    rows = []
    for i in range(0, 20, 2):
        (a, b), (c, d) = PAIRS[i : i + 2]
        first = f"<td rowspan=2>P{i}</td><td>x</td>" if span == "rowspan" else f"<td colspan=2>P{i}</td>"
        second = "<td>y</td>" if span == "rowspan" else "<td>P</td><td>y</td>"
        rows += [f"<tr>{first}<td>{a}</td><td>{b}</td></tr>", f"<tr>{second}<td>{c}</td><td>{d}</td></tr>"]
    found = read(tmp_path, f"<html><body><table>{head}{''.join(rows)}</table></body></html>", "a.xls")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert not told(found, "set aside")


@pytest.mark.parametrize(("filled", "label"), [(2, False), (15, True)])
def test_words_on_few_rows_in_the_last_column_are_no_label(tmp_path, filled, label):
    """vroom 243: a blank column but for a word here and there took nearly all rows with it."""
    lines = [f"{a},{b},{'xy'[i % 2] if i < filled else ''}" for i, (a, b) in enumerate(PAIRS)]
    found = read(tmp_path, "a,b,flag\n" + "\n".join(lines), "a.csv")
    assert ("label" in found.samples.meta) == label
    assert len(found.samples) == (15 if label else 20)


@pytest.mark.parametrize(("broken", "rows"), [(1, 99), (3, 97), (10, None)])
def test_a_few_damaged_lines_make_no_text_of_a_table(tmp_path, broken, rows):
    """pandas 18692."""
    lines = ['a"b "' if 20 <= i < 20 + broken else f"{i % 7} {i % 5} {i * 0.5}" for i in range(100)]
    found = read(tmp_path, "\n".join(lines) + "\n", "a.txt")
    assert found.kind == ("vector" if rows else "text")
    assert not rows or (len(found.samples) == rows and told(found, "set aside"))


PEOPLE = ["Anna Smith", "Bob", "Cleo van Dyk", "Dora"]
FIXED = [(PEOPLE[i % 4], a, b) for i, (a, b) in enumerate(PAIRS)]


@pytest.mark.parametrize("suffix", ["txt", "dat", "csv"])
@pytest.mark.parametrize(
    ("name", "rule", "gap", "foot"),
    [
        ("astropy 5398", f"{'-' * 14} {'-' * 8} {'-' * 8}\n", 1, ""),
        ("what sqlcmd prints", f"{'-' * 14} {'-' * 8} {'-' * 8}\n", 1, "\n(20 rows affected)\n"),
        ("what kubectl prints", "", 3, ""),
    ],
)
def test_cells_at_fixed_places_may_hold_blanks(tmp_path, suffix, name, rule, gap, foot):
    between = " " * gap
    lines = [f"{who:<14}{between}{a:>8}{between}{b:>8}" for who, a, b in [("who", "a", "b"), *FIXED]]
    found = read(tmp_path, f"{lines[0]}\n{rule}" + "\n".join(lines[1:]) + f"\n{foot}", f"a.{suffix}")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert found.notes[0] == "It was read as a table with cells at fixed places."
    assert "Left out: who (categories)." in found.notes


@pytest.mark.parametrize(
    "text",
    [
        "The keeper said  that boats\ncome back at nine.  Then\nthey  leave.\nNobody  waits for them.\n",
        "\n".join(f"  verse {i}   of the song\n    that  nobody sings" for i in range(9)),
        "Title\n-----  -----\nwords that go on over the gap of dashes\nand more of them\nand so on\nand on\n",
        "\n".join(f"word{i}  other words" for i in range(9)),
    ],
)
def test_texts_with_gaps_stay_texts(tmp_path, text):
    assert fixed_cells(text) == ""
    assert read(tmp_path, text, "a.txt").kind == "text"


@given(st.lists(st.text("ab 1.-", max_size=12), max_size=9))
def test_cells_at_fixed_places_keep_every_letter_of_a_line(lines):
    cells = fixed_cells("\n".join(lines))
    kept = ["".join(line.split()) for line in cells.split("\n")] if cells else []
    assert not cells or all(a in ("", b) for a, b in zip(kept, ("".join(x.split()) for x in lines), strict=False))


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("# a b c\n", "abc"),
        ("# of last summer, by hand\n# a b c\n", "abc"),
        ("#a b c\n", "abc"),
        ("# by hand on ice\n", None),
    ],
)
def test_names_in_a_comment_whose_mark_stands_alone(head, names):
    """astropy 3319: blanks part the # from the first name."""
    table = csv_table((head + "".join(f"{i} {a} {b}\n" for i, (a, b) in enumerate(PAIRS))).encode(), "a.dat")
    assert list(table.columns) == list(names or ("column 1", "column 2", "column 3"))
    assert not any("was cut" in note for note in table.notes)
    assert any("comments" in note for note in table.notes) == (head.count("#") > 1 or names is None)
    assert any("was read as names: a, b, c." in note for note in table.notes) == bool(names and "# a" in head)


@pytest.mark.parametrize("remark", ["# of 2020", "# of old"])
def test_a_remark_of_as_many_words_above_the_names_is_no_line_of_names(remark):
    rows = "".join(f"{a} {b}\n" for a, b in PAIRS)
    table = csv_table(f"{remark}\nx y\n{rows}".encode(), "a.dat")
    assert (list(table.columns), len(table.places)) == (["x", "y"], 20)


def test_numbers_that_only_count_the_passages_beside_them_are_no_data(tmp_path):
    """visidata 136: quotes behind a backslash within a cell, and a pid that goes up by one."""
    lines = [f'{1387 + i},"{{\\"target\\":\\"_top\\", \\"words\\": \\"{text}\\"}}"' for i, text in enumerate(SAYINGS)]
    found = read(tmp_path, '"pid","yaml"\n' + "\n".join(lines) + "\n", "a.csv")
    assert list(found.samples.x) == [f'{{"target":"_top", "words": "{text}"}}' for text in SAYINGS]
    measured = read(
        tmp_path, "height,yaml\n" + "".join(f'{i * i},"{text}"\n' for i, text in enumerate(SAYINGS)), "b.csv"
    )
    assert measured.kind == "vector"


@pytest.mark.parametrize(
    ("name", "words", "guess"),
    [
        ("iso8859_15", ["città 5 €", "un œuf à 3 €", "perché no"], "ISO-8859-15"),
        ("cp1252", ["città 5 €", "un œuf à 3 €", "½ café"], "Windows-1252"),
        ("mac_roman", ["città 5 §", "un œuf à 3 £", "perché no"], "Mac Roman"),
    ],
)
def test_the_encoding_of_the_euro_is_told_from_its_older_kin(tmp_path, name, words, guess):
    """visidata 233."""
    data = "".join(f"{words[i % 3]} {i};{a};{b}\n" for i, (a, b) in enumerate(PAIRS)).encode(name)
    table = csv_table(b"what;a;b\n" + data, "a.csv")
    assert list(table.columns["what"][:3]) == [f"{word} {i}" for i, word in enumerate(words)]
    assert any(guess in note for note in table.notes)


def test_the_widths_below_the_names_of_usgs_are_no_part_of_them(tmp_path):
    """duckdb 7896."""
    rows = [f"USGS\t2023-06-{i % 28 + 1:02d}\t{a}\tP\t{b}" for i, (a, b) in enumerate(PAIRS)]
    head = "# retrieved: 2023-06-10\nagency_cd\tdatetime\tflow_00060\tflow_00060_cd\theight\n5s\t20d\t14n\t10s\t14n\n"
    found = read(tmp_path, head + "\n".join(rows) + "\n", "uv.tsv")
    np.testing.assert_allclose(found.samples.x, PAIRS)
    assert told(found, "widths of the columns below their names were passed over: 5s, 20d, 14n, 10s, 14n.")
    assert told(found, "flow_00060_cd (categories)")
