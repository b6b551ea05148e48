"""Multiple-choice questions without a line of names, as MMLU has them: question, choices, and the right letter."""

import csv
from io import StringIO

from ..readers.encodings import decode

LETTERS = "ABCDEFGH"
LOOK = 2  # lines that show it


def with_names(data: bytes) -> tuple[bytes, list[str]]:
    """The bytes of delimited text below a line of names where they lack one, and what is to be told."""
    text = decode(data)[0].removeprefix("\ufeff")
    rows = _first(text)
    width = len(rows[0]) if rows else 0
    letters = LETTERS[: max(0, width - 2)]
    if len(letters) < LOOK or not all(len(row) == width and row[-1].strip() in [*letters] for row in rows):
        return data, []
    names = ["question", *letters.lower(), "answer"]
    end = "\n" if "\n" in text else "\r"
    told = f"Its first line holds no names, and was read as a question: {', '.join(names)}."
    return f"{','.join(names)}{end}{text}".encode(), [told]


def _first(text: str) -> list[list[str]]:
    """The cells of the first lines, however they end; none where these are no cells."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        return [row for row, _ in zip(csv.reader(StringIO(text, newline=None)), range(LOOK), strict=False)]
    except csv.Error:
        return []
