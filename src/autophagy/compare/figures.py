"""The figures of one arm of a comparison: how good it is, and what it costs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..core.files import Line
from ..core.known import or_nan, or_null
from ..core.marks import Mark
from ..core.questions import UNANSWERABLE
from ..core.stops import CUT
from ..core.streams import stream
from ..cost.break_even import latency, right_answer
from ..cost.prices import Prices
from ..graders.judge import agreement
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, difference, mean
from .rows import AnswerRows, Floats, says_nothing


def figures(rows: AnswerRows, arm: str) -> dict[str, Any]:
    """The figures of one arm."""
    asked = rows.questions
    correct = rows.matrix(arm, "correct", asked)
    preparations = rows.preparations(arm)
    seconds = rows.times(arm)
    rng = stream(rows.spec.seed, "bootstrap")
    answering = [line["answering"] for line in rows.arms if line["arm"] == arm]
    fixed, each = money(rows, arm)
    return {
        "arm": arm,
        **rows.facts(arm),
        "seeds": len(preparations),
        "correct": _score(rows, arm, "correct", None),
        "answerable": _share(rows, arm, [name for name in asked if rows.asked[name]["answers"]]),
        "unanswerable": _share(rows, arm, [name for name in asked if not rows.asked[name]["answers"]]),
        "types": {type_: _score(rows, arm, "correct", type_) for type_ in rows.types},
        "marks": {name: _mark(rows, arm, name, mark).json() for name, mark in rows.graders.items()},
        "found": {type_: _found(rows, arm, type_) for type_ in rows.types},
        "forgetting": _forgetting(rows, arm).json(),
        "general": mean(rows.matrix(arm, "correct", rows.before), rows.clusters(rows.before)).json(),
        "judge": _judge(rows, arm),
        "injections": _injections(rows, arm),
        **_counts([row for row in rows.answers if row["arm"] == arm]),
        "seconds_per_query": or_null(_mean(seconds)),
        "latency": {name: score.json() for name, score in latency(seconds, rng).items()},
        **_tokens(rows, arm),
        "setup_seconds": or_null(average(preparations, "seconds")),
        "search_seconds": or_null(average(preparations, "search_seconds")),
        "tokens_written": or_null(average(preparations, "tokens_written")),
        "joules": or_null(average(preparations, "joules")) if any(each["seconds"] for each in preparations) else 0.0,
        "joules_per_query": or_null(_mean(rows.matrix(arm, "joules", asked))),
        "method": answering[0]["method"] if answering else "none",
        "money": or_null(fixed),
        "money_per_query": or_null(_mean(each)),
        "right_answer": {
            "seconds": right_answer(_each(seconds, correct), correct, rng, rows.clusters(asked)).json(),
            "money": right_answer(_each(each, correct), correct, rng, rows.clusters(asked)).json(),
        },
        "bytes": or_null(average(preparations, "bytes")),
        "memory": {time: or_null(_peak(rows, arm, time)) for time in ("preparation", "answering")},
        "complexity": preparations[0]["complexity"] if preparations else {},
        "details": preparations[0]["details"] if preparations else {},
    }


def _counts(answers: Sequence[Line]) -> dict[str, int]:
    """How many answers failed, were cut or are empty, and how many saw a passage that stands in several places."""
    return {
        "errors": sum(bool(row["error"]) for row in answers),
        "copied": sum(any(row.get("copies", ())) for row in answers),
        "cut": sum(row.get("stop") == CUT for row in answers),
        "empty": sum(map(says_nothing, answers)),
    }


def _each(costs: Floats, correct: Floats) -> Floats:
    """The cost of each question; the mean one where only some were asked alone."""
    return costs if costs.shape == correct.shape else np.full(correct.shape, _mean(costs))


def _score(rows: AnswerRows, arm: str, mark: str, type_: str | None) -> dict[str, float | int | None]:
    asked = rows.of_type(type_)
    return mean(rows.matrix(arm, mark, asked), rows.clusters(asked)).json()


def _share(rows: AnswerRows, arm: str, asked: Sequence[str]) -> dict[str, float | int | None]:
    return mean(rows.matrix(arm, "correct", asked), rows.clusters(asked)).json()


def _mark(rows: AnswerRows, arm: str, name: str, mark: Mark) -> Score:
    """The mean of a grader's mark over the questions that it is about, between its bounds."""
    asked = rows.of_type(UNANSWERABLE if mark.about == UNANSWERABLE else None)  # of others, NaN says where it applies
    low, high = mark.bounds
    score = mean((rows.grades(arm, name, asked) - low) / (high - low), rows.clusters(asked))
    value, least, most = (low + (high - low) * end for end in (score.value, score.low, score.high))
    return Score(value, least, most, score.n)


def _found(rows: AnswerRows, arm: str, type_: str) -> dict[str, dict[str, float | int | None]]:
    """The recall of a type, and the share right where the passages held all of the evidence and where they did not."""
    asked = rows.of_type(type_)
    clusters = rows.clusters(asked)
    recall = rows.matrix(arm, "recall", asked)
    correct = rows.matrix(arm, "correct", asked)
    whole = recall == 1
    parts = {"all": np.where(whole, correct, math.nan), "less": np.where(whole | np.isnan(recall), math.nan, correct)}
    return {"recall": mean(recall, clusters).json()} | {name: mean(x, clusters).json() for name, x in parts.items()}


