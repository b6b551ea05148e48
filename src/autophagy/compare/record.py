"""The folder of a comparison: a finished arm, and each answer, is paid for once, whatever kills the run.

`answers.jsonl` has a line for each arm, seed and question, and `injections.jsonl` one for each injection that was
hidden in the passages of an arm, if any; `arms.jsonl` has one for each arm and seed, written after its answers, so that
it means that all is there; until then answers stand in `asked.jsonl`. `dataset.json` holds the
questions and `passages.jsonl` the texts that were shown. The empty file DONE comes last.
"""

from collections.abc import Mapping
from typing import Any

from ..core.files import Line, read_lines
from ..core.folder import RunFolder
from ..core.marks import Mark
from ..labels.record import LABELS
from .spec import CompareSpec

ANSWERS, ARMS, PASSAGES, INJECTIONS = "answers.jsonl", "arms.jsonl", "passages.jsonl", "injections.jsonl"
DATASET, WORK, LOGS = "dataset.json", "work", "logs"


class Comparison(RunFolder):
    """The run folder of a comparison; `autophagy.run` writes it."""

    spec_type = CompareSpec
    shown_by = "autophagy.compare.result"
    drawn_by = "compare"
    journal = ARMS
    holds = (ANSWERS, PASSAGES, INJECTIONS, DATASET, WORK, LOGS, LABELS)

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the documents with their questions, and of the plug-in files."""
        return {"the set of documents and questions": environment["digest"]} | RunFolder.depends_on(environment)

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The documents and the model."""
        return str(fields["documents"]), str(fields["model"])

    def steps(self, fields: Mapping[str, Any]) -> tuple[int, int]:
        """The arms that have answered, once for each seed, and all that are to."""
        return len(self.arms()), int(self.environment().get("trials", 0))

    def graders(self) -> dict[str, Mark]:
        """What is to be known of each grader's mark, by its name."""
        return {name: Mark.read(mark) for name, mark in self.environment().get("graders", {}).items()}

    def dataset(self) -> dict[str, Any]:
        """The questions, by id, with their answers, evidence and type, and the texts of the documents."""
        return self.read_json(DATASET)

    def passages(self) -> dict[str, str]:
        """The text of each passage that an arm was shown, by its id."""
        return {line["passage"]: line["text"] for line in read_lines(self.folder / PASSAGES)}

    def arms(self) -> list[Line]:
        """One line for each arm and seed that is done."""
        return read_lines(self.folder / ARMS)

    def answers(self) -> list[Line]:
        """One line for each arm, seed and question of those that are done, the general questions among them."""
        return self._done(ANSWERS)

    def injections(self) -> list[Line]:
        """One line for each injection that was hidden in the passages of an arm that is done."""
        return self._done(INJECTIONS)

    def _done(self, name: str) -> list[Line]:
        done = {(line["arm"], line["seed"]) for line in self.arms()}
        return [row for row in read_lines(self.folder / name) if (row["arm"], row["seed"]) in done]
