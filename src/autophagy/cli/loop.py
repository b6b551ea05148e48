"""autophagy loop: train a model on its own output."""

from typing import Any

from ..core.parts import literal
from ..loop.spec import LoopSpec
from .words import Json, Out, Resume, SpecFile, Workers, default_folder, flags, interrupted, path, print_json, read

NUMBERS = {"fixed", "fresh", "memory", "budget"}  # which alone make a mixture of their own


@flags(LoopSpec, first="data")
def loop(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    workers: Workers = None,
    json: Json = False,
    **given: Any,
) -> int:
    """Run a loop and print what it came to."""
    from ..core.run import run
    from ..report.loop.terminal import print_run, run_document
    from ..report.terminal import Progress

    if spec is None and NUMBERS & given.keys() and "regimes" not in given:
        given["regimes"] = ["mix"]
    plan = read(LoopSpec, spec, given, out if resume else None)
    folder = path(out) if out else default_folder(plan.data, str(plan.model), plan.digest)
    processes = None if workers is None else literal(workers)
    try:
        with Progress() as progress:
            result = run(plan, folder, resume=resume, workers=processes, progress=progress, tell=progress.reading)
    except KeyboardInterrupt:
        return interrupted(folder)
    if json:
        print_json(run_document(result.record))
    else:
        print_run(result.record)
    return 0
