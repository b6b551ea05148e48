"""autophagy drift record: what a model answers now, kept to be compared with what it answers later."""

from pathlib import Path
from typing import Any

from ..drift.snapshot.spec import SnapshotSpec
from .flags import default_folder, flags, path, read
from .numbers import Connections, PerMinute, limits
from .recording import recorded
from .voice import voiced
from .words import Json, Log, Out, Require, Resume, SpecFile, Undecided


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

    gate = Gate.parse(require, undecided)
    gate.check_names(figures_of(), SnapshotSpec.of)
    plan = read(SnapshotSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.suites[0], plan.model.rpartition("/")[2], plan.digest)
    options = {"resume": resume, "log": log or (), **limits(connections, per_minute)}
    then: list[str | Path] = ["drift", folder, "AFTER"]
    return recorded("drift record", plan, folder, gate, print_snapshot, json=json, then=lambda _: then, **options)
