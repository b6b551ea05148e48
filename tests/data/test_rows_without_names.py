"""Delimited texts without a line of names, as benchmarks have them: the first row is a row, which is told."""

import pytest

from autophagy.data.readers.records import read_records

WORDS = [
    "the",
    "old",
    "river",
    "flows",
    "through",
    "a",
    "city",
    "of",
    "many",
    "bridges",
    "and",
    "it",
    "never",
    "was",
    "there",
    "before",
]
LONG = " ".join(WORDS * 2)


def said(number):
    return " ".join(WORDS[number % 7 :] + WORDS[: number % 5])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("sms.tsv", [[("ham", "spam")[n % 3 == 1], said(n)] for n in range(20)]),
        ("cola.tsv", [[("gj04", "cj99")[n % 3 == 1], f"{n % 2}", "", said(n)] for n in range(20)]),
        ("tatoeba.tsv", [[f"{1276 + 3 * n}", said(n), f"{9000 + 7 * n}", said(n + 1)] for n in range(20)]),
        ("cloze.tsv", [[WORDS[n % 9] + f"{n}", f"{LONG} {n} [MASK]."] for n in range(20)]),
    ],
)
def test_the_first_row_is_one_and_told(name, rows):
    found = read_records("\n".join("\t".join(row) for row in rows).encode(), name)
    assert [[*row.values()] for row in found] == rows
    assert "The first line holds no names and was read as a row" in found.notes[-1]


@pytest.mark.parametrize(
    "names",
    [
        ["When", "How did you like the food that was given to you by our own kitchen on that one long evening in May?"],
        ["id", "passage"],
        ["1960", "text"],
    ],
)
def test_names_stay_names_however_long(names):
    rows = [names, *([f"{n}", f"{LONG} {n}."] for n in range(20))]
    found = read_records("\n".join("\t".join(row) for row in rows).encode(), "a.tsv")
    assert len(found) == 20
    assert [*found[0]] == names


@pytest.mark.parametrize("end", ["", ",,"])
def test_a_comment_above_rfc_4180_costs_no_row_however_many_lines_its_cells_have(end):
    cell = "Step one, take it\n\nWait, it is hot\n1. Cut, then eat\n# and more, of it\n"
    rows = [[f"Ask {n}, please", cell * (1 + n % 3), f"{n % 2}"] for n in range(9)]
    lines = [f"# version=1.0{end}", "goal,answer,score", *(f'"{row[0]}","{row[1]}",{row[2]}' for row in rows)]
    found = read_records("\n".join(lines).encode(), "a.csv")
    assert [[*row.values()] for row in found] == rows
    assert found.notes == [f"1 line was passed over as comments, the first is line 1: # version=1.0{end}."]
    assert found.places[0] == 3


def test_names_in_a_comment_stay_names():
    found = read_records(b"# a,b\n1,x\n2,y\n3,x\n", "a.csv")
    assert [row["b"] for row in found] == ["x", "y", "x"]
