"""The labels of a run folder: `labels/key.jsonl` says which answers ids stand for, `labels/labels.jsonl` holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import RecordError
from ..core.files import Line, read_lines

LABELS = "labels"  # the folder
KEY, GIVEN, SHEET = f"{LABELS}/key.jsonl", f"{LABELS}/labels.jsonl", f"{LABELS}/sheet.csv"


@dataclass(frozen=True)
class LabelRecord:
    """What people were asked of a run and what they said, read from its folder."""

    folder: Path

    def key(self) -> list[Line]:
        """A line for each answer that is on a sheet: its id, arm, seed and question."""
        return self._lines(KEY, ("id", "arm", "seed", "question"))

    def given(self) -> Mapping[str, int]:
        """The labels by id, 1 for right and 0 for wrong; the last one of an id counts."""
        return {line["id"]: line["label"] for line in self._lines(GIVEN, ("id", "label"))}

    def labelled(self) -> list[Line]:
        """The answers that people labelled: arm, seed, question and label."""
        given = self.given()
        return [{**line, "label": given[line["id"]]} for line in self.key() if line["id"] in given] if given else []

    def _lines(self, name: str, fields: tuple[str, ...]) -> list[Line]:
        lines = read_lines(self.folder / name)
        if any(field not in line for line in lines for field in fields):
            raise RecordError(
                f"{self.folder / name} is damaged: remove the folder {self.folder / LABELS}, and write a sheet anew."
            )
        return lines
