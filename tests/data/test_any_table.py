"""Tables and JSON lines as people write them, with faults, read back to what is known to stand in them.

AUTOPHAGY_EXAMPLES=10000 pytest tests/data/test_any_table.py tries more of them.
"""

import csv
import io
import json
import math
import os
from dataclasses import dataclass, field

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autophagy.data.load import load
from autophagy.data.readers.records import read_records

EXAMPLES = int(os.environ.get("AUTOPHAGY_EXAMPLES", "200"))
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

LABELS = (["north", "south", "east"], ["NA", "ZA", "BW"], ["None", "some", "nan"], ["Köln", "Zürich", "Málaga"])
MISSING = ["", "NA", "?", "-", "n/a", "#N/A", "<NA>", "NULL", "nan", ".", "None", "#DIV/0!"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
DELIMITERS = [",", ";", "\t", "|", " ", "::"]
NEWLINES = ["\n", "\r\n", "\r"]


@dataclass
class File:
    """The bytes of a table and what stands in it."""

    data: bytes
    x: list[list[float]]
    label: list[str] | None
    aside: int
    told: str = field(default="")


@st.composite
def tables(draw):
    """A table of numbers with two decimals, perhaps with words as its label, written in one of many ways."""
    rows, width = draw(st.integers(12, 20)), draw(st.integers(2, 4))
    hundredths = draw(
        st.lists(st.lists(st.integers(-99_999, 99_999), min_size=width, max_size=width), min_size=rows, max_size=rows)
    )
    names = draw(st.sampled_from((*LABELS, None)))
    label = [names[place % 3] for place in range(rows)] if names else None
    delimiter = draw(st.sampled_from(DELIMITERS))
    comma = delimiter != "," and draw(st.booleans())
    quoted = delimiter != "::" and draw(st.booleans())
    index = draw(st.booleans())
    header = (
        draw(st.sampled_from(["names", "range", "years"]))
        if index
        else draw(st.sampled_from(["names", "range", "years", None]))
    )
    if names and header != "names" and header is not None:
        header = "names"  # a range of numbers names columns of numbers alone

    def cell(value):
        text = f"{value / 100:.2f}"
        return text.replace(".", ",") if comma else text

    def line(cells):
        return delimiter.join(f'"{each}"' if quoted else each for each in cells)

    written = [[*map(cell, row), *([label[place]] if label else [])] for place, row in enumerate(hundredths)]
    good = [True] * rows
    faulty = draw(
        st.lists(st.tuples(st.integers(1, rows - 1), st.sampled_from(["gap", "short", "long", "quote"])), max_size=3)
    )
    lines = []
    for place, cells in enumerate(written):
        fault = next((kind for at, kind in faulty if at == place), None)
        shown = [str(place), *cells] if index else list(cells)
        if fault == "gap":
            gap = draw(st.sampled_from(MISSING[1:] if delimiter == " " and not quoted else MISSING))
            shown[int(index)] = gap
        elif fault == "short" and delimiter != " ":
            shown = shown[:-1]
        elif fault == "long":
            shown = [*shown, "7"]
        good[place] = fault is None or (fault == "short" and delimiter == " ")
        text = line(shown)
        if fault == "quote":
            text = '"' + text.replace('"', "")
        lines.append(text)
    columns = [f"v{place}" for place in range(width)] + (["kind"] if label else [])
    first = {
        "names": columns,
        "range": [str(place) for place in range(width)],
        "years": [str(2019 + place) for place in range(width)],
        None: None,
    }[header]
    top = []
    if first:
        top.append(line(["index" if delimiter == " " else "", *first] if index else first))
    above = draw(st.sampled_from([[], ["# made by a program", "# of 2020"], ["Report of the year"], [""]]))
    if above == ["Report of the year"] and delimiter == " ":
        above = []
    trailing = delimiter in ",;" and not quoted and draw(st.booleans()) and not faulty
    body = [*top, *lines]
    if trailing:
        body = [text + delimiter for text in body]
    blank = draw(st.integers(0, 2))
    newline = draw(st.sampled_from(NEWLINES))
    encoding = draw(st.sampled_from(ENCODINGS))
    text = newline.join([*above, *body, *[""] * blank]) + newline
    kept = [place for place in range(rows) if good[place]]
    return File(
        text.encode(encoding),
        [[value / 100 for value in hundredths[place]] for place in kept],
        [label[place] for place in kept] if label else None,
        rows - len(kept),
        text,
    )


def read_as_it_was_meant(path, file):
    """The rows of a file that was written with a known truth, once its numbers and what is set aside are right."""
    path.write_bytes(file.data)
    found = load(str(path))
    np.testing.assert_allclose(found.samples.x, file.x)
    assert found.unreadable == file.aside
    return found


@many
@given(tables())
def test_a_table_is_read_as_it_was_meant(tmp_path, file):
    found = read_as_it_was_meant(tmp_path / "a.csv", file)
    label = found.samples.meta.get("label")
    assert (label is None) == (file.label is None)
    if file.label is not None:
        classes = sorted(set(file.label))
        assert label.tolist() == [classes.index(word) for word in file.label]
    if file.aside:
        assert any("set aside for" in note and "the first in line" in note for note in found.notes)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
prose = st.lists(
    st.one_of(words, st.sampled_from([",", ";", '"', "'", "\n", "NA", "and so", "|", "#"])), max_size=6
).map(" ".join)


@many
@given(
    rows=st.lists(st.tuples(st.integers(0, 99), prose), min_size=2, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_texts_in_cells_come_out_whole(rows, delimiter, quoting):
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([("number", "text"), *rows])
    read = read_records(held.getvalue().encode(), "a.csv")
    assert [(row or {}).get("text", "").strip() for row in read] == [text.strip() for _, text in rows]


values = st.one_of(st.integers(-90, 1000), st.floats(-90, 1e6), st.sampled_from([math.nan, math.inf, None]))


@st.composite
def json_lines(draw):
    """JSON lines or a list, with lines that are none, numbers that are not finite and gaps."""
    rows = draw(st.lists(st.tuples(values, values), min_size=6, max_size=15))
    rows += [(1.5, 2), (3, 4.25), (5, 6), *[(7, 8)] * len(rows)]
    layout = draw(st.sampled_from(["lines", "list", "data", "split", "columns", "spread"]))
    records = [{"id": place, "a": a, "b": b} for place, (a, b) in enumerate(rows)]
    bad = draw(st.lists(st.sampled_from(["{oops", "[1, 2]", '"word"', "7"]), max_size=3)) if layout == "lines" else []
    texts = {
        "lines": "\n".join([*map(json.dumps, records), *bad]),
        "list": json.dumps(records),
        "data": json.dumps({"data": records}),
        "split": json.dumps({"columns": ["a", "b"], "index": [*range(len(rows))], "data": rows}),
        "columns": json.dumps(
            {name: {str(place): record[name] for place, record in enumerate(records)} for name in "ab"}
        ),
        "spread": "\n".join(json.dumps(record, indent=1) for record in records),
    }
    good = [row for row in rows if all(value is not None and math.isfinite(value) for value in row)]
    return File(texts[layout].encode(), [[*map(float, row)] for row in good], None, len(rows) - len(good) + len(bad))


@many
@given(json_lines())
def test_json_is_read_as_it_was_meant(tmp_path, file):
    read_as_it_was_meant(tmp_path / "a.json", file)


@many
@given(st.lists(st.text(st.characters(exclude_categories=["Cc"]), min_size=1, max_size=20), min_size=3, max_size=8))
def test_half_a_character_never_ends_the_reading(tmp_path, texts):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*texts, "good", "\ud83d half"]), "ascii")
    found = load(str(path))
    assert len(found.samples) + found.unreadable == len(texts) + 2
    assert found.samples.x[-1] == "\N{REPLACEMENT CHARACTER} half"
