"""Folder: where a sandboxed program may write, how much it wrote, and how everything in it goes, whatever it is."""

import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex

ENTRY = 4096  # bytes that a name is counted as, since an empty file takes room too


@contextmanager
def temporary() -> Iterator[str]:
    """A new folder of our own, which is gone afterwards."""
    folder = os.path.realpath(tempfile.mkdtemp(prefix="autophagy-"))
    try:
        yield folder
    finally:
        remove(folder)


def size(folder: str, most: int) -> float:
    """The bytes in a folder, counted until they are more than `most`; infinite where it cannot be looked into."""
    total, rooms = 0, [folder]
    while rooms and total <= most:
        try:
            with os.scandir(rooms.pop()) as entries:
                for entry in entries:
                    total += ENTRY + entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        rooms.append(entry.path)
        except FileNotFoundError:  # removed while we looked
            continue
        except OSError:
            return math.inf
    return total


def remove(folder: str) -> None:
    """Remove a folder with all that is in it, following no link.

    Folders in folders are moved to the top first, so that neither their depth nor the length of their paths matters.
    """
    with suppress(FileNotFoundError):
        while rooms := _files_gone(folder):
            for room in rooms:
                for inner in _files_gone(room):
                    os.rename(inner, os.path.join(folder, token_hex()))
                os.rmdir(room)
        os.rmdir(folder)


def _files_gone(folder: str) -> list[str]:
    """Remove what is no folder; the folders that are left, all of which we may enter."""
    rooms = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)
                rooms.append(entry.path)
            else:
                os.unlink(entry.path)
    return rooms
