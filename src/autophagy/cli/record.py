"""autophagy drift record: what a model answers now, kept to be compared with what it answers later."""

from typing import Any

from ..drift.snapshot.spec import SnapshotSpec
from .numbers import Connections, PerMinute, limits
from .voice import voiced
from .words import (
    Json,
    Out,
    Resume,
    SpecFile,
    closing,
    default_folder,
    flags,
    interrupted,
    path,
    print_json,
    read,
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
    json: Json = False,
    **given: Any,
) -> int:
    """Record a model's answers and print what they come to."""
    from ..report.snapshot.terminal import print_snapshot
    from ..report.terminal import Jobs
    from ..report.write import page_in
    from ..runs.run import run

    plan = read(SnapshotSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.suites[0], plan.model.rpartition("/")[2], plan.digest)
    most = limits(connections, per_minute)
    try:
        with Jobs() as jobs:
            result = run(plan, folder, resume=resume, progress=jobs, tell=jobs.reading, **most)
    except KeyboardInterrupt:
        return interrupted("drift record", folder)
    page = page_in(folder)
    if json:
        print_json(result.document)
    else:
        print_snapshot(result)
        closing(["drift", folder, "AFTER"], run=folder, run_folder=folder, the_report=page)
    return 0
