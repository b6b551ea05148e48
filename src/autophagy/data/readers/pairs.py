"""Lines of pairs, such as `level=info took=12ms user="Ada"` (logfmt): a table with a column for each name."""

import re

from .columns import Table
from .notes import Aside
from .numbers import number
from .typed import Column

PAIR = r'[A-Za-z_][\w.\-/]*=(?:"(?:[^"\\]|\\.)*"|[^\s"=]*)'
LINE = re.compile(rf"\s*{PAIR}(?:\s+{PAIR})+\s*")
PARTS = re.compile(r'([A-Za-z_][\w.\-/]*)=("(?:[^"\\]|\\.)*"|[^\s"=]*)')
MOST = 0.9  # of the lines
LOOK = 100  # lines that are looked at first
MOSTLY = 0.5  # of the cells of a column of numbers


def pairs_table(text: str) -> Table | None:
    """The table of lines of pairs; None where some lines are none, or no name stands for numbers."""
    lines = [(place, line) for place, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not _are_pairs([line for _, line in lines[:LOOK]]) or not _are_pairs([line for _, line in lines]):
        return None
    aside = Aside("being no pairs of a name and a value", "line")
    records: list[dict[str, str]] = []
    places: list[int] = []
    for place, line in lines:
        if LINE.fullmatch(line):
            records.append({name: _value(value) for name, value in PARTS.findall(line)})
            places.append(place)
        else:
            aside.add(place, line)
    names = dict.fromkeys(name for record in records for name in record)
    columns: dict[str, Column] = {name: [record.get(name) for record in records] for name in names}
    if not any(_are_numbers(column) for column in columns.values()):
        return None
    note = "It was read as a table, since its lines are pairs of a name and a value."
    return Table(columns, places, [aside] if aside.count else [], [note])


def _are_pairs(lines: list[str]) -> bool:
    return len(lines) > 1 and sum(bool(LINE.fullmatch(line)) for line in lines) >= MOST * len(lines)


def _are_numbers(column: Column) -> bool:
    return sum(number(cell) == number(cell) for cell in column) > MOSTLY * len(column)


def _value(written: str) -> str:
    return re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written
