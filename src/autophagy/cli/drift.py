"""autophagy drift: what changed between a model's answers before and after; record and watch are its commands."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from ..drift.spec import DriftSpec
from .ending import closing, interrupted, settled
from .flags import flags, path, read
from .main import examples
from .voice import voiced
from .words import Json, Log, Require, SpecFile, Undecided, repeated

Out = Annotated[
    str | None,
    Parameter(help="The folder for drift.json, flips.jsonl and report.html (default: one under runs/)."),
]
FailOn = Annotated[
    list[str] | None,
    repeated(
        "A finding that fails a build: change, worse, better, format, refusal or constant, in any task or, as "
        "TASK/worse, in one; the exit code is then 1."
    ),
]

app = App(name="drift", help_format="plaintext", help_epilogue=examples("drift"))


@app.default
@voiced
@flags(DriftSpec, first="paths")
def drift(
    *,
    spec: SpecFile = None,
    out: Out = None,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    fail_on: FailOn = None,
    json: Json = False,
    **given: Any,
) -> int:
    """Compare recorded answers and print what changed."""
    from ..drift.gate import Barred, broken
    from ..drift.result import FIGURES
    from ..gates.gate import Gate
    from ..report.drift.terminal import print_drift, tell
    from ..report.write import page_in
    from ..runs.run import run

    gate = Gate.parse(require, undecided)
    gate.check_names(FIGURES, DriftSpec.of)
    plan = read(DriftSpec, spec, given)
    limits = [Barred.parse(text) for text in fail_on or ()]
    folder = path(out) if out else path("runs") / f"drift-{plan.digest[:8]}"
    try:
        result = run(plan, folder, log=log or (), tell=tell)
    except KeyboardInterrupt:
        if not folder.exists():
            raise
        return interrupted(None, folder)
    page = page_in(result.record)
    if not json:
        print_drift(result)
        closing(["report", folder, "--open"], run=folder, run_folder=folder, the_report=page)
    return settled(gate, result, json, broken(limits, result.document))


app.command(
    "autophagy.cli.record:record",
    name="record",
    help="Record what a model answers now, to be compared with what it answers later.",
    help_epilogue=examples("drift record"),
)
app.command(
    "autophagy.cli.watch:watch",
    name="watch",
    help="Check, once a day or whenever you like, whether a model still answers as it was recorded.",
    help_epilogue=examples("drift watch"),
)
