"""The figures of daily looks as an experiment tracker takes them: a step a look, in one run that goes on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...core.files import Line
from ...core.folder import TRACKING
from ...trackers.tracker import TrackedRun, Tracker
from ...trackers.tracking import begun
from .result import WatchResult

SHOWN = {"": "change", "/low": "low", "/high": "high", "/recorded": "recorded", "/now": "now"}


def place_of_tracking(looks: Path) -> Path:
    """Where it is kept what the trackers call the run of a file of looks: beside it."""
    return looks.with_name(f"{looks.stem}.{TRACKING}")


def tell_trackers(result: WatchResult, baseline: str, trackers: Mapping[str, Tracker]) -> None:
    """Tell the trackers the newest look, and those that are new to these looks the earlier ones as well."""
    if not trackers:
        return
    lines = result.looks.lines
    facts = {name: lines[-1][name] for name in ("design", "alpha", "tolerance", "decoding")}
    config = {"verb": "drift watch", "baseline": baseline, "state": str(result.path), **facts}
    run = TrackedRun(result.title, result.path.with_suffix(""), config, "look")
    tracking = begun(place_of_tracking(result.path), run, trackers, lambda: figures(lines[:-1]))
    tracking.log(figures(lines[-1:], first=len(lines)))
    tracking.end(result.verdict, True)


def figures(lines: Sequence[Line], first: int = 1) -> Iterator[tuple[int, dict[str, float]]]:
    """Each look with the change of each figure as it stood then, `TASK/FIGURE`; what is unknown is left out."""
    for number, line in enumerate(lines, first):
        yield number, dict(_known(line))


def _known(line: Line) -> Iterable[tuple[str, float]]:
    """The figures of a look, and the log evidence that anything changed."""
    yield "log_evidence", line["evidence"]
    for task, kinds in line["found"].items():
        for kind, cells in kinds.items():
            for suffix, name in SHOWN.items():
                if cells["n"] and cells[name] is not None:
                    yield f"{task}/{kind}{suffix}", cells[name]
