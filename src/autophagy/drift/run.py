"""A recorded comparison of answers: both logs are read, every answer is marked, and what changed is written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..core.files import write_json, write_lines
from ..core.folder import close, opened
from ..core.logged import Log
from ..core.machine import available_cores, surroundings
from ..core.registry import load_plugin
from ..data.logs.read import read_log
from ..data.stored.gather import digests
from .compare import compare
from .record import DRIFT, FLIPS, DriftRecord
from .rules import rule
from .spec import DriftSpec
from .verdict import verdict

Told = Callable[[str, Sequence[str]], None]


def run(spec: DriftSpec, out: str | Path, *, resume: bool = False, tell: Told | None = None) -> DriftRecord:
    """Compare the answers of a spec and record what changed in the folder `out`; one that is there is written anew.

    `tell` is told of how each log was read; `resume` makes no difference. Raises AutophagyError, and RecordError where
    the folder holds something else.
    """
    record = DriftRecord(out)
    for path in spec.plugins:
        load_plugin(path)
    for part in spec.rules:
        rule(part)
    environment = surroundings(spec.plugins, available_cores()) | {"files": digests(spec.paths)}
    with opened(record, spec, environment, resume=True):
        logs = [read_log(path) for path in spec.paths]
        for path, log in zip(spec.paths, logs, strict=True):
            if tell:
                tell(f"{path}", log.notes)
        document, flips = _compared(spec, logs)
        write_lines(record.folder / FLIPS, flips)
        write_json(record.folder / DRIFT, document)
        close(record)
    return record


def _compared(spec: DriftSpec, logs: Sequence[Log]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    before, after = logs[0], logs[1] if len(logs) > 1 else None
    found = compare(
        before,
        after,
        chosen=(spec.from_model, spec.to_model),
        rules=spec.rules,
        tolerance=spec.tolerance,
        seed=spec.seed,
    )
    document: dict[str, Any] = {
        "tasks": found.tasks,
        "alone": found.alone,
        "notes": list(dict.fromkeys(note for log in logs for note in log.notes)),
        "unreadable": sum(log.unreadable for log in logs),
        "tolerance": spec.tolerance,
    }
    return document | {"verdict": verdict(document)}, [flip.json() for flip in found.flips]
