"""What a snapshot's answers come to: marks, how far answers to one prompt differ, latency, tokens and money."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.files import Line
from ...core.known import or_null
from ...core.logged import Log, Logged, Task
from ...core.questions import Question
from ...core.stops import CUT
from ...data.logs.snapshot import Key, settled
from ...statistics.intervals import finite
from ...statistics.paired import mean
from ..habits import UNREADABLE, constant
from ..marks import Side, side_of
from ..rules import rule

SHOWN = 12  # answers of a histogram, and classes


def document_of(log: Log, lines: Mapping[Key, Line], environment: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of all answers, as the command line's JSON has them."""
    by_task: dict[str, list[Logged]] = {}
    for row in log.rows:
        by_task.setdefault(row.task, []).append(row)
    return {
        "tasks": [_task(log.tasks[name], rows) for name, rows in by_task.items()],
        "answers": _counts(lines, int(environment.get("answers", 0))),
        "fingerprints": dict(Counter(row.fingerprint for row in log.rows if row.fingerprint)),
        "dates": _ends(sorted(row.date for row in log.rows if row.date)),
        "tokens": [_total([getattr(row.answer, name) for row in log.rows]) for name in ("tokens_in", "tokens_out")],
        "money": _total([row.money for row in log.rows]),
        "currency": (environment.get("prices") or {}).get("currency", ""),
        "seconds": _percentiles([row.answer.seconds for row in log.rows]),
        "notes": [*environment.get("notes", ()), *log.notes],
    }


def _counts(lines: Mapping[Key, Line], wanted: int) -> dict[str, Any]:
    """How many answers are there, and what became of the others."""
    failed = Counter(line["error"] for line in lines.values() if line["error"])
    return {
        "wanted": wanted,
        "settled": sum(map(settled, lines.values())),
        "cut": sum(line["stop"] == CUT for line in lines.values()),
        "failed": failed.total(),
        "unasked": wanted - len(lines),
        "reasons": dict(failed.most_common()),
    }


def _task(task: Task, rows: Sequence[Logged]) -> dict[str, Any]:
    by_prompt: dict[str, list[Logged]] = {}
    for row in rows:
        by_prompt.setdefault(row.question.id, []).append(row)
    groups = [tuple(group) for group in by_prompt.values()]
    questions = [group[0].question for group in groups]
    side = side_of(groups, rule(task.strict), rule(task.lenient))
    clusters = np.array([question.document for question in questions], dtype=str)
    told = [group for group in groups if sum(not row.answer.error for row in group) > 1]
    same = sum(len({row.answer.text for row in group if not row.answer.error}) == 1 for group in told)
    return {
        "task": task.name,
        "title": task.title or task.name,
        "counts": task.counts,
        "rules": {"strict": str(task.strict), "lenient": str(task.lenient)},
        "prompts": len(groups),
        "answers": side.answers,
        "repeats": side.repeats,
        "failed": side.failed,
        "empty": side.empty,
        "cut": sum(row.answer.cut for row in rows),
        "strict": mean(side.strict, clusters).json(),
        "lenient": mean(side.lenient, clusters).json(),
        "classes": _classes(questions, side, clusters),
        "unreadable": dict(zip(("strict", "lenient"), side.unreadable, strict=True)),
        "same": {"prompts": same, "of": len(told)},
        "noise": mean(side.noise, clusters).json(),
        "said": _said(side),
        "constant": constant(side, questions),
        "characters": _median([len(row.answer.text) for row in rows if not row.answer.error]),
        "seconds": _percentiles([row.answer.seconds for row in rows]),
        "tokens_out": _median([row.answer.tokens_out for row in rows]),
        "money": _total([row.money for row in rows]),
    }


def _said(side: Side) -> dict[str, int]:
    """How often each thing was said, the commonest first; what was cut and failed stands behind, each by itself."""
    said = {said or UNREADABLE: count for said, count in side.histogram.most_common(SHOWN)}
    return said | {f"({why})": count for why, count in side.missing.items() if count} if said else {}


def _classes(questions: Sequence[Question], side: Side, clusters: Any) -> dict[str, Any]:
    """The rates of each class of question, those with most prompts first; nothing where there is only one."""
    kinds = np.array([question.type for question in questions], dtype=str)
    ranked = [name for name, _ in Counter(kinds.tolist()).most_common(SHOWN)]
    rates = {
        str(name): {
            "prompts": int(own.sum()),
            "strict": mean(side.strict[own], clusters[own]).json(),
            "lenient": mean(side.lenient[own], clusters[own]).json(),
        }
        for name in ranked
        for own in [kinds == name]
    }
    return rates if len(rates) > 1 else {}


def _percentiles(values: Sequence[float]) -> dict[str, float | None]:
    known = finite(values)
    if not len(known):
        return {"median": None, "p95": None}
    return {"median": float(np.median(known)), "p95": float(np.quantile(known, 0.95))}


def _median(values: Sequence[float]) -> float | None:
    return _percentiles(values)["median"]


def _total(values: Sequence[float]) -> float | None:
    """The sum of all values; unknown where one of them is."""
    return or_null(float(np.sum(values)) if len(values) else math.nan)


def _ends(dates: Sequence[str]) -> list[str]:
    return [dates[0], dates[-1]] if dates else []
