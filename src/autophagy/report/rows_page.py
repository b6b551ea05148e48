"""The page of runs over rows, audits or curations: what all of them show in the same way."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..results.result import Result
from ..text.unseen import coded
from . import rows
from .bars import surveyed
from .page import fill
from .plot import plots_in
from .signs import visible, words


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
        keys = [f"{self.kind}-{place}" for place in range(1, len(results) + 1)]
        runs = [self._run(key, result) for key, result in zip(keys, results, strict=True)]
        return fill(
            f"{self.verb}/page.html",
            title=" and ".join(dict.fromkeys(coded(result.title) for result in results)),
            command=coded(f"autophagy report {shlex.join(str(result.folder) for result in results)}"),
            plots=plots_in(runs),
            runs=runs,
            kind=self.kind,
            kinds=f"{self.kind.capitalize()}s",
            asks=self.asks,
            links=[(key, coded(result.folder.name)) for key, result in zip(keys, results, strict=True)],
        )

    def _run(self, key: str, result: Any) -> dict[str, Any]:
        known = {"key": key, "title": visible(result.title), "made": rows.made(result.record, self.verb)}
        if not result.done:
            more = f"autophagy {self.verb} --resume --out {shlex.quote(str(result.folder))}"
            return known | {"counts": [], "resume": visible(more)}
        document, (lead, *rest) = result.document, result.verdict
        return {
            **known,
            "resume": None,
            "lead": words(lead),
            "sentences": [words(sentence) for sentence in rest],
            "surveyed": surveyed(document),
            "unreadable": rows.unreadable(document),
            "notes": [visible(note) for note in document["notes"]],
            **self.values(key, result),
        }
