"""The difference of two runs, of whatever verb."""

import shlex
from pathlib import Path

from ..audit.result import AuditResult
from ..compare.result import CompareResult
from ..core.errors import UsageError
from ..curate.result import CurateResult
from ..drift.result import DriftResult
from ..drift.snapshot.result import SnapshotResult
from ..drift.watch.result import WatchResult
from ..forecast.document import DocumentResult
from ..generate.result import GenerateResult
from ..loop.result import LoopResult
from ..results.result import Result
from ..runs.open import open as open_run
from .compared import Comparable
from .comparisons import compare_comparisons
from .counted import compare_counts
from .forecasts import compare_forecasts
from .generations import compare_generations
from .loops import compare_loops
from .result import DiffResult
from .settings import differing


def diff(a: Result | str | Path, b: Result | str | Path, *, every: bool = False) -> DiffResult:
    """What differs between two runs of one verb, given as run folders or as what `autophagy.run` returns.

    Compared are the figures that carry a verdict, or `every` figure that both runs have: the more are compared, the
    larger a difference has to be to stand out. Raises RecordError where a folder is no run, and UsageError where the
    runs are of two verbs.
    """
    mine, other = (each if isinstance(each, Result) else open_run(each) for each in (a, b))
    return DiffResult(mine, other, _comparable(mine, other, every).corrected(), differing(mine, other))


def _comparable(a: Result, b: Result, every: bool) -> Comparable:
    """All that can be compared of two runs of one verb."""
    match a, b:
        case LoopResult(), LoopResult():
            return compare_loops(a, b, every)
        case CompareResult(), CompareResult():
            return compare_comparisons(a, b, every)
        case DocumentResult(), DocumentResult():
            return compare_forecasts(a, b, every)
        case (AuditResult(), AuditResult()) | (CurateResult(), CurateResult()):
            return compare_counts(a, b)
        case GenerateResult(), GenerateResult():
            return compare_generations(a, b)
    if isinstance(a, SnapshotResult) and isinstance(b, SnapshotResult):
        held = shlex.join(["autophagy", "drift", str(a.folder), str(b.folder)])
        raise UsageError(f"two snapshots are held against each other by another verb: type {held}.")
    if isinstance(a, DriftResult) and isinstance(b, DriftResult):
        raise UsageError(
            "two runs of drift are differences already: hold the answers behind them against each other, "
            "autophagy drift A B."
        )
    if isinstance(a, WatchResult) or isinstance(b, WatchResult):
        raise UsageError(
            "looks are differences already, each from the recorded answers: put one file of looks on a page, "
            "autophagy report LOOKS."
        )
    if type(a) is type(b):
        raise UsageError(f"two runs of {a.verb} are not compared: put both on one page, autophagy report A B.")
    raise UsageError(f"A is {a.kind} and B is {b.kind}: give two runs of one verb.")
