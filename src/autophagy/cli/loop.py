"""autophagy loop: train a model on its own output."""

from typing import Any

from ..loop.spec import LoopSpec
from .ending import closing, interrupted, judged, print_json
from .flags import default_folder, flags, path, read
from .numbers import spread
from .voice import voiced
from .words import Json, Log, Out, Ray, Require, Resume, SpecFile, Undecided, Workers

NUMBERS = {"fixed", "fresh", "memory", "budget"}  # which alone make a mixture of their own


@voiced
@flags(LoopSpec, first="data")
def loop(
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
    """Run a loop and print what it came to."""
    from ..gates.gate import Gate
    from ..loop.record import Record
    from ..loop.result import LoopResult
    from ..loop.work import StepReport
    from ..report.loop.terminal import print_run, run_document
    from ..report.terminal import Progress
    from ..runs.run import run

    if spec is None and NUMBERS & given.keys() and "regimes" not in given:
        given["regimes"] = ["mix"]
    gate = Gate.parse(require, undecided)
    plan = read(LoopSpec, spec, given, out, resume)
    folder = path(out) if out else default_folder(plan.data, str(plan.model), plan.digest)

    def told(step: StepReport | None, done: int, total: int) -> None:
        if step is None:  # the folder knows what it will hold, and nothing has run
            gate.check(LoopResult(Record(folder)))
        progress(step, done, total)

    try:
        with Progress() as progress:
            options = {"resume": resume, "log": log or (), **spread(workers, ray)}
            result = run(plan, folder, progress=told, tell=progress.reading, **options)
    except KeyboardInterrupt:
        return interrupted("loop", folder)
    if not json:
        print_run(result.record)
        closing(["report", folder], run=folder, run_folder=folder)
    code, requirements = judged(gate, result)
    if json:
        print_json(run_document(result.record) | requirements)
    return code
