"""Readers: what reads the rows of each format."""

from collections.abc import Callable, Iterator

from .delimited import of_delimited
from .faults import Faults
from .pieces import Rows
from .records import of_json, of_lines
from .stretches import Stretch
from .tables import of_arrow, of_parquet
from .texts import of_text
from .whole import KINDS, of_page
from .workbook import of_workbook

READERS: dict[str, Callable[[Stretch, Faults, str | None, int], Iterator[Rows]]] = {
    "parquet": of_parquet,
    "arrow": of_arrow,
    "jsonl": of_lines,
    "json": of_json,
    "delimited": of_delimited,
    "workbook": of_workbook,
    **dict.fromkeys(("text", "texts"), of_text),
    **dict.fromkeys(KINDS, of_page),
}
