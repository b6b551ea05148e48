"""What a comparison found: figures of each arm, differences between arms, the break-even, and the verdict.

Everything is read off the recorded rows; nothing here answers a question.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compare import GENERAL
from .compare_record import Comparison
from .compare_spec import CompareSpec
from .cost import break_even, latency, queries, right_answer
from .files import Line
from .paired import UNKNOWN, difference, mean
from .prices import Prices, read_prices
from .questions import UNANSWERABLE
from .significance import cochran, detectable, holm, mcnemar
from .spec import stream
from .stats import Score

Floats = NDArray[np.float64]
READ = {"context", "oracle", "random", "full+context", "lora+context"}  # arms whose prompt holds passages
TUNED = {"full", "lora", "qlora", "full+context", "lora+context"}
CLOSED = "closed"
BOUNDS = ("oracle", "random", "format", "closed")  # controls that nobody would put into service


@dataclass(frozen=True)
class Rows:
    """The rows of a comparison as arrays: (seeds, questions) for each arm, NaN where there is none."""

    spec: CompareSpec
    asked: Mapping[str, Mapping[str, Any]]
    arms: Sequence[Line]
    answers: Sequence[Line]
    prices: Prices | None = None

    @classmethod
    def of(cls, record: Comparison) -> "Rows":
        """The rows of a folder."""
        spec = record.spec()
        prices = read_prices(spec.prices) if spec.prices else None
        return cls(spec, record.subject()["questions"], record.arms(), record.answers(), prices)

    @cached_property
    def names(self) -> list[str]:
        """The arms that have answered, in the order of the spec."""
        done = {line["arm"] for line in self.arms}
        return [str(part) for part in self.spec.arms if str(part) in done]

    @cached_property
    def questions(self) -> list[str]:
        """The ids of the questions, but for those on what the model knew before."""
        general = {row["question"] for row in self.answers if row["kind"] == GENERAL}
        return [name for name in self.asked if name not in general]

    @cached_property
    def kinds(self) -> list[str]:
        """The layers of questions, in their order."""
        return list(dict.fromkeys(self.asked[name]["kind"] for name in self.questions))

    def clusters(self, questions: Sequence[str]) -> list[str]:
        """The source document of each question."""
        return [self.asked[name]["document"] for name in questions]

    def of_kind(self, kind: str | None) -> list[str]:
        """The questions of a layer; all of them for None."""
        return [name for name in self.questions if kind is None or self.asked[name]["kind"] == kind]

    def matrix(self, arm: str, column: str, questions: Sequence[str]) -> Floats:
        """A mark or a column of the rows (seeds, questions)."""
        place = {name: number for number, name in enumerate(questions)}
        rows = [row for row in self.answers if row["arm"] == arm and row["question"] in place]
        table = np.full((max((row["seed"] for row in rows), default=0) + 1, len(questions)), math.nan)
        for row in rows:
            value = row["marks"].get(column) if column in row["marks"] else row.get(column)
            table[row["seed"], place[row["question"]]] = math.nan if value is None else value
        return table

    def times(self, arm: str) -> Floats:
        """Seconds of a query (seeds, queries): of those asked alone, or at an address, where each is its own, of all.

        A local model answers many questions at once, so that the seconds of their rows are means of a batch.
        """
        alone = [line.get("alone") for line in self.arms if line["arm"] == arm]
        if self.spec.base_url or not all(alone):
            return self.matrix(arm, "seconds", self.questions)
        return np.array(alone, dtype=np.float64)

    def general(self) -> list[str]:
        """The questions on what the model knew before."""
        asked = set(self.questions)
        return [name for name in self.asked if name not in asked]

    def setups(self, arm: str) -> list[dict[str, Any]]:
        """What each seed of an arm cost to prepare."""
        return [line["setup"] for line in self.arms if line["arm"] == arm]


def summarise(record: Comparison) -> dict[str, Any]:
    """The whole result as one JSON document (see the command line's contract)."""
    rows = Rows.of(record)
    arms = [_arm(rows, name) for name in rows.names]
    pairs = _pairs(rows)
    even = _break_even(rows, arms)
    return {
        "run": str(record.folder),
        "spec": rows.spec.to_dict(),
        "prices": {"date": str(rows.prices.date), "currency": rows.prices.currency} if rows.prices else None,
        "questions": {kind: len(rows.of_kind(kind)) for kind in rows.kinds},
        "arms": arms,
        "pairs": pairs,
        "cochran": _cochran(rows),
        "break_even": even,
        "verdict": _verdict(rows, arms, pairs, even),
        "notes": record.environment().get("notes", []),
    }


def _arm(rows: Rows, arm: str) -> dict[str, Any]:
    """The figures of one arm."""
    asked = rows.questions
    correct = rows.matrix(arm, "correct", asked)
    setups = rows.setups(arm)
    tokens = {side: _mean(rows.matrix(arm, f"tokens_{side}", asked)) for side in ("in", "out")}
    seconds = rows.times(arm)
    rng = stream(rows.spec.seed, "bootstrap")
    answering = [line["answering"] for line in rows.arms if line["arm"] == arm]
    money = _money(rows, arm)
    return {
        "arm": arm,
        "seeds": len(setups),
        "correct": _score(rows, arm, "correct", None),
        "f1": _score(rows, arm, "f1", None),
        "layers": {kind: _score(rows, arm, "correct", kind) for kind in rows.kinds},
        "abstained": _score(rows, arm, "abstained", UNANSWERABLE),
        "retrieval": {name: _score(rows, arm, name, None) for name in ("recall", "reciprocal_rank", "ndcg")},
        "found": {kind: _found(rows, arm, kind) for kind in rows.kinds},
        "forgetting": _forgetting(rows, arm).json(),
        "general": mean(rows.matrix(arm, "correct", rows.general()), rows.clusters(rows.general())).json(),
        "errors": sum(bool(row["error"]) for row in rows.answers if row["arm"] == arm),
        "seconds_per_query": _number(_mean(seconds)),
        "latency": {name: score.json() for name, score in latency(seconds, rng).items()},
        "tokens_per_query": _number(tokens["in"] + tokens["out"]),
        "tokens_in_per_query": _number(tokens["in"]),
        "tokens_out_per_query": _number(tokens["out"]),
        "setup_seconds": _number(_average(setups, "seconds")),
        "search_seconds": _number(_average(setups, "search_seconds")),
        "tokens_written": _number(_average(setups, "tokens_written")),
        "joules": _number(_average(setups, "joules")) if any(setup["seconds"] for setup in setups) else 0.0,
        "joules_per_query": _number(_mean(rows.matrix(arm, "joules", asked))),
        "method": answering[0]["method"] if answering else "none",
        "money": _number(money[0]),
        "money_per_query": _number(_mean(money[1])),
        "right_answer": {
            "seconds": right_answer(_each(seconds, correct), correct, rng, rows.clusters(asked)).json(),
            "money": right_answer(_each(money[1], correct), correct, rng, rows.clusters(asked)).json(),
        },
        "bytes": _number(_average(setups, "bytes")),
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
    asked = rows.general()
    if CLOSED not in rows.names or arm == CLOSED or not asked:
        return UNKNOWN
    mine, before = (rows.matrix(name, "correct", asked) for name in (arm, CLOSED))
    return difference(mine, before, rows.clusters(asked), stream(rows.spec.seed, "forgetting"))[0]


def _money(rows: Rows, arm: str) -> tuple[float, Floats]:
    """What an arm costs before its first query, and for each question; NaN without prices."""
    asked, prices, seconds = rows.questions, rows.prices, rows.times(arm)
    if prices is None:
        return math.nan, np.full(seconds.shape, math.nan)
    spec = rows.spec
    setups = rows.setups(arm)
    if spec.base_url:
        tokens = (rows.matrix(arm, "tokens_in", asked), rows.matrix(arm, "tokens_out", asked))
        each = np.vectorize(lambda i, o: prices.of_tokens(spec.model, i, o))(*tokens)
        written = [prices.of_tokens(spec.model, s["tokens_read"], s["tokens_written"]) for s in setups]
        return float(np.mean(written)), each
    joules = _mean(rows.matrix(arm, "joules", asked))
    each = np.vectorize(lambda s: prices.of_machine(spec.machine or "", s, joules))(seconds)
    fixed = [prices.of_machine(spec.machine or "", s["seconds"], s["joules"] or math.nan) for s in setups]
    return float(np.mean(fixed)), each


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
        found.append({"a": a, "b": b, "p": p, "mcnemar": {"a": up, "b": down, "p": _number(exact)}})
    for pair, score, adjusted in zip(found, scores, holm([pair["p"] for pair in found]), strict=True):
        pair |= {
            "difference": score.json(),
            "p": _number(adjusted),
            "detectable": _number(detectable(score)),
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
    return {"q": _number(q), "p": _number(p)}


def _break_even(rows: Rows, arms: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """From how many queries on the best tuned arm costs less than the best arm that looks things up."""
    tuned = _best(arms, lambda name: name in TUNED and name not in READ)
    context = _best(arms, lambda name: name == "context")
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
        (fixed_a, each_a), (fixed_b, each_b) = (_money(rows, arm) for arm in (tuned, context))
    else:
        fixed_a, fixed_b = (_average(rows.setups(arm), "seconds") for arm in (tuned, context))
        each_a, each_b = (rows.times(arm) for arm in (tuned, context))
    clusters = rows.clusters(asked) if each_a.shape[1] == len(asked) else None
    score = break_even((fixed_a, fixed_b), (each_a, each_b), stream(rows.spec.seed, "break-even"), clusters)
    told = f"{queries(score.value)} ({queries(score.low)} to {queries(score.high)})"
    numbers = {"queries": _number(score.value), "low": _number(score.low), "high": _number(score.high)}
    return {**numbers, "unit": unit, "told": told, "tuned": tuned, "context": context}


def _best(arms: Sequence[Mapping[str, Any]], wanted: Any) -> str | None:
    """The arm with the largest share of right answers among those wanted, by their plug-in's name."""
    known = [arm for arm in arms if wanted(arm["arm"].partition(":")[0]) and arm["correct"]["value"] is not None]
    return max(known, key=lambda arm: arm["correct"]["value"])["arm"] if known else None


def _verdict(
    rows: Rows, arms: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]], even: Mapping[str, Any]
) -> str:
    """One sentence or two that a product lead can act on."""
    usable = [arm for arm in arms if arm["arm"].partition(":")[0] not in BOUNDS]
    best = _best(usable, lambda name: True)
    if best is None:
        return "No arm that could be put into service has answered."
    by_name = {arm["arm"]: arm for arm in arms}
    told = [f"{best} is right most often, {_percent(by_name[best]['correct'])}"]
    rivals = [name for name in (even["context"], even["tuned"]) if name and name != best]
    for rival in rivals:
        pair = next(p for p in pairs if {p["a"], p["b"]} == {best, rival})
        sign = 1 if pair["a"] == best else -1
        gap = _points(pair["difference"], sign)
        told.append(f"{gap} over {rival}" if pair["decisive"] else f"not decisively ahead of {rival} ({gap})")
    sentence = ", ".join(told) + "."
    if even["tuned"] and even["context"]:
        paid = f"{even['tuned']} pays back its preparation in {even['unit']} {_when(even)}"
        sentence += f" Against {even['context']}, {paid}."
    return sentence


def _when(even: Mapping[str, Any]) -> str:
    """From which query on the preparation is paid back, in words."""
    if even["told"].startswith("never"):
        earliest = even["low"]
        hope = "" if earliest is None else f" (by the interval, after {earliest:,.0f} at the earliest)"
        return f"after no number of queries{hope}"
    return "at once" if even["told"].startswith("at once") else f"after {even['told']} queries"


def _points(difference: Mapping[str, Any], sign: int) -> str:
    """A difference in points with its interval, which may be unknown."""
    if difference["value"] is None:
        return "by an unknown number of points"
    told = f"{100 * sign * difference['value']:+.0f} points"
    if difference["low"] is None or difference["high"] is None:
        return f"{told} (interval unknown)"
    low, high = sorted((sign * difference["low"], sign * difference["high"]))
    return f"{told} ({100 * low:+.0f} to {100 * high:+.0f})"


def _percent(score: Mapping[str, Any]) -> str:
    known = score["low"] is not None and score["high"] is not None
    ends = f"{100 * score['low']:.0f} to {100 * score['high']:.0f}" if known else "interval unknown"
    return f"{100 * score['value']:.0f} % ({ends})"


def _average(setups: Sequence[Mapping[str, Any]], name: str) -> float:
    values = [setup[name] for setup in setups if setup[name] is not None]
    return float(np.mean(values)) if values else math.nan


def _mean(table: Floats) -> float:
    known = table[np.isfinite(table)]
    return float(known.mean()) if len(known) else math.nan


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


__all__ = ["READ", "TUNED", "Rows", "Score", "summarise"]
