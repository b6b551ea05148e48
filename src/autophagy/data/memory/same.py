"""Rows of data in memory, picked and given back in the kind in which they came, such as a frame."""

import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...core.errors import DataError, UsageError
from ...core.memory import InMemory
from ..readers.notes import listed
from ..readers.tables import unique
from .given import held

LOG = logging.getLogger(__name__)

WHOLE = ("start", "end", "duplicate_row")  # columns of whole numbers with gaps
TEXT = "text"


def as_paths(data: Any) -> tuple[Any, tuple[str | InMemory, ...]]:
    """The data as they can be picked from, and as a spec takes them: paths, or a copy of what is in memory.

    A text or a path is that of a file or a folder, and so is each path of a list; a list of texts is rows. Raises
    UsageError for a list of texts that are all names of files.
    """
    if isinstance(data, str | os.PathLike):
        return data, (os.fspath(data),)
    if isinstance(data, Iterable) and not hasattr(data, "__len__") and not hasattr(data, "__arrow_c_stream__"):
        data = list(data)  # an iterator, which can be read once
    if isinstance(data, list | tuple) and data:
        if all(isinstance(each, os.PathLike) for each in data):
            return data, tuple(map(os.fspath, data))
        if all(isinstance(each, str) for each in data):
            if all(os.path.exists(each) for each in data):
                raise UsageError("the list holds names of files, not texts: give each as a pathlib.Path.")
            return data, (held({TEXT: list(data)}),)
    if hasattr(data, "__len__") and hasattr(data, "columns") and not len(data):
        raise DataError("the data frame in memory holds no rows: give one or more.")
    try:
        return data, (held(data),)
    except DataError:
        if _library(data) != "pandas" or not len(data.columns):
            raise
        return data, (held(_worded(data)),)


def _worded(frame: Any) -> Any:
    """The frame with words for the cells of columns that no file could hold, and a name for each column."""
    import pandas
    import pyarrow as pa

    columns, told = {}, list[str]()
    for place, name in enumerate(unique(list(map(str, frame.columns)))):
        column = frame.iloc[:, place]
        try:
            pa.array(column, from_pandas=True)
        except (pa.ArrowException, ValueError, TypeError, OverflowError, NotImplementedError):
            cells = column.astype(object).tolist()
            column = pandas.Series([None if cell is None or cell is pandas.NaT else str(cell) for cell in cells])
            told.append(name)
        columns[name] = column.array
    if told:
        LOG.warning("columns that no file can hold as they are go into the run folder as words: %s", listed(told, 6))
    return pandas.DataFrame(columns, index=frame.index)


def is_held(data: Any) -> bool:
    """Whether the data are in memory, and not paths."""
    first = next(iter(data), None) if isinstance(data, list | tuple) else data
    return not isinstance(first, os.PathLike) and not isinstance(data, str | os.PathLike)


def take(data: Any, places: Sequence[int]) -> Any:
    """The rows at these places, counted from 0."""
    match _library(data):
        case "pandas":
            return data.iloc[list(places)]
        case "polars":
            return data[list(places)]
        case "datasets":
            return data.select(list(places))
        case "builtins":
            return [data[place] for place in places] if not isinstance(data, Mapping) else _arrow(data, places)
        case "numpy":
            return data[list(places)]
    return _arrow(data, places)


def _arrow(data: Any, places: Sequence[int]) -> Any:
    import pyarrow as pa

    table = data if isinstance(data, pa.Table) else pa.table(data)
    return table.take(pa.array(places, pa.int64()))


def beside(taken: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """The rows with more columns, before which an own one of the same name steps back; rows of a list become dicts."""
    match _library(taken):
        case "pandas":
            return _pandas(taken, columns)
        case "polars":
            import polars

            frame = taken if hasattr(taken, "with_columns") else polars.DataFrame({taken.name or TEXT: taken})
            frame.columns = parted(frame.columns, columns)
            return frame.with_columns([polars.Series(name, column) for name, column in columns.items()])
        case "datasets":
            names = parted(taken.column_names, columns)
            taken = taken.rename_columns({a: b for a, b in zip(taken.column_names, names, strict=True) if a != b})
            for name, column in columns.items():
                taken = taken.add_column(name, list(column))
            return taken
        case "builtins" | "numpy":
            rows = [dict(row) if isinstance(row, Mapping) else {TEXT: row} for row in taken]
            known = list(dict.fromkeys(name for row in rows for name in row))
            new = dict(zip(known, parted(known, columns), strict=True))
            own = [{new[name]: value for name, value in row.items()} for row in rows]
            return [row | {name: column[i] for name, column in columns.items()} for i, row in enumerate(own)]
    taken = taken.rename_columns(parted(taken.column_names, columns))
    for name, column in columns.items():
        taken = taken.append_column(name, [list(column)])
    return taken


def _pandas(taken: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    import pandas

    frame = taken.to_frame(taken.name or TEXT) if isinstance(taken, pandas.Series) else taken
    own = list(map(str, frame.columns))
    frame = frame.rename(columns=dict(zip(own, parted(own, columns), strict=True)))
    whole = {name: pandas.array(list(columns[name]), dtype="Int64") for name in WHOLE if name in columns}
    return frame.assign(**({name: list(column) for name, column in columns.items()} | whole))


def parted(own: Sequence[str], others: Iterable[str]) -> list[str]:
    """The names of columns; one that others have as well is called so_given, so that both can stand in one table."""
    clash, names = set(others), []
    taken = {*own, *clash}
    for name in own:
        if name in clash:
            name += "_given"
            while name in taken:
                name += "_"
            taken.add(name)
        names.append(name)
    return names


def _library(data: Any) -> str:
    return type(data).__module__.partition(".")[0]
