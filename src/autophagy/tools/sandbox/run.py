"""Run: start a program in the sandbox, watch it, and say how it ended."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, cast

from .confine import lacking
from .ending import Ending, Limits
from .folder import temporary
from .running import Running

LIMITS = Limits()
PACKAGES = str(Path(__file__).parents[3])
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from autophagy.tools.sandbox.program import main; "
    "del sys.path[0], sys.argv[1:]; main()"
)
FLAGS = ("-s", "-P", "-B", "-X", "utf8")  # no packages of the user, none from the folder, and no files written
REFUSAL = (
    "The code was not run, because it could not be kept from files and the network: {}. "
    "Run it on a machine that can, or unprotected with isolated=false."
)


def run_python(code: str, tests: str = "", *, limits: Limits = LIMITS, isolated: bool = True) -> Ending:
    """Run Python code, then its tests in the same module, in a process of its own with limits and a folder of its own.

    It has no network, no files but its folder's and Python's own, no environment of ours, and starts no process; where
    the machine cannot see to that, the code is refused. Without `isolated` it is bounded in time and memory only.
    """
    lack = lacking() if isolated else ""
    if lack:
        return Ending("refused", REFUSAL.format(f"this machine lacks {lack}"))
    with temporary() as folder:
        with _started(code, tests, folder, limits, isolated=isolated) as running:
            running.follow()
        ending = running.ending()
    return replace(ending, sentence=REFUSAL.format(ending.sentence)) if ending.state == "refused" else ending


@contextmanager
def _started(code: str, tests: str, folder: str, limits: Limits, *, isolated: bool) -> Iterator[Running]:
    """The running process, which has read its code; it and all that it started are gone afterwards."""
    told, tell = os.pipe()
    token = secrets.token_hex()
    request = {"code": code, "tests": tests, "token": token, "result": tell, "isolated": isolated}
    with os.fdopen(told, "rb"):
        try:
            process = subprocess.Popen(
                [sys.executable, *FLAGS, "-c", START, PACKAGES], cwd=folder, env=_environment(folder), pass_fds=(tell,),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(tell)
        running = Running(process, told, token, folder, limits)
        try:
            with suppress(BrokenPipeError), cast(IO[bytes], process.stdin) as pipe:
                pipe.write(json.dumps({**request, "limits": asdict(limits), "parent": os.getpid()}).encode())
            yield running
        finally:
            running.end()


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours: a program finds its folder, and libraries one thread each."""
    names = {"HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return names | {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
