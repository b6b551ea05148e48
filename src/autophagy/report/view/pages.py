"""The page of a run, made when it is asked for and kept until the files of its folder change."""

import os
import stat
import tempfile
from importlib.resources import files
from pathlib import Path
from threading import Lock

from ...core.errors import RecordError
from ..sorted import sort_folders
from ..write import forecast_page, write_report
from .listing import Stamp, stamp_of

KEPT = 20  # pages in memory


class Pages:
    """The pages of the runs below a folder; one is made at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kept: dict[Path, tuple[Stamp, str]] = {}
        self._making = Lock()

    def page(self, folder: Path) -> str:
        """The page of a run folder as it is now; raises AutophagyError where there is nothing to show."""
        with self._making:
            now = stamp_of(folder)
            before, text = self._kept.pop(folder, ((), ""))
            if not text or before != now:
                check_inside(folder, self.root)
                text = _made(folder) + files(__package__).joinpath("scroll.html").read_text(encoding="utf-8")
            self._kept[folder] = (now, text)
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]  # the one that was asked for longest ago
            return text


def _made(folder: Path) -> str:
    """The page of a run, made anew; that of a forecast lies in its folder, or is drawn without writing there."""
    runs, forecasts, others = sort_folders([folder])
    if others:
        raise RecordError(f"{others[0]}.")
    with tempfile.TemporaryDirectory() as place:
        if forecasts:
            return forecast_page(folder, Path(place)).read_text(encoding="utf-8", errors="replace")
        return write_report(runs, Path(place) / "page.html").read_text(encoding="utf-8")


def check_inside(folder: Path, root: Path) -> None:
    """Raise RecordError where a run folder holds a link that leads out of `root`, or what is no plain file."""
    for place, folders, names in os.walk(folder):
        for path in (Path(place, name) for name in (*folders, *names)):
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) and not path.resolve().is_relative_to(root):
                raise RecordError(f"{path} is a link to a place outside {root}: remove it to see the run.")
            if not (stat.S_ISLNK(mode) or stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
                raise RecordError(f"{path} is no plain file: remove it to see the run.")
