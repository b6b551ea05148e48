"""The files below a folder, links to folders followed once, and what could not be looked into or named."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LITTER = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx", "@eadir", "$recycle.bin"))
SYSTEM = frozenset(("/proc", "/sys", "/dev"))  # files that a system makes up while they are read, some without an end
CODED = sys.getfilesystemencoding().upper()
MOST = 10  # names in a note


@dataclass(frozen=True)
class Walk:
    """`files` in the order of their paths, the `closed` folders that may not be read, and those `passed` by.

    Files and folders are `misnamed` whose names are no text, as old archives leave them: no table can hold such a name.
    """

    files: list[Path]
    closed: list[Path]
    passed: list[Path]
    misnamed: list[Path]

    def notes(self, top: Path | str) -> list[str]:
        """A sentence for each kind of thing that is left out, which is called by its path below the top."""
        closed, misnamed = (
            [readable(os.path.relpath(each, top)) for each in some] for some in (self.closed, self.misnamed)
        )
        every = len(self.files) + len(misnamed)
        told = (
            counted(closed, len(closed), "folders", "left out for want of the right to read"),
            counted(misnamed, every, "names", f"left out for being no {CODED} (rename the file or the folder)"),
        )
        return [each for each in told if each]


def walk(root: Path, passes: Callable[[Path], bool] = lambda folder: False) -> Walk:
    """All files below a folder, but for those that file managers leave behind or whose name opens with a dot.

    Folders below it that are to be passed by are not looked into.
    """
    files: list[Path] = []
    closed: list[Path] = []
    passed: list[Path] = []
    misnamed: list[Path] = []
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if folder != root and passes(folder):
            passed.append(folder)
            continue
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue  # a link that leads back
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                names = [entry for entry in entries if not _is_litter(entry.name) and entry.path not in SYSTEM]
            for entry in names:
                if readable(entry.name) != entry.name:
                    misnamed.append(Path(entry.path))
                elif entry.is_dir():
                    waiting.append(Path(entry.path))
                elif entry.is_file():
                    files.append(Path(entry.path))
        except OSError:
            closed.append(folder)
    return Walk(*map(sorted, (files, closed, passed, misnamed)))


def readable(name: str) -> str:
    """A name as text, with U+FFFD for bytes that are none in the encoding of file names."""
    return os.fsencode(name).decode(CODED, "replace")


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name.lower() in LITTER


def counted(names: Sequence[str], total: int, things: str, what: str, most: int = MOST) -> str:
    """One sentence that counts some of all things and names the first of them; empty where there are none."""
    if not names:
        return ""
    shown = ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")
    return f"{len(names):,} of {total:,} {things} {'was' if len(names) == 1 else 'were'} {what}: {shown}."
