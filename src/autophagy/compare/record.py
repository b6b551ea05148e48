"""The folder of a comparison: a finished arm is paid for once, whatever kills the run.

`answers.jsonl` has a line for each arm, seed and question, and `orders.jsonl` one for each order that was hidden in the
passages of an arm, if any; `arms.jsonl` one for each arm and seed, written after its
answers, so that it means that all is there. `subject.json` holds the questions and `passages.jsonl` the texts that
were shown. The empty file DONE comes last.
"""

from collections.abc import Mapping
from typing import Any

from ..core.files import Line, read_lines
from ..core.folder import RunFolder
from .spec import CompareSpec

ANSWERS, ARMS, PASSAGES, ORDERS = "answers.jsonl", "arms.jsonl", "passages.jsonl", "orders.jsonl"
SUBJECT, WORK, LOGS = "subject.json", "work", "logs"


class Comparison(RunFolder):
    """The run folder of a comparison; `autophagy.run` writes it."""

    spec_type = CompareSpec
    journal = ARMS
    holds = (ANSWERS, PASSAGES, ORDERS, SUBJECT, WORK, LOGS)

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the documents with their questions, and of the plug-in files."""
        return {"the set of documents and questions": environment["digest"]} | RunFolder.depends_on(environment)

    def subject(self) -> dict[str, Any]:
        """The questions, by id, with their answers, evidence and layer, and the texts of the documents."""
        return self.read_json(SUBJECT)

    def passages(self) -> dict[str, str]:
        """The text of each passage that an arm was shown, by its id."""
        return {line["passage"]: line["text"] for line in read_lines(self.folder / PASSAGES)}

    def arms(self) -> list[Line]:
        """One line for each arm and seed that is done."""
        return read_lines(self.folder / ARMS)

    def answers(self) -> list[Line]:
        """One line for each arm, seed and question of those that are done; the layer `general` apart."""
        return self._done(ANSWERS)

    def orders(self) -> list[Line]:
        """One line for each order that was hidden in the passages of an arm that is done."""
        return self._done(ORDERS)

    def _done(self, name: str) -> list[Line]:
        done = {(line["arm"], line["seed"]) for line in self.arms()}
        return [row for row in read_lines(self.folder / name) if (row["arm"], row["seed"]) in done]
