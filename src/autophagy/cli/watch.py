"""autophagy drift watch: a look a day at whether a model still answers as it was recorded."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from .ending import closing, command, judged, print_json
from .flags import path
from .numbers import SHARE, WHOLE, Connections, PerMinute, limits, numerics
from .voice import voiced
from .words import Json, Log, Number, Require, Undecided, one_of

if TYPE_CHECKING:
    from ..drift.watch.result import WatchResult

Baseline = Annotated[
    str, Parameter(help="The folder of autophagy drift record, or a log with several recorded answers to each prompt.")
]
Answers = Annotated[
    str | None,
    Parameter(
        help="A log of today's answers to the same prompts (default: the model of the folder is asked again, with the "
        "same settings)."
    ),
]
Prompts = Annotated[
    Number | None,
    Parameter(
        help="The most prompts to ask of each task (default: all, or 50 where each recorded answer is used once)."
    ),
]
Tolerance = Annotated[
    Number | None, Parameter(help="A change of up to this share counts as none, such as 0.02 (default: 0).")
]
Alpha = Annotated[
    Number | None,
    Parameter(help="The chance of a false alarm over all looks together (default: 0.05)."),
]
State = Annotated[
    str | None, Parameter(help="The file that the looks are kept in (default: looks.jsonl in the folder).")
]
FailOn = Annotated[
    str | None,
    one_of(("change",), "What fails a build: change; the exit code is then 1 at every look from the alarm on."),
]


@voiced
def watch(
    baseline: Baseline,
    /,
    *,
    answers: Answers = None,
    prompts: Prompts = None,
    tolerance: Tolerance = None,
    alpha: Alpha = None,
    state: State = None,
    connections: Connections = None,
    per_minute: PerMinute = None,
    require: Require = None,
    undecided: Undecided = "fail",
    fail_on: FailOn = None,
    log: Log = None,
    json: Json = False,
) -> int:
    """Check whether the model still answers as it was recorded; the result is kept and added to earlier ones."""
    from ..core.errors import UsageError
    from ..drift.watch.bank import FORMAT, RIGHT
    from ..drift.watch.run import watch as look
    from ..gates.gate import Gate
    from ..report.terminal import Jobs

    if fail_on not in (None, "change"):
        raise UsageError(f"--fail-on is {fail_on!r}: the only finding that a look can fail on is change.")
    gate = Gate.parse(require, undecided)
    gate.check_names((RIGHT, FORMAT), "looks at a recorded model")
    given = numerics({"tolerance": tolerance, "alpha": alpha}, SHARE) | numerics({"prompts": prompts}, WHOLE, least=1)
    more = limits(connections, per_minute)
    folder, place, today = path(baseline), path(state) if state else None, path(answers) if answers else None
    with Jobs() as jobs:
        found = look(folder, today, state=place, log=log or (), tell=jobs.reading, progress=jobs, **given, **more)
    _show(found, folder, ["--answers", "TOMORROW"] if answers else [], json)
    code, requirements = judged(gate, found)
    if json:
        print_json({**found.document, "verdict": found.verdict, **requirements})
    if fail_on and found.changed:
        print(f"autophagy: the model changed, which was seen on {found.document['seen']}.", file=sys.stderr)
        return 1
    return code


def _show(found: "WatchResult", folder: Path, more: Sequence[str], json: bool) -> None:
    """Write the page, and print what the looks come to where no JSON is asked for."""
    from ..report.watch.terminal import print_looks
    from ..report.write import looks_page

    words = ["drift", "watch", str(folder), *more]
    page = looks_page(found.document, folder, found.path, command(words))
    if not json:
        print_looks(found.document)
        closing(words, looks=found.path, the_page=page)
