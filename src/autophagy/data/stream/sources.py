"""Sources: the files to be read below some paths, each under a name that no other has."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...core.errors import DataError
from ...core.files import writing
from ...core.memory import InMemory
from ..absent import absent
from ..own import is_run, rows_within, told_of_rows, told_of_runs
from ..readers.unread import not_read
from ..readers.walk import counted, walk
from .formats import format_of
from .source import Source


@dataclass(frozen=True)
class Inputs:
    """The sources in the order of their names; `notes` say in one sentence each what is not read."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def sources(paths: Sequence[str | Path], folder: Path | None = None) -> Inputs:
    """Every file below the paths that can be read, once each, in an order that does not depend on theirs.

    A file is called by its path below the folder that was given, or below what several paths have in common. A .txt
    file beside others in its folder is of the format `texts`. Data in memory become a file in `folder`, and what else
    lies in it is never read, for it is where results go. What autophagy wrote below a folder is left out, and of a
    curation that is named the rows that it kept are read. Raises DataError where a path is not there, or nothing can be
    read.
    """
    roots = sorted({os.path.abspath(_on_disk(path, folder)) for path in paths})
    above = os.path.commonpath([os.path.dirname(root) for root in roots]) if len(roots) > 1 else ""
    found = _Found()
    for root in roots:
        if os.path.isfile(root):
            found.take(Path(root), above or os.path.dirname(root), named=True)
        elif os.path.isdir(root):
            found.below(Path(root), above or root, folder)
        else:
            raise absent(root, "check the path of the data")
    notes = tuple(filter(None, found.notes()))
    if not found.files:
        why = " ".join(notes) or "it is empty"
        raise DataError(
            f"{', '.join(f'{path}' for path in paths)} holds nothing to read ({why.rstrip('.')}): give texts or tables."
        )
    return Inputs(tuple(sorted(_beside(found.files.values()), key=lambda each: each.name)), notes)


def _beside(files: Iterable[Source]) -> Iterator[Source]:
    """The files, with the format `texts` for a text that has others beside it in its folder."""
    files = list(files)
    texts = Counter(os.path.dirname(each.name) for each in files if each.format == "text")
    for each in files:
        several = each.format == "text" and texts[os.path.dirname(each.name)] > 1
        yield replace(each, format="texts") if several else each


@dataclass
class _Found:
    """The files by the path that no link leads round, and the names of what is not read."""

    files: dict[str, Source] = field(default_factory=dict)
    other: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)

    def below(self, root: Path, top: str, folder: Path | None) -> None:
        """Take all files below a root, of a run the rows that it kept; never what lies in the `folder` of results."""
        rows = rows_within(root) if is_run(root) else root
        self.kept += [told_of_rows(root)] * (rows != root)
        if rows.is_file():
            self.take(rows, top)
            return
        found = walk(rows, is_run)
        self.closed += found.notes(top)
        self.runs |= {os.path.relpath(path, top) for path in found.passed}
        for path in found.files:
            if folder is None or not path.is_relative_to(os.path.abspath(folder)):
                self.take(path, top)

    def take(self, path: Path, top: str, named: bool = False) -> None:
        """Take a file in, which is called by its path below the top."""
        name, real = Path(os.path.relpath(path, top)).as_posix(), os.path.realpath(path)
        kind = format_of(path, named)
        if not kind:
            self.other.add(name)
        elif real in self.files:
            self.linked |= {name} - {self.files[real].name}
        else:
            status = path.stat()
            self.files[real] = Source(path, name, kind, status.st_size, status.st_mtime_ns)

    def notes(self) -> list[str]:
        """A sentence for each kind of thing that is not read."""
        total = len(self.files) + len(self.other) + len(self.linked)
        return [
            *not_read(sorted(self.other), total),
            counted(sorted(self.linked), total, "files", "left out because a link leads to the same file"),
            *self.closed,
            *self.kept,
            told_of_runs(self.runs),
        ]


def _on_disk(path: str | Path, folder: Path | None) -> Path:
    """The path; of data in memory, that of the file that holds them."""
    if not isinstance(path, InMemory):
        return Path(path).expanduser()
    if path.place is not None:
        return path.place
    if folder is None:
        raise DataError(f"{path} has no file yet: give a folder to keep it in.")
    place = folder / str(path)
    if not place.exists():
        with writing(place) as file:
            file.write(path.content())
    return place
