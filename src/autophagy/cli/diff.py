"""autophagy diff: two runs side by side."""

from typing import Annotated

from cyclopts import Parameter

from .ending import closing, print_json
from .flags import path
from .voice import voiced
from .words import Json, switch

Run = Annotated[str, Parameter(help="A run folder; what is found is told of B in comparison with A.")]
Page = Annotated[str | None, Parameter(help="A page to write too, such as diff.html.")]
Every = Annotated[bool, switch("Compare every figure and not only those that carry a verdict.")]


@voiced
def diff(a: Run, b: Run, /, *, every: Every = False, out: Page = None, json: Json = False) -> int:
    """Print what differs between two runs of one verb."""
    from ..diff.diff import diff as compare
    from ..report.write import checked, write_diff

    target = checked(path(out)) if out else None
    found = compare(path(a), path(b), every=every)
    page = write_diff(found, target) if target else None
    if json:
        print_json(found.document())
        return 0
    from ..report.diff.terminal import print_diff

    print_diff(found)
    if page or found.a.verb != "forecast":
        closing(["diff", a, b, "--json"] if found.a.verb == "forecast" else ["report", a, b], the_page=page)
    return 0
