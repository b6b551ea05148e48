"""The folder of an audit: audit.json, and below findings/ every row that a curator found; work/ while it goes on."""

from collections.abc import Mapping
from typing import Any

from ..core.folder import RunFolder
from ..curators.session import CORPUS
from ..data.stored.gather import LIST
from .spec import AuditSpec

AUDIT, FINDINGS, WORK, PAGE, TO_LABEL = "audit.json", "findings", "work", "report.html", "label.csv"


class AuditRecord(RunFolder):
    """The run folder of an audit; `autophagy.run` writes it."""

    spec_type = AuditSpec
    shown_by = "autophagy.audit.result"
    holds = (AUDIT, FINDINGS, WORK, PAGE, TO_LABEL)

    @property
    def begun(self) -> bool:
        """Whether all rows have been read."""
        return (self.folder / WORK / CORPUS / LIST).is_file() or self.done

    @property
    def counted(self) -> bool:
        """Whether what was found is there, which is so a moment before the run is done."""
        return (self.folder / AUDIT).is_file()

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The rows; there is no model."""
        return ", ".join(map(str, fields["paths"])), ""

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the files that were read, and of the plug-in files."""
        return environment["files"] | RunFolder.depends_on(environment)

    def document(self) -> dict[str, Any]:
        """What was found, as the command line's JSON has it."""
        return self.read_json(AUDIT)

    def found(self, curator: str) -> Any:
        """Every row that a curator found, as an Arrow table: file, row, source, score, detail, start and end."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder / FINDINGS / f"{curator}.parquet"
        return pq.read_table(path) if path.is_file() else pa.table({})
