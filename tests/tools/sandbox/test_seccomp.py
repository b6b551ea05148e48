"""The filter of system calls: its table against the kernel's headers, and its decisions by a machine of our own."""

import re
from pathlib import Path

import pytest

from autophagy.tools.sandbox.seccomp import ALLOW, DENY, KILL, MACHINES, program
from autophagy.tools.sandbox.syscalls import ALLOWED, CLOSER, numbers

HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"),
    "aarch64": ("/usr/include/asm-generic/unistd.h",),
}
PROCESS = 4321
NOT_PERMITTED, NOT_THERE = DENY + 1, DENY + 38


def decided(machine, number, *arguments, architecture=None):
    """What the filter decides of a call, by running it."""
    memory = {0: number, 4: MACHINES[machine] if architecture is None else architecture}
    memory |= {16 + 8 * place: value for place, value in enumerate((*arguments, *(0,) * (6 - len(arguments))))}
    steps, at, word = program(machine, PROCESS), 0, 0
    while True:
        code, yes, no, k = steps[at]
        at += 1
        if code == 0x20:
            word = memory[k]
        elif code == 0x54:
            word &= k
        elif code == 0x06:
            return k
        else:
            true = {0x15: word == k, 0x45: bool(word & k), 0x35: word >= k}[code]
            at += yes if true else no


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernel(machine):
    path = next((Path(name) for name in HEADERS[machine] if Path(name).exists()), None)
    if path is None:
        pytest.skip("the kernel's headers are not installed")
    known = dict(re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)", path.read_text()))
    known.setdefault("newfstatat", known.get("fstatat"))
    ours = numbers(ALLOWED, machine) | numbers(CLOSER, machine)
    assert {name: str(number) for name, number in ours.items()} == {name: known[name] for name in ours}
    table = {
        name for line in (ALLOWED + CLOSER).splitlines() if line[:1] != "#" for name in re.findall(r"[a-z]\w+", line)
    }
    assert not {name for name in table - ours.keys() if name in known}, "it is said to be lacking"


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_in_the_table_is_allowed_and_nothing_else(machine):
    allowed, closer = set(numbers(ALLOWED, machine).values()), set(numbers(CLOSER, machine).values())
    for number in range(600):
        if number not in closer:
            expected = ALLOW if number in allowed else NOT_THERE if number >= 424 else NOT_PERMITTED
            assert decided(machine, number) == expected, number
    assert decided(machine, 0x40000000) == NOT_THERE  # the calls of x32
    assert decided(machine, 1, architecture=0x40000003) == KILL  # those of 32 bits


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "decision"),
    [
        ("clone", (0x3D0F00,), ALLOW),  # as threads are started
        ("clone", (0x1200011,), NOT_PERMITTED),  # as processes are
        ("clone", (0x4111,), NOT_PERMITTED),  # vfork
        ("clone3", (0,), NOT_THERE),
        ("kill", (PROCESS, 9), ALLOW),
        ("kill", (PROCESS + 1, 9), NOT_PERMITTED),
        ("kill", (0xFFFFFFFF, 9), NOT_PERMITTED),
        ("tgkill", (PROCESS, PROCESS, 6), ALLOW),
        ("tgkill", (1, 1, 6), NOT_PERMITTED),
        ("prctl", (15,), ALLOW),
        ("prctl", (1,), NOT_PERMITTED),
        ("prlimit64", (0,), ALLOW),
        ("prlimit64", (1,), NOT_PERMITTED),
        ("socketpair", (1, 0x80801), ALLOW),
        ("socketpair", (1, 2), NOT_PERMITTED),
        ("socketpair", (2, 1), NOT_PERMITTED),
        ("fcntl", (3, 1), ALLOW),
        ("fcntl", (3, 8), NOT_PERMITTED),
        ("ioctl", (3, 0x5401), ALLOW),
        ("ioctl", (3, 0x5412), NOT_PERMITTED),
    ],
)
def test_what_depends_on_arguments(machine, name, arguments, decision):
    assert decided(machine, numbers(CLOSER, machine)[name], *arguments) == decision


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    "name",
    [
        *("socket", "connect", "bind", "execve", "fork", "vfork", "ptrace", "mount", "chmod", "chown", "truncate"),
        *("unshare", "setns", "io_uring_setup", "memfd_create", "pidfd_open", "process_vm_readv", "setsid", "bpf"),
    ],
)
def test_the_dangerous_ones_are_in_no_table(machine, name):
    assert name not in numbers(ALLOWED, machine) | numbers(CLOSER, machine)
