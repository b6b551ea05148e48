"""The report's one door: run folders in, a page about loops, about comparisons or about a difference out."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..core.errors import RecordError, UsageError
from ..diff.result import DiffResult
from .diff import page as diff_page
from .loop import page
from .loop.folder import read

PAGES = (".html", ".htm")
COMPARED = "dataset.json"  # what a comparison writes first, and a loop never


def write_report(runs: Sequence[str | Path], out: str | Path) -> Path:
    """Write one self-contained page about the run folders, finished or not, and return its path.

    Raises UsageError where loops and comparisons are mixed, RecordError where a folder is no run or the page cannot be
    written, MissingExtra where matplotlib or pillow is not installed.
    """
    if not runs:
        raise UsageError("there is no run to report on: name one run folder or more.")
    out = checked(out)
    return _write(_page([Path(folder) for folder in runs]), out)


def write_diff(found: DiffResult, out: str | Path) -> Path:
    """Write one self-contained page about the difference of two runs, and return its path.

    Raises UsageError where the name is not that of a page, RecordError where it cannot be written, MissingExtra where
    matplotlib is not installed.
    """
    out = checked(out)
    return _write(diff_page.render(found, out), out)


def checked(out: str | Path) -> Path:
    """A name that a page can have; raises UsageError for any other."""
    out = Path(out)
    if out.suffix.lower() not in PAGES:
        raise UsageError(f"the report is a page, and {out.name} is none: give --out a name that ends in .html.")
    return out


def _write(text: str, out: Path) -> Path:
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise RecordError(f"{out} cannot be written ({error.strerror}): free space or choose another path.") from error
    return out


def _page(folders: Sequence[Path]) -> str:
    """The page of the kind that the folders are of."""
    compared = [folder for folder in folders if (folder / COMPARED).is_file()]
    if not compared:
        return page.render([read(folder) for folder in folders])
    if len(compared) < len(folders):
        other = next(folder for folder in folders if folder not in compared)
        raise UsageError(f"{compared[0]} is a comparison and {other} is none: report on each kind by itself.")
    from .compare import page as compare_page

    return compare_page.render(folders)
