"""Daily looks from Python: the answers of a day in, what all looks come to out."""

from pathlib import Path
from typing import Any

from .record import place_of
from .result import WatchResult
from .run import watch as look


def watch(
    baseline: str | Path, answers: Any = None, *, state: str | Path | None = None, **settings: Any
) -> WatchResult:
    """Whether a model still answers as it was recorded: a look, which is kept and added to earlier ones.

    `answers` is today's log, as a path, a data frame or a list of dicts; without it the model of the folder `baseline`
    is asked again. `state` is the file that the looks are kept in, looks.jsonl in the folder unless it is given.
    `settings` are those of the command line, such as `tolerance=0.02` and `alpha=0.01`. Raises AutophagyError, and then
    nothing is kept.
    """
    place = place_of(Path(baseline), state)
    return WatchResult(place, look(baseline, answers, state=place, **settings))
