"""Workers of an audit or a curation that import their libraries while the command imports its own."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..core.machine import available_cores
from ..scale.nursery import nursery

MODULES = (
    "autophagy.curators.rule",
    "autophagy.data.stored.allocation",
    "autophagy.data.stored.pieces",
    "autophagy.data.stream.ingest",
    "pandas",  # which pyarrow imports when it makes its first array
    "pyarrow.dataset",
    "pyarrow.parquet",
)
CURATORS = "autophagy.curators.{}"  # where none bears the name of a curator, each worker imports what it needs
COMPILED = {"duplicates": "autophagy.curators.duplicates.loaded"}  # what loads the compiled code of a curator
LEAST = 16 * 2**20  # bytes of rows: fewer are judged before the workers are there
MANY = 48 * 2**20  # some 30,000 rows, for which compiled code is loaded


def ahead(
    paths: Sequence[Any], curators: Sequence[str], workers: Any = None, ray: str | None = None
) -> AbstractContextManager[None]:
    """Begin with the workers where there will be several on this machine, and much for the curators to do."""
    alone = ray is not None or workers == 1 or available_cores() == 1
    if alone or not _hold(paths, LEAST):
        return nullcontext()
    compiled = [COMPILED[name] for name in curators if name in COMPILED and _hold(paths, MANY)]
    return nursery([*MODULES, *map(CURATORS.format, curators), *compiled])


def _hold(paths: Sequence[Any], least: int) -> bool:
    """Whether there are so many bytes."""
    return any(size >= least for size in accumulate(_sizes(paths)))


def _sizes(paths: Sequence[Any]) -> Iterator[int]:
    """The bytes of each file; what is none, or cannot be seen, is told later by what reads it."""
    for path in (Path(each).expanduser() for each in paths):
        try:
            yield from (file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]))
        except OSError:
            continue
