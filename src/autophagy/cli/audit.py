"""autophagy audit: what is in a corpus of text."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from ..audit.spec import AuditSpec
from ..core.parts import literal
from .voice import voiced
from .words import (
    Json,
    Log,
    Ray,
    Require,
    Resume,
    SpecFile,
    Undecided,
    Workers,
    closing,
    flags,
    interrupted,
    path,
    read,
    repeated,
    settled,
)

if TYPE_CHECKING:
    from ..audit.gate import Limit

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
    from ..audit.gate import Limit, check
    from ..curators.findings import labels
    from ..gates.gate import Gate
    from ..report.audit.terminal import print_audit
    from ..report.terminal import Jobs
    from ..report.write import page_in
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    plan = read(AuditSpec, spec, given, out, resume)
    limits = [Limit.parse(text) for text in fail_on or ()]
    check(limits, labels(plan.parts))
    gate.check_names(labels(plan.parts), plan.of)
    folder = path(out) if out else path("runs") / f"audit-{plan.digest[:8]}"
    where = {"workers": None if workers is None else literal(workers), "ray": ray}
    try:
        with Jobs() as jobs:
            result = run(plan, folder, resume=resume, log=log or (), progress=jobs, tell=jobs.reading, **where)
    except KeyboardInterrupt:
        return interrupted("audit", folder)
    page = page_in(folder)
    if not json:
        print_audit(result)
        closing(["report", folder, "--open"], run=folder, run_folder=folder, the_report=page)
    return max(settled(gate, result, json), _failed(limits, result.document))


def _failed(limits: "Sequence[Limit]", document: Mapping[str, Any]) -> int:
    """Say on standard error which findings are too frequent; the exit code."""
    broken = [sentence for sentence in (limit.broken(document) for limit in limits) if sentence]
    for sentence in broken:
        print(f"autophagy: {sentence}", file=sys.stderr)
    return int(bool(broken))
