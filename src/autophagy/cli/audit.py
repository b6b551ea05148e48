"""autophagy audit: what is in a corpus of text."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from .. import curators
from ..audit.spec import AuditSpec
from .ahead import ahead
from .flags import flags, path, read
from .numbers import spread
from .recording import recorded
from .voice import voiced
from .words import Json, Log, Ray, Require, Resume, SpecFile, Undecided, Workers, repeated

Out = Annotated[
    str | None,
    Parameter(help="The folder for audit.json, findings/ and report.html (default: one under runs/)."),
]
FailOn = Annotated[
    list[str] | None,
    repeated(
        "A finding that fails a build, as NAME or NAME:SHARE, such as duplicates:5%; the exit code is 1 where more "
        "rows have it."
    ),
]


@voiced
@flags(AuditSpec, first="paths")
def audit(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    workers: Workers = None,
    ray: Ray = None,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    fail_on: FailOn = None,
    json: Json = False,
    **given: Any,
) -> int:
    """Audit rows of text and print what was found."""
    plan = read(AuditSpec, spec, given, out, resume)
    hands = spread(workers, ray)
    with ahead(plan.paths, [part.name for part in plan.curators] or curators.__all__, **hands):
        from ..audit.gate import Limit, broken, check
        from ..curators.findings import labels
        from ..gates.gate import Gate
        from ..report.audit.terminal import print_audit

        gate = Gate.parse(require, undecided)
        limits = [Limit.parse(text) for text in fail_on or ()]
        check(limits, labels(plan.parts))
        gate.check_names(labels(plan.parts), plan.of)
        folder = path(out) if out else path("runs") / f"audit-{plan.digest[:8]}"
        options = {"resume": resume, "log": log or (), "then": partial(_then, plan, folder), **hands}
        return recorded("audit", plan, folder, gate, print_audit, json=json, broken=partial(broken, limits), **options)


def _then(plan: AuditSpec, folder: Path, result: Any) -> list[str | Path]:
    """The line to type next: a curation where rows would go, if no setting of the audit would have to come along."""
    goes = any(finding["count"] for finding in result.document["findings"] if finding["drops"])
    if goes and plan == AuditSpec(paths=plan.paths):
        return ["curate", *map(str, plan.paths), "--out", folder.with_name(f"{folder.name}-curated")]
    return ["report", folder, "--open"]
