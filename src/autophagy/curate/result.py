"""The result of a curation: what was kept and dropped as frames, the shares of each curator, sentences and charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Ends
from ..curators.charts import TAKEN, found_shares, kept_by_source, share
from ..data.stored.called import titled
from ..results.result import Result
from ..results.scored import Scored
from .record import CurationRecord
from .verdict import verdict

UNFINISHED = "This curation has not finished: nothing is counted yet."


@dataclass(frozen=True, repr=False)
class CurateResult(Result):
    """What a curation kept and dropped."""

    record: CurationRecord
    verb = "curate"
    counts_all = True

    @cached_property
    def document(self) -> dict[str, Any]:
        """The summary as the command line's JSON has it; raises RecordError where the curation has not finished."""
        return self.record.document()

    @property
    def title(self) -> str:
        """The rows."""
        return titled(self.record.spec())

    @property
    def verdict(self) -> list[str]:
        """How many rows were kept and why the others went, the short sentence first."""
        return verdict(self.document) if self.record.counted else [UNFINISHED]

    @cached_property
    def kept(self) -> Any:
        """The rows that were kept, as an Arrow table."""
        return self.record.kept()

    @cached_property
    def dropped(self) -> Any:
        """The rows that were dropped, each with its reason, as an Arrow table."""
        return self.record.dropped()

    def rows(self) -> list[dict[str, Any]]:
        """How many rows of each source there were, were kept, and were dropped by each curator."""
        if not self.record.counted:
            return []
        return [
            {"source": source, "metric": name, "value": float(value)}
            for source, each in self.document["sources"].items()
            for name, value in {"rows": each["rows"], "kept": each["kept"], **each["dropped"]}.items()
        ]

    def scores(self) -> list[Scored]:
        """The share of the rows that was kept, and that each curator dropped: counts of all rows, without interval."""
        if not self.record.counted:
            return []
        document = self.document
        shares = {"kept": ("kept", document["kept"])}
        shares |= {each["curator"]: (each["title"].lower(), each["count"]) for each in document["findings"]}
        rows = document["rows"]
        return [Scored({}, name, f"{title}, share of rows", share(n, rows)) for name, (title, n) in shares.items()]

    @property
    def hues(self) -> dict[str, int]:
        """The place in COLOURS of each curator, none of which is that of what was kept."""
        return {each["curator"]: TAKEN[place % len(TAKEN)] for place, each in enumerate(self.document["findings"])}

    def charts(self) -> Mapping[str, Ends]:
        """The share of the rows that each curator took out, and what was kept of each source."""
        if not self.record.counted:
            return {}
        document = self.document
        drawn = (found_shares(document["findings"], document["rows"], self.hues), kept_by_source(document["sources"]))
        return {each.name: each for each in drawn if each.is_known}


def result(record: CurationRecord) -> CurateResult:
    """The result of a run folder."""
    return CurateResult(record)
