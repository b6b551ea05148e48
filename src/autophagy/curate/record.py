"""The folder of a curation: kept/ and dropped/ as parquet, and summary.json; work/ while it goes on."""

from collections.abc import Mapping
from typing import Any

from ..core.folder import RunFolder
from ..curators.session import CORPUS
from ..data.stored.gather import LIST
from .spec import CurateSpec

KEPT, DROPPED, SUMMARY, WORK, CARD, PAGE = "kept", "dropped", "summary.json", "work", "card.md", "report.html"


class CurationRecord(RunFolder):
    """The run folder of a curation; `autophagy.run` writes it."""

    spec_type = CurateSpec
    shown_by = "autophagy.curate.result"
    holds = (KEPT, DROPPED, SUMMARY, WORK, CARD, PAGE)

    @property
    def begun(self) -> bool:
        """Whether all rows have been read."""
        return (self.folder / WORK / CORPUS / LIST).is_file() or self.done

    @property
    def counted(self) -> bool:
        """Whether what was found is there, which is so a moment before the run is done."""
        return (self.folder / SUMMARY).is_file()

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The rows; there is no model."""
        return ", ".join(map(str, fields["paths"])), ""

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the files that were read, and of the plug-in files."""
        return environment["files"] | RunFolder.depends_on(environment)

    def summary(self) -> dict[str, Any]:
        """What was kept, what was dropped and why, as the command line's JSON has it."""
        return self.read_json(SUMMARY)

    def kept(self) -> Any:
        """The rows that were kept, as an Arrow table."""
        return self._table(KEPT)

    def dropped(self) -> Any:
        """The rows that were dropped, each with its reason, as an Arrow table."""
        return self._table(DROPPED)

    def _table(self, name: str) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        parts = [pq.read_table(path) for path in sorted((self.folder / name).glob("*.parquet"))]
        return pa.concat_tables(parts) if parts else pa.table({})
