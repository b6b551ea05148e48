"""The figures of a run that comes all at once, as an experiment tracker takes them: told at its end, in one step."""

import math
from collections.abc import Iterator, Mapping

from ..core.folder import RunFolder
from ..results.result import Result
from ..trackers.tracker import Tracker
from ..trackers.tracking import tracked


def tell_trackers(record: RunFolder, result: Result, trackers: Mapping[str, Tracker]) -> None:
    """Tell the trackers a finished run, each once; of one that is not finished nothing is told yet."""
    if trackers and record.done:
        with tracked(record, trackers, "run", lambda: figures(result), lambda: result.verdict):
            pass


def figures(result: Result) -> Iterator[tuple[int, dict[str, float]]]:
    """Every figure at the end, as `place/figure` with its `low` and `high` end; what is unknown is left out."""
    found: dict[str, float] = {}
    for each in result.ends():
        place = "/".join([*(str(part) for _, part in each.of), each.metric])
        found |= {place: each.score.value, f"{place}/low": each.score.low, f"{place}/high": each.score.high}
    yield 1, {name: value for name, value in found.items() if math.isfinite(value)}
