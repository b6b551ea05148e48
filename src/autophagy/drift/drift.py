"""A comparison of answers from Python: answers before and after in, what changed out."""

from pathlib import Path
from typing import Any

from ..core.borrowed import made_in
from ..data.memory.same import as_paths
from .result import DriftResult
from .run import run
from .spec import DriftSpec


def drift(before: Any, after: Any = None, *, out: str | Path | None = None, **settings: Any) -> DriftResult:
    """What changed between the answers before and after: paths of logs, data frames, or lists of dicts.

    One log may hold both, told apart by its column `model`. `settings` are fields of a DriftSpec, such as
    `tolerance=0.02` and `rules=["exact"]`. It is recorded in the folder `out`, or in a temporary one that lasts as long
    as the result. Raises AutophagyError.
    """
    sides = [before] if after is None else [before, after]
    spec = DriftSpec(paths=tuple(path for side in sides for path in as_paths(side)[1]), **settings)
    return made_in(out, lambda folder: DriftResult(run(spec, folder)))
