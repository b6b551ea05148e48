"""What is said of files that are not read: archives among them are to be unpacked."""

from collections.abc import Sequence

from .unpack import without_packing
from .walk import counted

ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".7z", ".rar")


def not_read(names: Sequence[str], total: int) -> list[str]:
    """A sentence that counts those of all files that are not read, and one for the archives among them."""
    archives = [name for name in names if _is_archive(name)]
    others = [name for name in names if not _is_archive(name)]
    told = (
        counted(others, total, "files", "left out because files of this kind are not read"),
        counted(archives, total, "files", "left out because archives must be unpacked first"),
    )
    return list(filter(None, told))


def _is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES) or without_packing(name).endswith(ARCHIVES)
