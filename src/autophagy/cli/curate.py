"""autophagy curate: what may be trained on, what was taken out, and why each row went."""

from typing import Annotated, Any

from cyclopts import Parameter

from ..core.parts import literal
from ..curate.spec import CurateSpec
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
    settled,
)

Out = Annotated[
    str | None,
    Parameter(help="The folder for kept/, dropped/, summary.json and report.html (default: one under runs/)."),
]


@voiced
@flags(CurateSpec, first="paths")
def curate(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    workers: Workers = None,
    ray: Ray = None,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    json: Json = False,
    **given: Any,
) -> int:
    """Curate rows of text and print what was kept and what went."""
    from ..curators.findings import labels
    from ..gates.gate import Gate
    from ..report.curate.terminal import print_curation
    from ..report.terminal import Jobs
    from ..report.write import page_in
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    plan = read(CurateSpec, spec, given, out, resume)
    gate.check_names(["kept", *labels(plan.parts)], plan.of)
    folder = path(out) if out else path("runs") / f"curate-{plan.digest[:8]}"
    where = {"workers": None if workers is None else literal(workers), "ray": ray}
    try:
        with Jobs() as jobs:
            result = run(plan, folder, resume=resume, log=log or (), progress=jobs, tell=jobs.reading, **where)
    except KeyboardInterrupt:
        return interrupted("curate", folder)
    page = page_in(folder)
    if not json:
        print_curation(result)
        parts = {"kept": folder / "kept", "dropped": folder / "dropped"}
        closing(["report", folder, "--open"], run=folder, **parts, the_report=page)
    return settled(gate, result, json)
