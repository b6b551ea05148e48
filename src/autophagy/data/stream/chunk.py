"""A chunk: rows with their text, where they stand and where they came from, and all their other columns."""

import re
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from ...core.memory import NAME
from ...core.samples import UNKNOWN
from ..readers.unpack import without_packing
from .faults import Faults
from .pieces import Rows
from .schema import marked
from .source import Source

OURS = ("text", "file", "row", "generation", "source")
SHORT = 64  # bytes of a text that may be white space alone
SHARD = re.compile(r"[-_.]?(\d{3,}|\d+-of-\d+)$")  # the number of a file among others of one source


def chunk(rows: Rows, source: Source, faults: Faults) -> Any:
    """The Arrow table of one chunk; rows without a text are set aside, and columns that are called as ours renamed."""
    import pyarrow as pa

    missing = rows.texts.is_null().to_numpy(zero_copy_only=False)
    places = np.asarray(rows.places, np.int64)
    rest, texts = rows.rest, rows.texts
    if missing.any():
        called = rows.called or "(no name)"
        faults.add(f"having no text in the column {called}", int(places[missing][0]), "", int(missing.sum()))
        good = pa.array(~missing)
        texts, places, rest = texts.filter(good), places[~missing], rest.filter(good) if rest.num_columns else rest
    if blank := _blank(texts):
        faults.tell("held nothing but white space.", blank)
    n = len(texts)
    ours = {
        "text": texts,
        "file": pa.array([source.name]).take(pa.array(np.zeros(n, np.int8))),
        "row": pa.array(places),
        "generation": pa.array(np.full(n, UNKNOWN, np.int16)),
        "source": pa.array([home(source)]).take(pa.array(np.zeros(n, np.int8))),
    }
    names = list(rest.column_names)
    for name, read in (("generation", _generation), ("source", _source)):
        if name in names and (found := read(rest[name], ours[name])) is not None:
            ours[name] = found
            rest = rest.drop_columns([name])
    renamed = _renamed(rest.column_names, faults)
    columns = {**ours, **dict(zip(renamed, rest.columns, strict=True))}
    schema = pa.schema([marked(name, column) for name, column in columns.items()])
    return pa.Table.from_arrays(list(columns.values()), schema=schema)


def _blank(texts: Any) -> int:
    """How many texts hold white space alone or nothing; a long one is not looked at, for it hardly ever does."""
    import pyarrow.compute as pc

    short = texts.filter(pc.less_equal(pc.binary_length(texts), SHORT))
    return int(pc.sum(pc.equal(pc.binary_length(pc.utf8_trim_whitespace(short)), 0)).as_py() or 0)


def home(source: Source) -> str:
    """Where rows came from that do not say so: the top folder of their file, or its name without endings and number."""
    parts = PurePosixPath(source.name).parts
    if NAME.fullmatch(parts[-1]):
        return "memory"
    name = parts[0] if len(parts) > 1 else PurePosixPath(without_packing(source.name)).stem
    return SHARD.sub("", name) or name


def _generation(column: Any, unknown: Any) -> Any:
    """A column of whole numbers as generations, unknown where one is missing; None where it is no such column."""
    import pyarrow as pa

    if not pa.types.is_integer(column.type):
        return None
    try:
        return column.cast(pa.int16()).fill_null(UNKNOWN).combine_chunks()
    except pa.ArrowInvalid:
        return None


def _source(column: Any, unnamed: Any) -> Any:
    """A column of words as sources, that of the file where one is missing; None where it is no such column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return None
    return pc.coalesce(column.cast(pa.string()), unnamed).combine_chunks()


def _renamed(names: list[str], faults: Faults) -> list[str]:
    """The names of the other columns, none of which is one of ours or comes twice."""
    taken = set(OURS)
    found = []
    for name in names:
        new = name
        while new in taken:
            new += "_given"
        if new != name:
            faults.tell(f"The column {name} is kept as {new}.")
        taken.add(new)
        found.append(new)
    return found
