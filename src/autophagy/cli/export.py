"""autophagy export: the figures and the table of a run, for a paper."""

import logging
import re
import warnings
from typing import Annotated

from cyclopts import Parameter

from .ending import print_json
from .flags import path
from .voice import voiced
from .words import Json, one_of, repeated, switch

LOG = logging.getLogger(__name__)
Run = Annotated[str, Parameter(help="A run folder of any verb, finished or not.")]
Other = Annotated[str | None, Parameter(help="A second run: figures of both, and a table of how it differs.")]
Figures = Annotated[str | None, one_of(("svg", "pdf", "png"), "Write figures: svg, pdf or png.")]
Table = Annotated[
    str | None,
    one_of(
        ("csv", "md", "tex", "parquet"),
        "Write the table: md and tex are rounded, for people; csv and parquet hold every generation, for programs.",
    ),
]
Out = Annotated[str | None, Parameter(help="The folder for the files (default: export in the run folder).")]
Metric = Annotated[
    list[str] | None, repeated("A figure to show, such as recall (default: those that carry a verdict).")
]
Grey = Annotated[bool, switch("Tell curves apart by dashes and markers and not by colours, for print.")]


@voiced
def export(
    run: Run,
    other: Other = None,
    /,
    *,
    figures: Figures = None,
    table: Table = None,
    out: Out = None,
    metric: Metric = None,
    grey: Grey = False,
    json: Json = False,
) -> int:
    """Write the files and print where they are; a PDF for each figure and a LaTeX table where neither is named."""
    from ..diff.diff import diff
    from ..results.export import export as write
    from ..results.letters import TOLD
    from ..results.result import Result
    from ..runs.open import open as open_run

    result: Result = open_run(path(run)) if other is None else diff(path(run), path(other))
    if figures is None and table is None:
        figures, table = "pdf", "tex"
    folder = path(out) if out else path(run) / "export"
    with warnings.catch_warnings(record=True) as letters:
        warnings.filterwarnings("always", re.escape(TOLD))
        written = write(result, folder, figures=figures, table=table, metrics=metric, grey=grey)
    if letters:
        LOG.warning("autophagy: %s", TOLD)
    if not result.done:
        LOG.warning("autophagy: the run has not ended: these are the figures so far.")
    if json:
        print_json({"figures": list(map(str, written.figures)), "table": str(written.table) if written.table else None})
        return 0
    for file in (*written.figures, *filter(None, [written.table])):
        print(file)
    return 0
