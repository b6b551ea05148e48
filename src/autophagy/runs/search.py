"""The run folders below a folder, at any depth, with what each takes on disk."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..core.folder import DONE, ENVIRONMENT, LOCK, SPEC
from .open import RECORDS

MARKS = {ENVIRONMENT, DONE, LOCK}  # a spec.toml beside none of these is a settings file of the user's
MOST = 20_000  # folders that a shallow look goes into, which is more than runs have and less than a disk
JOURNALS = {kind.journal for kind in RECORDS if kind.journal}


@dataclass
class RunFiles:
    """A run folder, the bytes of its files, and when it was last written to, in seconds since 1970."""

    folder: Path
    size: int = 0
    changed: float = 0.0


@dataclass
class RunSearch:
    """One look through a folder: its runs, and a sentence about each folder that cannot be read.

    Links are followed after everything else, and no folder is looked into twice, so a circle of links ends. Hidden
    folders are passed over. A `shallow` look, which is taken again and again, follows no link, does not go into a run,
    whose size stays unknown, and ends after MOST folders.
    """

    root: Path
    shallow: bool = False
    runs: list[RunFiles] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._walk(str(self.root))
        while self._links:
            self._walk(self._links.pop())

    def _walk(self, top: str) -> None:
        todo: list[tuple[str, RunFiles | None]] = [(top, None)]
        while todo and not (self.shallow and len(self._seen) >= MOST):
            folder, run = todo.pop()
            try:
                if run is None and not self._is_new(folder):
                    continue
                with os.scandir(folder) as found:
                    entries = list(found)
            except OSError as error:
                self.unreadable.append(f"{folder} cannot be read ({error.strerror})")
                continue
            if _is_run({entry.name for entry in entries}):
                run = RunFiles(Path(folder))
                self.runs.append(run)
            if not (run and self.shallow):
                todo += [(path, run) for path in self._folders(entries, run)]

    def _is_new(self, folder: str) -> bool:
        """Whether a folder is one that was not looked into yet."""
        state = os.stat(folder)
        place = (state.st_dev, state.st_ino)
        if place in self._seen or not stat.S_ISDIR(state.st_mode):
            return False
        self._seen.add(place)
        return True

    def _folders(self, entries: list["os.DirEntry[str]"], run: RunFiles | None) -> Iterator[str]:
        """The folders among the entries; files count for the run, and links are kept for later."""
        for entry in entries:
            try:
                if entry.is_symlink():
                    if run is None and not self.shallow:
                        self._links.append(entry.path)
                elif entry.is_dir():
                    if run or not entry.name.startswith("."):
                        yield entry.path
                elif run:
                    state = entry.stat(follow_symlinks=False)
                    run.size += state.st_size
                    run.changed = max(run.changed, state.st_mtime)
            except OSError:
                continue  # renamed meanwhile


def _is_run(names: set[str]) -> bool:
    """Whether a folder with these files is a run, be it a damaged one."""
    return bool(names & MARKS) if SPEC in names else ENVIRONMENT in names and bool(names & JOURNALS)
