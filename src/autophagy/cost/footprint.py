"""What a run costs in energy and carbon, and by which method: a file of its own, to which each session adds.

A session writes a line when it begins and one when it ends, so one that was killed is known to be missing, and the sum
is unknown rather than too small. Nothing that a result depends on is in the file.
"""

import logging
import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from ..core.errors import AutophagyError, RecordError
from ..core.files import Line, append, read_lines
from ..core.folder import FOOTPRINT, RunFolder
from ..core.known import or_nan, or_null
from .energy import NONE, Energy, Meter, carbon
from .grid import VARIABLE, PowerGrid, chosen_grid
from .units import mass, watt_hours

LOG = logging.getLogger(__name__)
HERE = (None, "local")  # the addresses of a Ray cluster that is this machine alone
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Footprint:
    """Energy with its method and grams of CO2 equivalent by the grids that they were counted with; unknown is NaN.

    It is of so many `sessions`, measured by the `methods`; `missing` of them left none: they were killed, or go on.
    """

    energy: Energy = field(default_factory=Energy)
    grams: float = math.nan
    grids: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    sessions: int = 0
    missing: int = 0

    def json(self) -> dict[str, Any]:
        """The footprint as JSON has it: null for what is unknown."""
        return {
            "joules": or_null(self.energy.joules),
            "seconds": or_null(self.energy.seconds),
            "method": self.energy.method,
            "grams_co2e": or_null(self.grams),
            "grids": list(self.grids),
            "methods": list(self.methods),
            "sessions": self.sessions,
            "missing_sessions": self.missing,
        }

    def __str__(self) -> str:
        """In words, to follow "Energy:"; nothing of a run of which no session is recorded."""
        if not self.sessions:
            return ""
        if self.missing:
            return f"{UNKNOWN}, because {self.missing} of {self.sessions} sessions left no figure (killed, or running)"
        took = f"in {self.energy.seconds:,.1f} s"
        if len(self.methods) > 1:
            return f"{UNKNOWN} {took}, because figures of different methods cannot be added ({', '.join(self.methods)})"
        if math.isnan(self.energy.joules):
            return f"{UNKNOWN} {took}, because no energy counter could be read"
        spent = f"{watt_hours(self.energy.joules)} of this machine {took} ({self.energy.method})"
        if math.isnan(self.grams):
            return f"{spent}; carbon {UNKNOWN}, because {VARIABLE} names no grid"
        return f"{spent}, {mass(self.grams)} CO2e ({'; '.join(self.grids)})"


@contextmanager
def metered(record: RunFolder, ray: str | None = None) -> Iterator[None]:
    """Measure what is done for a run in its open folder, and add that to what its earlier sessions took.

    Nothing is guessed: where no counter can be read, or others than this machine work on it, it is unknown. A run that
    is complete stays as it is, and so does one that cannot be gone on with, for it is damaged. Raises UsageError where
    the environment names a grid that there is none of.
    """
    if record.done:
        yield
        return
    grid, path = chosen_grid(), record.folder / FOOTPRINT
    before, finished = _size(path), _finished(record)
    append(path, [{"began": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}])
    meter, counts = Meter(guess=False), True
    try:
        with meter:
            yield
    except RecordError:
        counts = finished != _finished(record)
        if not counts:
            _take_back(path, before)
        raise
    finally:
        if counts and not math.isnan(meter.energy.seconds):  # else it was interrupted before anything was measured
            _end(path, meter.energy if ray in HERE else Energy(seconds=meter.energy.seconds), grid)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _finished(record: RunFolder) -> int:
    """The bytes of what a run has finished, by which a session is told that did nothing."""
    return _size(record.folder / record.journal) if record.journal else 0


def _take_back(path: Path, size: int) -> None:
    """Leave the file as it was before a session that could not begin."""
    with suppress(OSError):
        if size:
            os.truncate(path, size)
        else:
            path.unlink()


def _end(path: Path, energy: Energy, grid: PowerGrid | None) -> None:
    """Add what a session took; where that cannot be written, the run itself is none the worse."""
    known = math.nan if grid is None else carbon(energy.joules, grid.grams_per_kwh)
    line: Line = {
        "joules": or_null(energy.joules),
        "seconds": energy.seconds,
        "method": energy.method,
        "grams_co2e": or_null(known),
        "grid": str(grid) if grid else None,
    }
    try:
        append(path, [line])
    except AutophagyError as error:
        LOG.warning("autophagy: the energy of this session is not recorded: %s", error)


def footprint(folder: Path) -> Footprint:
    """What all sessions took that worked on a run folder, together; of none where they cannot be read."""
    try:
        lines = read_lines(folder / FOOTPRINT)
        ended = [line for line in lines if "began" not in line]
        energies = [Energy(or_nan(line["joules"]), float(line["seconds"]), str(line["method"])) for line in ended]
        masses = [or_nan(line["grams_co2e"]) for line in ended]
        grids, methods = (tuple(dict.fromkeys(filter(None, (line[of] for line in ended)))) for of in ("grid", "method"))
    except (RecordError, OSError, KeyError, TypeError, ValueError):
        return Footprint()
    sessions = len(lines) - len(ended)
    if len(ended) != sessions or not ended:
        return Footprint(grids=grids, methods=methods, sessions=sessions, missing=sessions - len(ended))
    total = reduce(add, energies)
    return Footprint(total, math.nan if total.method == NONE else sum(masses), grids, methods, sessions)
