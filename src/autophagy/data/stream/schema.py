"""Schemas: one for all chunks, into which each of them can be brought."""

import base64
from collections.abc import Sequence
from typing import Any

from .cells import encoded, is_text

QUICK = "lz4"  # a chunk is read four times: in a third of the time of snappy, and as small
EXACT = 2**53  # up to which a float holds every whole number
LARGE = {b"beyond": b"2^53"}  # of a field that holds others


def union(schemas: Sequence[Any]) -> Any:
    """One schema with the columns of all, in the order in which they come.

    A column of two types is of one that holds the values of both; where there is none, it is one of texts, in which
    other values stand as JSON.
    """
    import pyarrow as pa

    fields: dict[str, Any] = {}
    for field in (field for schema in schemas for field in schema):
        known = fields.get(field.name, field)
        fields[field.name] = _common(known, field) or pa.field(field.name, pa.large_string())
    return pa.schema(list(fields.values()))


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


def marked(name: str, column: Any) -> Any:
    """The field of a column, which says where it holds whole numbers that a float would round."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_int64(column.type) or pa.types.is_uint64(column.type)):
        return pa.field(name, column.type)
    ends = pc.min_max(column).as_py().values()
    return pa.field(name, column.type, metadata=LARGE if any(abs(end or 0) > EXACT for end in ends) else None)


def packed(schema: Any) -> str:
    """A schema as a text."""
    return base64.b64encode(schema.serialize()).decode()


def unpacked_schema(text: str) -> Any:
    """A schema from the text that it was packed into."""
    import pyarrow as pa

    return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(text)))


def _common(one: Any, other: Any, inside: bool = False) -> Any:
    """A field for the values of both; None where no type holds them unchanged, as is not known `inside` of others."""
    import pyarrow as pa

    first, second = one.type, other.type
    mark = LARGE if one.metadata == LARGE or other.metadata == LARGE else None
    if first == second or pa.types.is_null(second):
        return pa.field(one.name, first, metadata=mark)
    if pa.types.is_null(first):
        return pa.field(one.name, second, metadata=mark)
    if all(pa.types.is_signed_integer(kind) for kind in (first, second)):
        return pa.field(one.name, pa.int64(), metadata=mark)
    if all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in (first, second)) and not (
        mark or inside
    ):
        whole = pa.types.is_integer(first) and pa.types.is_integer(second)
        return pa.field(one.name, pa.int64() if whole else pa.float64())
    kind = _nested(first, second)
    return kind if kind is None else pa.field(one.name, kind)


def _nested(first: Any, second: Any) -> Any:
    """A list of what both lists hold, or an object with the fields of both; None where there is none."""
    import pyarrow as pa

    if all(pa.types.is_list(kind) for kind in (first, second)):
        inner = _common(first.value_field, second.value_field, True)
        return None if inner is None else pa.list_(inner)
    if all(pa.types.is_struct(kind) for kind in (first, second)) and _names(first) == _names(second):
        fields = [_common(first.field(name), second.field(name), True) for name in _names(first)]
        return None if any(field is None for field in fields) else pa.struct(fields)
    return None


def _names(kind: Any) -> list[str]:
    return [kind.field(place).name for place in range(kind.num_fields)]
