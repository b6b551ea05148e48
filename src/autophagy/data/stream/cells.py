"""Columns of Python values -> Arrow: as they are where Arrow holds them without a change, else as JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..readers.objects import mended
from .faults import Faults

WIDEST = 1_000  # names in the objects of a column: more are ids, and their fields would fill a table of gaps
HALF = re.compile(r"\\u[dD][89a-fA-F]")  # as JSON writes it


def column(values: Sequence[Any]) -> Any:
    """The values as an Arrow array; as texts of JSON, None where one is missing, where Arrow would change them."""
    import pyarrow as pa

    if len(_paths(values)) > WIDEST:
        return encoded(values)
    try:
        array = pa.array(values)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return encoded(values)
    if pa.types.is_nested(array.type) and (array.to_pylist() != list(values) or not is_storable(array.type)):
        return encoded(values)
    if pa.types.is_floating(array.type) and any(isinstance(cell, int) and abs(cell) > 2**53 for cell in values):
        return encoded(values)
    return array


def encoded(values: Sequence[Any]) -> Any:
    """The values as texts of JSON; a text stays as it is."""
    import pyarrow as pa

    cells = (
        cell if cell is None or isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, default=_written)
        for cell in values
    )
    return pa.array(cells, pa.large_string())


def _paths(values: Iterable[Any]) -> set[tuple[Any, ...]]:
    """The names of all objects within values, each with those above it; no more than show that they are many."""
    found: set[tuple[Any, ...]] = set()
    open_: list[tuple[tuple[Any, ...], Any]] = [((), value) for value in values if _is_nest(value)]
    while open_ and len(found) <= WIDEST:
        above, value = open_.pop()
        inner = value.items() if isinstance(value, dict) else [(None, part) for part in value if _is_nest(value[0])]
        pairs = [((*above, name), cell) for name, cell in inner]
        found.update(path for path, _ in pairs)
        open_ += [pair for pair in pairs if _is_nest(pair[1])]
    return found


def _is_nest(value: Any) -> bool:
    return isinstance(value, dict | list)


def is_storable(kind: Any) -> bool:
    """Whether parquet holds values of an Arrow type: it has no struct without fields."""
    import pyarrow as pa

    inner = [kind.field(place).type for place in range(kind.num_fields)]
    return all(map(is_storable, inner)) and not (pa.types.is_struct(kind) and not inner)


def is_text(kind: Any) -> bool:
    """Whether an Arrow type is one of texts."""
    import pyarrow as pa

    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _written(cell: Any) -> str:
    """What JSON has no word for: bytes as text, and dates and the like as they are written."""
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


def mend(value: Any, written: str, faults: Faults) -> Any:
    """The value of a JSON text with U+FFFD for half a character, which no file can hold."""
    if not HALF.search(written):
        return value
    value, changed = mended(value)
    if changed:
        faults.tell("held half a character, which became U+FFFD.", 1)
    return value
