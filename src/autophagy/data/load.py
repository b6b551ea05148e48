"""Data: a name or a path -> real rows."""

import importlib.util
import logging
import re
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError, UsageError
from ..core.memory import InMemory
from ..core.parts import Part, did_you_mean
from ..core.registry import entries
from ..core.samples import REAL, Samples
from .absent import ADDRESS, absent
from .densities import Density, density
from .memory import given
from .own import is_run, rows_within, told_of_rows
from .readers.pixels import PixelScale
from .readers.read import read, read_all, read_file
from .readers.rows import FileRows, finish, texts
from .readers.tables import of_arrow

__all__ = ["Density", "RealRows", "load"]

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class RealRows:
    """A finite set of real rows, beside the densities, which have rows without end.

    `samples` are all of them, generation 0: images float32 (n, h, w) or (n, h, w, c) in [0, 1], vectors (n, d)
    of floats, or texts; with `label` (n,) int64 in 0 .. k-1 where there are classes. `unreadable` counts the
    rows or files that were set aside; `notes` says in one sentence each what was set aside, left out or changed.
    `scale` is what pixels were brought to [0, 1] by.
    """

    name: str
    samples: Samples
    kind: str
    unreadable: int
    notes: list[str]
    scale: PixelScale | None = None


def load(data: Any, scale: PixelScale | None = None) -> RealRows | Density:
    """Real rows by name: a built-in one such as `digits` or `normal:d=10`, a file, a folder, or a hub id `owner/name`.

    They may also be given in memory: a data frame of pandas, polars or Arrow, a `datasets.Dataset`, an array, or texts
    or dicts in any iterable; they are read as a file of their values would be.

    A built-in name goes before a file of that name, which `./name` reaches. Pixels are brought to [0, 1] on the
    `scale`, where one is given, which another data set may share. Raises UsageError for an unknown
    name or setting and DataError for a file that is missing or cannot be used.
    """
    found = _load(data, scale)
    if isinstance(found, RealRows):
        shape = "x".join(map(str, found.samples.x.shape[1:])) or "one text each"
        LOG.debug("read %s: %d usable rows of %s (%s)", found.name, len(found.samples), shape, found.kind)
    return found


def _load(data: Any, scale: PixelScale | None) -> RealRows | Density:
    name = given(data)
    if isinstance(name, InMemory):
        where = f"{name}"
        return _table(where, finish(read_file(Path(name), name.content(), where), where, scale))
    known = name.partition(":")[0].strip()
    if known in entries("density"):
        return density(known, Part.parse(name).settings)
    if known in TABLES:
        if Part.parse(name).settings:
            raise UsageError(f"the data set {known} has no settings: write {known} alone.")
        return _table(known, finish(TABLES[known](), known, scale))
    path = Path(name).expanduser()
    if _exists(path):
        if not is_run(path):
            return _table(name, read(path, scale))
        rows = read(rows_within(path), scale)
        return _table(name, replace(rows, notes=[*rows.notes, told_of_rows(path)]))
    if any(mark in name for mark in "*?["):
        return _table(name, read_all(_matches(path, name), name, scale))
    if ADDRESS.match(name):
        raise absent(name)
    if re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*", name) and not path.suffix:
        return _table(name, _from_hub(name, scale))
    if re.fullmatch(r"[\w-]+", known):
        raise UsageError(
            f"there is no data set {known!r}{did_you_mean(known, built_in())}: "
            f"give one of {', '.join(built_in())}, the path of a file or folder, or a hub id such as owner/{known}."
        )
    raise absent(name)


def built_in() -> tuple[str, ...]:
    """The names that stand for data sets and densities, a user's own among them."""
    return (*TABLES, *entries("density"))


def _table(name: str, rows: FileRows) -> RealRows:
    columns = {} if rows.label is None else {"label": rows.label}
    text = isinstance(rows.x.dtype, np.dtypes.StringDType)
    kind = "text" if text else "vector" if rows.x.ndim == 2 else "image"
    return RealRows(name, Samples.of(rows.x, REAL, "fixed", **columns), kind, rows.unreadable, rows.notes, rows.scale)


def _matches(pattern: Path, name: str) -> list[Path]:
    """The files that a pattern such as `shards/*.parquet` names, in order; raises DataError where there are none."""
    found = sorted(Path(match) for match in glob(str(pattern), recursive=True) if Path(match).is_file())
    if not found:
        raise DataError(f"no file matches {name}: check the pattern, in quotes.")
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file system could hold
        return False


def _digits() -> FileRows:
    """The 1,797 real 8 x 8 digits that ship with scikit-learn, whose pixels run from 0 to 16."""
    from sklearn.datasets import load_digits

    x, label = load_digits(return_X_y=True)
    return FileRows((x.reshape(-1, 8, 8) / 16).astype(np.float32), label)


def _python_reference() -> FileRows:
    """The Python language reference that every CPython carries for its help, one document a topic."""
    from pydoc_data.topics import topics

    return texts([topics[name] for name in sorted(topics)], notes=["One document is a topic of Python's help."])


TABLES = {"digits": _digits, "python-reference": _python_reference}  # the sets of rows that come with the machine


def _from_hub(name: str, scale: PixelScale | None) -> FileRows:
    """The training split of a data set of the Hugging Face hub, where the package `datasets` is installed."""
    if importlib.util.find_spec("datasets") is None:
        raise DataError(
            f"there is no file or folder {name}; if it is a data set of the Hugging Face hub, "
            "run pip install datasets and try again."
        )
    datasets: Any = importlib.import_module("datasets")
    try:
        table = datasets.load_dataset(name, split="train").with_format("arrow")[:]
    except (OSError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise DataError(f"{name} cannot be loaded from the hub ({reason}): check name and network.") from error
    rows = finish(of_arrow(table, name), name, scale)
    return replace(rows, notes=[*rows.notes, "The split train was read from the hub."])
