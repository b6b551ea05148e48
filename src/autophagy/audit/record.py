"""The folder of an audit: audit.json, and below findings/ every row that a curator found; work/ while it goes on."""

from typing import Any

from ..data.stored.record import PAGE, WORK, RowsRecord
from .spec import AuditSpec

AUDIT, FINDINGS, TO_LABEL = "audit.json", "findings", "label.csv"  # the files of an audit's folder


class AuditRecord(RowsRecord):
    """The run folder of an audit; `autophagy.run` writes it."""

    spec_type = AuditSpec
    shown_by = "autophagy.audit.result"
    drawn_by = "audit"
    outcome = AUDIT
    has = RowsRecord.has | {"signals", "boilerplate", "evaluation", "machine_share", "quality", "verdict"}
    holds = (AUDIT, FINDINGS, WORK, PAGE, TO_LABEL)

    def found(self, curator: str) -> Any:
        """Every row that a curator found, as an Arrow table: file, row, source, score, detail, start and end."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder / FINDINGS / f"{curator}.parquet"
        return pq.read_table(path) if path.is_file() else pa.table({})
