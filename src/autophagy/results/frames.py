"""Rows as a data frame of the library that the reader has."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from ..core.errors import UsageError, need
from ..core.parts import did_you_mean

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Kind = Literal["pandas", "polars", "arrow"]
KINDS = ("pandas", "polars", "arrow")


@overload
def to_frame(rows: Sequence[Mapping[str, Any]], kind: Literal["pandas"] = "pandas") -> "pandas.DataFrame": ...
@overload
def to_frame(rows: Sequence[Mapping[str, Any]], kind: Literal["polars"]) -> "polars.DataFrame": ...
@overload
def to_frame(rows: Sequence[Mapping[str, Any]], kind: Literal["arrow"]) -> "pyarrow.Table": ...
@overload
def to_frame(rows: Sequence[Mapping[str, Any]], kind: Kind) -> Any: ...
def to_frame(rows: Sequence[Mapping[str, Any]], kind: Kind = "pandas") -> Any:
    """The rows as a data frame: "pandas", "polars" or "arrow" (a pyarrow table, which is always there).

    Raises UsageError for another kind, and MissingExtra where the library is not installed.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no frame {kind!r}{did_you_mean(kind, KINDS)}: choose one of {', '.join(KINDS)}.")
    import pyarrow as pa  # a fifth of a second to import, which a verb that shows no frame would spend

    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    if kind == "arrow":
        return table
    library = need(kind, f'a {kind} frame (frame("arrow") needs none)')
    return library.DataFrame(table.to_pydict()) if kind == "pandas" else library.from_arrow(table)
