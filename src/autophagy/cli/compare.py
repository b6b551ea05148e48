"""autophagy compare: whether to fine-tune a model or to put retrieved passages into its prompt."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from ..compare.spec import CompareSpec
from .ending import closing, interrupted, settled
from .flags import default_folder, flags, path, read
from .voice import voiced
from .words import Json, Log, Out, Require, Resume, SpecFile, Undecided

if TYPE_CHECKING:
    from ..compare.compare import Outcome
    from ..compare.result import CompareResult

Labels = Annotated[
    str | None,
    Parameter(
        help="With --resume: a sheet of autophagy labels that was filled in, to correct the judge of the run by it."
    ),
]


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
    labels: Labels = None,
    json: Json = False,
    **given: Any,
) -> int:
    """Run a comparison and print what it came to."""
    from ..gates.gate import Gate
    from ..report.compare.terminal import ArmProgress, print_comparison
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    plan = read(CompareSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.documents, plan.model.rpartition("/")[2], plan.digest)
    _check(folder, labels)

    def told(outcome: "Outcome | None", done: int, total: int) -> None:
        if outcome is None:  # the folder knows what it will hold, and no arm has answered
            gate.check(_result(folder))
        progress.told(outcome, done, total)

    try:
        with ArmProgress() as progress:
            result = run(plan, folder, resume=resume, progress=told, log=log or (), **progress.ears)
    except KeyboardInterrupt:
        return interrupted("compare", folder)
    result = _labelled(folder, labels) if labels else result
    if not json:
        print_comparison(result.document, progress.notes)
        closing(["report", folder], run=folder, run_folder=folder)
    return settled(gate, result, json)


def _check(folder: Path, labels: str | None) -> None:
    """Raise UsageError where labels are given and no sheet was drawn of the run, before anything is asked."""
    from ..labels.run import known_ids

    if labels:
        known_ids(folder)


def _result(folder: Path) -> "CompareResult":
    from ..compare.record import Comparison
    from ..compare.result import CompareResult

    return CompareResult(Comparison(folder))


def _labelled(folder: Path, labels: str) -> "CompareResult":
    """The result with the labels of a sheet, after what is wrong with it is told."""
    from ..labels.run import keep_labels
    from ..report.terminal import print_notes

    print_notes(labels, keep_labels(folder, path(labels))[1])
    return _result(folder)
