"""autophagy generate: new rows from a few seeds, without losing variety."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from ..core.errors import UsageError
from ..generate.spec import GenerateSpec
from .flags import default_folder, flags, path, read
from .numbers import WHOLE, PerMinute, limits, numeric
from .recording import recorded
from .voice import voiced
from .words import Json, Log, Number, Out, Require, Resume, SpecFile, Undecided

Preview = Annotated[
    Number | None, Parameter(help="Stop after this many calls and their follow-ups, and show what they brought.")
]
Estimate = Annotated[
    bool, Parameter(negative="", help="Stop after a pilot of 20 calls, and estimate what all rows will cost.")
]
Workers = Annotated[
    Number | None,
    Parameter(
        name=["--workers", "--connections"],
        help="The number of requests that a server is sent at a time (default: 16). The rows do not depend on it.",
    ),
]


@voiced
@flags(GenerateSpec)
def generate(
    *,
    spec: SpecFile = None,
    out: Out = None,
    resume: Resume = False,
    preview: Preview = None,
    estimate: Estimate = False,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    workers: Workers = None,
    per_minute: PerMinute = None,
    json: Json = False,
    **given: Any,
) -> int:
    """Make new rows and print how many there are, how varied they are and what they cost."""
    from ..gates.gate import Gate
    from ..generate.result import figures_of
    from ..report.generate.terminal import print_generation

    most = _most_calls(preview, estimate)
    gate = Gate.parse(require, undecided)
    gate.check_names(figures_of(), GenerateSpec.of)
    plan = read(GenerateSpec, spec, given, out, resume)
    served = limits(workers, per_minute)
    folder = path(out) if out else default_folder(plan.begun, plan.model.rpartition("/")[2], plan.digest)
    options: dict[str, Any] = {"resume": resume, "log": log or (), "most_calls": most, "limits": served}
    return recorded(
        "generate", plan, folder, gate, print_generation,
        json=json, then=lambda result: _next(result, folder), **options,
    )  # fmt: skip


def _most_calls(preview: str | None, estimate: bool) -> int | None:
    """After how many calls to stop, None for where the rows are made."""
    from ..generate.estimate import PILOT

    if preview is None:
        return PILOT if estimate else None
    if estimate:
        raise UsageError("--estimate ends after a pilot of 20 calls and --preview after so many: give one of them.")
    return int(numeric("preview", preview, WHOLE, least=1))


def _next(result: Any, folder: Path) -> list[str | Path]:
    """The line to type next: a run that is not whole goes on, and a loop needs rows to learn that are worth it."""
    from ..generate.advice import FEW

    if not result.done:
        return ["generate", "--resume", "--out", folder]
    worth_it = result.document["kept"] > 1 and (result.document["yield"]["new"]["value"] or 0) >= FEW
    return ["loop", folder, "--model", "ngram"] if worth_it else ["report", folder, "--open"]
