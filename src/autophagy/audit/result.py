"""The result of an audit: the share of the rows that each curator found, sentences, and every row found."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Chart
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import Score
from .record import AuditRecord


@dataclass(frozen=True, repr=False)
class AuditResult(Result):
    """What an audit found."""

    record: AuditRecord
    verb = "audit"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The audit as the command line's JSON has it."""
        return self.record.document()

    @property
    def title(self) -> str:
        """The rows."""
        return ", ".join(map(str, self.record.spec().paths))

    @property
    def verdict(self) -> list[str]:
        """What to do before a model learns from the rows, and what was found."""
        return list(self.document["verdict"])

    def found(self, curator: str) -> Any:
        """Every row that a curator found, as an Arrow table."""
        return self.record.found(curator)

    def rows(self) -> list[dict[str, Any]]:
        """How many rows of each source each curator found."""
        return [
            {"curator": each["curator"], "source": source, "metric": "count", "value": float(count)}
            for each in self.document["findings"]
            for source, count in each["sources"].items()
        ]

    def scores(self) -> list[Scored]:
        """The share of all rows that each curator found: a count of all of them, so without an interval."""
        rows = self.document["rows"]
        return [
            Scored({}, each["curator"], f"{each['title'].lower()}, share of rows", _share(each["count"], rows))
            for each in self.document["findings"]
        ]

    def charts(self) -> Mapping[str, Chart]:
        """Nothing that a curve shows: see the page."""
        return {}


def _share(count: int, rows: int) -> Score:
    return Score(count / rows if rows else math.nan, math.nan, math.nan, rows)


def result(record: AuditRecord) -> AuditResult:
    """The result of a run folder."""
    return AuditResult(record)
