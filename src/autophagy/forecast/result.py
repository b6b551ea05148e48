"""The result of a recorded forecast or calibration."""

from dataclasses import dataclass
from functools import cached_property

from .document import Document, DocumentResult
from .record import ForecastRecord


@dataclass(frozen=True, repr=False)
class ForecastResult(DocumentResult):
    """What a recorded forecast found."""

    record: ForecastRecord

    def document(self) -> Document:
        """The document that the folder holds."""
        return self._document

    @cached_property
    def _document(self) -> Document:
        return self.record.document()


def result(record: ForecastRecord) -> ForecastResult:
    """The result of a run folder."""
    return ForecastResult(record)
