"""Samples: rows that never lose where they came from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import DataError

REAL, UNKNOWN = 0, -1  # the generation of real rows, and of rows of which nobody knows it

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Samples:
    """Rows of data, each with the generation and the source that it came from.

    `x` is an array (n, ...), or (n,) of numpy StringDType for texts. `generation` is (n,) int16: 0 for real
    rows, t for rows that the model of generation t made, -1 for rows of unknown origin. `source` is (n,) str.
    `meta` holds further (n,) columns such as `label`.

    Several runs of equal length travel as one Samples, run after run: the functions that take
    `runs` treat the rows as that many blocks.

    Raises DataError where the columns do not have one entry a row.
    """

    x: Array
    generation: Array
    source: Array
    meta: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, column in [("generation", self.generation), ("source", self.source), *self.meta.items()]:
            if column.shape[:1] != self.x.shape[:1] or column.ndim != 1:
                raise DataError(
                    f"the column {name} has shape {column.shape} beside {self.x.shape[0]} rows: "
                    "give every column one entry a row."
                )

    @classmethod
    def of(cls, x: ArrayLike, generation: int = REAL, source: str = "fixed", **meta: ArrayLike) -> "Samples":
        """Rows that all came from one place; the provenance columns take no memory."""
        x = np.asarray(x)
        if x.dtype.kind in "UO":
            x = x.astype(np.dtypes.StringDType())
        n = len(x)
        return cls(
            x,
            np.broadcast_to(np.int16(generation), n),
            np.broadcast_to(np.str_(source), n),
            {name: np.asarray(column) for name, column in meta.items()},
        )

    def __len__(self) -> int:
        return len(self.x)

    def __repr__(self) -> str:
        """What they are, in a line, for a list of generations holds thousands of rows."""
        what = "texts" if self.x.dtype.kind == "T" else f"rows of {self.x.dtype} {self.x.shape[1:]}"
        return f"<{len(self):,} {what} with {', '.join(list(self.columns())[1:])}>"

    def columns(self) -> dict[str, Array]:
        """Every column by name, `x` first."""
        return {"x": self.x, "generation": self.generation, "source": self.source, **self.meta}

    @classmethod
    def _of_columns(cls, columns: dict[str, Array]) -> "Samples":
        rest = {name: column for name, column in columns.items() if name not in ("x", "generation", "source")}
        return cls(columns["x"], columns["generation"], columns["source"], rest)

    def take(self, rows: ArrayLike | slice) -> "Samples":
        """The given rows, by index, by mask or by slice."""
        index = rows if isinstance(rows, slice) else np.asarray(rows)
        if not isinstance(index, slice) and index.size == 0:
            index = index.astype(np.intp)
        return self._of_columns({name: column[index] for name, column in self.columns().items()})

    @classmethod
    def concat(cls, parts: Sequence["Samples"], runs: int = 1) -> "Samples":
        """All the parts one after the other; with `runs`, run by run.

        A further column that only some of the parts carry is kept where every part has it and left out otherwise.
        """
        parts = [part for part in parts if len(part)] or list(parts[:1])
        if not parts:
            raise DataError("there are no rows to put together: give at least one part.")
        if len(parts) == 1:
            return parts[0]
        shapes = {part.x.shape[1:] for part in parts}
        if len(shapes) > 1:
            raise DataError(f"rows of different shapes {sorted(shapes)} cannot be put together: use one shape.")
        names = [name for name in parts[0].columns() if all(name in part.columns() for part in parts)]
        return cls._of_columns({name: _join([part.columns()[name] for part in parts], runs) for name in names})

    def head(self, n: int, runs: int = 1) -> "Samples":
        """The first n rows of each run."""
        each = len(self) // runs
        if n >= each:
            return self
        if runs == 1:
            return self.take(slice(0, n))
        blocks = {name: _blocks(column, runs)[:, :n] for name, column in self.columns().items()}
        return self._of_columns({name: _flat(block) for name, block in blocks.items()})

    def cut(self, n: int, rng: np.random.Generator, runs: int = 1) -> "Samples":
        """n rows of each run, drawn without replacement, in their old order."""
        each = len(self) // runs
        if n >= each:
            return self
        keys = rng.random((runs, each))
        rows = np.sort(np.argpartition(keys, n, axis=1)[:, :n], axis=1) + each * np.arange(runs)[:, None]
        return self.take(rows.reshape(-1))

    def split(self, runs: int) -> list["Samples"]:
        """One Samples for each run, as views."""
        each = len(self) // runs
        if runs == 1 or not each:
            return [self] * runs
        columns = {name: _parts(column, runs) for name, column in self.columns().items()}
        x, generation, source = (columns.pop(name) for name in ("x", "generation", "source"))
        meta = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] or [{}] * runs
        return list(map(_unchecked, x, generation, source, meta))

    def digest(self) -> str:
        """A SHA-256 of every column: equal rows with equal provenance have equal digests."""
        hash_ = hashlib.sha256()
        for name, column in sorted(self.columns().items()):
            text = column.dtype.kind in "UTO"
            hash_.update(f"{name}:{'text' if text else column.dtype.str}:{column.shape};".encode())
            if text:
                for text in column.tolist():
                    hash_.update(str(text).encode() + b"\0")
            else:
                hash_.update(np.ascontiguousarray(column).tobytes())
        return hash_.hexdigest()

    def to_parquet(self, path: str | Path | IO[bytes]) -> None:
        """Write all columns to a parquet file, open or by path; arrays of rank above 1 keep their row shape."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        shape = ",".join(str(size) for size in self.x.shape[1:])
        table = {name: _to_arrow(column) for name, column in self.columns().items()}
        pq.write_table(pa.table(table).replace_schema_metadata({"row_shape": shape}), path)

    @classmethod
    def from_parquet(cls, path: str | Path) -> "Samples":
        """Read what to_parquet wrote."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            table = pq.read_table(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise DataError(f"{path} cannot be read as parquet: {error}") from error
        if not {"x", "generation", "source"} <= set(table.column_names):
            raise DataError(f"{path} lacks a column x, generation or source: write it with Samples.to_parquet.")
        shape = (table.schema.metadata or {}).get(b"row_shape", b"").decode()
        columns = {name: _from_arrow(table[name]) for name in table.column_names}
        if shape:
            columns["x"] = columns["x"].reshape(-1, *(int(size) for size in shape.split(",")))
        return cls._of_columns(columns)


def _blocks(column: Array, runs: int) -> Array:
    return column.reshape(runs, len(column) // runs, *column.shape[1:])


def _parts(column: Array, runs: int) -> list[Array]:
    """The rows of each run, as views; a column that repeats one entry is cut once."""
    each = len(column) // runs
    return [column[:each]] * runs if column.strides == (0,) else list(_blocks(column[: each * runs], runs))


# the slots of Samples: to fill them is twice as fast as object.__setattr__, which is how a frozen dataclass does it
_X, _GENERATION, _SOURCE, _META = (getattr(Samples, name).__set__ for name in ("x", "generation", "source", "meta"))


def _unchecked(x: Array, generation: Array, source: Array, meta: Mapping[str, Array]) -> Samples:
    """Samples of columns that have been checked: a loop makes many thousand of them a second."""
    rows = object.__new__(Samples)
    _X(rows, x)
    _GENERATION(rows, generation)
    _SOURCE(rows, source)
    _META(rows, meta)
    return rows


def _flat(blocks: Array) -> Array:
    return blocks.reshape(blocks.shape[0] * blocks.shape[1], *blocks.shape[2:])


def _join(columns: list[Array], runs: int) -> Array:
    if runs == 1:
        return np.concatenate(columns)
    return _flat(np.concatenate([_blocks(column, runs) for column in columns], axis=1))


def _to_arrow(column: Array) -> Any:
    import pyarrow as pa

    if column.dtype.kind in "UTO":
        return pa.array(column.tolist(), pa.string())
    flat = np.ascontiguousarray(column).reshape(-1)
    if column.ndim == 1:
        return pa.array(flat)
    return pa.FixedSizeListArray.from_arrays(pa.array(flat), int(np.prod(column.shape[1:])))


def _from_arrow(column: Any) -> Array:
    import pyarrow as pa

    array = column.combine_chunks()
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    if pa.types.is_string(array.type):
        return np.array(array.to_pylist(), dtype=np.dtypes.StringDType())
    if pa.types.is_fixed_size_list(array.type):
        return np.asarray(array.flatten().to_numpy(zero_copy_only=False)).reshape(len(array), -1)
    return np.asarray(array.to_numpy(zero_copy_only=False))
