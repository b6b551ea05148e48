"""Record any spec: the spec names the verb that runs it, so nothing here knows a verb by name."""

import logging
from collections.abc import Sequence
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ..core.errors import UsageError
from ..core.folder import DONE
from ..core.parts import did_you_mean
from ..core.spec import Spec
from ..trackers.tracking import find_trackers
from .tracked import tell_trackers

if TYPE_CHECKING:  # which result a spec has is for type checkers to know
    from ..audit.result import AuditResult
    from ..audit.spec import AuditSpec
    from ..compare.result import CompareResult
    from ..compare.spec import CompareSpec
    from ..curate.result import CurateResult
    from ..curate.spec import CurateSpec
    from ..drift.result import DriftResult
    from ..drift.snapshot.result import SnapshotResult
    from ..drift.snapshot.spec import SnapshotSpec
    from ..drift.spec import DriftSpec
    from ..forecast.result import ForecastResult
    from ..forecast.spec import ForecastSpec
    from ..generate.result import GenerateResult
    from ..generate.spec import GenerateSpec
    from ..loop.result import LoopResult
    from ..loop.spec import LoopSpec
    from ..results.result import Result

LOG = logging.getLogger(__name__)


@overload
def run(spec: "LoopSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "LoopResult": ...
@overload
def run(spec: "CompareSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "CompareResult": ...
@overload
def run(spec: "AuditSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "AuditResult": ...
@overload
def run(spec: "CurateSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "CurateResult": ...
@overload
def run(spec: "DriftSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "DriftResult": ...
@overload
def run(spec: "GenerateSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "GenerateResult": ...
@overload
def run(spec: "ForecastSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "ForecastResult": ...
@overload
def run(spec: "SnapshotSpec", out: str | Path, *, resume: bool = False, **options: Any) -> "SnapshotResult": ...
@overload
def run(spec: Spec, out: str | Path, *, resume: bool = False, **options: Any) -> "Result": ...
def run(
    spec: Spec, out: str | Path, *, resume: bool = False, log: str | Sequence[str] = (), **options: Any
) -> "Result":
    """Run a spec of any verb, record it in the folder `out` and return its Result, which `autophagy.open` reads again.

    With `resume`, go on with what is there. `log` names experiment trackers, which are told the figures while they
    come, or at the end where they come all at once. What was set aside or taken for granted when the data were read is
    logged as warnings. `options` are what the verb's own `run` takes more, such as
    `workers` and `progress` of a loop. Raises AutophagyError; whatever was finished stays in the folder.
    """
    Spec.expect(spec, "run")
    verb = import_module(spec.runner)
    unknown = next((name for name in options if name not in signature(verb.run).parameters), None)
    if unknown:
        known = [name for name in signature(verb.run).parameters if name not in ("spec", "out")]
        raise UsageError(
            f"a run of {spec.of} has no option {unknown!r}{did_you_mean(unknown, known)}: it takes {', '.join(known)}."
        )
    if "tell" in signature(verb.run).parameters:
        options.setdefault("tell", _tell)
    finished = resume and (Path(out) / DONE).exists()
    if spec.counts_in:  # it tells its trackers itself
        result: Result = verb.run(spec, out, resume=resume, log=log, **options).result()
    else:
        trackers = find_trackers(log)  # a name that is none is told before anything runs
        record = verb.run(spec, out, resume=resume, **options)
        result = record.result()
        tell_trackers(record, result, trackers)
    if finished:
        LOG.info("%s held a finished run: only what it lacked was run, if anything.", out)
    return result


def _tell(name: str, notes: Sequence[str]) -> None:
    """Say how some data were read where no terminal does."""
    for note in notes:
        LOG.warning("%s: %s", name, note)
