"""Landlock: a process gives up the file system, but for what it names; nobody has to be root for it.

Ref: the kernel's Documentation/userspace-api/landlock.rst (Linux 5.13 and later).
"""

import ctypes
import os
from collections.abc import Iterable

CREATE, ADD, RESTRICT = 444, 445, 446  # the numbers of its system calls, the same on every processor
VERSION = 1  # the flag that asks for the version
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # version -> how many rights it knows; 16 from version 5 on
READ = 1 << 2 | 1 << 3  # the content of a file, and of a folder
EXECUTE, DEVICES = 1 << 0, 1 << 6 | 1 << 9 | 1 << 11  # making devices and named sockets is one of these
OF_FILES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15  # what may be granted on what is no folder
NO_TCP, NO_OTHERS = 0b11, 0b11  # binding and connecting; sockets and signals that reach out of the sandbox


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):  # the kernel reads its first 12 bytes
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The version of Landlock that this kernel has, 0 where it has none or leaves it switched off."""
    return max(0, _libc().syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION)))


def restrict(readable: Iterable[str], writable: Iterable[str], folder: str) -> None:
    """Give up every file but those below `readable`, the devices `writable`, and all but devices in `folder`.

    For good, and for whatever this thread starts. Raises OSError where the kernel will not.
    """
    libc, known = _libc(), version()
    if not known:
        raise OSError("this kernel has no Landlock")
    rights = (1 << RIGHTS.get(known, 16)) - 1
    asked = _Ruleset(rights, NO_TCP if known >= 4 else 0, NO_OTHERS if known >= 6 else 0)
    size = 8 if known < 4 else 16 if known < 6 else 24
    ruleset = _checked(libc.syscall(CREATE, ctypes.byref(asked), ctypes.c_size_t(size), ctypes.c_uint32(0)))
    granted = [(path, READ) for path in readable] + [(path, READ | 1 << 1) for path in writable]
    for path, allowed in (*granted, (folder, rights & ~(EXECUTE | DEVICES))):
        _allow(libc, ruleset, path, allowed & rights)
    _checked(libc.syscall(RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Grant rights on what lies below a path; a path that is not there needs none."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _Beneath(rights if os.path.isdir(path) else rights & OF_FILES, place)
        _checked(libc.syscall(ADD, ctypes.c_int(ruleset), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0)))
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result
