"""Schemas: one for all chunks, into which each of them can be brought."""

import base64
from collections.abc import Sequence
from typing import Any

from .cells import encoded


def union(schemas: Sequence[Any]) -> Any:
    """One schema with the columns of all, in the order in which they come.

    A column of two types is of the wider one where both are numbers, and of texts otherwise, in which other values
    than texts stand as JSON.
    """
    import pyarrow as pa

    types: dict[str, Any] = {}
    for field in (field for schema in schemas for field in schema):
        known = types.get(field.name)
        types[field.name] = field.type if known is None else _common(known, field.type)
    return pa.schema(list(types.items()))


def conform(table: Any, schema: Any) -> Any:
    """The table with the columns of the schema, missing where it has none of a name."""
    import pyarrow as pa

    columns = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(len(table), field.type))
        elif table[field.name].type == field.type:
            columns.append(table[field.name])
        elif pa.types.is_large_string(field.type) and not is_text(table[field.name].type):
            columns.append(encoded(table[field.name].to_pylist()))
        else:
            columns.append(table[field.name].cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def packed(schema: Any) -> str:
    """A schema as a text."""
    return base64.b64encode(schema.serialize()).decode()


def unpacked_schema(text: str) -> Any:
    """A schema from the text that it was packed into."""
    import pyarrow as pa

    return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(text)))


def is_text(kind: Any) -> bool:
    """Whether an Arrow type is one of texts."""
    import pyarrow as pa

    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _common(one: Any, other: Any) -> Any:
    import pyarrow as pa

    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    numbers = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in (one, other)]
    if all(numbers):
        whole = all(pa.types.is_integer(kind) for kind in (one, other))
        return pa.int64() if whole else pa.float64()
    return pa.large_string()
