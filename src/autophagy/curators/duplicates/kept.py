"""Arrays that travel between processes: by themselves where they are small, else as files that each one reads."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...core.samples import Array

SMALL = 1 << 20  # bytes that go with every job
MEMORY = 1 << 26  # bytes of records that wait in memory
PART = 1 << 26  # bytes of the records of a part, on average
RECORD = 3  # numbers of a record: its key, its row and one more


@dataclass(frozen=True)
class Kept:
    """An array, or the file that holds it."""

    array: Array | None
    path: Path | None = None
    dtype: str = "u8"

    @classmethod
    def of(cls, array: Array, folder: Path) -> "Kept":
        """An array, written below the folder unless it is small."""
        if array.nbytes <= SMALL:
            return cls(array)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            array.tofile(file)
        return cls(None, Path(file.name), array.dtype.str)

    def open(self) -> Array:
        """The array; from a file, only what is used of it is read."""
        if self.array is not None:
            return self.array
        assert self.path is not None
        return np.memmap(self.path, self.dtype, "r")


@dataclass
class Shards:
    """Records (key, row, one more), uint64, in parts by the first bits of their keys, so that equal keys are together.

    A part has some 64 MB of the `expected` records. They wait in memory as long as they fit, then in a file a part.
    """

    folder: Path
    expected: int
    waiting: list[Array] = field(default_factory=list)
    size: int = 0
    spilled: bool = False

    @property
    def bits(self) -> int:
        """How many first bits of a key say which part it is in."""
        return max(0, int(np.ceil(np.log2(max(1, self.expected * RECORD * 8) / PART))))

    def add(self, key: Array, row: Array, other: Array) -> None:
        """Take in records."""
        record = np.empty((len(key), RECORD), np.uint64)
        for column, values in enumerate((key, row, other)):
            record[:, column] = values
        self.waiting.append(record)
        self.size += record.nbytes
        if self.size > MEMORY:
            self._spill()

    def jobs(self) -> list[Kept]:
        """The parts that hold records."""
        if not self.spilled:
            records = np.concatenate(self.waiting) if self.waiting else np.empty((0, RECORD), np.uint64)
            self.waiting.clear()
            return [Kept(records)] if len(records) else []
        if self.waiting:
            self._spill()
        return [Kept(None, path) for path in map(self._file, range(1 << self.bits)) if path.exists()]

    def _spill(self) -> None:
        records = np.concatenate(self.waiting)
        self.waiting.clear()
        self.size, self.spilled = 0, True
        part = records[:, 0] >> np.uint64(64 - self.bits) if self.bits else np.zeros(len(records), np.uint64)
        order = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[order], np.arange(1 << self.bits), side="right")
        for number, rows in enumerate(np.split(order, ends[:-1])):
            if len(rows):
                with self._file(number).open("ab") as file:
                    records[rows].tofile(file)

    def _file(self, number: int) -> Path:
        return self.folder / f"{id(self):x}-{number:06}"


def records(part: Kept, block: int = 1 << 20) -> Iterator[Array]:
    """The records (k, 3) of a part, some at a time."""
    held = part.open().reshape(-1, RECORD)
    for start in range(0, len(held), block):
        yield np.asarray(held[start : start + block])


def flags(mask: Array, folder: Path) -> Kept:
    """One bit a row, for every process to look up."""
    return Kept.of(np.packbits(mask, bitorder="little"), folder)


def flagged(bits: Kept, rows: Array) -> Array:
    """Which of the rows have their flag set."""
    rows = rows.astype(np.int64)
    return (bits.open()[rows >> 3] >> (rows & 7).astype(np.uint8)) & 1 == 1
