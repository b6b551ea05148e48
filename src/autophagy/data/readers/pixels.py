"""Pixels: raw numbers -> [0, 1] on one scale, which the data and the reference of a run share."""

from dataclasses import dataclass, replace

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array

WHITE = 255  # the highest byte
UNITS_APART = 10  # times: pixels whose spans differ so much are counted in different units


@dataclass(frozen=True)
class PixelScale:
    """The number that is black and the number that is white, of pixels that run from `lowest` to `highest`.

    `kind` says how they are known: "bytes" by their type, "unit" for numbers within [0, 1], "range" from the numbers.
    """

    low: float
    high: float
    lowest: float
    highest: float
    kind: str

    @classmethod
    def of(cls, x: Array) -> "PixelScale":
        """The scale of one array.

        Bytes run to 255, unless all of them are 0 or 1. Any other numbers that leave [0, 1] are mapped with the lowest
        of all (or 0, where none is negative) as black and the highest as white.
        """
        lowest, highest = float(x.min()), float(x.max())
        if x.dtype == np.uint8 and highest > 1:
            return cls(0.0, float(WHITE), lowest, highest, "bytes")
        if lowest >= 0 and highest <= 1:
            return cls(0.0, 1.0, lowest, highest, "unit")
        return cls(min(lowest, 0.0), max(highest, 0.0), lowest, highest, "range")

    def apply(self, x: Array) -> Array:
        """The pixels as float32 in [0, 1]."""
        if x.dtype == np.uint8 and (self.low, self.high) == (0.0, WHITE):
            return x.astype(np.float32) / np.float32(WHITE)
        if (self.low, self.high) == (0.0, 1.0):
            return x.astype(np.float32)
        return ((x.astype(np.float64) - self.low) / (self.high - self.low)).astype(np.float32)

    def note(self) -> str:
        """What was done, where it was not plain from the type of the numbers."""
        if self.kind == "unit" or (self.kind == "bytes" and (self.low, self.high) == (0, WHITE)):
            return ""
        ran = f"Pixels ran from {self.lowest:g} to {self.highest:g}"
        return f"{ran} and were mapped from [{self.low:g}, {self.high:g}] to [0, 1]."


def common(a: PixelScale, b: PixelScale, names: tuple[str, str]) -> tuple[PixelScale, PixelScale]:
    """The scales of two data sets that are measured against each other, made one where they were guessed.

    Bytes and numbers within [0, 1] have the same white and stay as they are. Raises DataError where the two are counted
    in different units, for then no scale is right for both.
    """
    if (a.low, a.high) == (b.low, b.high) or {a.kind, b.kind} == {"bytes", "unit"}:
        return a, b
    spans = [scale.highest - min(scale.lowest, 0.0) for scale in (a, b)]
    if max(spans) > UNITS_APART * min(spans):
        runs = " and ".join(
            f"those of {name} from {scale.lowest:g} to {scale.highest:g}"
            for name, scale in zip(names, (a, b), strict=True)
        )
        raise DataError(f"pixels are counted in two units, {runs}: save both in the same one, such as 0 to 1.")
    low, high = min(a.low, b.low), max(a.high, b.high)
    return replace(a, low=low, high=high), replace(b, low=low, high=high)