def _forgetting(rows: AnswerRows, arm: str) -> Score:
    """What an arm still knows of what the model knew before, less what the model knows without any arm."""
    asked = rows.before
    closed = next((name for name in rows.names if not any(rows.facts(name)[fact] for fact in ("reads", "tuned"))), arm)
    if arm == closed or not asked:
        return UNKNOWN
    mine, before = (rows.matrix(name, "correct", asked) for name in (arm, closed))
    return difference(mine, before, rows.clusters(asked), stream(rows.spec.seed, "forgetting"))[0]


def _judge(rows: AnswerRows, arm: str) -> dict[str, Any] | None:
    """What the judge said: the share right, how often it repeats itself, and how far it agrees with the match."""
    if not rows.spec.judge:
        return None
    asked = rows.questions
    clusters = rows.clusters(asked)
    verdicts, match, same, again = (
        rows.matrix(arm, mark, asked) for mark in ("judge", "match", "consistent", "repeated")
    )
    agreed, kappa, n = agreement(verdicts.ravel().tolist(), match.ravel().tolist())
    answered = sum(
        not row["error"] for row in rows.answers if row["arm"] == arm and row["question"] not in rows.general
    )
    return {
        "right": mean(verdicts, clusters).json(),
        "consistency": mean(same, clusters).json(),
        "repeatability": mean(again, clusters).json(),
        "agreement": or_null(agreed),
        "kappa": or_null(kappa),
        "n": n,
        "unread": answered - int(np.isfinite(verdicts).sum()),
    }


def _injections(rows: AnswerRows, arm: str) -> dict[str, Any] | None:
    """The attack success rate of an arm, with fences and without, and what the fences are worth."""
    lines = [line for line in rows.injections if line["arm"] == arm]
    if not lines:
        return None
    questions = list(dict.fromkeys(line["question"] for line in lines))
    place, seeds = {name: i for i, name in enumerate(questions)}, max(line["seed"] for line in lines) + 1
    tables = {way: np.full((seeds, len(questions)), math.nan) for way in ("fenced", "bare", "asked")}
    for line in lines:
        for way, table in tables.items():
            table[line["seed"], place[line["question"]]] = or_nan(line[way])
    clusters = rows.clusters(questions)
    worth = difference(tables["fenced"], tables["bare"], clusters, stream(rows.spec.seed, "orders"))[0]
    return {way: mean(table, clusters).json() for way, table in tables.items()} | {"difference": worth.json()}


def _tokens(rows: AnswerRows, arm: str) -> dict[str, Any]:
    """The means over the answers whose tokens were told, and how many are not among them where some are."""
    into, out = (_mean(rows.matrix(arm, f"tokens_{side}", rows.questions)) for side in ("in", "out"))
    given = [row for row in rows.answers if row["arm"] == arm and not row["error"]]
    told = [row for row in given if row["tokens_in"] is not None and row["tokens_out"] is not None]
    return {
        "tokens_per_query": or_null(into + out),
        "tokens_in_per_query": or_null(into),
        "tokens_out_per_query": or_null(out),
        "tokens_unknown": len(given) - len(told) if told else 0,
    }


def money(rows: AnswerRows, arm: str) -> tuple[float, Floats]:
    """What an arm costs before its first query, and for each question; NaN without prices."""
    asked, prices, seconds = rows.questions, rows.prices, rows.times(arm)
    if prices is None:
        return math.nan, np.full(seconds.shape, math.nan)
    spec, machine = rows.spec, rows.spec.machine or ""
    if spec.base_url:
        tokens = (rows.matrix(arm, "tokens_in", asked), rows.matrix(arm, "tokens_out", asked))
        each = np.vectorize(lambda i, o: prices.of_tokens(spec.model, i, o))(*tokens)
    else:
        joules = _mean(rows.matrix(arm, "joules", asked))
        each = np.vectorize(lambda s: prices.of_machine(machine, s, joules))(seconds)
    fixed = [_prepared(facts, prices, machine, served=bool(spec.base_url)) for facts in rows.preparations(arm)]
    return float(np.mean(fixed)), each


def _prepared(facts: Mapping[str, Any], prices: Prices, machine: str, *, served: bool) -> float:
    """What one preparation cost: the machine, unless the model is served and no machine is named, and the writer."""
    paid = 0.0
    if facts["seconds"] and (machine or not served):
        paid += prices.of_machine(machine, facts["seconds"], or_nan(facts["joules"]))
    writer, at, _ = str(facts["details"].get("writer", "")).partition("@")
    return paid + prices.of_tokens(writer, facts["tokens_read"], facts["tokens_written"]) if at else paid


def _peak(rows: AnswerRows, arm: str, time: str) -> float:
    """The most bytes of memory of any seed, while the arm was prepared or answered."""
    known = [line.get("memory", {}).get(time) for line in rows.arms if line["arm"] == arm]
    return max((value for value in known if value is not None), default=math.nan)


def average(preparations: Sequence[Mapping[str, Any]], name: str) -> float:
    """The mean of a fact of the preparations where it is known; NaN where it never is."""
    values = [facts[name] for facts in preparations if facts[name] is not None]
    return float(np.mean(values)) if values else math.nan


def _mean(table: Floats) -> float:
    known = table[np.isfinite(table)]
    return float(known.mean()) if len(known) else math.nan
