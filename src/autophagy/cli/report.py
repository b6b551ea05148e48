"""autophagy report: one page about run folders."""

from typing import Annotated

from cyclopts import Parameter

from .words import path, switch

Runs = Annotated[list[str], Parameter(help="Run folders. Several go into one page.", negative="")]
Page = Annotated[str | None, Parameter(help="The page to write (default: report.html in the first run folder).")]
Open = Annotated[bool, switch("Show the page in the browser.")]


def report(run: Runs, /, *, out: Page = None, open: Open = False) -> int:
    """Write the page and print where it is."""
    from ..report import write_report

    folders = [path(text) for text in run]
    page = write_report(folders, path(out) if out else folders[0] / "report.html")
    print(page)
    if open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return 0
