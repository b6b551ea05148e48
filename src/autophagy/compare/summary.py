"""What a comparison found: the figures of its arms, the differences between them, the break-even, and the verdict.

Everything is read off the recorded rows; nothing here answers a question.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from ..core.streams import stream
from ..cost.break_even import break_even, queries
from ..statistics.intervals import Score
from ..statistics.paired import difference
from ..statistics.significance import cochran, detectable, holm, mcnemar
from .figures import average, figures, money, number
from .record import Comparison
from .rows import Floats, Rows
from .verdict import best, verdict

Arm = Mapping[str, Any]


def summarise(record: Comparison) -> dict[str, Any]:
    """The whole result as one JSON document (see the command line's contract)."""
    rows = Rows.of(record)
    arms = [figures(rows, name) for name in rows.names]
    pairs = _pairs(rows)
    even = _break_even(rows, arms)
    environment = record.environment()
    return {
        "run": str(record.folder),
        "spec": rows.spec.to_dict(),
        "prices": {"date": str(rows.prices.date), "currency": rows.prices.currency} if rows.prices else None,
        "questions": {kind: len(rows.of_kind(kind)) for kind in rows.kinds},
        "arms": arms,
        "pairs": pairs,
        "cochran": _cochran(rows),
        "break_even": even,
        "verdict": verdict(arms, pairs, even),
        "leaks": environment.get("leaks"),
        "notes": environment.get("notes", []),
    }


def _pairs(rows: Rows) -> list[dict[str, Any]]:
    """The difference of each two arms on all questions, with Holm's adjusted p."""
    asked, clusters = rows.questions, rows.clusters(rows.questions)
    found: list[dict[str, Any]] = []
    scores: list[Score] = []
    for a, b in combinations(rows.names, 2):
        x, y = (rows.matrix(arm, "correct", asked) for arm in (a, b))
        score, p = difference(x, y, clusters, stream(rows.spec.seed, "pairs"))
        up, down, exact = mcnemar(_majority(x), _majority(y))
        scores.append(score)
        found.append({"a": a, "b": b, "p": p, "mcnemar": {"a": up, "b": down, "p": number(exact)}})
    for pair, score, adjusted in zip(found, scores, holm([pair["p"] for pair in found]), strict=True):
        pair |= {
            "difference": score.json(),
            "p": number(adjusted),
            "detectable": number(detectable(score)),
            "decisive": bool(score.decided) and adjusted < 0.05,
        }
    return found


def _majority(marks: Floats) -> Floats:
    """Whether most seeds of an arm are right (questions,)."""
    known = np.isfinite(marks)
    share = np.divide(
        np.where(known, marks, 0).sum(0), known.sum(0), out=np.full(marks.shape[1], math.nan), where=known.any(0)
    )
    return np.where(np.isnan(share), math.nan, (share > 0.5).astype(float))


def _cochran(rows: Rows) -> dict[str, float | None]:
    marks = np.array([_majority(rows.matrix(arm, "correct", rows.questions)) for arm in rows.names])
    q, p = cochran(marks) if len(marks) > 1 else (math.nan, math.nan)
    return {"q": number(q), "p": number(p)}


def _break_even(rows: Rows, arms: Sequence[Arm]) -> dict[str, Any]:
    """From how many queries on the best tuned arm costs less than the best arm that looks things up."""
    tuned = best(arms, lambda arm: arm["tuned"] and not arm["reads"])
    context = best(arms, lambda arm: arm["reads"] and not arm["tuned"])
    unknown = {
        "queries": None,
        "low": None,
        "high": None,
        "unit": None,
        "told": "unknown",
        "tuned": tuned,
        "context": context,
    }
    if tuned is None or context is None:
        return unknown
    asked = rows.questions
    unit = "money" if rows.prices else "seconds"
    if unit == "money":
        (fixed_a, each_a), (fixed_b, each_b) = (money(rows, arm) for arm in (tuned, context))
    else:
        fixed_a, fixed_b = (average(rows.setups(arm), "seconds") for arm in (tuned, context))
        each_a, each_b = (rows.times(arm) for arm in (tuned, context))
    clusters = rows.clusters(asked) if each_a.shape[1] == len(asked) else None
    score = break_even((fixed_a, fixed_b), (each_a, each_b), stream(rows.spec.seed, "break-even"), clusters)
    told = f"{queries(score.value)} ({queries(score.low)} to {queries(score.high)})"
    numbers = {"queries": number(score.value), "low": number(score.low), "high": number(score.high)}
    return {**numbers, "unit": unit, "told": told, "tuned": tuned, "context": context}
