"""Sets of shingles on disk: each process adds to a file of its own, and all of them are read as one array."""

import os
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...core.files import unwritable
from ...core.samples import Array

SHINGLE = 8  # bytes


def add(folder: Path, shingles: Sequence[Array]) -> tuple[str, int]:
    """Write shingles, uint64, behind those of this process below the folder: the name of the file, and their place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _own(folder.absolute(), os.getpid(), threading.get_ident())
        with path.open("ab") as file:
            place = -(-file.tell() // SHINGLE)
            file.write(bytes(place * SHINGLE - file.tell()))  # behind what a full disk cut
            for some in shingles:
                file.write(some.data)
    except OSError as error:
        raise unwritable(folder, error) from error
    return path.name, place


@lru_cache(maxsize=8)
def _own(folder: Path, process: int, thread: int) -> Path:
    """A new file, which is nobody else's, also where machines share the folder."""
    number, name = tempfile.mkstemp(dir=folder, suffix=".sets")
    os.close(number)
    return Path(name)


@dataclass(frozen=True)
class Sets:
    """The files of shingles as one array: that of `paths[i]` holds the places from `ends[i]` to `ends[i + 1]`."""

    paths: tuple[Path, ...]
    ends: tuple[int, ...]

    def open(self) -> list[Array]:
        """The files, of which only what is used is read."""
        sizes = np.diff(self.ends).tolist()
        nothing = np.empty(0, np.uint64)  # an empty file cannot be mapped
        return [np.memmap(path, "u8", "r") if n else nothing for path, n in zip(self.paths, sizes, strict=True)]

    def take(self, held: Sequence[Array], starts: Array, sizes: Array) -> Array:
        """The shingles of some sets, one set after the other, from the files as they are `held` open."""
        if len(held) == 1:
            return held[0][ragged(starts, sizes)]
        found = np.empty(int(sizes.sum()), np.uint64)
        places, home = np.cumsum(sizes) - sizes, np.searchsorted(self.ends, starts, side="right") - 1
        for at, file in enumerate(held):
            some = home == at
            found[ragged(places[some], sizes[some])] = file[ragged(starts[some] - self.ends[at], sizes[some])]
        return found


def joined(starts: Sequence[tuple[Path, Array]]) -> tuple[Sets, Array]:
    """The sets of several files as one array, and the places in it by those in the file of each."""
    paths = list(dict.fromkeys(path for path, _ in starts))
    ends = np.cumsum([0, *(path.stat().st_size // SHINGLE for path in paths)]).tolist()
    first = dict(zip(paths, ends, strict=False))
    return Sets(tuple(paths), tuple(ends)), np.concatenate([first[path] + start for path, start in starts])


def ragged(starts: Array, sizes: Array) -> Array:
    """The places start, start + 1, ... start + size - 1 of every pair of a start and a size, one after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
