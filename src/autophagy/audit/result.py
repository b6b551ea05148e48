"""The result of an audit: the share of the rows that each curator found, sentences, and every row found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Ends
from ..curators.charts import found_shares, share
from ..data.stored.called import titled
from ..results.result import Result
from ..results.scored import Scored
from .record import AuditRecord

UNFINISHED = "This audit has not finished: nothing is counted yet."


@dataclass(frozen=True, repr=False)
class AuditResult(Result):
    """What an audit found."""

    record: AuditRecord
    verb = "audit"
    counts_all = True

    @cached_property
    def document(self) -> dict[str, Any]:
        """The audit as the command line's JSON has it; raises RecordError where it has not finished."""
        return self.record.document()

    @property
    def title(self) -> str:
        """The rows."""
        return titled(self.record.spec())

    @property
    def verdict(self) -> list[str]:
        """What to do before a model learns from the rows, and what was found."""
        return list(self.document["verdict"]) if self.record.counted else [UNFINISHED]

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What each curator found, with examples; nothing where the audit has not finished."""
        return list(self.document["findings"]) if self.record.counted else []

    def found(self, curator: str) -> Any:
        """Every row that a curator found, as an Arrow table."""
        return self.record.found(curator)

    def rows(self) -> list[dict[str, Any]]:
        """How many rows of each source each curator found."""
        return [
            {"curator": each["curator"], "source": source, "metric": "count", "value": float(count)}
            for each in self.findings
            for source, count in each["sources"].items()
        ]

    def scores(self) -> list[Scored]:
        """The share of all rows that each curator found, the largest first: a count, so without an interval."""
        return [
            Scored(
                {},
                each["curator"],
                f"{each['title'].lower()}, share of rows",
                share(each["count"], self.document["rows"]),
            )
            for each in sorted(self.findings, key=lambda one: -one["count"])
        ]

    def charts(self) -> Mapping[str, Ends]:
        """The share of the rows that each curator found."""
        drawn = found_shares(self.findings, self.document["rows"]) if self.findings else None
        return {drawn.name: drawn} if drawn and drawn.is_known else {}


def result(record: AuditRecord) -> AuditResult:
    """The result of a run folder."""
    return AuditResult(record)
