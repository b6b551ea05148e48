"""Multiple-choice questions without a line of names, as MMLU has them: question, choices, and the right letter."""

import csv
from io import StringIO

from ..readers.encodings import decode

LETTERS = "ABCDEFGH"
LOOK = 2  # lines that show it


def with_names(data: bytes) -> tuple[bytes, list[str]]:
    """The bytes of delimited text below a line of names where they lack one, and what is to be told."""
    rows = [row for row, _ in zip(csv.reader(StringIO(decode(data)[0])), range(LOOK), strict=False)]
    width = len(rows[0]) if rows else 0
    letters = LETTERS[: max(0, width - 2)]
    if len(letters) < LOOK or not all(len(row) == width and row[-1].strip() in [*letters] for row in rows):
        return data, []
    names = ["question", *letters.lower(), "answer"]
    text = ",".join(names) + "\n" + decode(data)[0].removeprefix("\ufeff")
    return text.encode(), [f"Its first line holds no names, and was read as a question: {', '.join(names)}."]
