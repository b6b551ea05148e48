"""autophagy drift record: what a model answers now, kept to be compared with what it answers later."""

from typing import Any

from ..drift.snapshot.spec import SnapshotSpec
from .numbers import Connections, PerMinute, limits
from .voice import voiced
from .words import (
    Json,
    Log,
    Out,
    Require,
    Resume,
    SpecFile,
    Undecided,
    closing,
    default_folder,
    flags,
    interrupted,
    path,
    read,
    settled,
)


@voiced
@flags(SnapshotSpec)
def record(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    connections: Connections = None,
    per_minute: PerMinute = None,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    json: Json = False,
    **given: Any,
) -> int:
    """Record a model's answers and print what they come to."""
    from ..drift.snapshot.result import figures_of
    from ..gates.gate import Gate
    from ..report.snapshot.terminal import print_snapshot
    from ..report.terminal import Jobs
    from ..report.write import page_in
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    gate.check_names(figures_of(), SnapshotSpec.of)
    plan = read(SnapshotSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.suites[0], plan.model.rpartition("/")[2], plan.digest)
    most: dict[str, Any] = limits(connections, per_minute)
    try:
        with Jobs() as jobs:
            result = run(plan, folder, resume=resume, log=log or (), progress=jobs, tell=jobs.reading, **most)
    except KeyboardInterrupt:
        return interrupted("drift record", folder)
    page = page_in(folder)
    if not json:
        print_snapshot(result)
        closing(["drift", folder, "AFTER"], run=folder, run_folder=folder, the_report=page)
    return settled(gate, result, json)
