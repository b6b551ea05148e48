"""The most memory that this process held while something was done."""

import math
from pathlib import Path
from types import TracebackType

RESET = "5"  # to /proc/self/clear_refs: the peak begins anew (proc(5))
SELF = Path("/proc/self")


class Peak:
    """The peak of resident memory between entering and leaving, in `bytes`; NaN where the system does not tell.

    It holds all that the process had loaded before, so that arms of one comparison differ by less than they would
    alone, and none of the memory of an accelerator. Linux tells it.
    """

    def __init__(self) -> None:
        self.bytes = math.nan
        self._known = False

    def __enter__(self) -> "Peak":
        try:
            (SELF / "clear_refs").write_text(RESET)
        except OSError:  # no Linux, or a container that forbids it: an earlier peak must not be taken for this one
            return self
        self._known = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._known:
            lines = (SELF / "status").read_text().splitlines()
            self.bytes = next((1024.0 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), math.nan)
