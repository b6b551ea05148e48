"""Several files that are one table: shards in a folder, or what `datasets` saves."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...core.errors import DataError, Unreadable
from .columns import Table, of_table
from .encodings import is_binary
from .notes import Aside, listed
from .objects import json_records
from .rows import FileRows
from .tables import arrow_columns, arrow_table, csv_table, json_table, parquet_table
from .unpack import content, without_packing

SHARDS = (".parquet", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".arrow", ".feather")
HELD_OUT = ("test", "valid", "validation", "val", "dev", "eval")  # splits that are not trained on
SAVED = ("dataset_info.json", "state.json", "dataset_dict.json")  # what `datasets` writes beside its tables


def tables_of(paths: Sequence[Path]) -> list[Path]:
    """The files that are tables; where some are parquet or Arrow, these alone."""
    found = _written(paths)
    binary = [path for path in found if without_packing(path.name).endswith((".parquet", ".arrow", ".feather"))]
    return binary or found


def others_of(paths: Sequence[Path]) -> list[Path]:
    """The files that are tables and are not read, since some are parquet or Arrow."""
    read = {*tables_of(paths)}
    return [path for path in _written(paths) if path not in read]


def _written(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if without_packing(path.name).endswith(SHARDS) and path.name not in SAVED]


def of_training(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are to be trained on, and those of other splits where their names or folders say so."""
    train = [path for path in paths if _splits(path) & {"train", "training"}]
    if not train:
        train = [path for path in paths if not _splits(path) & set(HELD_OUT)]
    return (train, [path for path in paths if path not in train]) if train else (list(paths), [])


def read_shards(paths: Sequence[Path], where: str) -> FileRows:
    """The rows of all files under the columns of all of them; a file that cannot be read is set aside and named.

    Raises DataError where the files are not of one table.
    """
    tables: list[tuple[Path, Table]] = []
    aside = Aside("being unreadable", "file")
    for path in paths:
        try:
            tables.append((path, _table(path, content(path))))
        except (DataError, Unreadable) as error:
            aside.add(path.name, str(error))
    if not tables:
        raise DataError(f"{where} holds {len(paths)} tables of which none can be read: {aside.example}")
    (first, known), *others = tables
    other = next((path for path, table in others if not known.columns.keys() & table.columns.keys()), None)
    if other:
        raise DataError(
            f"{where} holds tables with no column in common, such as {first.name} and {other.name}: give one of them."
        )
    names = dict.fromkeys(name for _, table in tables for name in table.columns)
    columns = {name: [cell for _, table in tables for cell in _column(table, name)] for name in names}
    notes = [f"{len(tables):,} files were read as one table."] if len(tables) > 1 else []
    notes += [note for note in [aside.note(len(paths), "files")] if note]
    notes += [f"{path.name}: {note}" for path, table in tables for note in table.notes]
    return of_table(Table(columns, None, [each for _, table in tables for each in table.aside], notes), where)


def other_splits(paths: Sequence[Path]) -> list[str]:
    """A sentence about the files that are left out for those of training, where there are some."""
    if not paths:
        return []
    named, told = all(_splits(path) & set(HELD_OUT) for path in paths), listed([path.name for path in paths], 6)
    why = "Left out, for they are of other splits" if named else "Only files called train were read; left out"
    return [f"{why}: {told}."]


def _column(table: Table, name: str) -> Sequence[Any]:
    column = table.columns.get(name)
    return [None] * len(table) if column is None else list(column)


def _table(path: Path, data: bytes) -> Table:
    name, where = without_packing(path.name), str(path)
    if data.startswith(b"PAR1"):
        return Table(arrow_columns(parquet_table(data, where)))
    if name.endswith((".arrow", ".feather")):
        return Table(arrow_columns(arrow_table(data, where)))
    if is_binary(data):
        raise DataError(f"{where} is no table that can be read.")
    if name.endswith((".csv", ".tsv")):
        return csv_table(data, where)
    return json_table(json_records(data), where)


def _splits(path: Path) -> set[str]:
    """The words in which its name and the name of its folder say of which split a file is."""
    words = f"{path.parent.name}-{path.name}".lower()
    return set("".join(letter if letter.isalpha() else " " for letter in words).split())


def saved_splits(folder: Path) -> tuple[Path, list[str]]:
    """The folder of the split that is read of what `datasets` saved, and what is told of the others."""
    listing = folder / "dataset_dict.json"
    try:
        splits = [str(split) for split in json.loads(listing.read_text(encoding="utf-8"))["splits"]]
    except (OSError, ValueError, KeyError, TypeError):
        return folder, []
    chosen = "train" if "train" in splits else splits[0]
    others = [split for split in splits if split != chosen]
    return folder / chosen, [f"The split {chosen} was read; left out: {listed(others, 6)}."] if others else []
