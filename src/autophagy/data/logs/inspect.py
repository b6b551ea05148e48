"""Logs of inspect_ai, `.eval` and `.json`: read by the library itself, with its scores as marks."""

import math
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import DataError, need
from ...core.logged import Log, Logged, Task
from ...core.parts import Part
from ...core.questions import LETTERS, Answer, Question
from .build import LogBuilder
from .cells import date_of, number_of, stop_of

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample

HEAD = (b'{"version"', b'{"status"', b'{"eval"')  # how a log begins in JSON, blanks aside


def fits(data: bytes) -> bool:
    """Whether a file is a log of inspect_ai, by its first bytes, or by the names in the archive."""
    if data.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(BytesIO(data)).namelist()
        except zipfile.BadZipFile:
            return False
        return "header.json" in names or any(name.startswith("_journal/") for name in names)
    start = b"".join(data[:200].split())
    return start.startswith(HEAD) and b'"eval":{' in b"".join(data[:2000].split())


def read(path: Path) -> Log:
    """The Log of one evaluation; raises DataError where it cannot be read, and MissingExtra without inspect_ai."""
    need("inspect_ai", "a log of inspect_ai")
    from inspect_ai.log import read_eval_log

    try:
        log = read_eval_log(str(path), resolve_attachments=True)
    except Exception as error:  # whatever its validation raises of a damaged file
        reason = " ".join(str(error).split())[:160].rstrip(".")
        raise DataError(f"{path} cannot be read as a log of inspect_ai ({reason}): is it whole?") from error
    found, name = LogBuilder(), log.eval.task.rpartition("/")[2]
    if log.status != "success":
        found.notes.append(f"{path}: the evaluation ended with {log.status}, so that samples may be missing.")
    for sample in log.samples or ():
        found.put(_logged(sample, log, name))
    scored = [mark for row in found.rows for mark in row.marks]
    if scored:
        rule = Part("recorded", {"mark": scored[0]})
        found.tasks[name] = Task(name, rule, rule, name)
        found.notes.append(f"{name}: the marks are those of the scorer {scored[0]}, as the log holds them.")
    found.guess()
    return found.log(str(path))


def _logged(sample: "EvalSample", log: "EvalLog", task: str) -> Logged:
    golds = (sample.target,) if isinstance(sample.target, str) else tuple(sample.target)
    known = tuple(gold for gold in golds if gold)
    output, usage = sample.output, sample.output.usage
    type_ = (sample.metadata or {}).get("type")
    question = Question(
        f"{task}/{sample.id}", _prompt(sample), known, type=str(type_ or task), choices=tuple(sample.choices or ())
    )
    answer = Answer(
        question.id,
        output.completion,
        tokens_in=usage.input_tokens if usage else math.nan,
        tokens_out=usage.output_tokens if usage else math.nan,
        seconds=number_of(output.time if output.time is not None else sample.working_time),
        error=sample.error.message if sample.error else (output.error or ""),
        stop=stop_of(output.stop_reason) if output.choices else "",
    )
    return Logged(
        task,
        question,
        answer,
        log.eval.model,
        sample.epoch - 1,
        money=number_of(usage.total_cost) if usage else math.nan,
        date=date_of(sample.started_at or log.eval.created),
        fingerprint=str((output.metadata or {}).get("system_fingerprint") or ""),
        marks=dict(_marks(sample)),
    )


def _prompt(sample: "EvalSample") -> str:
    """What the model was asked; a conversation with its roles, and the options of a choice behind their letters."""
    if isinstance(sample.input, str):
        text = sample.input
    elif len(sample.input) == 1:
        text = sample.input[0].text
    else:
        text = "\n\n".join(f"{message.role}: {message.text}" for message in sample.input)
    options = zip(LETTERS, sample.choices or (), strict=False)
    return "\n".join([text, *(f"({letter}) {choice}" for letter, choice in options)])


def _marks(sample: "EvalSample") -> Iterator[tuple[str, float]]:
    """The scores as marks by the names of their scorers, NaN where one is none; a dictionary's as SCORER.KEY."""
    for name, score in (sample.scores or {}).items():
        if isinstance(score.value, Mapping):
            for key, value in score.value.items():
                yield _plain(f"{name}.{key}"), _mark(value)
        else:
            yield _plain(name), _mark(score.value)


def _mark(value: Any) -> float:
    """A score as a number: C and I are 1 and 0, P is one half; NaN where it is none, as a word of another scale."""
    letters = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
    return letters[value] if isinstance(value, str) and value in letters else number_of(value)


def _plain(name: str) -> str:
    """A name that a rule can hold."""
    return name.replace(",", ";").strip()
