"""What a comparison found: the figures of its arms, the differences between them, the break-even, and the verdict.

Everything is read off the recorded rows; nothing here answers a question.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from ..core.known import or_null
from ..core.streams import stream
from ..cost.break_even import break_even
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, difference
from ..statistics.significance import cochran, detectable, holm, mcnemar
from .diagnosis import MUTE, diagnose
from .figures import average, figures, money
from .labelled import labelled
from .record import Comparison
from .rows import AnswerRows, Floats
from .symptoms import Symptoms
from .verdict import best, counts, verdict

Arm = Mapping[str, Any]


def summarise(record: Comparison) -> dict[str, Any]:
    """The whole result as one JSON document (see the command line's contract)."""
    rows = AnswerRows.of(record)
    arms = [figures(rows, name) for name in rows.names]
    pairs = _pairs(rows)
    paid_back = _break_even(rows, arms)
    environment = record.environment()
    findings = diagnose(rows.spec, Symptoms.of(rows, paid_back["context"]), arms, pairs, paid_back)
    told = [
        {**finding.json(), "command": finding.command or f"autophagy report {record.folder}"} for finding in findings
    ]
    support = counts(arms) if findings[0].id in MUTE else verdict(arms, pairs, paid_back)
    return {
        "run": str(record.folder),
        "spec": rows.spec.to_dict(),
        "prices": {"date": str(rows.prices.date), "currency": rows.prices.currency} if rows.prices else None,
        "questions": {type_: len(rows.of_type(type_)) for type_ in rows.types},
        "graders": {name: mark.json() for name, mark in rows.graders.items()},
        "arms": arms,
        "pairs": pairs,
        "labels": labelled(rows),
        "cochran": _cochran(rows),
        "break_even": paid_back,
        "diagnosis": findings[0].id,
        "findings": told,
        "support": support,
        "verdict": " ".join([*(finding.says for finding in findings), support]).strip(),
        "contamination": environment.get("contamination"),
        "notes": environment.get("notes", []),
    }


def _pairs(rows: AnswerRows) -> list[dict[str, Any]]:
    """The difference of each two arms on all questions, with Holm's adjusted p."""
    asked, clusters = rows.questions, rows.clusters(rows.questions)
    pairs: list[dict[str, Any]] = []
    scores: list[Score] = []
    for a, b in combinations(rows.names, 2):
        x, y = (rows.matrix(arm, "correct", asked) for arm in (a, b))
        score, p = difference(x, y, clusters, stream(rows.spec.seed, "pairs"))
        up, down, exact = mcnemar(_majority(x), _majority(y))
        scores.append(score)
        pairs.append({"a": a, "b": b, "p": p, "mcnemar": {"a": up, "b": down, "p": or_null(exact)}})
    for pair, score, adjusted in zip(pairs, scores, holm([pair["p"] for pair in pairs]), strict=True):
        pair |= {
            "difference": score.json(),
            "p": or_null(adjusted),
            "detectable": or_null(detectable(score)),
            "decisive": bool(score.decided) and adjusted < 0.05,
        }
    return pairs


def _majority(marks: Floats) -> Floats:
    """Whether most seeds of an arm are right (questions,)."""
    known = np.isfinite(marks)
    share = np.divide(
        np.where(known, marks, 0).sum(0), known.sum(0), out=np.full(marks.shape[1], math.nan), where=known.any(0)
    )
    return np.where(np.isnan(share), math.nan, (share > 0.5).astype(float))


def _cochran(rows: AnswerRows) -> dict[str, float | None]:
    marks = np.array([_majority(rows.matrix(arm, "correct", rows.questions)) for arm in rows.names])
    q, p = cochran(marks) if len(marks) > 1 else (math.nan, math.nan)
    return {"q": or_null(q), "p": or_null(p)}


def _break_even(rows: AnswerRows, arms: Sequence[Arm]) -> dict[str, Any]:
    """From how many queries on the best tuned arm costs less than the best arm that looks things up.

    `never` says that the number of queries is infinite, and `open` that the upper end of its interval is; a null beside
    them is unknown.
    """
    tuned = best(arms, lambda arm: arm["tuned"] and not arm["reads"])
    context = best(arms, lambda arm: arm["reads"] and not arm["tuned"])
    unit, score = None, UNKNOWN
    if tuned and context:
        unit = "money" if rows.prices else "seconds"
        (fixed_a, each_a), (fixed_b, each_b) = (_cost(rows, arm, unit) for arm in (tuned, context))
        clusters = rows.clusters(rows.questions) if each_a.shape[1] == len(rows.questions) else None
        score = break_even((fixed_a, fixed_b), (each_a, each_b), stream(rows.spec.seed, "break-even"), clusters)
    return {
        "queries": or_null(score.value),
        "low": or_null(score.low),
        "high": or_null(score.high),
        "never": math.isinf(score.value),
        "open": math.isinf(score.high),
        "unit": unit,
        "tuned": tuned,
        "context": context,
    }


def _cost(rows: AnswerRows, arm: str, unit: str) -> tuple[float, Floats]:
    """What an arm costs before its first query, and for each."""
    return money(rows, arm) if unit == "money" else (average(rows.preparations(arm), "seconds"), rows.times(arm))
