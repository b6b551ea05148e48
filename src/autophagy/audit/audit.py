"""An audit from Python: rows in, what is in them out."""

from pathlib import Path
from typing import Any

from ..core.borrowed import made_in
from ..data.memory.beside import check_texts
from ..data.memory.same import as_paths
from .result import AuditResult
from .run import run
from .spec import AuditSpec


def audit(data: Any, *, out: str | Path | None = None, workers: int | None = None, **settings: Any) -> AuditResult:
    """What is in rows of text: a path, a frame, a data set of Hugging Face, or a list of texts or of dicts.

    `settings` are fields of an AuditSpec, such as `curators=["duplicates"]` and `reference=frame`. It is recorded in
    the folder `out`, or in a temporary one that lasts as long as the result. Raises AutophagyError.
    """
    _, paths = as_paths(data)
    check_texts(settings)
    spec = AuditSpec(paths=paths, **settings)
    return made_in(out, lambda folder: AuditResult(run(spec, folder, workers=workers)))
