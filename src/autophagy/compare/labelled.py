"""What people's labels say of a comparison: how its judge errs, and how often each arm is right by judge and people.

The judge is the model that judged, where there is one, else the grader that decides.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from ..core.streams import stream
from ..graders.trust import Floats, Marked, all_labelled, differences, errors, estimates, fill
from ..graders.verdict import verdict
from ..statistics.paired import difference, mean
from .rows import AnswerRows
from .spec import JUDGE


def labelled(rows: AnswerRows) -> dict[str, Any] | None:
    """The errors of the judge, and for each arm and pair the estimates of judge, people and both; None without labels.

    A row is a question: of an arm with several seeds, people label one, and the judge's marks are means over seeds. So
    the intervals are over questions, not over training runs.
    """
    names = [name for name in rows.names if any(line["arm"] == name for line in rows.labels)]
    if not names:
        return None
    mark = JUDGE if rows.spec.judge else "correct"
    marked = {name: _marked(rows, name, mark) for name in names}
    clusters = rows.clusters(rows.questions)
    matrices = {name: rows.matrix(name, mark, rows.questions) for name in names}
    arms = {name: replace(estimates(own), judge=mean(matrices[name], clusters)).json() for name, own in marked.items()}
    pairs = {}
    for a, b in combinations(names, 2):
        found = differences(marked[a], marked[b], stream(rows.spec.seed, "labelled"))
        alone, _ = difference(matrices[a], matrices[b], clusters, stream(rows.spec.seed, "pairs"))
        pairs[a, b] = replace(found, judge=alone).json()
    together = all_labelled(list(marked.values()))
    return {
        "mark": mark,
        "judge": rows.spec.judge or f"the grader {rows.spec.decide}",
        "labels": len({line["id"] for line in rows.labels}),
        "errors": errors(together),
        "consistency": _of_all(rows, names, "consistent"),
        "repeatability": _of_all(rows, names, "repeated"),
        "arms": [{"arm": name, **arms[name], "errors": errors(marked[name])} for name in names],
        "pairs": [{"a": a, "b": b, **found} for (a, b), found in pairs.items()],
        "verdict": verdict(
            errors(together), arms, {f"{a} against {b}": found for (a, b), found in pairs.items() if _use(rows, a, b)}
        ),
    }


def _use(rows: AnswerRows, *arms: str) -> bool:
    """Whether all of the arms could be put into service."""
    return not any(rows.facts(arm)["control"] for arm in arms)


def _marked(rows: AnswerRows, arm: str, mark: str) -> Marked:
    """A row for each question, NaN in every column where the arm has no answer to it."""
    place = {name: number for number, name in enumerate(rows.questions)}
    judge = rows.matrix(arm, mark, rows.questions)
    there = np.zeros(judge.shape, bool)
    words = np.full(judge.shape, np.nan)
    for row in rows.answers:
        if row["arm"] == arm and row["question"] in place and not row["error"]:
            there[row["seed"], place[row["question"]]] = True
            words[row["seed"], place[row["question"]]] = len(row["text"].split())
    said, filled = _over_seeds(judge, there), _over_seeds(fill(judge), there)
    people, lengths = np.full(len(place), np.nan), np.full(len(place), np.nan)
    for line in rows.labels:
        if line["arm"] == arm and line["question"] in place:
            seed, column = line["seed"], place[line["question"]]
            people[column], lengths[column] = line["label"], words[seed, column]
            said[column], filled[column] = judge[seed, column], fill(judge)[seed, column]
    return Marked(said, filled, people, rows.clusters(rows.questions), lengths)


def _over_seeds(marks: Floats, there: Any) -> Floats:
    """The mean over the seeds that answered and have a mark (questions,); NaN where none has."""
    known = there & np.isfinite(marks)
    count = known.sum(axis=0)
    return np.divide(np.where(known, marks, 0).sum(axis=0), count, out=np.full(len(count), np.nan), where=count > 0)


def _of_all(rows: AnswerRows, names: Sequence[str], mark: str) -> dict[str, Any] | None:
    """A mark that a judge has of itself, over all answers; None where no model judged."""
    if not rows.spec.judge:
        return None
    tables = [rows.matrix(name, mark, rows.questions) for name in names]
    flat = np.concatenate([table.ravel() for table in tables])
    clusters = [name for table in tables for name in rows.clusters(rows.questions) * len(table)]
    return mean(flat, clusters).json()
