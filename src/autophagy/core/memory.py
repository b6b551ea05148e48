"""Data that were given in memory: the bytes of a file, which is called by the digest of what it holds."""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from .errors import DataError

CALLED = {  # what a sentence calls them, by the kind of file that their values would make
    ".parquet": "the data frame in memory",
    ".npy": "the array in memory",
    ".npz": "the arrays in memory",
    ".jsonl": "the list in memory",
}
# the file of data that were held in memory, named by their digest
NAME = re.compile(r"in-memory-[0-9a-f]{16}\.(parquet|npy|npz|jsonl)")


def told(names: str) -> str:
    """Names of data, those that were given in memory as a list calls them: data frame in memory."""
    return NAME.sub(lambda name: CALLED[f".{name[1]}"].removeprefix("the "), names)


def apart(names: Sequence[str | Path]) -> list[str]:
    """What a sentence calls each of some names, and where two of several data would be called the same, their file."""
    often = Counter(f"{name}" for name in dict.fromkeys(names))
    return [f"{name}" if often[f"{name}"] == 1 else str(name) for name in names]


class InMemory(str):
    """Data that were given in memory, where a name or a path may stand as well.

    As a str it is the name of the file in which a run folder keeps it, the digest of its values within: equal values
    have equal names. In an f-string it is what a sentence calls it. `origin` is the type that was given.
    """

    digest: str
    origin: str
    place: Path | None
    _bytes: bytes | None

    @classmethod
    def of(cls, content: bytes, suffix: str, origin: str) -> Self:
        """The bytes of a file of that suffix; a copy of what was given, which nobody can change."""
        return cls._made(digest_of(content, suffix), suffix, origin, None, content)

    @classmethod
    def kept(cls, path: Path) -> Self:
        """What a run folder keeps under that path; it is read when it is asked for."""
        digest = path.stem.rpartition("-")[2]
        return cls._made(digest, path.suffix, "a file that an earlier run kept", path, None)

    def kept_in(self, folder: Path) -> Self:
        """The same data as that run folder keeps them: without their bytes, so that they travel to other processes."""
        return self._made(self.digest, Path(self).suffix, self.origin, folder.absolute() / str(self), None)

    @classmethod
    def _made(cls, digest: str, suffix: str, origin: str, place: Path | None, content: bytes | None) -> Self:
        made = cls(f"in-memory-{digest[:16]}{suffix}")
        made.digest, made.origin, made.place, made._bytes = digest, origin, place, content
        return made

    def __format__(self, how: str) -> str:
        return format(self.called, how)

    def __repr__(self) -> str:
        return f"<{self.called.removeprefix('the ')}, {self.digest[:16]}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return self._made, (self.digest, Path(self).suffix, self.origin, self.place, self._bytes)

    @property
    def called(self) -> str:
        """What a sentence calls it, such as the data frame in memory."""
        return CALLED[Path(self).suffix]

    @property
    def shape(self) -> list[int]:
        """Rows and columns, or the shape of an array; of a list, its length."""
        return shape_of(self.content(), Path(self).suffix)

    def content(self) -> bytes:
        """The bytes of the file; raises DataError where those that were kept are gone or were changed."""
        if self._bytes is not None:
            return self._bytes
        assert self.place is not None
        try:
            content = self.place.read_bytes()
        except OSError as error:
            raise DataError(f"{self.place} cannot be read ({error.strerror}): give the data again.") from error
        if not digest_of(content, self.place.suffix).startswith(self.digest):
            raise DataError(f"{self.place} was changed after it was written: give the data again.")
        return content


def shape_of(content: bytes, suffix: str) -> list[int]:
    """The rows and columns of a table, the shape of an array (of several, of the first), the lines of a list."""
    if suffix == ".jsonl":
        return [content.count(b"\n")]
    if suffix == ".parquet":
        import pyarrow.parquet as pq

        table = pq.read_metadata(io.BytesIO(content))
        return [table.num_rows, table.num_columns]
    import numpy as np

    loaded = np.load(io.BytesIO(content), allow_pickle=False)
    return list(loaded.shape if suffix == ".npy" else loaded[loaded.files[0]].shape)


def digest_of(content: bytes, suffix: str) -> str:
    """A SHA-256 of what a file holds: of the names, types and values of a parquet file's columns, of others' bytes."""
    if suffix != ".parquet":
        return hashlib.sha256(content).hexdigest()
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except (OSError, pa.ArrowException):
        return hashlib.sha256(content).hexdigest()
    sink = _Hashed()
    plain = table.replace_schema_metadata(_shape(table)).combine_chunks()
    with pa.ipc.new_stream(pa.PythonFile(sink, mode="w"), plain.schema) as stream:
        stream.write_table(plain)
    return sink.hash.hexdigest()


def _shape(table: Any) -> dict[bytes, bytes]:
    """Of the metadata, the shape of the rows alone: another library writes others beside the same values."""
    return {key: value for key, value in (table.schema.metadata or {}).items() if key == b"row_shape"}


class _Hashed(io.RawIOBase):
    """A file that keeps a digest of what is written."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return len(data)
