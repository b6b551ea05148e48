"""Running: what a sandboxed process prints and says, until it ends or has to be ended."""

import os
import secrets
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from typing import IO, cast

from .ending import STATES, Ending, Limits, State
from .folder import size
from .program import LONGEST, READY

TICK = 0.1  # seconds after which its time and its folder are looked at again
CHUNK = 1 << 16  # bytes that are read at once, and the most that it may say of itself


class Running:
    """A running process: what it prints to its output, and says with its token to `told`, a pipe."""

    def __init__(self, process: "subprocess.Popen[bytes]", told: int, token: str, folder: str, limits: Limits) -> None:
        self.process, self.told, self.token, self.folder, self.limits = process, told, token, folder, limits
        self.output = cast(IO[bytes], process.stdout)
        self.printed, self.said, self.cut = bytearray(), bytearray(), 0
        self.start, self.cpu_seconds = time.monotonic(), 0.0
        self.stopped: tuple[State, str] | None = None

    def follow(self) -> None:
        """Read what it prints until it has ended, or uses up its time or its folder."""
        looked, deadline = 0.0, self.start + self.limits.seconds
        with selectors.DefaultSelector() as pipes:
            for pipe in (self.told, self.output.fileno()):
                pipes.register(pipe, selectors.EVENT_READ)
            while not (self._has_ended() or self.stopped):
                self._read(pipes, TICK)
                now = time.monotonic()
                if now > deadline:
                    self.stopped = "timed out", f"It ran longer than {self.limits.seconds:g} s."
                elif now > looked + TICK:
                    looked = now
                    if size(self.folder, self.limits.folder) > self.limits.folder:
                        self.stopped = "error", f"It filled its folder with more than {self.limits.folder:,} bytes."
            while self._read(pipes, 0) and time.monotonic() < deadline:
                pass  # what stood in the pipes when it ended

    def end(self) -> None:
        """Kill its whole group, and close its output."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self._has_ended(0)
        self.output.close()

    def ending(self) -> Ending:
        """How it ended, from what it said and, where it said nothing, from how it went."""
        text = self.printed.decode("utf-8", "replace")
        return Ending(*self._how(text), text, self.cut, time.monotonic() - self.start, self.cpu_seconds)

    def _read(self, pipes: selectors.BaseSelector, seconds: float) -> bool:
        """Read what there is; whether there was any."""
        if not pipes.get_map():  # it closed them, and goes on
            time.sleep(seconds / 10)
            return False
        found = [key.fd for key, _ in pipes.select(seconds)]
        for pipe in found:
            chunk = os.read(pipe, CHUNK)
            if not chunk:
                pipes.unregister(pipe)
            into, most = (self.said, CHUNK) if pipe == self.told else (self.printed, self.limits.output)
            kept = chunk[: max(0, most - len(into))]
            into += kept
            self.cut += len(chunk) - len(kept)
        return bool(found)

    def _has_ended(self, flags: int = os.WNOHANG) -> bool:
        if self.process.returncode is None:
            process, status, usage = os.wait4(self.process.pid, flags)
            if process:
                self.process.returncode = os.waitstatus_to_exitcode(status)
                self.cpu_seconds = usage.ru_utime + usage.ru_stime
        return self.process.returncode is not None

    def _how(self, printed: str) -> tuple[State, str]:
        ready, _, said = self.said.decode("utf-8", "replace").partition("\n")
        code, most = self.process.returncode, self.limits.cpu_seconds
        if ready != READY:
            last = printed.strip().rpartition("\n")[2][:LONGEST] or f"exit code {code}"
            return "refused", f"the sandbox did not start ({last})"
        if self.stopped:
            return self.stopped
        token, _, rest = said.partition("\n")
        state, _, sentence = rest.partition("\n")
        if secrets.compare_digest(token.encode(), self.token.encode()) and state in STATES:
            return state, sentence
        if code == -signal.SIGXCPU or self.cpu_seconds >= most:
            return "timed out", f"It used more than {most} s of the processor."
        if code < 0:
            return "error", f"It was ended by signal {-code} ({signal.strsignal(-code)})."
        return "error", "It ended before its tests did."
