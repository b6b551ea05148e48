"""The folder of a comparison of answers: drift.json, and flips.jsonl with both answers to each prompt that flipped."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from ..core.errors import RecordError
from ..core.files import Line, read_lines
from ..core.folder import RunFolder
from ..labels.record import LABELS
from .spec import DriftSpec

DRIFT, FLIPS, JUDGED, PAGE = "drift.json", "flips.jsonl", "judged.jsonl", "report.html"
HAS = frozenset(("tasks", "verdict", "notes", "unreadable", "alone"))
JUDGED_HAS = frozenset(("prompt", "side", "sample", "question", "answers", "type", "document", "text", "mark"))


class DriftRecord(RunFolder):
    """The run folder of a comparison of answers; `autophagy.run` writes it, whole and at once."""

    spec_type = DriftSpec
    shown_by = "autophagy.drift.result"
    drawn_by = "drift"
    holds = (DRIFT, FLIPS, JUDGED, PAGE, LABELS)

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The logs, and the model after."""
        return ", ".join(map(str, fields["paths"])), str(fields.get("to_model", ""))

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the logs, and of the plug-in files."""
        return environment["files"] | RunFolder.depends_on(environment)

    @property
    def counted(self) -> bool:
        """Whether what changed is there."""
        return (self.folder / DRIFT).is_file()

    def document(self) -> dict[str, Any]:
        """What changed, as the command line's JSON has it; raises RecordError where it is damaged."""
        found = self.read_json(DRIFT)
        missing = sorted(HAS - found.keys())
        if missing:
            raise RecordError(f"{self.folder / DRIFT} lacks {', '.join(missing)}: compare the logs once more.")
        return found

    def judged(self) -> list[Line]:
        """The answers of both sides that a judge marked; none where no judge was asked. Raises RecordError as flips."""
        return self._lines(JUDGED, JUDGED_HAS)

    def flips(self) -> Iterator[dict[str, Any]]:
        """The prompts whose mark flipped, with both answers; raises RecordError where a line is damaged."""
        from .flips import Flip  # which needs NumPy, and a list of many runs does not

        yield from self._lines(FLIPS, frozenset(field.name for field in fields(Flip)))

    def _lines(self, name: str, needed: frozenset[str]) -> list[Line]:
        lines = read_lines(self.folder / name)
        for number, line in enumerate(lines, 1):
            if needed - line.keys():
                lacks = ", ".join(sorted(needed - line.keys()))
                raise RecordError(f"{self.folder / name} line {number} lacks {lacks}: compare the logs once more.")
        return lines
