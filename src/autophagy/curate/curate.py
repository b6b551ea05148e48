"""A curation from Python: rows in, and out come those that are kept and those that are dropped, of the same kind."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..core.borrowed import made_in
from ..data.memory.picked import beside, take
from ..data.memory.same import as_paths, is_held
from .result import CurateResult
from .run import run
from .spec import CurateSpec
from .split import WHY


@dataclass(frozen=True, repr=False, eq=False)
class CuratedData(CurateResult):
    """A curation of data in memory: `kept` and `dropped` are of the kind of the `data`, in their order."""

    data: Any = None

    @cached_property
    def kept(self) -> Any:
        """The rows that were kept, as they were given."""
        kept = self.record.kept()
        return take(self.data, sorted(row - 1 for row in kept["row"].to_pylist()) if len(kept) else [])

    @cached_property
    def dropped(self) -> Any:
        """The rows that were dropped, each with its reason; of a list, a dict a row."""
        rows = sorted(self.record.dropped().to_pylist(), key=lambda row: row["row"])
        taken = take(self.data, [row["row"] - 1 for row in rows])
        return beside(taken, {name: [row[name] for row in rows] for name in WHY})


def curate(data: Any, *, out: str | Path | None = None, workers: int | None = None, **settings: Any) -> CurateResult:
    """What may be trained on, and what is taken out: of a path, a frame, a data set, or a list of texts or of dicts.

    `kept` and `dropped` are of the kind that was given, Arrow tables where it was a path. `settings` are fields of a
    CurateSpec, such as `curators=["duplicates"]` and `reference=frame`. It is recorded in the folder `out`, or in a
    temporary one that lasts as long as the result. Raises AutophagyError.
    """
    data, paths = as_paths(data)
    spec = CurateSpec(paths=paths, **settings)

    def make(folder: Path) -> CurateResult:
        record = run(spec, folder, workers=workers)
        return CuratedData(record, data) if is_held(data) else CurateResult(record)

    return made_in(out, make)
