"""autophagy drift record: what a model answers now, kept to be compared with what it answers later."""

from typing import Annotated, Any

from cyclopts import Parameter

from ..core.errors import UsageError
from ..drift.snapshot.spec import SnapshotSpec
from .voice import voiced
from .words import (
    Json,
    Number,
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

Connections = Annotated[
    Number | None, Parameter(help="The number of requests that a server is sent at a time (default: 16).")
]
PerMinute = Annotated[
    Number | None, Parameter(help="The most requests that a server is sent in a minute (default: no limit).")
]


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
    given_limits = {"connections": connections, "per_minute": per_minute}
    limits = {name: _number(name, value) for name, value in given_limits.items() if value is not None}
    try:
        with Jobs() as jobs:
            result = run(plan, folder, resume=resume, progress=jobs, tell=jobs.reading, **limits)
    except KeyboardInterrupt:
        return interrupted("drift record", folder)
    page = page_in(folder)
    if json:
        print_json(result.document)
    else:
        print_snapshot(result)
        closing(["drift", folder, "AFTER"], run=folder, run_folder=folder, the_report=page)
    return 0


def _number(name: str, value: str) -> Any:
    """A number as people write it; raises UsageError where it is none."""
    from ..core.written import written

    number = written(value)
    if not isinstance(number, int | float):
        raise UsageError(f"--{name.replace('_', '-')} is {value!r}: give a number.")
    return number
