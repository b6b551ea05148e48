"""Arrays from untrusted files: npz, npy and idx, never through pickle."""

import io
import math
import struct
import tokenize
import zipfile
import zlib
from pathlib import Path

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .columns import Table, of_table
from .names import LABEL_NAMES, X_NAMES
from .notes import listed
from .rows import FileRows, only_real
from .unpack import content

# What NumPy and zipfile raise on damaged, hostile or pickled content.
BROKEN = (
    *(ValueError, OSError, EOFError, KeyError, MemoryError, OverflowError, RuntimeError, SyntaxError),
    *(tokenize.TokenError, struct.error, zipfile.BadZipFile, zlib.error),
)

SPARSE = {"data", "indices", "indptr", "shape", "format"}  # the arrays in which SciPy saves a sparse matrix
OWN = ("generation", "source", "classes")  # what a file of ours holds beside its rows
LARGEST_FILLED = 2**28  # cells of a sparse matrix that may be filled up

IDX_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_npy(data: bytes, where: str) -> FileRows:
    """One array."""
    try:
        x = np.load(io.BytesIO(data), allow_pickle=False)
    except BROKEN as error:
        raise _broken(where, "npy", error) from error
    return _real(x, where)


def read_npz(data: bytes, where: str) -> FileRows:
    """The array named x (or the first one), with the labels beside it where there are some."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            names = {name.lower(): name for name in archive.files}
            chosen = next((names[name] for name in X_NAMES if name in names), next(iter(archive.files), None))
            if chosen is None:
                raise DataError(f"{where} holds no array: save one with numpy.savez(path, x=array).")
            if {*archive.files} >= SPARSE:
                return FileRows(_sparse(data, where), notes=["The matrix was saved as a sparse one and was filled up."])
            label = next((names[name] for name in LABEL_NAMES if name in names and names[name] != chosen), None)
            x = np.asarray(archive[chosen])
            labels = None if label is None else np.asarray(archive[label])
            generation = archive["generation"] if {"generation", "source"} <= {*archive.files} else None
    except BROKEN as error:
        raise _broken(where, "npz", error) from error
    notes = [f"The array {chosen} was read as the rows."] if chosen not in ("x", "arr_0") else []
    others = [name for name in archive.files if name not in (chosen, label, *OWN)]
    notes += [f"Left out: {listed(others, 6)} (other arrays)."] if others else []
    for column in (labels, generation):
        if column is not None:
            _one_each(x, column, where)
    return only_real(_with_labels(FileRows(x, notes=notes), labels), generation)


def _real(x: Array, where: str) -> FileRows:
    """The array; one with named fields as their columns. Raises DataError where it holds no real numbers."""
    if x.dtype.names:
        words = {name: x[name].astype(str).tolist() for name in x.dtype.names if x[name].dtype.kind in "SUO"}
        columns = {name: words.get(name, x[name]) for name in x.dtype.names}
        return of_table(Table(columns), where)
    if x.dtype.kind == "c":
        raise DataError(
            f"{where} holds complex numbers ({x.dtype}), which no model learns: save their parts as columns."
        )
    return FileRows(x)


def _sparse(data: bytes, where: str) -> Array:
    """A matrix that SciPy saved sparse, in full; raises DataError where it would not fit."""
    from scipy import sparse

    matrix = sparse.load_npz(io.BytesIO(data))
    if math.prod(matrix.shape) > LARGEST_FILLED:
        raise DataError(f"{where} holds a sparse matrix of shape {matrix.shape}: give fewer rows or columns.")
    return np.asarray(matrix.toarray())


def read_idx(data: bytes, where: str, path: Path) -> FileRows:
    """The images of an idx file, with the labels of the file of matching name beside it, where there is one."""
    x = _idx(data, where)
    if x.ndim == 1:
        raise DataError(f"{where} holds labels alone: give the idx file of the images, beside which labels are found.")
    beside = _labels_beside(path)
    if beside is None:
        return FileRows(x)
    label = _idx(content(beside), str(beside))
    _one_each(x, label, f"{where} with {beside.name}")
    return FileRows(x, label)


def is_idx(data: bytes) -> bool:
    """Whether the bytes open as an idx file does: two zeros, a type, a rank."""
    return len(data) >= 4 and data[:2] == b"\0\0" and data[2] in IDX_TYPES and 1 <= data[3] <= 4


def _idx(data: bytes, where: str) -> Array:
    """An idx array; raises DataError where the header promises other than what the file holds."""
    if not is_idx(data):
        raise DataError(f"{where} does not open as an idx file does: it may be damaged or of another format.")
    kind, rank = np.dtype(IDX_TYPES[data[2]]), data[3]
    start = 4 + 4 * rank
    shape = tuple(int.from_bytes(data[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(rank))
    expected = start + math.prod(shape) * kind.itemsize
    if len(data) != expected:
        raise DataError(
            f"{where} is {len(data)} bytes long where its header of shape {shape} asks for {expected}: fetch it again."
        )
    return np.frombuffer(data, kind, offset=start).reshape(shape).astype(kind.newbyteorder("="), copy=False)


def _labels_beside(path: Path) -> Path | None:
    name = path.name.replace("images", "labels").replace("idx3", "idx1").replace("idx4", "idx1")
    if name == path.name:
        return None
    bare = name.removesuffix(".gz")
    beside = [path.with_name(found) for found in (name, bare, bare + ".gz")]
    return next((found for found in beside if found.is_file()), None)


def _one_each(x: Array, column: Array, where: str) -> None:
    if column.shape[:1] != x.shape[:1] or not x.ndim:
        raise DataError(f"{where} holds rows {x.shape} beside a column {column.shape}: give one entry a row.")


def _with_labels(rows: FileRows, labels: Array | None) -> FileRows:
    """Join the labels, unless they are no classes (fractions, several columns)."""
    if labels is None:
        return rows
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    whole = labels.dtype.kind in "biuUT" or (labels.dtype.kind == "f" and bool(np.all(labels == np.floor(labels))))
    if labels.ndim != 1 or not whole:
        return FileRows(
            rows.x, None, 0, [*rows.notes, "The labels were left out because they are not one class a row."]
        )
    return FileRows(rows.x, labels.astype(np.int64) if labels.dtype.kind in "bf" else labels, 0, rows.notes)


def _broken(where: str, kind: str, error: BaseException) -> DataError:
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    if "pickle" in reason.lower():
        return DataError(
            f"{where} holds Python objects, which are not read for safety: save arrays of numbers instead."
        )
    return DataError(f"{where} cannot be read as {kind} ({reason.rstrip('.')}): it may be damaged, so save it again.")
