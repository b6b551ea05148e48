"""The folder of a curation: kept/ with its index/, dropped/ and summary.json; work/ while it goes on."""

from typing import Any

from ..data.stored.record import PAGE, WORK, RowsRecord
from ..data.stored.spec import INDEX, KEPT
from .spec import CurateSpec

DROPPED, SUMMARY, CARD = "dropped", "summary.json", "card.md"


class CurationRecord(RowsRecord):
    """The run folder of a curation; `autophagy.run` writes it."""

    spec_type = CurateSpec
    shown_by = "autophagy.curate.result"
    drawn_by = "curate"
    outcome = SUMMARY
    has = RowsRecord.has | {"kept", "dropped", "receipt", "columns", "quality"}
    holds = (KEPT, INDEX, DROPPED, SUMMARY, WORK, CARD, PAGE)

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
