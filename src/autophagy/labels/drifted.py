"""The answers of a comparison before and after, for people to label."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import DataError
from ..core.known import or_nan
from ..core.questions import Question
from ..drift.record import DriftRecord
from .unit import Candidate, LabelUnit


@dataclass(frozen=True)
class DriftAnswers:
    """A run folder of drift with a judge as a source of answers; the sides are the arms."""

    record: DriftRecord

    @property
    def folder(self) -> Path:
        """The run folder."""
        return self.record.folder

    def units(self) -> Sequence[LabelUnit]:
        """Every prompt that was answered on both sides, with its answers; raises DataError where no judge was asked."""
        lines = self.record.judged()
        if not lines:
            raise DataError(
                f"{self.folder} was marked by rules, and labels correct only a judge: run drift with --judge first."
            )
        answers, questions = defaultdict(list), {}
        for line in lines:
            mark = or_nan(line["mark"])
            answers[line["prompt"]].append(Candidate(line["side"], line["sample"], line["text"], mark))
            questions[line["prompt"]] = Question(
                line["prompt"], line["question"], tuple(line["answers"]), type=line["type"], document=line["document"]
            )
        return [LabelUnit(questions[name], tuple(answers[name])) for name in sorted(answers)]

    def controls(self) -> frozenset[str]:
        """None: both sides are in question."""
        return frozenset()
