"""A recorded forecast: worked out whole, then written to a folder."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.files import write_json
from ..core.folder import close, opened
from ..core.machine import available_cores, surroundings
from ..cost.footprint import metered
from ..scale.processes import processes
from ..scale.threads import threads
from .forecast import Forecast, Progress, forecast
from .record import RESULT, ForecastRecord
from .spec import ForecastSpec

if TYPE_CHECKING:
    from .calibrate.calibration import CalibratedRun

LOG = logging.getLogger(__name__)


def run(
    spec: ForecastSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    ray: str | None = None,
    progress: Progress | None = None,
) -> ForecastRecord:
    """Forecast a spec and record it in the folder `out`; a forecast of the same spec that is there is written anew.

    `workers` processes draw a map (default: one a core), of this machine or of the Ray cluster at the address `ray`,
    and `progress` is told its rows that are done, and all; `resume` makes no difference. Raises AutophagyError, and
    RecordError where the folder holds something else.
    """
    record = ForecastRecord(out)
    with opened(record, spec, surroundings(spec.plugins, available_cores()), resume=True), metered(record, ray):
        record.found = foretell(spec, workers, ray, progress)
        write_json(record.folder / RESULT, record.found.document())
        close(record)
    return record


def foretell(
    spec: ForecastSpec, workers: int | None = None, ray: str | None = None, progress: Progress | None = None
) -> "Forecast | CalibratedRun":
    """The forecast of a spec, or, where it names a recorded run, the calibration on it; nothing is written."""
    if spec.calibrate is not None:
        from .calibrate.calibrate import calibrate  # which reads the record of a loop

        more = spec.generations if "generations" in spec.model_fields_set else None
        return calibrate(Path(spec.calibrate), spec.first, more)
    processes(workers, 1)  # a number that is none is told at once
    LOG.debug("forecasting %s", spec.model)
    with threads(1):  # each process of a map has one, so that the figures do not hang on how many there are
        return forecast(spec, workers=workers, ray=ray, progress=progress)
