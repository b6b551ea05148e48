"""autophagy labels: answers of a run for people to label, and what their labels say of its judge."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from .ending import closing, print_json
from .flags import path
from .numbers import WHOLE, numerics
from .voice import voiced
from .words import Json, Number, repeated

if TYPE_CHECKING:
    from ..labels.unit import LabelSource

Run = Annotated[str, Parameter(help="The run folder of a comparison, or of drift with a judge.")]
Labels = Annotated[Number, Parameter(help="The number of answers to label.")]
By = Annotated[
    list[str] | None,
    repeated("What the drawn answers are spread over: the verdict of the judge, type or document (default: verdict)."),
]
Arm = Annotated[list[str] | None, repeated("An arm to label (default: all but controls).")]
Seed = Annotated[Number, Parameter(help="The seed by which answers are drawn.")]
Out = Annotated[str | None, Parameter(help="The sheet, a .csv file (default: labels/sheet.csv in the run folder).")]
Read = Annotated[str | None, Parameter(help="A filled-in sheet: keep its labels and print what they say of the judge.")]


@voiced
def labels(
    run: Run,
    /,
    *,
    n: Labels = Number("100"),  # noqa: B008 - a string
    by: By = None,
    arm: Arm = None,
    seed: Seed = Number("0"),  # noqa: B008
    out: Out = None,
    read: Read = None,
    json: Json = False,
) -> int:
    """Write a blind sheet of answers, or read one that was filled in."""
    from ..core.errors import UsageError

    numbers = numerics({"n": n}, WHOLE, least=1) | numerics({"seed": seed}, WHOLE, least=0)
    source = _source(path(run))
    if read is None:
        return _write(source, numbers, by, arm, out, json)
    if out or by or arm:
        raise UsageError("--read keeps the labels of a sheet: leave --out, --by and --arm out.")
    return _read(source.folder, path(read), json)


def _source(folder: Path) -> "LabelSource":
    """The run as a source of answers; raises UsageError where it has none."""
    from ..compare.record import Comparison
    from ..core.errors import UsageError
    from ..drift.record import DriftRecord
    from ..labels.compared import ComparisonAnswers
    from ..labels.drifted import DriftAnswers
    from ..runs.open import record_of

    record = record_of(folder)
    if isinstance(record, Comparison):
        return ComparisonAnswers(record)
    if isinstance(record, DriftRecord):
        return DriftAnswers(record)
    raise UsageError(
        f"{folder} holds {record.spec_type.of}, which answers no questions: give a run of compare or of drift."
    )


def _write(source: "LabelSource", numbers: dict[str, Any], by: Any, arms: Any, out: str | None, json: bool) -> int:
    from ..labels.run import write_sheet
    from ..report.labels.terminal import print_sheet

    written = write_sheet(
        source, numbers["n"], by=by or ("verdict",), arms=arms or (), seed=numbers["seed"],
        out=path(out) if out else None,
    )  # fmt: skip
    if json:
        facts = {"rows": written.rows, "answers": written.answers, "questions": written.questions}
        print_json({"run": str(source.folder), "sheet": str(written.path), **facts, "arms": list(written.arms),
                    "notes": list(written.notes)})  # fmt: skip
        return 0
    print_sheet(written)
    closing(["labels", source.folder, "--read", written.path], the_sheet=written.path)
    return 0


def _read(folder: Path, file: Path, json: bool) -> int:
    from ..labels.run import keep_labels
    from ..report.labels.terminal import print_labels
    from ..runs.open import record_of

    _, notes = keep_labels(folder, file)
    found = record_of(folder).result().document["labels"]
    if json:
        print_json({"run": str(folder), **found, "notes": list(notes)})
        return 0
    print_labels(found, notes)
    closing(["report", folder, "--open"])
    return 0
