"""autophagy compare: whether to fine-tune a model or to put retrieved passages into its prompt."""

from typing import Any

from ..compare.spec import CompareSpec
from .words import Json, Out, Resume, SpecFile, default_folder, flags, interrupted, path, print_json, read


@flags(CompareSpec)
def compare(*, spec: SpecFile = None, out: Out = None, resume: Resume = False, json: Json = False, **given: Any) -> int:
    """Run a comparison and print what it came to."""
    from ..core.run import run
    from ..report.compare.terminal import ArmProgress, print_comparison

    plan = read(CompareSpec, spec, given, out if resume else None)
    model = plan.model.rpartition("/")[2]
    folder = path(out) if out else default_folder(plan.documents, model, plan.digest)
    try:
        with ArmProgress() as progress:
            result = run(plan, folder, resume=resume, progress=progress.told, tell=progress.reading)
    except KeyboardInterrupt:
        return interrupted(folder)
    summary = result.document
    if json:
        print_json(summary)
    else:
        print_comparison(summary, progress.notes)
    return 0
