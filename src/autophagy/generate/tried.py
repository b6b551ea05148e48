"""Rows that verifiers are tried on: those of a file that says which are right, else the seeds with faults planted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.errors import DataError
from ..core.memory import InMemory
from ..core.samples import Array
from ..core.streams import stream
from ..curators.quality.labelled import WORDS
from ..data.readers.names import LABEL_NAMES, first_named
from ..data.readers.unpack import is_there
from ..verifiers.answered import AnsweredRow
from ..verifiers.planted import twins
from .seeds import seed_of, seed_records
from .spec import GenerateSpec

LABELS, PLANTED, NONE = "labels", "planted", "none"
MARKS = WORDS | {"right": True, "correct": True, "wrong": False, "incorrect": False}
MOST = 400  # seeds that faults are planted in
MORE = ("answers", "passage", "tests")  # columns that a row may have beside instruction, input and output


@dataclass(frozen=True)
class TriedRows:
    """Rows (n,) of which it is known whether they are `right`, where that is known from, and the planted faults.

    Rows of one cluster answer the same question. `faults` are "" for right rows, and all "" where nothing is planted.
    """

    source: str = NONE
    rows: Sequence[AnsweredRow] = ()
    right: Array | None = None
    faults: Sequence[str] = ()

    @property
    def clusters(self) -> list[str]:
        """What each row was asked."""
        return [row.asked for row in self.rows]


def tried_rows(spec: GenerateSpec) -> TriedRows:
    """The rows that the verifiers of a spec are tried on, none where it has no verifiers, labels or seeds with answers.

    Raises DataError where the labels cannot be read.
    """
    if not spec.verifiers:
        return TriedRows()
    if spec.labels is not None:
        return _labelled(spec.labels)
    seeds = [row for row, _ in _rows(spec.seeds) if row.output.strip()] if spec.seeds is not None else []
    rng = stream(spec.seed, "planted faults")
    places = sorted(rng.permutation(len(seeds))[:MOST].tolist())
    right = [seeds[place] for place in places]
    wrong, homes, faults = twins(right, rng)
    right = [right[home] for home in homes]
    known = np.array([True] * len(right) + [False] * len(wrong))
    return TriedRows(PLANTED, [*right, *wrong], known, [*[""] * len(right), *faults]) if wrong else TriedRows()


def _labelled(path: str) -> TriedRows:
    if not is_there(path):
        raise DataError(f"there is no file of labelled rows {path}: check the path.")
    found = _rows(path)
    name = first_named(LABEL_NAMES, list(dict.fromkeys(name for _, record in found for name in record)))
    if name is None:
        raise DataError(f"{path} lacks a column of labels, such as label: add one with right or wrong, or 1 or 0.")
    cells = [str(record.get(name) if record.get(name) is not None else "").strip().lower() for _, record in found]
    for cell in cells:
        if cell and cell not in MARKS:
            raise DataError(f"the label {cell!r} in {path} is unknown: write right or wrong, or 1 or 0.")
    given = [(row, MARKS[cell]) for (row, _), cell in zip(found, cells, strict=True) if cell]
    if not given:
        raise DataError(f"{path} labels no row: write right or wrong behind some of them.")
    return TriedRows(LABELS, [row for row, _ in given], np.array([mark for _, mark in given]), [""] * len(given))


def _rows(path: str | InMemory) -> list[tuple[AnsweredRow, Mapping[str, Any]]]:
    """The rows of a file with their records; those without an instruction are left out."""
    found: list[tuple[AnsweredRow, Mapping[str, Any]]] = []
    for number, record in enumerate(seed_records(path), 1):
        row = seed_of(number, record) if record is not None else None
        if row and record is not None:
            more = {name: _text(record.get(name)) for name in MORE}
            found.append((AnsweredRow(row.instruction, row.input, row.output, **more), record))
    return found


def _text(cell: Any) -> str:
    """A cell as a row has it; a list of texts is a JSON list."""
    return cell if isinstance(cell, str) else "" if cell is None else json.dumps(cell, ensure_ascii=False)
