"""The real data of a run: what the spec names, and other real data that are held out."""

from dataclasses import replace

from ..core.errors import UsageError
from ..core.samples import REAL, Samples
from ..data.load import Density, RealRows, load
from ..data.readers.pixels import PixelScale, common
from .made import made_rows
from .spec import LoopSpec


def real_data(spec: LoopSpec) -> tuple[RealRows | Density, RealRows | None]:
    """The data, and the other real data that are held out where the spec names some; their pixels have one scale."""
    data = _made(spec.data) or load(spec.data)
    if spec.reference is None:
        return data, None
    if isinstance(data, Density):
        raise UsageError(f"{data.name} is a density, so new rows of it are held out: leave out the reference.")
    other = load(spec.reference)
    if isinstance(other, Density):
        raise UsageError(f"{spec.reference} is a density, which has no rows to hold out: give a file or a data set.")
    if data.scale and other.scale:
        scales = common(data.scale, other.scale, (spec.data, spec.reference))
        if scales != (data.scale, other.scale):
            data, other = _again(spec.data, scales[0]), _again(spec.reference, scales[1])
    return data, other


def _made(name: str) -> RealRows | None:
    """The rows of a generation, which stand for real ones; None where the name is no folder of one."""
    rows = made_rows(name)
    if rows is None:
        return None
    note = "A model made all rows, and here they stand for the real data."
    return replace(rows, samples=Samples.of(rows.samples.x, REAL, "fixed"), notes=[*rows.notes, note])


def _again(name: str, scale: PixelScale) -> RealRows:
    rows = load(name, scale)
    assert isinstance(rows, RealRows)  # as the first time
    return rows
