"""Tables whose lines stand in quotes as a whole, as a spreadsheet writes CSV that was pasted into one column."""

import re

from .numbers import number

WHOLE = re.compile(r'"((?:[^"]|"")*)"[,;\t]*')  # a line that is one quoted cell
FEWEST = 3  # lines that show it


def unwrapped(text: str) -> tuple[str, list[str]]:
    """The text without the quotes about each line, and a sentence that says so; as it stands where they part cells.

    Each line must hold as many of one delimiter, and each but the first a number, as no column of texts does.
    """
    if not text.lstrip("\ufeff").startswith('"'):
        return text, []
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    found = [WHOLE.fullmatch(line) for line in lines]
    inner = [line[1].replace('""', '"') for line in found if line]
    if len(inner) < max(FEWEST, len(lines)):
        return text, []
    mark = next((mark for mark in ",;\t|" if mark in inner[0]), "")
    counts = {line.count(mark) for line in inner} if mark else set()
    if len(counts) != 1 or not all(_holds_number(line.split(mark)) for line in inner[1:]):
        return text, []
    return "\n".join(inner) + "\n", ["Quotes about each whole line were taken off."]


def _holds_number(cells: list[str]) -> bool:
    return any(number(cell.strip()) == number(cell.strip()) for cell in cells)
