"""The folder of a comparison of answers: drift.json, and flips.jsonl with both answers to each prompt that flipped."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..core.errors import RecordError
from ..core.files import Line, read_lines
from ..core.folder import RunFolder
from ..labels.record import LABELS
from .spec import DriftSpec

DRIFT, FLIPS, JUDGED, PAGE = "drift.json", "flips.jsonl", "judged.jsonl", "report.html"
HAS = frozenset(("tasks", "verdict", "notes", "unreadable", "alone"))


class DriftRecord(RunFolder):
    """The run folder of a comparison of answers; `autophagy.run` writes it, whole and at once."""

    spec_type = DriftSpec
    shown_by = "autophagy.drift.result"
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
        """The answers of both sides that a judge marked; none where no judge was asked."""
        return read_lines(self.folder / JUDGED)

    def flips(self) -> Iterator[dict[str, Any]]:
        """The prompts whose mark flipped, with both answers."""
        yield from read_lines(self.folder / FLIPS)
