"""autophagy drift watch: a look a day at whether a model still answers as it was recorded."""

import sys
from typing import Annotated

from cyclopts import Parameter

from .voice import voiced
from .words import Json, Number, closing, one_of, path, print_json

Baseline = Annotated[
    str, Parameter(help="The folder of autophagy drift record, or a log of recorded answers; several to each prompt.")
]
Answers = Annotated[str, Parameter(help="Today's answers to the same prompts, as a log.")]
Tolerance = Annotated[
    Number | None, Parameter(help="A change of no more than this share counts as none, such as 0.02 (default: 0).")
]
Alpha = Annotated[
    Number | None,
    Parameter(help="The chance that an unchanged model is ever said to have changed, over all looks (default: 0.05)."),
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
    answers: Answers,
    tolerance: Tolerance = None,
    alpha: Alpha = None,
    state: State = None,
    fail_on: FailOn = None,
    json: Json = False,
) -> int:
    """Take a look, keep it, and print what all looks come to."""
    from ..core.errors import UsageError
    from ..drift.watch.document import document
    from ..drift.watch.record import place_of
    from ..drift.watch.run import watch as look
    from ..drift.watch.verdict import verdict
    from ..report.terminal import print_notes
    from ..report.watch.terminal import print_looks

    if fail_on not in (None, "change"):
        raise UsageError(f"--fail-on is {fail_on!r}: the one thing that a look fails on is change.")
    shares = {"tolerance": _share("tolerance", tolerance), "alpha": _share("alpha", alpha)}
    given = {name: share for name, share in shares.items() if share is not None}
    folder, place = path(baseline), path(state) if state else None
    found = document(look(folder, path(answers), state=place, tell=print_notes, **given))
    if json:
        print_json({**found, "verdict": verdict(found)})
    else:
        print_looks(found)
        closing(["drift", "watch", folder, "--answers", "TOMORROW"], looks=place_of(folder, place))
    if fail_on and found["changed"]:
        print(f"autophagy: the model changed, which was seen on {found['seen']}.", file=sys.stderr)
        return 1
    return 0


def _share(name: str, text: str | None) -> float | None:
    from ..core.errors import UsageError
    from ..core.written import written

    number = None if text is None else written(text)
    if isinstance(number, str):
        raise UsageError(f"--{name} is {text!r}, which is no number: write a share such as 0.02 or 2%.")
    return number
