"""Seccomp: a process gives up system calls for good; the kernel looks at each with a filter of a few lines.

Ref: the kernel's Documentation/userspace-api/seccomp_filter.rst; the machine is that of McCanne and Jacobson (1993),
"The BSD packet filter".
"""

import ctypes
import os
import platform
from collections.abc import Iterable

from .syscalls import ALLOWED, CLOSER, numbers

LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06  # load a word; jump if equal, if a bit is set; decide
NUMBER, MACHINE = 0, 4  # where the number of the call and the machine stand; the arguments stand from 16 on
ALLOW, KILL, DENY = 0x7FFF0000, 0x80000000, 0x00050000  # DENY + the number of an error
NOT_PERMITTED, NOT_THERE = 1, 38  # EPERM and ENOSYS of <errno.h>
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_... of <linux/audit.h>
NEW = 424  # from here on calls are numbered alike on every processor; libraries do without those that are "not there"
NO_NEW_PRIVILEGES, SET_FILTER, FILTER = 38, 22, 2  # of prctl, <sys/prctl.h>
THREAD, NAME, UNIX, STREAM = 0x10000, 15, 1, 1  # CLONE_THREAD, PR_SET_NAME, AF_UNIX, SOCK_STREAM
OWNERS = (8, 10, 15)  # the commands of fcntl by which another process could be sent signals
PULLED = (0x8901, 0x8902, 0x5412)  # requests of ioctl: the same, and typing into a terminal

Step = tuple[int, int, int, int]  # what to do, how far to jump if so and if not, and the number to do it with


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Instruction)))


def available() -> bool:
    """Whether this processor's calls are known, and the kernel takes filters."""
    return platform.machine() in MACHINES and os.path.exists("/proc/sys/kernel/seccomp")


def filter_calls() -> None:
    """Give up every system call that the table does not allow. Raises OSError where the kernel will not."""
    steps = program(platform.machine(), os.getpid())
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    filtering = ctypes.byref(_Program(len(steps), array))
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SET_FILTER, FILTER, filtering, 0, 0):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def program(machine: str, process: int) -> list[Step]:
    """The filter for a process: what it may call, and with which arguments. Raises KeyError for an unknown machine."""
    steps: list[Step] = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, MACHINES[machine]), _return(KILL), (LOAD, 0, 0, NUMBER)]
    for number in numbers(ALLOWED, machine).values():
        steps += _where(number, [_return(ALLOW)])
    for name, number in numbers(CLOSER, machine).items():
        steps += _where(number, _rule(name, process))
    return [*steps, (0x35, 0, 1, NEW), _return(DENY + NOT_THERE), _return(DENY + NOT_PERMITTED)]  # 0x35: if not below


def _rule(name: str, process: int) -> list[Step]:
    """What is decided of a call by its arguments."""
    if name == "clone3":  # whose flags a filter cannot see: libraries then take clone
        return [_return(DENY + NOT_THERE)]
    if name == "clone":  # a thread, and no process
        return [_argument(0), (ANY_BIT, 0, 1, THREAD), _return(ALLOW), _return(DENY + NOT_PERMITTED)]
    if name == "socketpair":  # a stream, which cannot be sent elsewhere
        kind = [_argument(1), (0x54, 0, 0, 0xF), *_only([STREAM])]  # 0x54: the bits that say so
        return [_argument(0), (EQUAL, 1, 0, UNIX), _return(DENY + NOT_PERMITTED), *kind]
    if name == "prctl":  # the name of a thread
        return [_argument(0), *_only([NAME])]
    if name in ("fcntl", "ioctl"):
        refused = OWNERS if name == "fcntl" else PULLED
        return [_argument(1), *(step for command in refused for step in _where(command, _deny())), _return(ALLOW)]
    return [_argument(0), *_only([0, process])]  # signals and limits of its own


def _only(values: Iterable[int]) -> list[Step]:
    return [*(step for value in values for step in _where(value, [_return(ALLOW)])), *_deny()]


def _where(value: int, then: list[Step]) -> list[Step]:
    return [(EQUAL, 0, len(then), value), *then]


def _argument(place: int) -> Step:
    return LOAD, 0, 0, 16 + 8 * place  # its low half, which is all that these calls look at


def _deny() -> list[Step]:
    return [_return(DENY + NOT_PERMITTED)]


def _return(decision: int) -> Step:
    return RETURN, 0, 0, decision
