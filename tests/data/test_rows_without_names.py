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
