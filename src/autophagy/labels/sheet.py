"""The sheet that a person fills in: blind, in random order, one row for each answer that differs."""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .unit import LabelUnit

COLUMNS = ("id", "question", "reference", "answer", "label")
LETTERS = "bcdfghjkmnpqrstvwxz"  # no digits, which a spreadsheet would make a number of, and no words
LONG = 10  # letters of an id
LONGEST = 32_000  # characters of a cell, of which spreadsheets take 32,767
FORMULA = re.compile(r"^\s*[=+\-@]|^[\t\r]")  # what a spreadsheet would run
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # signs that XML and spreadsheets refuse
NOWHERE = "(The documents do not contain the answer: only an answer that says so, or declines, is right.)"


@dataclass(frozen=True)
class LabelSheet:
    """The rows of a sheet, each with its id, and which answer each id stands for: (id, arm, seed, question)."""

    rows: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, str, int, str], ...]
    cut: int

    def csv(self) -> bytes:
        """The sheet as a file that spreadsheets open: UTF-8 with its mark, an empty column for the label."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows([COLUMNS, *self.rows])
        return text.getvalue().encode("utf-8-sig")


def sheet(units: Sequence[LabelUnit], rng: np.random.Generator) -> LabelSheet:
    """The sheet of these answers; the same answer to the same question is shown once, whoever gave it."""
    rows: dict[str, tuple[str, ...]] = {}
    key, cut = [], 0
    for unit in units:
        question = unit.question
        reference = "\n".join(question.answers) or NOWHERE
        for answer in unit.answers:
            name = identity(question.id, answer.text)
            key.append((name, answer.arm, answer.seed, question.id))
            if name not in rows:
                cells = (question.text, reference, answer.text or "(empty)")
                cut += any(len(cell) > LONGEST for cell in cells)
                rows[name] = (name, *map(_cell, cells), "")
    names = list(rows)
    return LabelSheet(tuple(rows[names[place]] for place in rng.permutation(len(names))), tuple(key), cut)


def identity(question: str, answer: str) -> str:
    """The id of an answer to a question, which says nothing of who gave it."""
    number = int.from_bytes(hashlib.sha256(f"{question}\0{answer}".encode("utf-8", "replace")).digest(), "big")
    letters = []
    for _ in range(LONG):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def _cell(text: str) -> str:
    """A text as a cell that is read and never run: formulas are quoted, control characters shown as such."""
    text = CONTROL.sub("�", text)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return f"'{text}" if FORMULA.match(text) else text
