"""Files of statistics programs: those of SPSS, Stata and SAS."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ...core.errors import DataError, need
from .charset import is_utf8
from .columns import Table, of_table
from .notes import clip, listed
from .rows import FileRows
from .spreadsheet import as_written
from .unpack import ending_of

READERS = {  # the ending of a file -> the function of pyreadstat that reads it
    **dict.fromkeys((".sav", ".zsav"), "read_sav"),
    ".por": "read_por",
    ".dta": "read_dta",
    ".sas7bdat": "read_sas7bdat",
    ".xpt": "read_xport",
}
STATISTICS = tuple(READERS)
UTF8 = "UTF-8"
OLD, GAP = 108, 2.0**333  # the version of Stata's files before which this number marks a missing double


def read_statistics(data: bytes, where: str) -> FileRows:
    """The rows of a file of SPSS, Stata or SAS; what it marks as missing is missing.

    A number that stands for a word, as its value labels say, is read as the word where each value has one.
    """
    return of_table(statistics_table(data, where), where)


def statistics_table(data: bytes, where: str) -> Table:
    """The columns of such a file; raises DataError where it is damaged."""
    pyreadstat = need("pyreadstat", "reading files of SPSS, Stata and SAS")
    ending = ending_of(where)
    with tempfile.NamedTemporaryFile(suffix=ending) as file:  # it reads from a disk alone
        file.write(data)
        file.flush()
        try:
            columns, known, notes = _words_whole(partial(getattr(pyreadstat, READERS[ending]), file.name))
        except Exception as error:  # its errors, and those of Python of what a damaged file says
            raise DataError(f"{where} cannot be read: it may be damaged, so export it again, or as CSV.") from error
    if ending == ".dta" and data[:1] < bytes([OLD]):
        columns = {name: [None if cell == GAP else cell for cell in column] for name, column in columns.items()}
    labels = {name: _named(columns[name], values) for name, values in known.variable_value_labels.items()}
    whole = {name: cells for name, cells in labels.items() if cells is not None}
    if whole:
        notes.append(f"Values were read as the words that label them: {listed(list(whole), 6)}.")
    if partly := [name for name in labels if name not in whole]:
        first = next(iter(known.variable_value_labels[partly[0]].items()))
        notes.append(
            f"Only some values have labels, so they stay as they are: {listed(partly, 6)}; "
            f"{clip(partly[0])} calls {_value(first[0])} {clip(str(first[1]))}."
        )
    cells = {name: [as_written(cell) for cell in whole.get(name, column)] for name, column in columns.items()}
    return Table(cells, notes=notes)


def _words_whole(read: Callable[..., Any]) -> tuple[dict[str, Sequence[Any]], Any, list[str]]:
    """Columns, what is known of them, and what is to be told.

    ReadStat refuses a file that says that it is UTF-8 where a byte is none, or else drops what follows that byte, so
    the bytes are looked at, too.
    """
    refused: Exception | None = None
    try:
        columns, known = read(output_format="dict")
        if known.file_encoding != UTF8 or not any(
            isinstance(cell, str) for cells in columns.values() for cell in cells
        ):
            return columns, known, []
    except Exception as error:
        refused = error
    raw, named = read(output_format="dict", encoding="LATIN1")
    words = [cell for column in raw.values() for cell in column if isinstance(cell, str)]
    words += [label for labels in named.variable_value_labels.values() for label in labels.values()]
    if all(is_utf8(word.encode("latin-1")) for word in words if not word.isascii()):
        if refused:
            raise refused
        return columns, known, []
    told = "It says that its words are UTF-8, which they are not, and was read as Windows-1252, a guess."
    return *read(output_format="dict", encoding="WINDOWS-1252"), [told]


def _named(column: Sequence[Any], labels: Mapping[Any, str]) -> list[Any] | None:
    """The cells by their labels; None where one has none."""
    if any(cell is not None and cell not in labels for cell in column):
        return None
    return [None if cell is None else labels[cell] for cell in column]


def _value(value: Any) -> str:
    """A labelled value, which is a number or, in SPSS, a word."""
    return f"{value:g}" if isinstance(value, int | float) else clip(str(value))
