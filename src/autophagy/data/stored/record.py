"""The folder of a run over rows: what it found as one JSON document, and work/ while it goes on."""

from collections.abc import Mapping
from typing import Any, ClassVar

from ...core.errors import RecordError
from ...core.folder import RunFolder
from .gather import LIST

WORK, CORPUS, PAGE = "work", "corpus", "report.html"  # the rows that are judged lie in work/corpus


class RowsRecord(RunFolder):
    """A run folder whose `outcome` is the file that says what was found, with at least the fields that it `has`."""

    outcome: ClassVar[str]
    has: ClassVar[frozenset[str]] = frozenset(
        ("rows", "unreadable", "notes", "reasons", "findings", "sources", "shares")
    )

    @property
    def begun(self) -> bool:
        """Whether all rows have been read."""
        return (self.folder / WORK / CORPUS / LIST).is_file() or self.done

    @property
    def counted(self) -> bool:
        """Whether what was found is there, which is so a moment before the run is done."""
        return (self.folder / self.outcome).is_file()

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The rows; there is no model."""
        return ", ".join(map(str, fields["paths"])), ""

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the files that were read, and of the plug-in files."""
        return environment["files"] | RunFolder.depends_on(environment)

    def document(self) -> dict[str, Any]:
        """What was found, as the command line's JSON has it; raises RecordError where it is damaged."""
        found = self.read_json(self.outcome)
        missing = sorted(self.has - found.keys())
        if missing:
            raise RecordError(
                f"{self.folder / self.outcome} lacks {', '.join(missing)}: it is damaged or of another version, so run "
                f"this once more into another folder."
            )
        return found
