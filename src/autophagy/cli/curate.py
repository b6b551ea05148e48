"""autophagy curate: what may be trained on, what was taken out, and why each row went."""

from typing import Annotated, Any

from cyclopts import Parameter

from ..curate.spec import DROPPING, CurateSpec
from .ahead import ahead
from .flags import flags, path, read
from .numbers import spread
from .recording import recorded
from .voice import voiced
from .words import Json, Log, Ray, Require, Resume, SpecFile, Undecided, Workers

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
    plan = read(CurateSpec, spec, given, out, resume)
    hands = spread(workers, ray)
    with ahead(plan.paths, [part.name for part in plan.curators] or [DROPPING], **hands):
        from ..curators.findings import labels
        from ..gates.gate import Gate
        from ..report.curate.terminal import print_curation

        gate = Gate.parse(require, undecided)
        gate.check_names(["kept", *labels(plan.parts)], plan.of)
        folder = path(out) if out else path("runs") / f"curate-{plan.digest[:8]}"
        places = {"kept": folder / "kept", "dropped": folder / "dropped"}
        options = {"resume": resume, "log": log or (), **hands}
        return recorded("curate", plan, folder, gate, print_curation, json=json, places=places, **options)
