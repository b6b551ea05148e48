"""Shards: the keys of all rows, in parts that fit in memory, on disk if they are many."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...core.samples import Array
from .kept import Kept, flagged

MEMORY = 1 << 28  # bytes of records that wait in memory
SHARD = 1 << 26  # bytes of a shard, on average
RECORD = 24  # bytes


@dataclass
class Shards:
    """Records of a key, a row and one more, uint64, sharded by band and by the first bits of the key.

    Equal keys of a band are in one shard, which has some 64 MB where the corpus has as many rows as `expected`. The
    records wait in memory as long as they fit, then in a file a shard.
    """

    folder: Path
    expected: int
    waiting: list[tuple[Array, Array, Array]] = field(default_factory=list)
    size: int = 0
    spilled: bool = False

    @property
    def bits(self) -> int:
        """How many first bits of a key say which shard of its band it is in."""
        return max(0, int(np.ceil(np.log2(max(1, self.expected * RECORD) / SHARD))))

    def add(self, keys: Array, row: Array, other: Array) -> None:
        """Take in the keys (bands, n) of n rows."""
        self.waiting.append((keys, row.astype(np.uint64), other))
        self.size += keys.nbytes + row.nbytes + other.nbytes
        if self.size > MEMORY:
            self._spill()

    def jobs(self) -> list["Shard"]:
        """The shards that hold records."""
        if self.spilled:
            self._spill()
            return [Shard(path=path) for path in sorted(self.folder.glob(f"{id(self):x}-*"))]
        if not self.waiting:
            return []
        keys, *rest = zip(*self.waiting, strict=True)
        self.waiting, self.size = [], 0
        row, other = (Kept.joined(each, self.folder) for each in rest)
        return [Shard((Kept.joined(band, self.folder), row, other)) for band in zip(*keys, strict=True)]

    def _held(self) -> tuple[Array, Array, Array] | None:
        if not self.waiting:
            return None
        keys, row, other = zip(*self.waiting, strict=True)
        self.waiting, self.size = [], 0
        return np.concatenate(keys, axis=1), np.concatenate(row), np.concatenate(other)

    def _spill(self) -> None:
        held = self._held()
        self.spilled = True
        for band, keys in enumerate(held[0] if held else []):
            part = keys >> np.uint64(64 - self.bits) if self.bits else np.zeros(len(keys), np.uint64)
            order = np.argsort(part, kind="stable")
            records = np.stack([keys, *held[1:]], axis=1)[order] if held else keys
            ends = np.searchsorted(part[order], np.arange(1 << self.bits), side="right").tolist()
            for number, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)):
                if end > begin:
                    with (self.folder / f"{id(self):x}-{band:02}-{number:06}").open("ab") as file:
                        records[begin:end].tofile(file)


@dataclass(frozen=True)
class Shard:
    """Records that may have equal keys: three arrays, or the file that holds them one after the other."""

    held: tuple[Kept, Kept, Kept] | None = None
    path: Path | None = None

    def records(self, without: Kept | None = None, block: int = 1 << 20) -> tuple[Array, Array, Array]:
        """The keys, rows and third columns, but for the rows that have a flag in `without`.

        A file is read some records at a time, so that the copies of a text that is there a million times take no room.
        """
        if self.held is not None:
            key, row, other = (each.open() for each in self.held)
            return (key, row, other) if without is None else _taken((key, row, other), ~flagged(without, row))
        assert self.path is not None
        held = np.memmap(self.path, "u8", "r").reshape(-1, 3)
        blocks = [held[at : at + block] for at in range(0, len(held), block)]
        left = [some if without is None else some[~flagged(without, some[:, 1])] for some in blocks]
        key, row, other = np.concatenate(left).T
        return key, row, other


def _taken(columns: tuple[Array, Array, Array], rows: Array) -> tuple[Array, Array, Array]:
    key, row, other = columns
    return key[rows], row[rows], other[rows]
