"""A table in Markdown, in which no name is read as markup."""

import re
from collections.abc import Iterable

from ..text.line import on_one_line
from .table import FigureTable

MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$#!^])")  # what Markdown would read as markup


def markdown(table: FigureTable) -> str:
    """The table with pipes, and below it what is to be known of it."""
    rules = [*("---" for _ in range(table.words)), *("---:" for _ in table.head[table.words :])]
    rows = [[*map(escape, cells[: table.words]), *cells[table.words :]] for rows in table.figures for cells in rows]
    lines = [_line(map(escape, table.head)), _line(rules), *map(_line, rows)]
    return "\n".join([*lines, "", *(escape(note) for note in table.notes), ""])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """A text on one line, letter for letter."""
    return MARKUP.sub(r"\\\1", on_one_line(text).replace("&", "&amp;"))
