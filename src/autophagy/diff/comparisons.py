"""Two comparisons, arm by arm, on the questions that both asked."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from ..compare.result import COSTS, PER_QUERY, RIGHT, CompareResult
from ..compare.rows import AnswerRows, Floats
from ..compare.spec import JUDGE
from ..core.marks import Mark
from ..core.streams import stream
from ..graders.identity import judge_change
from ..results.scored import Scored
from ..statistics import paired
from ..statistics.contrasts import Contrast, of_figures
from ..statistics.intervals import Score
from .compared import Comparable, Compared, Pairing

OFTEN = {"correct": ("is right more often than", "is right less often than")}  # a share of answers reads as how often


def compare_comparisons(a: CompareResult, b: CompareResult, every: bool) -> Comparable:
    """How often each arm is right, its marks, and what a query costs; `every` mark and cost where that is asked."""
    rows = AnswerRows.of(a.record), AnswerRows.of(b.record)
    shared = [name for name in rows[0].questions if rows[0].asked[name] == rows[1].asked.get(name)]
    pairing: Pairing = "question" if shared else "nothing"
    names = [name for name in rows[0].names if name in rows[1].names]
    alone = [
        f"the arm {name} is in {run} only"
        for run, own in (("A", rows[0]), ("B", rows[1]))
        for name in own.names
        if name not in names
    ]
    changed = _judge_change(a, b)
    alone += [changed] * bool(changed)
    figures = [
        figure
        for arm in names
        for figure in [
            *_marks(a, rows, arm, shared, every, not changed),
            *_costs(a, b, arm, COSTS if every else PER_QUERY),
        ]
    ]
    return Comparable(figures, pairing, _why(rows, shared), alone)


def _judge_change(a: CompareResult, b: CompareResult) -> str:
    """Why `right` is not compared, where a judge decides it and is another in B; empty where it is the same."""
    specs = [run.record.spec() for run in (a, b)]
    if JUDGE not in {spec.decide for spec in specs}:
        return ""
    facts = [
        (run.record.environment().get("judge") or {"model": spec.judge}) if spec.decide == JUDGE else None
        for run, spec in zip((a, b), specs, strict=True)
    ]
    change = judge_change(*facts)
    return f"how often arms are right, for {change}" if change else ""


def _why(rows: Sequence[AnswerRows], shared: Sequence[str]) -> str:
    if not shared:
        return "Not paired, for the two runs have no question in common: the intervals are those of two separate sets."
    most = max(len(each.questions) for each in rows)
    of = f"the {len(shared):,} questions" if len(shared) == most else f"the {len(shared):,} of {most:,} questions"
    return f"Paired by question: on {of} that both runs asked."


def _marks(
    a: CompareResult,
    rows: tuple[AnswerRows, AnswerRows],
    arm: str,
    shared: Sequence[str],
    every: bool,
    right: bool,
) -> Iterator[Compared]:
    """The marks of an arm that both runs gave, and how often it is `right` where the same judge says so."""
    if right:
        yield _compared(rows, arm, "correct", RIGHT["correct"], None, shared)
    for name, mark in rows[0].graders.items():
        if name not in RIGHT and name in rows[1].graders and (every or mark.headline):
            found = _compared(rows, arm, name, mark.title, mark, shared)
            if found.a.n and found.b.n:
                yield found


def _compared(
    rows: tuple[AnswerRows, AnswerRows], arm: str, name: str, title: str, mark: Mark | None, shared: Sequence[str]
) -> Compared:
    low, high = mark.bounds if mark else (0.0, 1.0)
    asked = [shared or each.questions for each in rows]
    marks = [_matrix(each, arm, name, mark, own) for each, own in zip(rows, asked, strict=True)]
    scaled = [(table - low) / (high - low) for table in marks]
    scores = [paired.mean(table, each.clusters(own)) for table, each, own in zip(scaled, rows, asked, strict=True)]
    if shared:
        rng = stream(rows[0].spec.seed, "diff")
        contrast = Contrast(*paired.difference(scaled[1], scaled[0], rows[0].clusters(shared), rng))
    else:
        contrast = of_figures(*scores)
    a, b = (_scale(score, low, high) for score in scores)
    wide = Contrast(_scale(contrast.score, 0.0, high - low), contrast.p)
    return Compared({"arm": arm}, name, title, a, b, wide, *OFTEN.get(name, ("", "")))


def _matrix(rows: AnswerRows, arm: str, name: str, mark: Mark | None, asked: Sequence[str]) -> Floats:
    if mark is None:
        return rows.matrix(arm, name, asked)
    table = rows.grades(arm, name, asked)
    if mark.about == "unanswerable":  # of others, NaN says where a mark applies
        table = np.where([not rows.asked[question]["answers"] for question in asked], table, math.nan)
    return table


def _scale(score: Score, low: float, high: float) -> Score:
    value, least, most = (low + (high - low) * end for end in (score.value, score.low, score.high))
    return Score(value, least, most, score.n)


def _costs(a: CompareResult, b: CompareResult, arm: str, names: Sequence[str] | dict[str, str]) -> Iterator[Compared]:
    """What an arm costs in both runs, without an interval: costs hang on the machine."""
    for name in names:
        mine, other = (_cost(run, arm, name) for run in (a, b))
        if mine and other:
            value = Score(other.score.value - mine.score.value, math.nan, math.nan, min(mine.score.n, other.score.n))
            yield Compared({"arm": arm}, name, mine.title, mine.score, other.score, Contrast(value, math.nan))


def _cost(result: CompareResult, arm: str, name: str) -> Scored | None:
    return next((each for each in result.scores() if each.metric == name and each.where["arm"] == arm), None)
