"""Tables in memory, whatever library holds them -> the bytes of a parquet file."""

import io
import json
import warnings
from collections.abc import Mapping
from typing import Any

from ...core.errors import DataError
from ..readers.notes import clip, listed
from ..readers.tables import unique
from .depth import check_depth

SAVE = "give columns of numbers, texts, or lists of numbers"
INDEX = "index"  # what the column is called that holds the index of a pandas frame


def as_parquet(value: Any) -> tuple[bytes, str] | None:
    """A table or a column of any library that speaks Arrow as parquet; None where the value is neither.

    Words are kept as words, whether they were categories or not. Raises DataError where a column holds what no file
    could, and where the table has no columns.
    """
    import pyarrow as pa

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names that are numbers, which become words
            table = _table(value)
        if table is None:
            return None
        if not table.num_columns:
            raise DataError(f"the data frame in memory has no columns: {SAVE}.")
        return _written(_plain(table)), ".parquet"
    except (pa.ArrowException, ValueError, TypeError, OverflowError, NotImplementedError) as error:
        reason = clip("; ".join(str(part) for part in error.args) or type(error).__name__, 160).rstrip(". ")
        raise DataError(f"the data frame in memory cannot be read ({reason}): {SAVE}.") from error


def _table(value: Any) -> Any:
    """The value as a pyarrow table, or None where it is none."""
    import pyarrow as pa

    if isinstance(value, pa.Array):
        value = pa.chunked_array([value])
    if isinstance(value, Mapping):
        return _of_columns(value)
    if hasattr(value, "with_format") and hasattr(value, "num_rows"):  # a data set of Hugging Face with a length
        return value.with_format("arrow")[:]
    if hasattr(value, "__arrow_c_stream__"):
        series = getattr(value, "name", None) if not hasattr(value, "columns") else None
        return _of_stream(value, series)
    if hasattr(value, "__arrow_c_array__"):
        return pa.table(value)
    if hasattr(value, "__dataframe__"):
        from pyarrow.interchange import from_dataframe

        return from_dataframe(value)
    return None


def _of_columns(value: Mapping[Any, Any]) -> Any:
    """A dict of columns; None where they are not all of one dimension, or no columns."""
    import numpy as np
    import pyarrow as pa

    if not value or any(isinstance(column, str) or not hasattr(column, "__len__") for column in value.values()):
        return None
    if any(hasattr(column, "column_names") for column in value.values()):  # splits of a data set
        names = listed([str(name) for name in value], 6)
        raise DataError(f"the data set in memory has the splits {names}: give one of them, such as data['train'].")
    check_depth(value, "the dict in memory")
    if any(np.ndim(column) > 1 for column in value.values() if hasattr(column, "__array__")):
        return None
    return pa.table({str(name): _column(column) for name, column in value.items()})


def _column(column: Any) -> Any:
    import numpy as np

    if isinstance(column, list | tuple) or hasattr(column, "__arrow_c_stream__"):
        return column
    return np.asarray(column)


def _of_stream(value: Any, name: str | None) -> Any:
    """The table of an Arrow stream; a column alone is called by its name, or x, or text where it holds words."""
    import pyarrow as pa

    if hasattr(value, "columns") or isinstance(value, pa.Table | pa.RecordBatchReader):
        return pa.table(value)
    column = pa.chunked_array(value)
    if pa.types.is_struct(column.type):
        return pa.table(value)
    words = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    words = words or pa.types.is_string_view(column.type)
    return pa.table({str(name) if name else "text" if words else "x": column})


def _plain(table: Any) -> Any:
    """The table with one type for words, without categories, and its index under a name that says so."""
    import pyarrow as pa

    columns = [_of_one_type(column) for column in table.columns]
    shape = (table.schema.metadata or {}).get(b"row_shape")
    return pa.table(columns, _without_index(table)).replace_schema_metadata({b"row_shape": shape} if shape else None)


def _of_one_type(column: Any) -> Any:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        if pa.types.is_string_view(kind.value_type):  # of which Arrow can take none by their places
            column = column.cast(pa.dictionary(kind.index_type, pa.large_string()))
        column = column.cast(column.type.value_type)
        kind = column.type
    plain = pa.large_string() if pa.types.is_string(kind) else _without_views(kind)
    return column if plain == kind else column.cast(plain)


def _without_views(kind: Any) -> Any:
    """The type with large strings for views of strings, also within lists: of views Arrow can take no rows."""
    import pyarrow as pa

    if pa.types.is_string_view(kind):
        return pa.large_string()
    if pa.types.is_binary_view(kind):
        return pa.large_binary()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        make = pa.list_ if pa.types.is_list(kind) else pa.large_list
        return make(kind.value_field.with_type(_without_views(kind.value_type)))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_without_views(field.type)) for field in kind])
    return kind


def _without_index(table: Any) -> list[str]:
    """The names of the columns; the index that pandas hands on as a column is called so, where no other is."""
    try:
        index = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}")).get("index_columns", [])
    except (ValueError, AttributeError):
        index = []
    named = [name for name in index if isinstance(name, str)]
    one = named[0] if len(named) == 1 and INDEX not in table.column_names else None
    return unique([INDEX if name == one else name for name in table.column_names])


def _written(table: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    words = [field.name for field in table.schema if pa.types.is_large_string(field.type)]
    pq.write_table(table, file, use_dictionary=words)  # numbers are hardly ever few
    return file.getvalue()
