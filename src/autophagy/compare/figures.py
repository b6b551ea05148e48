"""The figures of one arm of a comparison: how good it is, and what it costs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..core.questions import UNANSWERABLE
from ..core.streams import stream
from ..cost.break_even import latency, right_answer
from ..cost.prices import Prices
from ..graders.judge import agreement
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, difference, mean
from .rows import Floats, Rows


def figures(rows: Rows, arm: str) -> dict[str, Any]:
    """The figures of one arm."""
    asked = rows.questions
    correct = rows.matrix(arm, "correct", asked)
    setups = rows.setups(arm)
    tokens = {side: _mean(rows.matrix(arm, f"tokens_{side}", asked)) for side in ("in", "out")}
    seconds = rows.times(arm)
    rng = stream(rows.spec.seed, "bootstrap")
    answering = [line["answering"] for line in rows.arms if line["arm"] == arm]
    fixed, each = money(rows, arm)
    return {
        "arm": arm,
        **rows.kind(arm),
        "seeds": len(setups),
        "correct": _score(rows, arm, "correct", None),
        "f1": _score(rows, arm, "f1", None),
        "layers": {kind: _score(rows, arm, "correct", kind) for kind in rows.kinds},
        "abstained": _score(rows, arm, "abstained", UNANSWERABLE),
        "retrieval": {name: _score(rows, arm, name, None) for name in ("recall", "reciprocal_rank", "ndcg")},
        "found": {kind: _found(rows, arm, kind) for kind in rows.kinds},
        "forgetting": _forgetting(rows, arm).json(),
        "general": mean(rows.matrix(arm, "correct", rows.before), rows.clusters(rows.before)).json(),
        "judge": _judge(rows, arm),
        "orders": _orders(rows, arm),
        "errors": sum(bool(row["error"]) for row in rows.answers if row["arm"] == arm),
        "seconds_per_query": number(_mean(seconds)),
        "latency": {name: score.json() for name, score in latency(seconds, rng).items()},
        "tokens_per_query": number(tokens["in"] + tokens["out"]),
        "tokens_in_per_query": number(tokens["in"]),
        "tokens_out_per_query": number(tokens["out"]),
        "setup_seconds": number(average(setups, "seconds")),
        "search_seconds": number(average(setups, "search_seconds")),
        "tokens_written": number(average(setups, "tokens_written")),
        "joules": number(average(setups, "joules")) if any(setup["seconds"] for setup in setups) else 0.0,
        "joules_per_query": number(_mean(rows.matrix(arm, "joules", asked))),
        "method": answering[0]["method"] if answering else "none",
        "money": number(fixed),
        "money_per_query": number(_mean(each)),
        "right_answer": {
            "seconds": right_answer(_each(seconds, correct), correct, rng, rows.clusters(asked)).json(),
            "money": right_answer(_each(each, correct), correct, rng, rows.clusters(asked)).json(),
        },
        "bytes": number(average(setups, "bytes")),
        "memory": {time: number(_peak(rows, arm, time)) for time in ("setup", "answering")},
        "complexity": setups[0]["complexity"] if setups else {},
        "details": setups[0]["details"] if setups else {},
    }


def _each(costs: Floats, correct: Floats) -> Floats:
    """The cost of each question; the mean one where only some were asked alone."""
    return costs if costs.shape == correct.shape else np.full(correct.shape, _mean(costs))


def _score(rows: Rows, arm: str, mark: str, kind: str | None) -> dict[str, float | int | None]:
    asked = rows.of_kind(kind)
    return mean(rows.matrix(arm, mark, asked), rows.clusters(asked)).json()


def _found(rows: Rows, arm: str, kind: str) -> dict[str, dict[str, float | int | None]]:
    """The recall of a layer, and the share right where the passages held all of the evidence and where they did not."""
    asked = rows.of_kind(kind)
    clusters = rows.clusters(asked)
    recall, correct = (rows.matrix(arm, mark, asked) for mark in ("recall", "correct"))
    whole = recall == 1
    parts = {"all": np.where(whole, correct, math.nan), "less": np.where(whole | np.isnan(recall), math.nan, correct)}
    return {"recall": mean(recall, clusters).json()} | {name: mean(x, clusters).json() for name, x in parts.items()}


def _forgetting(rows: Rows, arm: str) -> Score:
    """What an arm still knows of what the model knew before, less what the model knows without any arm."""
    asked = rows.before
    closed = next((name for name in rows.names if not any(rows.kind(name)[fact] for fact in ("reads", "tuned"))), arm)
    if arm == closed or not asked:
        return UNKNOWN
    mine, before = (rows.matrix(name, "correct", asked) for name in (arm, closed))
    return difference(mine, before, rows.clusters(asked), stream(rows.spec.seed, "forgetting"))[0]


def _judge(rows: Rows, arm: str) -> dict[str, Any] | None:
    """What the judge said: the share right, how often it repeats itself, and how far it agrees with the match."""
    if not rows.spec.judge:
        return None
    asked = rows.questions
    clusters = rows.clusters(asked)
    said, match, same = (rows.matrix(arm, mark, asked) for mark in ("judge", "match", "consistent"))
    agreed, kappa, n = agreement(said.ravel().tolist(), match.ravel().tolist())
    answered = sum(
        not row["error"] for row in rows.answers if row["arm"] == arm and row["question"] not in rows.general
    )
    return {
        "right": mean(said, clusters).json(),
        "consistency": mean(same, clusters).json(),
        "agreement": number(agreed),
        "kappa": number(kappa),
        "n": n,
        "unread": answered - int(np.isfinite(said).sum()),
    }


def _orders(rows: Rows, arm: str) -> dict[str, Any] | None:
    """How often an arm did what its passages told it, with fences and without, and what the fences are worth."""
    lines = [line for line in rows.orders if line["arm"] == arm]
    if not lines:
        return None
    questions = list(dict.fromkeys(line["question"] for line in lines))
    place, seeds = {name: i for i, name in enumerate(questions)}, max(line["seed"] for line in lines) + 1
    tables = {way: np.full((seeds, len(questions)), math.nan) for way in ("fenced", "bare", "asked")}
    for line in lines:
        for way, table in tables.items():
            table[line["seed"], place[line["question"]]] = math.nan if line[way] is None else line[way]
    clusters = rows.clusters(questions)
    worth = difference(tables["fenced"], tables["bare"], clusters, stream(rows.spec.seed, "orders"))[0]
    return {way: mean(table, clusters).json() for way, table in tables.items()} | {"difference": worth.json()}


def money(rows: Rows, arm: str) -> tuple[float, Floats]:
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
    fixed = [_prepared(setup, prices, machine, served=bool(spec.base_url)) for setup in rows.setups(arm)]
    return float(np.mean(fixed)), each


def _prepared(setup: Mapping[str, Any], prices: Prices, machine: str, *, served: bool) -> float:
    """What one preparation cost: the machine, unless the model is served and no machine is named, and the writer."""
    paid = 0.0
    if setup["seconds"] and (machine or not served):
        paid += prices.of_machine(machine, setup["seconds"], math.nan if setup["joules"] is None else setup["joules"])
    writer, at, _ = str(setup["details"].get("writer", "")).partition("@")
    return paid + prices.of_tokens(writer, setup["tokens_read"], setup["tokens_written"]) if at else paid


def _peak(rows: Rows, arm: str, time: str) -> float:
    """The most bytes of memory of any seed, while the arm was prepared or answered."""
    known = [line.get("memory", {}).get(time) for line in rows.arms if line["arm"] == arm]
    return max((value for value in known if value is not None), default=math.nan)


def average(setups: Sequence[Mapping[str, Any]], name: str) -> float:
    """The mean of a fact of the preparations where it is known; NaN where it never is."""
    values = [setup[name] for setup in setups if setup[name] is not None]
    return float(np.mean(values)) if values else math.nan


def _mean(table: Floats) -> float:
    known = table[np.isfinite(table)]
    return float(known.mean()) if len(known) else math.nan


def number(value: float) -> float | None:
    """The value as JSON has it."""
    return value if math.isfinite(value) else None
