"""The page of runs of one verb, one below the other: what all of them show in the same way."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.folder import SPEC
from ..results.result import Result
from ..text.unseen import coded
from . import rows
from .page import fill
from .plot import plots_in
from .signs import visible, words


@dataclass(frozen=True)
class RunPage:
    """The page of a verb: its room and its words on the command line, what one run is called, and what the page asks.

    `values(key, result)` gives what the verb's own template shows of a run, its `counts` among it; None where there is
    nothing to show yet.
    """

    room: str
    verb: str
    kind: str
    asks: str
    values: Callable[[str, Any], Mapping[str, Any] | None]
    resumes: bool = True  # else it is run once more from its spec

    def render(self, results: Sequence[Result]) -> str:
        """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
        keys = [f"{self.kind}-{place}" for place in range(1, len(results) + 1)]
        runs = [self._run(key, result) for key, result in zip(keys, results, strict=True)]
        return fill(
            f"{self.room}/page.html",
            title=" and ".join(dict.fromkeys(coded(result.title) for result in results)),
            command=coded(f"autophagy report {shlex.join(result.folder.resolve().name for result in results)}"),
            plots=plots_in(runs),
            runs=runs,
            kind=self.kind,
            kinds=f"{self.kind.capitalize()}s",
            asks=self.asks,
            links=[(key, coded(result.folder.name)) for key, result in zip(keys, results, strict=True)],
        )

    def _run(self, key: str, result: Any) -> dict[str, Any]:
        known = {"key": key, "title": visible(result.title), "made": rows.made(result.record, self.verb)}
        values = self.values(key, result)
        if values is None:
            return known | {"counts": [], "resume": visible(self._again(result.folder))}
        lead, *rest = map(words, result.verdict)
        notes = [visible(note) for note in result.document["notes"]]
        return {**known, "resume": None, "lead": lead, "sentences": rest, "notes": notes, **values}

    def _again(self, folder: Path) -> str:
        """The line by which a run that has not finished goes on."""
        how = "--resume" if self.resumes else f"--spec {shlex.quote(str(folder / SPEC))}"
        return f"autophagy {self.verb} {how} --out {shlex.quote(str(folder))}"
