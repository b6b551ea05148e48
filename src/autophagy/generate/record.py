"""The folder of a generation: calls.jsonl, the rows that were kept and dropped, and summary.json."""

from collections.abc import Mapping
from typing import Any

from ..core.errors import RecordError
from ..core.folder import RunFolder
from .spec import GenerateSpec

CALLS, JUDGED, KEPT, DROPPED, SUMMARY, ROWS, PAGE, WRITER = (
    "calls.jsonl", "judge.jsonl", "rows.parquet", "dropped.parquet", "summary.json", "rows.jsonl", "report.html",
    "writer",
)  # fmt: skip
HAS = frozenset(("rows", "kept", "dropped", "calls", "tokens", "money", "seconds", "yield", "variety", "verdict"))


class GenerationRecord(RunFolder):
    """The run folder of a generation of rows; `autophagy.run` writes it."""

    spec_type = GenerateSpec
    shown_by = "autophagy.generate.result"
    drawn_by = "generate"
    journal = CALLS
    holds = (CALLS, JUDGED, KEPT, DROPPED, SUMMARY, ROWS, PAGE, WRITER, f"{WRITER}.new")

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The seeds or documents, and the writer."""
        return str(fields.get("seeds") or fields.get("documents", "")), str(fields["model"])

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of seeds, documents and evaluation sets, and of the plug-in files."""
        return environment["files"] | RunFolder.depends_on(environment)

    @property
    def counted(self) -> bool:
        """Whether the rows are there, which is so where it ended at its budget, too."""
        return (self.folder / SUMMARY).is_file()

    def document(self) -> dict[str, Any]:
        """The generation as the command line's JSON has it; raises RecordError where it is damaged."""
        found = self.read_json(SUMMARY)
        missing = sorted(HAS - found.keys())
        if missing:
            raise RecordError(f"{self.folder / SUMMARY} lacks {', '.join(missing)}: run it again with --resume.")
        return found

    def table(self, name: str = KEPT) -> Any:
        """The rows that were kept, or with DROPPED those that were not, as an Arrow table."""
        import pyarrow.parquet as pq

        return pq.read_table(self.folder / name)
