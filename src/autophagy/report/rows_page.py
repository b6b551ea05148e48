"""The page of runs over rows, audits or curations: what all of them show in the same way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..results.result import Result
from . import rows
from .bars import surveyed
from .run_page import RunPage


@dataclass(frozen=True)
class RowsPage:
    """The page of a verb: its name, what one and several runs are called, and the question that the page answers.

    `values(key, result)` gives what the verb's own template shows of a finished run.
    """

    verb: str
    kind: str
    asks: str
    values: Callable[[str, Any], Mapping[str, Any]]

    def render(self, results: Sequence[Result]) -> str:
        """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
        return RunPage(self.verb, self.verb, self.kind, self.asks, self._values).render(results)

    def _values(self, key: str, result: Any) -> Mapping[str, Any] | None:
        if not result.done:
            return None
        document = result.document
        return {"surveyed": surveyed(document), "unreadable": rows.unreadable(document), **self.values(key, result)}
