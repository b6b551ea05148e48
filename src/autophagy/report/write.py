"""The report's one door: run folders of one kind in, or two runs side by side, and a page out."""

import logging
import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import MissingExtra, RecordError, UsageError
from ..core.files import ELSEWHERE, writing
from ..core.folder import RunFolder

if TYPE_CHECKING:  # scipy, which no other page needs
    from ..diff.result import DiffResult

LOG = logging.getLogger(__name__)
PAGE = "report.html"
PAGES = (".html", ".htm")
LOOP, SNAPSHOT = "loop", "snapshot"  # rooms whose pages ask for more than folders


def write_report(runs: Sequence[str | Path], out: str | Path) -> Path:
    """Write one self-contained page about the run folders, finished or not, and return its path.

    Raises UsageError where the folders are of several verbs, RecordError where a folder is no run or the page cannot be
    written, MissingExtra where matplotlib or pillow is not installed.
    """
    if not runs:
        raise UsageError("there is no run to report on: name one run folder or more.")
    out = checked(out)
    return _write(_page([Path(folder) for folder in runs]), out)


def page_in(record: RunFolder) -> Path | None:
    """Write report.html into a run folder and return its path; where a library is missing, say so and return None."""
    try:
        return _write(_drawn(record.drawn_by, [record.folder]), record.folder / PAGE)
    except MissingExtra as missing:
        LOG.warning("autophagy: %s has no %s: %s", record.folder, PAGE, missing)
        return None


def forecast_page(folder: Path, out: Path | None = None) -> Path:
    """The page of a recorded forecast: the one in its folder, or one that is drawn into `out`, by default there."""
    from .forecast.result import page_of

    return page_of(folder, out)


def looks_page(document: Mapping[str, Any], baseline: Path, looks: Path, command: str) -> Path | None:
    """Write the page of daily looks beside the file that holds them, and return its path; None as page_in does."""
    from .watch import page as watch_page

    page = looks.with_suffix(PAGES[0])
    try:
        return _write(watch_page.render(document, str(baseline), str(looks), command), page)
    except MissingExtra as missing:
        LOG.warning("autophagy: %s has no page: %s", looks, missing)
        return None


def write_diff(found: "DiffResult", out: str | Path) -> Path:
    """Write one self-contained page about the difference of two runs, and return its path.

    Raises UsageError where the name is not that of a page, RecordError where it cannot be written, MissingExtra where
    matplotlib is not installed.
    """
    from .diff import page as diff_page

    out = checked(out)
    return _write(diff_page.render(found, out), out)


def checked(out: str | Path) -> Path:
    """A name that a page can have; raises UsageError for any other."""
    out = Path(out)
    if out.suffix.lower() not in PAGES:
        raise UsageError(f"the report is a page, and {out.name} is none: give --out a name that ends in .html.")
    return out


def _write(text: str, out: Path) -> Path:
    with writing(out, ELSEWHERE) as file:
        file.write(text.encode())
    return out


def _page(folders: Sequence[Path]) -> str:
    """The page of the kind that the folders are of, or of a file of looks."""
    from ..drift.watch.result import is_looks
    from ..runs.open import record_of

    files = [path for path in folders if is_looks(path)]
    if files:
        return _looks_alone(files[0], folders)
    kinds = {folder: _kind(folder) for folder in folders}
    first = kinds[folders[0]]
    other = next((folder for folder in folders if kinds[folder] is not first), None)
    if other is not None:
        for folder in (folders[0], other):
            record_of(folder)  # which says what is wrong with one that is none
        raise UsageError(
            f"{folders[0]} is {first.spec_type.of} and {other} is {kinds[other].spec_type.of}: report on each kind by "
            "itself."
        )
    return _drawn(first.drawn_by, folders)


def _drawn(room: str, folders: Sequence[Path]) -> str:
    """The page of run folders whose kind is drawn by a room."""
    render: Callable[..., str] = import_module(f"{__package__}.{room}.page").render
    if room == LOOP:
        from .loop.folder import read

        return render([read(folder) for folder in folders])
    return render(folders, _looks_at) if room == SNAPSHOT else render(folders)


def _looks_alone(path: Path, folders: Sequence[Path]) -> str:
    """The page of one file of looks; raises UsageError where it is not alone."""
    if len(folders) > 1:
        raise UsageError(f"{path} is a file of looks, which has a page of its own: report on it by itself.")
    from ..drift.watch.result import open_looks
    from .watch import page as watch_page

    found = open_looks(path)
    return watch_page.render(found.document, found.title, str(path), shlex.join(["autophagy", "report", str(path)]))


def _looks_at(key: str, folder: Path) -> dict[str, Any] | None:
    """What the page of a snapshot shows of the looks that its folder holds; None where nobody has looked."""
    from ..drift.watch.record import place_of
    from ..drift.watch.result import is_looks, open_looks
    from .watch import page as watch_page

    place = place_of(folder, None)
    return watch_page.section(key, open_looks(place).document, str(place)) if is_looks(place) else None


def _kind(folder: Path) -> type[RunFolder]:
    """The kind of a run folder; one that is damaged counts as a loop, whose reader says what is wrong with it."""
    from ..loop.record import Record
    from ..runs.open import record_of

    with suppress(RecordError):
        kind = type(record_of(folder))
        if kind.drawn_by:
            return kind
    return Record
