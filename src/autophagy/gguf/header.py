"""What a GGUF file says of itself, before its weights: sizes, tokens, how it is to be talked to."""

import mmap
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from ..core.errors import DataError

MAGIC = b"GGUF"
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
TEXT, LIST = 8, 9  # the types of values that are no number


def read_header(path: Path) -> dict[str, Any]:
    """The numbers and texts by name; lists, such as the vocabulary, are left out.

    Raises DataError where the file is no GGUF file, or ends within what it says.
    """
    with _cursor(path) as cursor:
        return _read(path, cursor)[1]


def parameters(path: Path) -> int:
    """How many numbers the weights hold; raises DataError as read_header does."""
    with _cursor(path) as cursor:
        tensors, _ = _read(path, cursor)
        return sum(cursor.pass_tensor() for _ in range(tensors))


def begins_right(path: Path) -> bool:
    """Whether a file begins as a GGUF file does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@contextmanager
def _cursor(path: Path) -> "Iterator[_Cursor]":
    """The beginning of a file; raises DataError where it, or what is read of it, is damaged."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield _Cursor(data)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise _unfit(path, f"cannot be read ({error})") from error
    except (struct.error, KeyError) as error:
        raise _unfit(path, "is damaged") from error


def _read(path: Path, cursor: "_Cursor") -> tuple[int, dict[str, Any]]:
    """The number of tensors, and the numbers and texts by name; their lists are passed."""
    if cursor.take(4) != MAGIC:
        raise _unfit(path, "is no GGUF file")
    version, tensors, count = cursor.number("I"), cursor.number("Q"), cursor.number("Q")
    if version not in (2, 3):
        raise _unfit(path, f"is a GGUF file of version {version}, and only 2 and 3 are known")
    found: dict[str, Any] = {}
    for _ in range(count):
        name, kind = cursor.text(), cursor.number("I")
        if kind == LIST:
            cursor.pass_list()
        else:
            found[name] = cursor.text() if kind == TEXT else cursor.number(NUMBERS[kind])
    return tensors, found


@dataclass
class _Cursor:
    """A place in the bytes of a file, which each read moves on."""

    data: mmap.mmap
    place: int = 0

    def take(self, size: int) -> bytes:
        """The next bytes; raises struct.error where the file ends before."""
        if size > len(self.data) - self.place:
            raise struct.error("the file ends too early")
        self.place += size
        return self.data[self.place - size : self.place]

    def number(self, form: str) -> Any:
        """The next number, its lowest byte first."""
        form = f"<{form}"
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def text(self) -> str:
        """The next text, behind its length."""
        return self.take(self.number("Q")).decode("utf-8", "replace")

    def pass_tensor(self) -> int:
        """Go behind what is said of a tensor: its name, sizes, kind and place; how many numbers it has."""
        self.text()
        count = prod(self.number("Q") for _ in range(self.number("I")))
        self.take(12)
        return count

    def pass_list(self) -> None:
        """Go behind a list, which may hold lists."""
        kind, count = self.number("I"), self.number("Q")
        if kind in NUMBERS:
            self.take(count * struct.calcsize(NUMBERS[kind]))
            return
        step: Callable[[], object] = self.pass_list if kind == LIST else self.text
        for _ in range(count):
            step()


def _unfit(path: Path, reason: str) -> DataError:
    return DataError(f"{path} {reason}: give a language model's GGUF file, whole, as llama.cpp reads it.")
