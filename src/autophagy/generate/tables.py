"""Rows as a parquet file, with the same columns however many there are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.files import writing

NUMBERS = {"round": "int64", "generation": "int64", "rouge_l": "float64"}
COLUMNS = (
    "id", "text", "instruction", "input", "output", "recipe", "call", "parent", "round", "shown", "nearest", "rouge_l",
    "mended", "answers", "chosen_by", "rejected", "generation", "source",
)  # fmt: skip


def write_table(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    """Write rows whole or not at all; those that were dropped have a column `reason` too."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = [*COLUMNS, *(["reason"] if any("reason" in line for line in lines) else [])]
    types = [pa.field(name, NUMBERS.get(name, "string")) for name in names]
    table = pa.Table.from_pylist([{name: line.get(name) for name in names} for line in lines], pa.schema(types))
    with writing(path) as file:
        pq.write_table(table, file, compression="zstd")
