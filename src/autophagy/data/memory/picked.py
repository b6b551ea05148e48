"""Rows of data in memory, picked and given back in the kind in which they came, such as a frame."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WHOLE = ("start", "end", "duplicate_row")  # columns of whole numbers with gaps
TEXT = "text"
LIBRARIES = ("pandas", "polars", "datasets", "pyarrow", "numpy", "builtins")


def library(data: Any) -> str:
    """The library of the data, or of what their class is made of; "" for any other."""
    homes = [kind.__module__.partition(".")[0] for kind in type(data).__mro__ if kind is not object]
    return next((home for home in homes if home in LIBRARIES), "")


def take(data: Any, places: Sequence[int]) -> Any:
    """The rows at these places, counted from 0."""
    match library(data):
        case "pandas":
            return data.iloc[list(places)]
        case "polars" | "numpy":
            return data[list(places)]
        case "datasets":
            return data.select(list(places))
        case "builtins" if not isinstance(data, Mapping):
            return [data[place] for place in places]
    return _arrow(data, places)


def _arrow(data: Any, places: Sequence[int]) -> Any:
    import pyarrow as pa

    if isinstance(data, Mapping):
        data = dict(data)
    known = pa.Table | pa.Array | pa.ChunkedArray
    return (data if isinstance(data, known) else pa.table(data)).take(pa.array(places, pa.int64()))


def beside(taken: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """The rows with more columns, before which an own one of the same name steps back; rows of a list become dicts."""
    match library(taken):
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
            rows = [_as_dict(row) for row in taken]
            known = list(dict.fromkeys(name for row in rows for name in row))
            new = dict(zip(known, parted(known, columns), strict=True))
            own = [{new[name]: value for name, value in row.items()} for row in rows]
            return [row | {name: column[i] for name, column in columns.items()} for i, row in enumerate(own)]
    return _table(taken, columns)


def _as_dict(row: Any) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    if hasattr(row, "_asdict"):  # a row of itertuples
        return dict(row._asdict())
    names = getattr(getattr(row, "dtype", None), "names", None)
    return dict(zip(names, row.tolist(), strict=True)) if names else {TEXT: row}


def _table(taken: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    import pyarrow as pa

    taken = taken if isinstance(taken, pa.Table) else pa.table({TEXT: taken})
    taken = taken.rename_columns(parted(taken.column_names, columns))
    for name, column in columns.items():
        taken = taken.append_column(name, [list(column)])
    return taken


def _pandas(taken: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """A frame with the columns; where its names have several levels, they stand in the first."""
    import pandas

    frame = taken.to_frame(taken.name or TEXT) if isinstance(taken, pandas.Series) else taken.copy()
    own = list(map(str, frame.columns))
    new = dict(zip(own, parted(own, columns), strict=True))
    if any(name != given for given, name in new.items()):
        frame = frame.rename(columns=new)
    for name, column in columns.items():
        place = (name, *[""] * (frame.columns.nlevels - 1)) if frame.columns.nlevels > 1 else name
        frame[place] = pandas.array(list(column), dtype="Int64") if name in WHOLE else list(column)
    return frame


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
