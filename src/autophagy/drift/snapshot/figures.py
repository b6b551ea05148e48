"""What a snapshot's answers come to: marks, how far answers to one prompt differ, latency, tokens and money."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.files import Line
from ...core.logged import Log, Logged, Task
from ...core.registry import entries
from ...data.logs.snapshot import Key, settled
from ...statistics.intervals import finite
from ...statistics.paired import mean
from ..rules import Ruled, rule

SHOWN = 8  # answers of a histogram


def document_of(log: Log, lines: Mapping[Key, Line], wanted: int, currency: str) -> dict[str, Any]:
    """The figures of all answers, as the command line's JSON has them; `wanted` answers are to be there at the end."""
    by_task: dict[str, list[Logged]] = {}
    for row in log.rows:
        by_task.setdefault(row.task, []).append(row)
    return {
        "tasks": [_task(log.tasks[name], rows) for name, rows in by_task.items()],
        "answers": _counts(lines, wanted),
        "fingerprints": dict(Counter(row.fingerprint for row in log.rows if row.fingerprint)),
        "dates": _ends(sorted(row.date for row in log.rows if row.date)),
        "tokens": [_total([getattr(row.answer, name) for row in log.rows]) for name in ("tokens_in", "tokens_out")],
        "money": _total([row.money for row in log.rows]),
        "currency": currency,
        "seconds": _percentiles([row.answer.seconds for row in log.rows]),
        "notes": list(log.notes),
    }


def _counts(lines: Mapping[Key, Line], wanted: int) -> dict[str, Any]:
    """How many answers are there, and what became of the others."""
    failed = Counter(line["error"] for line in lines.values() if line["error"])
    return {
        "wanted": wanted,
        "settled": sum(map(settled, lines.values())),
        "cut": sum(line["stop"] == "length" for line in lines.values()),
        "failed": failed.total(),
        "unasked": wanted - len(lines),
        "reasons": dict(failed.most_common()),
    }


def _task(task: Task, rows: Sequence[Logged]) -> dict[str, Any]:
    by_prompt: dict[str, list[Logged]] = {}
    for row in rows:
        by_prompt.setdefault(row.question.id, []).append(row)
    groups = list(by_prompt.values())
    clusters = [group[0].question.document for group in groups]
    marked = {name: [list(map(rule(part), group)) for group in groups] for name, part in _rules(task).items()}
    said = Counter(_said(one, two) for one, two in zip(*map(_flat, marked.values()), strict=True))
    told = [group for group in groups if sum(not row.answer.error for row in group) > 1]
    same = sum(len({row.answer.text for row in group if not row.answer.error}) == 1 for group in told)
    return {
        "task": task.name,
        "title": task.title or task.name,
        "rules": {name: str(part) for name, part in _rules(task).items()},
        "prompts": len(groups),
        "answers": len(rows),
        "repeats": max(map(len, groups)),
        "failed": sum(bool(row.answer.error) for row in rows),
        "cut": sum(row.answer.stop == "length" for row in rows),
        **{name: mean([_mean(group) for group in marks], clusters).json() for name, marks in marked.items()},
        "unreadable": sum(
            one.said is None and not math.isnan(one.value) for group in marked["strict"] for one in group
        ),
        "same": {"prompts": same, "of": len(told)},
        "noise": _shown(float(np.mean(noise))) if (noise := _noise(marked["lenient"])) else None,
        "said": dict(said.most_common(SHOWN)) if task.strict.name in entries("reading") else {},
        "characters": _shown(_median([len(row.answer.text) for row in rows if not row.answer.error])),
        "seconds": _percentiles([row.answer.seconds for row in rows]),
        "tokens_out": _shown(_median([row.answer.tokens_out for row in rows])),
        "money": _total([row.money for row in rows]),
    }


def _rules(task: Task) -> dict[str, Any]:
    return {"strict": task.strict, "lenient": task.lenient}


def _flat(groups: Sequence[Sequence[Ruled]]) -> list[Ruled]:
    return [mark for group in groups for mark in group]


def _said(strict: Ruled, lenient: Ruled) -> str:
    """What was read of an answer, leniently where it cannot be read strictly; "" where it cannot at all."""
    return next((each.said for each in (strict, lenient) if each.said is not None), "")


def _mean(marks: Sequence[Ruled]) -> float:
    known = [mark.value for mark in marks if not math.isnan(mark.value)]
    return sum(known) / len(known) if known else math.nan


def _noise(marks: Sequence[Sequence[Ruled]]) -> list[float]:
    """How often two answers to one prompt are marked differently, for each prompt that has two marks."""
    found = []
    for group in marks:
        values = Counter(mark.value for mark in group if not math.isnan(mark.value))
        n = values.total()
        if n > 1:
            found.append(1 - sum(count * (count - 1) for count in values.values()) / (n * (n - 1)))
    return found


def _percentiles(values: Sequence[float]) -> dict[str, float | None]:
    known = finite(values)
    if not len(known):
        return {"median": None, "p95": None}
    return {"median": float(np.median(known)), "p95": float(np.quantile(known, 0.95))}


def _median(values: Sequence[float]) -> float:
    known = finite(values)
    return float(np.median(known)) if len(known) else math.nan


def _total(values: Sequence[float]) -> float | None:
    """The sum of all values; unknown where one of them is."""
    total = float(np.sum(values)) if len(values) else math.nan
    return _shown(total)


def _ends(dates: Sequence[str]) -> list[str]:
    return [dates[0], dates[-1]] if dates else []


def _shown(value: float) -> float | None:
    return value if math.isfinite(value) else None
