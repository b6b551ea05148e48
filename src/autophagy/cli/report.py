"""autophagy report: one page about run folders."""

import logging
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from .ending import judged
from .flags import path
from .voice import voiced
from .words import Require, Undecided, switch

LOG = logging.getLogger(__name__)

Runs = Annotated[
    list[str],
    Parameter(help="Run folders, or the looks.jsonl of drift watch. Several runs go into one page.", negative=""),
]
Page = Annotated[str | None, Parameter(help="The page to write (default: report.html in the first run folder).")]
Open = Annotated[bool, switch("Show the page in the browser.")]


@voiced
def report(
    run: Runs, /, *, out: Page = None, open: Open = False, require: Require = None, undecided: Undecided = "fail"
) -> int:
    """Write the page and print where it is; a forecast has a page of its own."""
    from ..gates.gate import Gate
    from ..report.sorted import sort_folders
    from ..report.write import forecast_page, write_report

    gate = Gate.parse(require, undecided)
    runs, forecasts, others = sort_folders([path(text) for text in run])
    if not (runs or forecasts):
        runs, others = [path(run[0])], []  # the report says what is wrong with it
    if runs:
        others += [f"{folder} is a forecast, whose page autophagy report {folder} writes" for folder in forecasts]
    for told in others:
        LOG.warning("autophagy: passed over: %s.", told)
    pages = [write_report(runs, path(out) if out else _page(runs[0]))] if runs else list(map(forecast_page, forecasts))
    for page in pages:
        print(page)
    if open:
        import webbrowser

        webbrowser.open(pages[0].resolve().as_uri())
    if not gate.requirements:
        return 0
    from ..runs.open import open as open_run

    folders = [*runs, *forecasts]
    return max([judged(gate, open_run(folder), str(folder) if folders[1:] else "")[0] for folder in folders])


def _page(run: Path) -> Path:
    """Where the page goes: into a run folder, or beside a file of looks."""
    return run.with_suffix(".html") if run.is_file() else run / "report.html"
