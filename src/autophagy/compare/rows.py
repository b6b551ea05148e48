"""The rows of a comparison as arrays, by arm, seed and question; all that is said of a comparison is read off them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import RecordError
from ..core.files import Line
from ..core.known import or_nan
from ..core.marks import Mark
from ..core.stops import CUT
from ..cost.prices import Prices, read_prices
from ..labels.record import LabelRecord
from .record import Comparison
from .spec import JUDGE, CompareSpec

Floats = NDArray[np.float64]
FACTS = ("control", "reads", "tuned")


@dataclass(frozen=True)
class AnswerRows:
    """The answers of a comparison as arrays: (seeds, questions) for each arm, NaN where there is none.

    Of the questions that were `asked`, those in `general` are on what the model knew before. `labels` are what people
    said of some of the answers.
    """

    spec: CompareSpec
    asked: Mapping[str, Mapping[str, Any]]
    general: frozenset[str]
    arms: Sequence[Line]
    answers: Sequence[Line]
    injections: Sequence[Line]
    graders: Mapping[str, Mark]
    prices: Prices | None = None
    labels: Sequence[Line] = ()

    @classmethod
    def of(cls, record: Comparison) -> "AnswerRows":
        """The rows of a folder."""
        spec, arms = record.spec(), record.arms()
        if any(fact not in line for line in arms for fact in FACTS):
            raise RecordError(f"{record.folder} does not say which arms are controls: run the comparison anew.")
        prices = read_prices(spec.prices) if spec.prices else None
        dataset = record.dataset()
        asked, general = dataset["questions"], frozenset(dataset.get("general", ()))
        unjudged = general if spec.decide == JUDGE else frozenset()  # a judge is shown no general question
        answers = [_decided(row, "correct" if row["question"] in unjudged else spec.decide) for row in record.answers()]
        labels = LabelRecord(record.folder).labelled()
        return cls(spec, asked, general, arms, answers, record.injections(), record.graders(), prices, labels)

    @cached_property
    def names(self) -> list[str]:
        """The arms that have answered, in the order of the spec."""
        done = {line["arm"] for line in self.arms}
        return [str(part) for part in self.spec.arms if str(part) in done]

    def facts(self, arm: str) -> dict[str, bool]:
        """Whether an arm is a control, reads passages, and was tuned."""
        line = next(line for line in self.arms if line["arm"] == arm)
        return {fact: line[fact] for fact in FACTS}

    @cached_property
    def questions(self) -> list[str]:
        """The ids of the questions, but for those on what the model knew before."""
        return [name for name in self.asked if name not in self.general]

    @cached_property
    def before(self) -> list[str]:
        """The ids of the questions on what the model knew before."""
        return [name for name in self.asked if name in self.general]

    @cached_property
    def types(self) -> list[str]:
        """The types of questions, in their order."""
        return list(dict.fromkeys(self.asked[name]["type"] for name in self.questions))

    def clusters(self, questions: Sequence[str]) -> list[str]:
        """The source document of each question."""
        return [self.asked[name]["document"] for name in questions]

    def of_type(self, type_: str | None) -> list[str]:
        """The questions of a type; all of them for None."""
        return [name for name in self.questions if type_ is None or self.asked[name]["type"] == type_]

    def matrix(self, arm: str, column: str, questions: Sequence[str]) -> Floats:
        """A mark or a column of the rows (seeds, questions)."""
        place = {name: number for number, name in enumerate(questions)}
        rows = [row for row in self.answers if row["arm"] == arm and row["question"] in place]
        table = np.full((max((row["seed"] for row in rows), default=0) + 1, len(questions)), math.nan)
        for row in rows:
            value = row["marks"].get(column) if column in row["marks"] else row.get(column)
            table[row["seed"], place[row["question"]]] = or_nan(value)
        return table

    def grades(self, arm: str, grader: str, questions: Sequence[str]) -> Floats:
        """The marks of a grader as it gave them (seeds, questions): those of `correct` also where another decides."""
        return self.matrix(arm, "match" if grader == "correct" else grader, questions)

    def times(self, arm: str) -> Floats:
        """Seconds of a query (seeds, queries): of those asked one at a time, or at an address of all, each its own.

        A local model answers many questions at once, so that the seconds of their rows are means of a batch.
        """
        sampled = [line.get("latency_sample") for line in self.arms if line["arm"] == arm]
        if self.spec.base_url or not all(sampled):
            return self.matrix(arm, "seconds", self.questions)
        return np.array(sampled, dtype=np.float64)

    def preparations(self, arm: str) -> list[dict[str, Any]]:
        """What each seed of an arm cost to prepare."""
        return [line["preparation"] for line in self.arms if line["arm"] == arm]


def says_nothing(row: Line) -> bool:
    """Whether an answer came whole and is empty."""
    return not (row["error"] or row.get("stop") == CUT or row["text"].strip())


def _decided(row: Line, decide: str) -> Line:
    """A row whose mark `correct` is the one that decides, `match` being what the comparison with the answers said."""
    marks = row["marks"]
    return {**row, "marks": {**marks, "match": marks.get("correct"), "correct": marks.get(decide)}}
