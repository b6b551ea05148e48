"""A recorded comparison of answers: both logs are read, every answer is marked, and what changed is written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..answering.find import find_model
from ..answering.kept import keeping
from ..core.errors import UsageError
from ..core.files import write_json, write_lines
from ..core.folder import ASKED, close, opened
from ..core.logged import Log
from ..core.machine import available_cores, surroundings
from ..core.memory import InMemory
from ..core.registry import load_plugin
from ..cost.footprint import metered
from ..data.logs.read import read_log
from ..data.logs.snapshot import ANSWERS, PROMPTS, is_snapshot
from ..data.stored.gather import digests
from ..data.world.source import model_path
from .compare import compare
from .judged import RULE, JudgedAnswers, bench
from .models import model_pairs
from .record import DRIFT, FLIPS, JUDGED, DriftRecord
from .rules import rule
from .spec import DriftSpec
from .verdict import verdict

Told = Callable[[str, Sequence[str]], None]


def run(spec: DriftSpec, out: str | Path, *, resume: bool = False, tell: Told | None = None) -> DriftRecord:
    """Compare the answers of a spec and record what changed in the folder `out`; one that is there is written anew.

    What a judge said before it was stopped is not asked again; `resume` makes no difference. `tell` is told of
    how each log was read. Raises AutophagyError, and RecordError where the folder holds something else.
    """
    record = DriftRecord(out)
    for path in spec.plugins:
        load_plugin(path)
    for part in spec.rules:
        rule(part)
    environment = surroundings(spec.plugins, available_cores()) | {"files": digests(_files(spec), record.folder)}
    files = [Path(path).resolve() for path in spec.paths if not isinstance(path, InMemory)]
    if len(set(files)) < len(files):
        raise UsageError(f"{spec.paths[0]} is given twice: give the answers before, and those after.")
    with opened(record, spec, environment, resume=True), metered(record), keeping(record.folder / ASKED):
        logs: Sequence[Log] = [read_log(path) for path in spec.paths]
        for path, log in zip(spec.paths, logs, strict=True):
            if tell:
                tell(f"{path}", log.notes)
        logs, judges = _judged(spec, logs)
        document, flips = _compared(spec, logs, judges)
        write_lines(record.folder / FLIPS, flips)
        if judges:
            write_lines(record.folder / JUDGED, judges.lines(logs, model_pairs(*_models(logs), _chosen(spec))[0]))
        write_json(record.folder / DRIFT, document)
        close(record)
    return record


def _files(spec: DriftSpec) -> list[str | Path]:
    """What is read: of a snapshot its prompts and its answers, for looks and pages are added to its folder."""
    own = {path: [Path(path) / name for name in (PROMPTS, ANSWERS)] for path in spec.paths if is_snapshot(path)}
    return [each for path in spec.paths for each in own.get(path, [path])]


def _judged(spec: DriftSpec, logs: Sequence[Log]) -> tuple[Sequence[Log], JudgedAnswers | None]:
    """The logs with what a judge says of their answers, where the spec names one."""
    if not spec.judge:
        return logs, None
    name = spec.judge if spec.judge_url else model_path(spec.judge)
    model = find_model(name, spec.judge_url or "", one_line=False)
    pairs = model_pairs(*_models(logs), _chosen(spec))
    judges = bench(logs, model, [each for pair in pairs for each in pair])
    return [judges.marked(log) for log in logs], judges


def _models(logs: Sequence[Log]) -> tuple[list[str], list[str] | None]:
    return logs[0].models, logs[1].models if len(logs) > 1 else None


def _chosen(spec: DriftSpec) -> tuple[str, str]:
    return spec.from_model, spec.to_model


def _compared(
    spec: DriftSpec, logs: Sequence[Log], judges: JudgedAnswers | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    before, after = logs[0], logs[1] if len(logs) > 1 else None
    rules = (RULE, *spec.rules) if judges else spec.rules
    found = compare(before, after, chosen=_chosen(spec), rules=rules, tolerance=spec.tolerance, seed=spec.seed)
    document: dict[str, Any] = {
        "tasks": found.tasks,
        "alone": found.alone,
        "notes": list(dict.fromkeys(note for log in logs for note in log.notes)),
        "unreadable": sum(log.unreadable for log in logs),
        "tolerance": spec.tolerance,
        "judge": judges.json() if judges else None,
    }
    return document | {"verdict": verdict(document)}, [flip.json() for flip in found.flips]
