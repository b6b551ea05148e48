"""Made rows: what a run folder of `autophagy generate` gives a loop, as its data or as its teacher's texts."""

from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError, UsageError
from ..core.memory import InMemory
from ..core.samples import Samples
from ..data.load import RealRows
from ..generate.record import GenerationRecord
from ..text.plural import plural


def made_rows(name: Any) -> RealRows | None:
    """The kept rows of a run folder of `autophagy generate`, a text each, with their generation and their writers.

    None where the name is no such folder. Raises DataError where it has not come to two rows, RecordError where it is
    damaged.
    """
    folder = None if isinstance(name, InMemory) else Path(name).expanduser()
    if folder is None or not _is_folder(folder):
        return None
    record = GenerationRecord(folder)
    try:
        record.spec()
    except UsageError:
        return None
    if not record.counted:
        raise DataError(f"the generation in {folder} has not come to its rows: go on with autophagy generate --resume.")
    table, wanted = record.table(), record.document()["rows"]
    if len(table) < 2:
        raise DataError(f"the generation in {folder} kept {plural(len(table), 'row')}: give one with 2 or more.")
    text, generation, source = (table[column].to_pylist() for column in ("text", "generation", "source"))
    x = np.array(text, np.dtypes.StringDType())
    samples = Samples(x, np.array(generation, np.int16), np.array(source))
    notes = [f"{' and '.join(sorted(set(source)))} made these {len(table):,} rows."]
    if len(table) < wanted:
        notes.append(f"{wanted:,} rows were wanted, and there are {len(table):,}.")
    return RealRows(str(name), samples, "text", 0, notes)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, of which the data's own reader tells
        return False
