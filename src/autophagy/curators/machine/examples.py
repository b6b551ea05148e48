"""Examples: texts of which it is known whether a person or a model wrote them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from ...data.readers.names import first_named
from ...data.readers.records import Record, records_of
from ...data.readers.unpack import is_there
from ...data.tabular import TEXT_NAMES
from ...text.plural import plural

LABELS = ("generation", "machine", "label", "author", "written_by", "origin", "kind", "class")
HUMAN = frozenset({"human", "person", "people", "real", "0", "false", "no", "-"})
MACHINE = frozenset({"machine", "model", "ai", "llm", "generated", "synthetic", "chatgpt", "gpt", "1", "true", "yes"})
SOURCES, GENERATORS = ("source", "domain", "topic"), ("generator", "model", "writer")
FEWEST = 20  # texts of people, and of models, without which nothing can be learnt and tried
READ = 200  # words of a text that a detector reads
WORD = re.compile(r"\w+")
TEXT = np.dtypes.StringDType()


@dataclass(frozen=True, eq=False)
class Examples:
    """Texts (n,), whether a model wrote each (n,) bool, and where each is from: its source and its generator (n,) str.

    The source is the domain, such as medicine; "" is unknown. They stand in the order of their texts, so that what is
    learnt of them does not depend on the order of the file.
    """

    texts: Array
    machine: Array
    source: Array
    generator: Array

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def of(
        cls, texts: Sequence[str], machine: Sequence[bool], source: Sequence[str] = (), generator: Sequence[str] = ()
    ) -> "Examples":
        """Examples from columns; those of one text and one writer count once."""
        unknown = [""] * len(texts)
        rows = sorted(set(zip(texts, map(bool, machine), source or unknown, generator or unknown, strict=True)))
        columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
        text, who, place, model = columns
        return cls(np.array(text, TEXT), np.array(who, bool), np.array(place, TEXT), np.array(model, TEXT))

    @classmethod
    def two(cls, human: Sequence[str], machine: Sequence[str]) -> "Examples":
        """Examples from the texts of people and those of models."""
        return cls.of([*human, *machine], [False] * len(human) + [True] * len(machine))

    def take(self, rows: Array) -> "Examples":
        """The given rows, by index or by mask."""
        return Examples(self.texts[rows], self.machine[rows], self.source[rows], self.generator[rows])

    def enough(self, where: str) -> "Examples":
        """Themselves; raises DataError where there are too few of either kind."""
        machine = int(self.machine.sum())
        if min(machine, len(self) - machine) < FEWEST:
            raise DataError(
                f"{where} holds {len(self) - machine} texts of people and {machine} of models: "
                f"give at least {FEWEST} of each."
            )
        return self


def read_examples(path: str | Path) -> Examples:
    """The examples in a table (.jsonl, .csv, .parquet) with a column of text and one that says who wrote it.

    That is `generation` (0 for people, above 0 for models), or `label`, `author`, `origin` or the like with words such
    as human and machine. A column `source` or `domain` and a column `generator` or `model` say where a text is from.
    Rows that say neither are left out. Raises DataError where a column is missing or too few rows are left.
    """
    rows, columns, text = _rows(path)
    label = first_named(LABELS, columns)
    if label is None:
        raise DataError(
            f"{path} has no column that says who wrote each text: "
            "write human or machine in a column label, or 0 or more in generation."
        )
    source, generator = first_named(SOURCES, columns), first_named(GENERATORS, columns)
    told = [(row, _is_machine(row.get(label))) for row in rows]
    known = [(row, machine) for row, machine in told if machine is not None]
    return Examples.of(
        [row[text] for row, _ in known],
        [machine for _, machine in known],
        [_cell(row, source) for row, _ in known],
        [_cell(row, generator) if machine else "" for row, machine in known],
    ).enough(f"{path}")


def left_out(path: str | Path) -> list[str]:
    """A sentence where rows of a table say neither that a person wrote them, nor that a model did."""
    rows, columns, _ = _rows(path)
    label = first_named(LABELS, columns)
    count = sum(_is_machine(row.get(label)) is None for row in rows) if label else 0
    what = plural(count, "text says", "texts say")
    return [f"{path}: {what} neither human nor machine, and counts for nothing."] if count else []


def read_machine(path: str | Path) -> list[str]:
    """The texts of models in a table: all of them, or those that a column says a model wrote."""
    rows, columns, text = _rows(path)
    label = first_named(LABELS, columns)
    return [row[text] for row in rows if label is None or _is_machine(row.get(label))]


def _rows(path: str | Path) -> tuple[list[Record], list[str], str]:
    """The rows of a table that have a text, all its columns, and the one of the text."""
    if not is_there(path):
        raise DataError(f"there is no file of examples {path}: check the path.")
    rows = [row for row in records_of(path) if row is not None]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = first_named(TEXT_NAMES, columns)
    if text is None:
        raise DataError(f"{path} has no column of texts: call it text.")
    return [row for row in rows if isinstance(row.get(text), str)], columns, text


def _is_machine(cell: object) -> bool | None:
    """Whether a cell says that a model wrote the text; None where it says neither."""
    word = str(cell).strip().lower().removesuffix(".0")
    if word in HUMAN:
        return False
    return True if word in MACHINE or (word.isdigit() and int(word) > 0) else None


def _cell(row: Record, column: str | None) -> str:
    return "" if column is None or row.get(column) is None else str(row[column])


def first_words(text: str, count: int) -> str:
    """The text up to the end of its `count`-th word; the whole text where it has no more."""
    for number, match in enumerate(WORD.finditer(text), 1):
        if number == count:
            return text[: match.end()]
    return text


def count_words(text: str) -> int:
    """The words of a text."""
    return sum(1 for _ in WORD.finditer(text))


def matched(examples: Examples, longest: int = READ) -> Examples:
    """The examples cut so that the texts of people and of models are equally long in each source.

    The n-th longest text of each kind, counted in shares, is cut to nine tenths of the shorter of the two, so that
    neither length nor a last full stop tells them apart, and to `longest` words.
    """
    lengths = np.array([count_words(text) for text in examples.texts.tolist()], np.int64)
    goal = lengths.copy()
    for source in np.unique(examples.source):
        kinds = [np.flatnonzero((examples.source == source) & (examples.machine == kind)) for kind in (False, True)]
        if not all(map(len, kinds)):
            continue
        ranked = [rows[np.argsort(lengths[rows], kind="stable")] for rows in kinds]
        for own, other in (ranked, ranked[::-1]):
            place = (np.arange(len(own)) + 0.5) * len(other) / len(own)
            goal[own] = np.minimum(lengths[own], lengths[other][place.astype(np.int64)])
    goal = np.minimum((0.9 * goal).astype(np.int64), longest)
    cut = [first_words(text, count) if count else "" for text, count in zip(examples.texts.tolist(), goal, strict=True)]
    return Examples(np.array(cut, TEXT), examples.machine, examples.source, examples.generator)
