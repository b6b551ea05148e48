"""Topics, languages and the like, where the rows have such columns: how many rows of each value were kept."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..data.stored.spec import KEPT
from .record import DROPPED

COLUMNS = ("language", "lang", "topic", "domain", "category", "subset", "split", "license")
MOST = 100  # values of a column that are told apart; the rest are counted together
REST = "all other values"
NONE = "none"


def column_shares(folder: Path) -> dict[str, dict[str, Any]]:
    """Of each column the values with most rows, each with its `rows` and how many of them were `kept`."""
    kept, dropped = _counted(folder / KEPT), _counted(folder / DROPPED)
    return {
        name: _shares(kept.get(name, Counter()), dropped.get(name, Counter()))
        for name in COLUMNS
        if name in kept or name in dropped
    }


def _counted(folder: Path) -> dict[str, Counter[str]]:
    """How often each value stands in each of the columns, part by part."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("*.parquet")):
        file = pq.ParquetFile(path)
        for name in COLUMNS:
            if name not in file.schema_arrow.names:
                continue
            column = file.read([name])[name]
            if column.type.num_fields:  # lists and the like, whose values are no words
                continue
            counter = found.setdefault(name, Counter())
            for each in pc.value_counts(column).to_pylist():
                counter[NONE if each["values"] is None else str(each["values"])] += each["counts"]
    return found


def _shares(kept: Mapping[str, int], dropped: Mapping[str, int]) -> dict[str, Any]:
    rows = Counter(kept)
    rows.update(dropped)
    ranked = sorted(rows, key=lambda value: (-rows[value], value))
    shares = {value: {"rows": rows[value], "kept": kept.get(value, 0)} for value in ranked[:MOST]}
    if rest := ranked[MOST:]:
        shares[REST] = {"rows": sum(rows[v] for v in rest), "kept": sum(kept.get(v, 0) for v in rest)}
    return shares
