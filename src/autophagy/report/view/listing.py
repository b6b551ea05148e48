"""The run folders below a folder, each told in a line of a list."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import UsageError
from ...core.folder import DONE, SPEC
from ...core.locks import held, in_use
from ...core.memory import told
from ...runs.listing import DAMAGE
from ...runs.open import read
from ...runs.search import RunSearch

Stamp = tuple[tuple[str, int, int], ...]  # the name, the time and the size of each file of a run folder


@dataclass(frozen=True)
class Listed:
    """A run folder as a list shows it: `key` stands for it in an address, which names no path."""

    folder: Path
    name: str
    key: str
    verb: str
    data: str
    model: str
    state: str
    changed: float

    def has(self, sought: str) -> bool:
        """Whether one of its words holds what is sought."""
        words = (self.name, self.verb, self.data, self.model, self.state)
        return any(sought.casefold() in word.casefold() for word in words)


class Listing:
    """The runs below one folder, read anew where their files have changed."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise UsageError(f"there is no folder {root}: give the one that your runs lie in, such as runs.")
        self.root = root.resolve()
        self._known: dict[Path, tuple[Stamp, dict[str, str]]] = {}
        self._folders: dict[str, Path] = {}

    def runs(self) -> list[Listed]:
        """The runs, the one that changed last first."""
        locked = held()
        found = (files.folder for files in RunSearch(self.root, shallow=True).runs)  # a link may lead out of the folder
        every = (self._listed(folder, stamp_of(folder), locked) for folder in found)
        listed = sorted((run for run in every if run), key=lambda run: run.changed, reverse=True)
        self._folders = {run.key: run.folder for run in listed}
        return listed

    def run(self, key: str) -> Listed | None:
        """The run of that key as it is now; None where there is none."""
        if key not in self._folders:
            self.runs()
        folder = self._folders.get(key)
        stamp = stamp_of(folder) if folder else ()
        return self._listed(folder, stamp, held()) if folder and stamp else None

    def _listed(self, folder: Path, stamp: Stamp, locked: frozenset[int]) -> Listed | None:
        spec = tuple(file for file in stamp if file[0] == SPEC)
        if not spec:
            return None
        before = self._known.get(folder)
        if before is None or before[0] != spec:
            before = self._known[folder] = (spec, _about(folder))
        if not before[1]:
            return None
        name = folder.relative_to(self.root).as_posix() if folder != self.root else folder.name
        key = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        files = {file[0] for file in stamp}
        state = "done" if DONE in files else "running" if in_use(folder, locked) else "unfinished"
        changed = max(file[1] for file in stamp) / 1e9
        return Listed(folder, name.encode("utf-8", "replace").decode(), key, **before[1], state=state, changed=changed)


def stamp_of(folder: Path) -> Stamp:
    """What changes when a run folder does: the times and sizes of its files; nothing where it is gone."""
    try:
        return _stamp(list(os.scandir(folder)))
    except OSError:
        return ()


def _stamp(entries: list[os.DirEntry[str]]) -> Stamp:
    files = []
    for entry in entries:
        if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
            continue
        try:
            state = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # renamed meanwhile
        files.append((entry.name, state.st_mtime_ns, state.st_size))
    return tuple(sorted(files))


def _about(folder: Path) -> dict[str, str]:
    """The verb, the data and the model of a run; nothing where its spec cannot be read."""
    try:
        record, fields = read(folder)
        data, model = record.about(fields)
    except DAMAGE:
        return {}
    return {"verb": record.spec_type.runner.split(".")[1], "data": told(data), "model": model}
