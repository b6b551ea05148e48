"""The folder of a comparison: a finished arm is paid for once, whatever kills the run.

`answers.jsonl` has a line for each arm, seed and question, and `orders.jsonl` one for each order that was hidden in the
passages of an arm, if any; `arms.jsonl` one for each arm and seed, written after its
answers, so that it means that all is there. `subject.json` holds the questions and `passages.jsonl` the texts that
were shown. The empty file DONE comes last.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.errors import RecordError
from ..core.files import Line, read_lines, writing
from .spec import CompareSpec

ANSWERS, ARMS, PASSAGES, ORDERS = "answers.jsonl", "arms.jsonl", "passages.jsonl", "orders.jsonl"
SUBJECT, SPEC = "subject.json", "spec.toml"


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
        """Versions, processor, digest of the data, and what was set aside."""
        return _read(self.folder / "environment.json")

    def subject(self) -> dict[str, Any]:
        """The questions, by id, with their answers, evidence and layer, and the texts of the documents."""
        return _read(self.folder / SUBJECT)

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


def _rewrite(path: Path, lines: Sequence[Line]) -> None:
    with writing(path) as file:
        file.write("".join(json.dumps(line, allow_nan=False) + "\n" for line in lines).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path} cannot be read: give the folder of a comparison.") from error
    return loaded
