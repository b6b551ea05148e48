"""Which run folders a process holds, looked up without touching their locks."""

from pathlib import Path

from .folder import LOCK

LOCKS = Path("/proc/locks")  # of Linux: to try a lock instead would take it, if only for a moment, from a run


def held() -> frozenset[int]:
    """The inodes of all files that a process has locked whole; none where the system does not tell."""
    try:
        lines = LOCKS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    words = [line.split() for line in lines]
    return frozenset(int(word[5].rpartition(":")[2]) for word in words if word[1] == "FLOCK")


def in_use(folder: Path, locked: frozenset[int]) -> bool:
    """Whether the lock of a run folder is among those that are held."""
    try:
        return (folder / LOCK).lstat().st_ino in locked
    except OSError:
        return False
