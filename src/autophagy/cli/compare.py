"""autophagy compare: whether to fine-tune a model or to put retrieved passages into its prompt."""

from typing import Any

from ..compare.spec import CompareSpec
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
    judged,
    path,
    print_json,
    read,
)


@voiced
@flags(CompareSpec)
def compare(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    json: Json = False,
    **given: Any,
) -> int:
    """Run a comparison and print what it came to."""
    from ..compare.compare import Outcome
    from ..compare.record import Comparison
    from ..compare.result import CompareResult
    from ..gates.gate import Gate
    from ..report.compare.terminal import ArmProgress, print_comparison
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    plan = read(CompareSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.documents, plan.model.rpartition("/")[2], plan.digest)

    def told(outcome: Outcome | None, done: int, total: int) -> None:
        if outcome is None:  # the folder knows what it will hold, and no arm has answered
            gate.check(CompareResult(Comparison(folder)))
        progress.told(outcome, done, total)

    try:
        with ArmProgress() as progress:
            result = run(plan, folder, resume=resume, progress=told, log=log or (), **progress.ears)
    except KeyboardInterrupt:
        return interrupted("compare", folder)
    summary = result.document
    if not json:
        print_comparison(summary, progress.notes)
        closing(["report", folder], run_folder=folder)
    code, requirements = judged(gate, result)
    if json:
        print_json(summary | requirements)
    return code
