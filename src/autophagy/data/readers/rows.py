"""Rows: what every reader hands back, and the one place where raw arrays become data that models can learn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from ...core.errors import DataError
from ...core.samples import REAL, UNKNOWN, Array
from ...text.plural import plural
from .notes import Aside
from .pixels import PixelScale

LARGEST = float(np.finfo(np.float32).max)
WHOLE = re.compile(r"-?[0-9]+")


@dataclass(frozen=True)
class FileRows:
    """Rows as a file holds them.

    `x` is (n, ...), or (n,) of StringDType for texts. `label` (n,) holds integers or words. `unreadable`
    counts the rows or files that were set aside, and `notes` says why in one sentence each. `scale` is what
    pixels were brought to [0, 1] by.
    """

    x: Array
    label: Array | None = None
    unreadable: int = 0
    notes: list[str] = field(default_factory=list)
    scale: PixelScale | None = None

    def __len__(self) -> int:
        return len(self.x)


def texts(
    documents: Sequence[str], label: Array | None = None, unreadable: int = 0, notes: Sequence[str] = ()
) -> FileRows:
    """Rows of texts."""
    return FileRows(np.array(list(documents), dtype=np.dtypes.StringDType()), label, unreadable, list(notes))


def only_real(rows: FileRows, generation: ArrayLike | None) -> FileRows:
    """The rows of generation 0, where a file says which generation its rows come from.

    Those of which nobody knows it, as in what a curation kept, are taken like the rows of a file that does not say.
    Where all are of generation 1, as in what `autophagy generate` makes, they are taken, and that is noted.
    """
    if generation is None:
        return rows
    real = np.isin(np.asarray(generation), (REAL, UNKNOWN))
    if real.all():
        return rows
    if len(real) and (np.asarray(generation) == REAL + 1).all():
        note = f"No row is of generation 0: a model made all {len(real):,} rows, and here they stand for the real data."
        return replace(rows, notes=[*rows.notes, note])
    left = f"{plural(int(np.sum(~real)), 'row')} {'was' if np.sum(~real) == 1 else 'were'} left out"
    note = f"{left}: only rows of generation 0 are real data."
    return _where(rows, real, [note], unreadable=0)


def finish(rows: FileRows, where: str, scale: PixelScale | None = None) -> FileRows:
    """Rows ready to learn from: texts, vectors (n, d) of floats, or images (n, h, w[, c]) float32 in [0, 1].

    Rows that hold a NaN, an infinity or a number beyond float32 are set aside and counted. Pixels are brought
    to [0, 1] on the `scale` that is given, or on their own (see `PixelScale.of`). Labels become class numbers 0 .. k-1.

    Raises DataError where the array has no such shape or fewer than 2 rows are left.
    """
    if rows.x.dtype.kind == "U" and rows.x.ndim == 1:
        rows = replace(rows, x=rows.x.astype(np.dtypes.StringDType()))
    if rows.x.dtype.kind != "T":
        rows = _numbers(rows, where, scale)
    if len(rows) < 2:
        why = f" ({' '.join(rows.notes).rstrip('.')})" if rows.notes else ""
        raise DataError(f"{where} holds {plural(len(rows), 'usable row')}{why}: give a data set of at least 2.")
    return rows if rows.label is None else _numbered(rows)


def _numbers(rows: FileRows, where: str, scale: PixelScale | None) -> FileRows:
    """Finite vectors or images out of an array of numbers."""
    x = rows.x
    if x.dtype.kind not in "buif" or not 1 <= x.ndim <= 4 or (x.size == 0 and len(x)):
        raise DataError(
            f"{where} holds an array of {x.dtype} of shape {x.shape}: give numbers of shape (n, d) for vectors "
            "or (n, h, w) or (n, h, w, c) for images."
        )
    if not len(rows):
        return rows
    finite = _finite(x)
    if not finite.all():
        aside = Aside("NaN, an infinity or a number beyond float32")
        for row in np.flatnonzero(~finite).tolist():
            aside.add(row + 1, _not_finite(x[row]))
        rows = _where(rows, finite, [aside.note(len(x))], unreadable=aside.count)
    if not len(rows):
        return rows
    if x.ndim <= 2:
        x = rows.x.reshape(len(rows), -1)
        return replace(rows, x=x.astype(np.float32 if x.dtype == np.float32 else np.float64, copy=False))
    return _scaled(_channels_last(rows, where), scale)


def _finite(x: Array) -> Array:
    if x.dtype.kind != "f":
        return np.ones(len(x), bool)
    wide = x.reshape(len(x), -1).astype(np.promote_types(x.dtype, np.float64))  # float16 has no number like LARGEST
    return np.asarray((np.abs(wide) <= LARGEST).all(axis=1))


def _not_finite(row: Array) -> str:
    """The first number of a row that is not finite, as it stands."""
    wide = np.atleast_1d(row).ravel().astype(np.promote_types(row.dtype, np.float64))
    return f"{wide[~(np.abs(wide) <= LARGEST)][0]:g}"


def _channels_last(rows: FileRows, where: str) -> FileRows:
    """Images (n, h, w) or (n, h, w, c) with 2 to 4 channels."""
    x = rows.x
    if x.ndim == 4 and x.shape[3] > 4 and x.shape[1] <= 4:
        rows = replace(rows, x=np.moveaxis(x, 1, 3), notes=[*rows.notes, "The channels were moved to the last axis."])
        x = rows.x
    if x.ndim == 4 and x.shape[3] > 4:
        raise DataError(
            f"{where} holds an array of shape {rows.x.shape}, which has {x.shape[3]} channels: images have 1 to 4."
        )
    return replace(rows, x=x[..., 0]) if x.ndim == 4 and x.shape[3] == 1 else rows


def _scaled(rows: FileRows, scale: PixelScale | None) -> FileRows:
    """Pixels in [0, 1] as float32, on the scale that is given or on that of these rows alone."""
    scale = scale or PixelScale.of(rows.x)
    notes = [*rows.notes, *filter(None, [scale.note()])]
    return replace(rows, x=scale.apply(rows.x), notes=notes, scale=scale)


def _numbered(rows: FileRows) -> FileRows:
    """Labels as class numbers 0 .. k-1, with a note where they were something else; 2 goes before 10, in words too."""
    classes, label = np.unique(np.asarray(rows.label), return_inverse=True)
    notes = list(rows.notes)
    if classes.dtype.kind == "T" and all(map(WHOLE.fullmatch, classes.tolist())):
        order = np.argsort([int(name) for name in classes.tolist()], kind="stable")
        classes, label = classes[order], np.argsort(order)[label]
    if [*map(str, classes.tolist())] != [*map(str, range(len(classes)))]:
        names = ", ".join(f"{number} = {name}" for number, name in enumerate(classes[:10].tolist()))
        notes.append(f"The {len(classes)} classes were numbered: {names}{', ...' if len(classes) > 10 else ''}.")
    return replace(rows, label=label.astype(np.int64), notes=notes)


def _where(rows: FileRows, keep: Array, notes: list[str], unreadable: int) -> FileRows:
    label = None if rows.label is None else rows.label[keep]
    return FileRows(rows.x[keep], label, rows.unreadable + unreadable, [*rows.notes, *notes])
