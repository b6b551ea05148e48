"""Texts in UTF-8, one after the other, for what reads bytes and looks at no text by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .samples import Array


@dataclass(frozen=True, eq=False)
class Encoded:
    """The bytes (b,) uint8 of all texts, and where in them each text begins and the last one ends (n + 1,)."""

    data: Array
    ends: Array

    def __len__(self) -> int:
        return len(self.ends) - 1

    def raw(self, row: int) -> bytes:
        """The bytes of one text."""
        return self.data[self.ends[row] : self.ends[row + 1]].tobytes()

    def text(self, row: int) -> str:
        """One text."""
        return self.raw(row).decode("utf-8", "surrogatepass")

    def each(self) -> list[memoryview]:
        """The bytes of every text, which are not copied."""
        data = self.data.data
        return [data[begin:end] for begin, end in pairwise(self.ends.tolist())]

    def parts(self, size: int) -> Iterator["Encoded"]:
        """The texts in parts of about so many bytes, of which each holds at least one, were it empty."""
        at = 0
        while at < len(self) or not at:
            last = int(np.searchsorted(self.ends, self.ends[at] + size, side="right")) - 1
            end = min(max(last, at + 1), len(self))
            yield Encoded(self.data, self.ends[at : end + 1])
            at = max(end, 1)


def encoded(texts: Sequence[str], errors: str = "surrogatepass") -> Encoded:
    """Texts, half characters among them, where `errors` does not say otherwise."""
    each = [text.encode("utf-8", errors) for text in texts]
    ends = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, each), np.int64, len(each)), out=ends[1:])
    return Encoded(np.frombuffer(b"".join(each), np.uint8), ends)
