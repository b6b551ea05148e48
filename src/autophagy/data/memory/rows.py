"""Arrays and iterables in memory -> the bytes of a .npy, .npz or JSON lines file."""

import datetime
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ...core.errors import DataError, UsageError
from ...core.samples import Array, Samples
from ..readers.notes import listed
from .depth import check_depth

WORDS = "UTS"  # the kinds of array that hold texts
File = tuple[bytes, str]  # the bytes and the suffix


def as_file(value: Any) -> File | None:
    """An array, several by name, or the texts, dicts, numbers or arrays of an iterable; None for any other value."""
    if isinstance(value, Samples):
        return _of_samples(value)
    if isinstance(value, Mapping):
        return _of_arrays(value)
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        return _of_array(_array(value))
    if hasattr(value, "tocsr"):
        return _of_sparse(value)
    if isinstance(value, set | frozenset):
        raise UsageError("the data are a set, whose rows have no order: give a list.")
    return _of_rows(list(value)) if isinstance(value, Iterable) else None


def _of_sparse(matrix: Any) -> File:
    """A sparse matrix of SciPy, which the reader fills up where it fits."""
    from scipy import sparse

    file = io.BytesIO()
    sparse.save_npz(file, matrix.tocsr())
    return file.getvalue(), ".npz"


def _of_samples(samples: Samples) -> File:
    file = io.BytesIO()
    samples.to_parquet(file)
    return file.getvalue(), ".parquet"


def _of_arrays(value: Mapping[Any, Any]) -> File:
    """Arrays by name, such as x and label."""
    wrong = [str(name) for name, part in value.items() if isinstance(part, str) or not hasattr(part, "__len__")]
    arrays = {} if wrong else {str(name): _array(part) for name, part in value.items()}
    wrong += [name for name, array in arrays.items() if array.dtype.kind == "O" or not array.ndim]
    if wrong or not arrays:
        which = f" ({listed(wrong, 6)})" if wrong else ""
        raise DataError(f"the dict in memory holds other things than columns or arrays{which}: give these alone.")
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue(), ".npz"


def _array(value: Any) -> Array:
    """A copy of the values, NaN where one is masked; raises DataError where NumPy has no such values."""
    try:
        if isinstance(value, np.ma.MaskedArray):
            value = np.ma.filled(value.astype(np.float64), np.nan)
        array = _values(value)
        return np.ascontiguousarray(array).reshape(array.shape)
    except (TypeError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:160].rstrip(".")
        raise DataError(f"the array in memory cannot be read ({reason}): give one of NumPy.") from error


def _values(value: Any) -> Array:
    """What NumPy makes of a value; of a tensor its values alone, those of 16 bits that NumPy lacks as 32."""
    if hasattr(value, "detach"):
        value = value.detach()
        value = value.float() if str(value.dtype) == "torch.bfloat16" else value
    return np.asarray(value)


def _of_array(x: Array) -> File:
    """One array; texts become lines, which need no pickle."""
    if not x.ndim:
        raise DataError("the array in memory is a single value: give one with a row for each example.")
    if x.dtype.kind in WORDS or (x.dtype.kind == "O" and x.ndim == 1):
        return _of_rows(x.tolist())
    if x.dtype.names and x.dtype.hasobject:
        return _of_rows([dict(zip(x.dtype.names, row, strict=True)) for row in x.tolist()])
    if x.dtype.kind == "O":
        raise DataError("the array in memory holds Python objects: give numbers, or a list of texts.")
    file = io.BytesIO()
    np.save(file, x.byteswap().view(x.dtype.newbyteorder("=")) if x.dtype.byteorder == ">" else x, allow_pickle=False)
    return file.getvalue(), ".npy"


def _of_rows(rows: Sequence[Any]) -> File:
    """The rows of an iterable: arrays of one shape as one array, all else as JSON lines."""
    if not len(rows):
        raise DataError("the list in memory holds no rows (a generator that was read before is empty): give 2 or more.")
    check_depth(rows, "the list in memory")
    if any(hasattr(row, "columns") for row in rows):
        raise UsageError(
            "the list in memory holds several tables: put them together first, as pandas.concat and polars.concat do."
        )
    if all(_is_numbers(row) for row in rows):
        try:
            stacked = np.stack([_values(row) for row in rows])
        except (TypeError, ValueError):
            pass  # of several lengths, of which the reader tells
        else:
            if stacked.dtype.kind not in WORDS + "O":  # bytes and numbers of more than 64 bits are lines
                return _of_array(stacked)
    cells = [_cell(row, place) for place, row in enumerate(rows, 1)]
    try:
        return _lines(cells, ascii=False).encode(), ".jsonl"
    except UnicodeEncodeError:  # half a character, which JSON can write and the reader tells of
        return _lines(cells, ascii=True).encode(), ".jsonl"


def _lines(cells: Sequence[Any], ascii: bool) -> str:
    return "".join(f"{json.dumps(cell, ensure_ascii=ascii)}\n" for cell in cells)


def _is_numbers(row: Any) -> bool:
    if isinstance(row, list | tuple):
        return bool(row) and not any(isinstance(cell, str | Mapping) or cell is None for cell in row)
    return (hasattr(row, "__array__") and _values(row).dtype.kind not in WORDS + "O") or isinstance(row, int | float)


def _cell(value: Any, row: int) -> Any:
    """A cell as JSON has it; raises UsageError where a file could not hold it."""
    if value is None or isinstance(value, str | bool | int):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, "_asdict"):  # a row of itertuples
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(name): _cell(cell, row) for name, cell in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cell(cell, row) for cell in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if hasattr(value, "__array__") and _values(value).dtype.kind not in "Oc":
        return _cell(_values(value).tolist(), row)
    if isinstance(value, bytes):
        return value.decode(errors="surrogateescape")
    raise UsageError(
        f"row {row} of the list in memory holds {type(value).__name__}: give texts, numbers, lists or dicts of them."
    )
