"""Data as users hold them -> what a spec takes, and what rows can be picked from."""

import logging
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...core.errors import DataError, UsageError
from ...core.memory import InMemory
from ..readers.encodings import whole
from ..readers.notes import listed
from ..readers.tables import unique
from .given import held
from .picked import TEXT, library

LOG = logging.getLogger(__name__)
FILE = re.compile(r"\S+\.(parquet|arrow|feather|jsonl|ndjson|json|csv|tsv|txt)(\.gz|\.zst)?", re.IGNORECASE)

PICKABLE = (list, tuple, Mapping, set, frozenset, type, bytes, bytearray)


def as_paths(data: Any) -> tuple[Any, tuple[str | InMemory, ...]]:
    """The data as they can be picked from, and as a spec takes them: paths, or a copy of what is in memory.

    A text or a path is that of a file or a folder, and so is each path of a list; a list of texts is rows. Raises
    UsageError for a list of texts that are all names of files, and DataError where there is no row.
    """
    if isinstance(data, str | os.PathLike):
        return data, (os.fspath(data),)
    data = _pickable(data)
    if isinstance(data, list | tuple) and data:
        paths = [each for each in data if isinstance(each, os.PathLike)]
        if len(paths) == len(data):
            return data, tuple(map(os.fspath, data))
        if paths or all(isinstance(each, str) and (FILE.fullmatch(each) or os.path.exists(each)) for each in data):
            raise UsageError("the list holds names of files, not texts: give each as a pathlib.Path.")
    copy = _copied(data)
    if not copy.shape[0]:
        raise DataError(f"{copy} holds no rows: give one or more.")
    return data, (copy,)


def is_held(data: Any) -> bool:
    """Whether the data are in memory, and not paths."""
    first = next(iter(data), None) if isinstance(data, list | tuple) else data
    return not isinstance(first, os.PathLike) and not isinstance(data, str | os.PathLike)


def _pickable(data: Any) -> Any:
    """The data, as a table or a list where they can be read once only, or have no rows by number."""
    home = library(data)
    if home == "pandas" and not hasattr(data, "iloc") and hasattr(data, "dtype"):  # an index, or the values of a column
        import pandas

        return pandas.Series(data)
    if hasattr(data, "__arrow_c_stream__") and not hasattr(data, "__len__"):
        import pyarrow as pa

        return pa.table(data)
    if home == "pyarrow" and hasattr(data, "schema") and hasattr(data, "to_struct_array"):
        import pyarrow as pa

        return pa.table(data)  # of a batch
    if _is_table(data) or home == "numpy" or isinstance(data, PICKABLE):
        return data
    if hasattr(data, "__array__") and hasattr(data, "dtype"):
        import numpy as np

        return np.asarray(data)
    if isinstance(data, Iterable):
        return list(data)
    if hasattr(data, "__len__") and hasattr(data, "__getitem__"):
        return [data[place] for place in range(len(data))]
    return data


def _is_table(data: Any) -> bool:
    """Whether the data have rows by number that `take` can pick, as a frame or a data set of Hugging Face has."""
    return any(hasattr(data, name) for name in ("iloc", "__arrow_c_stream__", "__arrow_c_array__", "select"))


def _copied(data: Any) -> InMemory:
    """A copy of the data: of texts alone as a column, of what no table can hold as words."""
    names = getattr(getattr(data, "dtype", None), "names", None)
    if names:
        return held({name: data[name] for name in names})
    try:
        if isinstance(data, list | tuple) and data and all(isinstance(each, str) for each in data):
            return held({TEXT: list(data)})
        return held(data)
    except DataError:
        if isinstance(data, list | tuple) and data:  # half a character, which lines of JSON can hold
            return held(list(data))
        if library(data) != "pandas" or not len(data.columns):
            raise
        return held(_worded(data))


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
            column = pandas.Series([None if cell is None or cell is pandas.NaT else whole(str(cell)) for cell in cells])
            told.append(name)
        columns[name] = column.array
    if told:
        LOG.warning("columns that no file can hold as they are go into the run folder as words: %s", listed(told, 6))
    return pandas.DataFrame(columns, index=frame.index)
