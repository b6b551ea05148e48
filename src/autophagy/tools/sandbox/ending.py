"""What a sandboxed program may use, and how it ended."""

from dataclasses import dataclass
from typing import Literal, get_args

from ...core.errors import must

State = Literal["passed", "failed", "error", "timed out", "out of memory", "refused"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use: seconds of the processor and of the clock, and bytes.

    `memory` bounds its address space, `file` each file that it writes, `folder` all of them, and `output` what is kept
    of what it prints. It may start threads, which share its memory, and no process.
    """

    cpu_seconds: int = 5
    seconds: float = 20.0
    memory: int = 1 << 30
    file: int = 16 << 20
    folder: int = 64 << 20
    output: int = 64 << 10

    def __post_init__(self) -> None:
        for name in ("cpu_seconds", "seconds", "file", "folder", "output"):
            must(getattr(self, name) > 0, name, getattr(self, name), "above 0")
        must(self.memory >= 64 << 20, "memory", self.memory, "at least 64 MiB, which Python itself takes")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a program ended, in a word and a sentence.

    "passed" has run to its end with all of its tests, "failed" broke an assertion of the tests, "error" is anything
    else that went wrong in it, and "refused" was never run. `cut` counts the bytes of the output that were not kept.
    """

    state: State
    sentence: str
    output: str = ""
    cut: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
