"""A curation from Python: rows in, and out come those that are kept and those that are dropped, of the same kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, overload

from ..core.borrowed import made_in
from ..data.memory.beside import check_texts
from ..data.memory.picked import beside, take
from ..data.memory.same import as_paths, is_held
from .result import CurateResult
from .run import run
from .spec import CurateSpec
from .split import WHY

Rows = TypeVar("Rows")
Row = TypeVar("Row")


@dataclass(frozen=True, repr=False, eq=False)
class CuratedData(CurateResult, Generic[Rows]):
    """A curation of data in memory: `kept` and `dropped` are of the kind of the `data`, in their order."""

    data: Any = None

    @cached_property
    def kept(self) -> Rows:
        """The rows that were kept, as they were given."""
        kept = self.record.kept()
        places = sorted(row - 1 for row in kept["row"].to_pylist()) if len(kept) else []
        return cast("Rows", take(self.data, places))

    @cached_property
    def dropped(self) -> Any:
        """The rows that were dropped, each with its reason; of a list, a dict a row."""
        rows = sorted(self.record.dropped().to_pylist(), key=lambda row: row["row"])
        taken = take(self.data, [row["row"] - 1 for row in rows])
        return beside(taken, {name: [row[name] for row in rows] for name in WHY})


@overload
def curate(
    data: str | PathLike[str] | Sequence[PathLike[str]],
    *,
    out: str | Path | None = None,
    workers: int | None = None,
    **settings: Any,
) -> CurateResult: ...
@overload
def curate(
    data: Mapping[Any, Any], *, out: str | Path | None = None, workers: int | None = None, **settings: Any
) -> CuratedData[Any]: ...
@overload
def curate(
    data: Iterator[Row], *, out: str | Path | None = None, workers: int | None = None, **settings: Any
) -> CuratedData[list[Row]]: ...
@overload
def curate(
    data: Rows, *, out: str | Path | None = None, workers: int | None = None, **settings: Any
) -> CuratedData[Rows]: ...
def curate(data: Any, *, out: str | Path | None = None, workers: int | None = None, **settings: Any) -> CurateResult:
    """What may be trained on, and what is taken out: of a path, a frame, a data set, or a list of texts or of dicts.

    `kept` and `dropped` are of the kind that was given, Arrow tables where it was a path. `settings` are fields of a
    CurateSpec, such as `curators=["duplicates"]` and `reference=frame`. It is recorded in the folder `out`, or in a
    temporary one that lasts as long as the result. Raises AutophagyError.
    """
    data, paths = as_paths(data)
    check_texts(settings)
    spec = CurateSpec(paths=paths, **settings)

    def make(folder: Path) -> CurateResult:
        record = run(spec, folder, workers=workers)
        return CuratedData(record, data) if is_held(data) else CurateResult(record)

    return made_in(out, make)
