"""autophagy diff: two runs side by side."""

from typing import Annotated

from cyclopts import Parameter

from .voice import voiced
from .words import Json, closing, path, print_json, switch

Run = Annotated[str, Parameter(help="A run folder; what is found is told of B in comparison with A.")]
Every = Annotated[bool, switch("Compare every figure and not only those that carry a verdict.")]


@voiced
def diff(a: Run, b: Run, /, *, every: Every = False, json: Json = False) -> int:
    """Print what differs between two runs of one verb."""
    from ..diff.diff import diff as compare

    found = compare(path(a), path(b), every=every)
    if json:
        print_json(found.document())
        return 0
    from ..report.diff.terminal import print_diff

    print_diff(found)
    if found.a.verb != "forecast":
        closing(["report", a, b])
    return 0
