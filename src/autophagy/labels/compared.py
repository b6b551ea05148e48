"""The answers of a comparison, for people to label."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..compare.record import Comparison
from ..compare.spec import JUDGE
from ..core.errors import DataError
from ..core.known import or_nan
from ..core.questions import Question
from .unit import Candidate, LabelUnit


@dataclass(frozen=True)
class ComparisonAnswers:
    """A run folder of a comparison as a source of answers."""

    record: Comparison

    @property
    def folder(self) -> Path:
        """The run folder."""
        return self.record.folder

    def units(self) -> Sequence[LabelUnit]:
        """Every question with what each arm and seed answered; those on what the model knew before are left out.

        Raises DataError where no arm has answered.
        """
        spec, dataset = self.record.spec(), self.record.dataset()
        mark = JUDGE if spec.judge else spec.decide
        general = set(dataset.get("general", ()))
        answers = defaultdict(list)
        for row in self.record.answers():
            if not row["error"] and row["question"] not in general:
                value = row["marks"].get(mark)
                answers[row["question"]].append(Candidate(row["arm"], row["seed"], row["text"], or_nan(value)))
        if not answers:
            raise DataError(f"no arm in {self.folder} has answered: finish the run before its answers are labelled.")
        asked = dataset["questions"]
        return [
            LabelUnit(_question(asked[name]), tuple(given)) for name, given in sorted(answers.items()) if name in asked
        ]

    def controls(self) -> frozenset[str]:
        """The arms that nobody would put into service."""
        return frozenset(line["arm"] for line in self.record.arms() if line.get("control"))


def _question(fields: dict[str, object]) -> Question:
    return Question(**{name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()})  # type: ignore[arg-type]
