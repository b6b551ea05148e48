"""Files that are whole or not there: written under another name and renamed, lines appended or taken back."""

import errno
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from .errors import RecordError

Line = dict[str, Any]
GO_ON = "free space or choose another folder, then go on with --resume; everything finished so far is kept"
ELSEWHERE = "free space or choose another path"  # of a file that can be made again


@contextmanager
def writing(path: Path, remedy: str = GO_ON, *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """A binary file that appears under its name only when it is whole; raises RecordError where it cannot.

    One that is not `lasting` outlives the process, however that ends, but may not outlive the machine: nobody waits
    for the disk, which for many small files takes as long as the work on them.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error, remedy) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def append(path: Path, lines: Sequence[Line]) -> None:
    """Add whole lines to a JSON-lines file; on failure the file is as it was before."""
    text = "".join(json.dumps(line, allow_nan=False) + "\n" for line in lines).encode()
    before = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(FileNotFoundError), path.open("r+b") as file:
            file.truncate(before)
        raise unwritable(path, error) from error


def read_lines(path: Path) -> list[Line]:
    """The whole lines of a JSON-lines file; a torn last line, which a kill leaves, is passed over.

    Raises RecordError where a line before the last is not a JSON object.
    """
    if not path.exists():
        return []
    rows = path.read_bytes().split(b"\n")
    lines = []
    for number, row in enumerate(rows[:-1], 1):
        try:
            lines.append(dict(json.loads(row)))
        except (ValueError, TypeError) as error:
            raise RecordError(f"{path} line {number} is not JSON: restore the file or start a new run.") from error
    return lines


def drop_torn(path: Path) -> None:
    """Take the torn last line from a JSON-lines file, so that others can be added."""
    if path.exists() and not path.read_bytes().endswith(b"\n"):
        write_lines(path, read_lines(path))


def slug(label: str) -> str:
    """A regime's label as a folder name, cut where a file system would not take it."""
    name = "".join(char if char.isalnum() or char in "-_=." else "-" for char in label)
    return name if len(name) < 100 else f"{name[:80]}-{zlib.crc32(label.encode()):08x}"


def write_json(path: Path, value: Any, *, lasting: bool = True) -> None:
    """Write one JSON document; NaN and infinity are refused, for they are not JSON."""
    with writing(path, lasting=lasting) as file:
        file.write(json.dumps(value, indent=1, allow_nan=False).encode())


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """Write a JSON-lines file anew."""
    with writing(path) as file:
        file.write("".join(json.dumps(line, allow_nan=False) + "\n" for line in lines).encode())


def unwritable(path: Path, error: OSError, remedy: str = GO_ON) -> RecordError:
    """What to say where a file cannot be written."""
    if isinstance(error, NotADirectoryError | FileExistsError):
        remedy = "a part of that path is a file: choose another folder"
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        remedy = "choose a folder that you may write to"
    return RecordError(f"{path} cannot be written ({error.strerror or error}): {remedy}.")
