"""What may stand where data are named: a name, a path, or the data themselves."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from pydantic import ValidationInfo, WrapValidator

from ...core.errors import UsageError
from ...core.memory import NAME, InMemory
from ...core.places import named

WANTED = (
    "give a name, a path, a data frame of pandas, polars or Arrow, a data set, an array, or a list of texts or of dicts"
)

TO_A_TABLE = ("toPandas", "to_pandas", "to_table", "collect", "compute")  # of Spark, Ibis, Arrow, polars and Dask


def given(value: Any) -> str:
    """A name or a path as it is, and data themselves as the file that their values would make.

    Raises UsageError for what is none of them and DataError where its values cannot be kept.
    """
    if isinstance(value, InMemory):
        return value
    if isinstance(value, str | os.PathLike):
        name = os.fspath(value)
        path = Path(name) if isinstance(name, str) and NAME.fullmatch(os.path.basename(name)) else None
        return InMemory.kept(path) if path and path.is_file() else named(str(name))
    return held(value)


def held(value: Any) -> InMemory:
    """A copy of data that are given in memory; raises UsageError where they are of no known type, and DataError."""
    if is_single(value):
        raise UsageError(f"the data are {value!r:.60}: {WANTED}.")
    from .tables import as_parquet

    found = as_parquet(value)
    if found is None:
        from .rows import as_file  # NumPy and all else, when it is needed

        found = as_file(value)
    if found is None:
        raise UsageError(f"the data are of the type {origin(value)}: {_way(value) or WANTED}.")
    content, suffix = found
    return InMemory.of(content, suffix, origin(value))


def origin(value: Any) -> str:
    """The type of a value as its users call it, such as pandas.DataFrame."""
    kind = type(value)
    library = kind.__module__.partition(".")[0]
    return kind.__qualname__ if library == "builtins" else f"{library}.{kind.__qualname__}"


def _way(value: Any) -> str:
    """How data that are only a plan of a table become one, "" where nothing is known."""
    way = next((way for way in TO_A_TABLE if callable(getattr(value, way, None))), None)
    return f"give what its method {way}() returns" if way else ""


def is_single(value: Any) -> bool:
    """Whether a value is one number, one type or the like, and holds no rows."""
    return value is None or isinstance(value, bool | int | float | complex | bytes | bytearray | type)


def _of_field(value: Any, plain: Callable[[Any], Any], field: ValidationInfo) -> Any:
    if is_single(value) and value is not None:
        raise UsageError(f"{field.field_name} is {value!r:.60}: {WANTED}.")
    found = value if value is None else given(value)
    return found if isinstance(found, InMemory) else plain(found)


Given = WrapValidator(_of_field)  # marks a field of a spec that takes data in memory too
Data = Annotated[str, Given]
