"""The bytes of a file, unpacked where they are packed."""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from pathlib import Path

from ...core.errors import DataError, Unreadable
from ...core.memory import InMemory
from .notes import listed

GZIP, BZIP, XZ, ZIP = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"PK\x03\x04"
ZSTD = b"\x28\xb5\x2f\xfd"
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
BARE = (".npy", ".npz")  # whose columns have no names
ARRAYS = (".npy",)  # the members of an npz, which is a zip archive too


def content(path: Path) -> bytes:
    """The bytes of the file, unpacked whatever its name says; raises DataError where it is empty or damaged."""
    try:
        data = _unpacked(path.read_bytes())
    except (OSError, EOFError, RuntimeError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(
            path, f"cannot be read ({reason.rstrip('.')})", "check the file and its permissions"
        ) from error
    if not data.strip():
        raise Unreadable(path, "is empty", "give a file with rows in it")
    return data


def is_there(path: str | Path) -> bool:
    """Whether there is such a file, or the rows were given in memory."""
    return isinstance(path, InMemory) or Path(path).expanduser().is_file()


def bytes_of(path: str | Path) -> bytes:
    """The bytes of a file, unpacked, or those that hold rows which were given in memory; raises DataError."""
    if not isinstance(path, InMemory):
        return content(Path(path).expanduser())
    if Path(path).suffix in BARE:
        raise DataError(f"{path} has no columns with names: give a data frame, or a list of texts or of dicts.")
    return path.content()


def without_packing(name: str) -> str:
    """The name in small letters, without the ending that says how it is packed."""
    lower = name.lower()
    return next((lower.removesuffix(ending) for ending in PACKED if lower.endswith(ending)), lower)


def ending_of(name: str) -> str:
    """The ending of a name without that of its packing, as .csv of "Rows.CSV.gz"; none where it ends in a dot."""
    return Path(without_packing(name)).suffix.rstrip(".")  # Python 3.14 has the dot alone for one


def _unpacked(data: bytes) -> bytes:
    if data.startswith(GZIP):
        return gzip.decompress(data)
    if data.startswith(BZIP):
        return bz2.decompress(data)
    if data.startswith(XZ):
        return lzma.decompress(data)
    if data.startswith(ZSTD):
        import pyarrow as pa

        with pa.input_stream(io.BytesIO(data), compression="zstd") as stream:
            return bytes(stream.read())
    return _only_member(data) if data.startswith(ZIP) else data


def members(archive: zipfile.ZipFile) -> list[str]:
    """The files of an archive, without folders and what a system leaves behind."""
    names = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
    return [name for name in names if not name.rpartition("/")[2].startswith(".")]


def refuse_archive(data: bytes, where: str) -> None:
    """Raise DataError where a zip archive holds other files than arrays."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = members(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return
    others = [name for name in names if not name.endswith(ARRAYS)]
    if others:
        raise DataError(
            f"{where} is an archive of {len(names):,} files ({listed(others, 3)}): "
            "unpack it and give its folder or one file."
        )


def _only_member(data: bytes) -> bytes:
    """The one file of a zip archive; the archive itself where it holds several, or arrays."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = members(archive)
            alone = len(names) == 1 and not names[0].endswith(ARRAYS)
            return archive.read(names[0]) if alone else data
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return data
