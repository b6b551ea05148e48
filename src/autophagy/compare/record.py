"""The folder of a comparison: a finished arm is paid for once, whatever kills the run.

`answers.jsonl` has a line for each arm, seed and question, and `injections.jsonl` one for each injection that was
hidden in the passages of an arm, if any; `arms.jsonl` has one for each arm and seed, written after its answers, so that
it means that all is there. `dataset.json` holds the questions and `passages.jsonl` the texts that were shown. The empty
file DONE comes last.
"""

import json
from pathlib import Path
from typing import Any

from ..core.errors import RecordError
from ..core.files import Line, read_lines
from ..core.marks import Mark
from .spec import CompareSpec

ANSWERS, ARMS, PASSAGES, INJECTIONS = "answers.jsonl", "arms.jsonl", "passages.jsonl", "injections.jsonl"
DATASET, SPEC = "dataset.json", "spec.toml"


class Comparison:
    """The folder of a comparison, to be read; see `run_comparison` for writing it."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    @property
    def done(self) -> bool:
        """Whether every arm has answered with every seed."""
        return (self.folder / "DONE").exists()

    def spec(self) -> CompareSpec:
        """The spec that the folder was made for."""
        return CompareSpec.from_toml(self.folder / SPEC)

    def environment(self) -> dict[str, Any]:
        """Versions, processor, digest of the data, facts of the graders, and what was set aside."""
        return _read(self.folder / "environment.json")

    def graders(self) -> dict[str, Mark]:
        """What is to be known of each grader's mark, by its name."""
        return {name: Mark.read(mark) for name, mark in self.environment().get("graders", {}).items()}

    def dataset(self) -> dict[str, Any]:
        """The questions, by id, with their answers, evidence and type, and the texts of the documents."""
        return _read(self.folder / DATASET)

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


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path} cannot be read: give the folder of a comparison.") from error
    return loaded
