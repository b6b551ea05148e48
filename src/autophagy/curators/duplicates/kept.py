"""Arrays that travel between processes: by themselves where they are small, else as files that each one reads."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...core.samples import Array

SMALL = 1 << 20  # bytes that go with every job


@dataclass(frozen=True)
class Kept:
    """An array, or the file that holds it."""

    array: Array | None
    path: Path | None = None
    dtype: str = "u8"

    @classmethod
    def of(cls, array: Array, folder: Path) -> "Kept":
        """An array, written below the folder unless it is small."""
        return cls.joined([array], folder)

    @classmethod
    def joined(cls, parts: Sequence[Array], folder: Path) -> "Kept":
        """The array that the parts, at least one, make together; of a large one none is made in memory."""
        if sum(part.nbytes for part in parts) <= SMALL:
            return cls(np.concatenate(parts))
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            for part in parts:
                file.write(np.ascontiguousarray(part).data)
        return cls(None, Path(file.name), parts[0].dtype.str)

    def open(self) -> Array:
        """The array; from a file, only what is used of it is read."""
        if self.array is not None:
            return self.array
        assert self.path is not None
        return np.memmap(self.path, self.dtype, "r")


def flags(mask: Array, folder: Path) -> Kept:
    """One bit a row, for every process to look up."""
    return Kept.of(np.packbits(mask, bitorder="little"), folder)


def flagged(bits: Kept, rows: Array) -> Array:
    """Which of the rows have their flag set."""
    rows = rows.astype(np.int64)
    return (bits.open()[rows >> 3] >> (rows & 7).astype(np.uint8)) & 1 == 1
