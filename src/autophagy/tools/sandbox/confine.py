"""Confine: what a process gives up before it runs code that nobody has read. Standard library alone, Linux alone."""

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import suppress

from . import landlock, seccomp

SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
RANDOM = ("/dev/urandom", "/dev/random")
DEVICES = ("/dev/null", "/dev/zero")
CAPABILITIES = 0x20080522  # the version of the structure that lists them
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
FILES = 64  # that may be open at once


def lacking() -> str:
    """What this machine lacks to isolate a program, "" where it lacks nothing."""
    if sys.platform != "linux":
        return f"Linux (this is {sys.platform})"
    if not seccomp.available():
        return "seccomp on x86_64 or aarch64"
    return "" if landlock.version() else "Landlock (a kernel from 5.13 on that has it switched on)"


def limit(limits: Mapping[str, int], *, isolated: bool) -> None:
    """Bound what this process may use, within what it may already; without isolation, also to start no process.

    Raises OSError or ValueError where the system will not; without isolation such a bound is left out.
    """
    bounds = {
        resource.RLIMIT_CPU: (limits["cpu_seconds"], limits["cpu_seconds"] + 1),
        resource.RLIMIT_AS: (limits["memory"],) * 2,
        resource.RLIMIT_FSIZE: (limits["file"],) * 2,
        resource.RLIMIT_NOFILE: (FILES, FILES),
        resource.RLIMIT_CORE: (0, 0),
    }
    if not isolated:
        bounds[resource.RLIMIT_NPROC] = (0, 0)
    for name, wanted in bounds.items():
        most = resource.getrlimit(name)[1]
        soft, hard = (bound if most == resource.RLIM_INFINITY else min(bound, most) for bound in wanted)
        with suppress(*(() if isolated else (OSError, ValueError))):
            resource.setrlimit(name, (soft, hard))


def isolate(folder: str, parent: int) -> None:
    """Give up capabilities, all files outside of the folder, and all calls that reach beyond this process, for good.

    Python's own files and the system's stay readable. Raises OSError where the kernel does not go along.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise OSError("the process that started it is gone")
    none = (ctypes.c_uint32 * 6)()
    if libc.capset((ctypes.c_uint32 * 2)(CAPABILITIES, 0), none):
        raise OSError(ctypes.get_errno(), f"capabilities: {os.strerror(ctypes.get_errno())}")
    if libc.prctl(seccomp.NO_NEW_PRIVILEGES, 1, 0, 0, 0):  # which Landlock asks for
        raise OSError(ctypes.get_errno(), f"no new privileges: {os.strerror(ctypes.get_errno())}")
    landlock.restrict((*SYSTEM, *RANDOM, *_python()), DEVICES, folder)
    seccomp.filter_calls()


def _python() -> set[str]:
    """Where this Python keeps its own files and its packages."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    return {os.path.realpath(sysconfig.get_path(name)) for name in names} | {
        os.path.join(os.path.realpath(prefix), room)
        for prefix in (sys.prefix, sys.base_prefix)
        for room in ("lib", "pyvenv.cfg")
    }
