"""Open a run folder of any verb."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..audit.record import AuditRecord
from ..compare.record import Comparison
from ..core.errors import RecordError
from ..core.folder import SPEC, RunFolder
from ..curate.record import CurationRecord
from ..drift.record import DriftRecord
from ..drift.snapshot.record import SnapshotRecord
from ..drift.watch.result import is_looks, open_looks
from ..forecast.record import ForecastRecord
from ..generate.record import GenerationRecord
from ..loop.record import Record
from ..results.result import Result

LONGEST = 1 << 20  # bytes of a spec
RECORDS: tuple[type[RunFolder], ...] = (
    Record,
    Comparison,
    ForecastRecord,
    AuditRecord,
    CurationRecord,
    DriftRecord,
    SnapshotRecord,
    GenerationRecord,
)


def open(folder: str | Path) -> Result:
    """The Result of a run folder, finished or not, or of a file of looks; raises RecordError where it is neither.

    `frame()` has every recorded value, `summary()` every figure with its interval, `verdict` the sentences, and
    `plot("recall")` a chart.
    """
    path = Path(folder).expanduser()
    shown: Result = open_looks(path) if is_looks(path) else record_of(path).result()
    return shown


def record_of(folder: str | Path) -> RunFolder:
    """The reader of a run folder, told by the fields of its spec; raises RecordError where the folder is no run."""
    return read(folder)[0]


def read(folder: str | Path) -> tuple[RunFolder, Mapping[str, Any]]:
    """The reader of a run folder with the fields of its spec, as they are written there."""
    path = Path(folder).expanduser()
    if not (path / SPEC).is_file():
        raise RecordError(f"{path} is no run folder, for it has no {SPEC}: give the --out folder of a run.")
    try:
        if (path / SPEC).stat().st_size > LONGEST:
            raise RecordError(f"{path / SPEC} is too long for a spec: give the --out folder of a run.")
        fields = tomllib.loads((path / SPEC).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RecordError(f"{path / SPEC} cannot be read ({error}): give another folder.") from error
    for kind in RECORDS:
        if fields and fields.keys() <= kind.spec_type.model_fields.keys():
            return kind(path), fields
    raise RecordError(f"{path / SPEC} is the spec of no verb: give the --out folder of a run.")
