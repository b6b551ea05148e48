"""The looks so far, as looks.jsonl holds them: a line each, only ever added to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...core.files import Line
from ...statistics.sequential import anytime_p
from ...statistics.significance import holm
from .standing import Standing, Stream


@dataclass(frozen=True)
class Looks:
    """The lines of all looks; a *stream* of evidence ends where prompts, rules, decoding or the recorded marks change.

    All figures are of the newest stream.
    """

    lines: Sequence[Line]

    @property
    def last(self) -> Line:
        """The newest line; nothing where there is none."""
        return self.lines[-1] if self.lines else {}

    @cached_property
    def current(self) -> list[Line]:
        """The lines of the newest stream."""
        return [line for line in self.lines if line["stream"] == self.last["stream"]]

    @cached_property
    def rows(self) -> set[str]:
        """The digests of all answers that were counted."""
        return {digest for line in self.lines for digest in line["rows"]}

    def used(self, task: str, prompts: str) -> set[tuple[str, int]]:
        """The recorded answers to prompts of that digest that were compared with a new one, in any stream."""
        lines = [line for line in self.lines if line["facts"].get(task, {}).get("prompts") == prompts]
        return {(name, sample) for line in lines for name, sample in line["tasks"].get(task, {}).get("used", [])}

    @property
    def standings(self) -> dict[Stream, Standing]:
        """Where each stream stands."""
        found = self.last.get("found", {})
        return {(task, kind): Standing.read(cells) for task, kinds in found.items() for kind, cells in kinds.items()}

    def p(self, stream: Stream | None = None) -> float:
        """The p of a stream that holds at all looks together; of None that anything changed."""
        if stream is None:
            return anytime_p([line["evidence"] for line in self._comparable])
        task, kind = stream
        return anytime_p([line["found"][task][kind]["evidence"] for line in self._comparable])

    def adjusted(self) -> dict[Stream, float]:
        """The p of each stream, adjusted for their number."""
        streams = list(self.standings)
        return dict(zip(streams, holm([self.p(stream) for stream in streams]), strict=True))

    def alarmed(self, alpha: float) -> str:
        """The date of the look at which it was seen that something changed, "" where it was not."""
        lines = (line for line in self._comparable if line["evidence"] >= -math.log(alpha))
        return next((str(line["date"]) for line in lines), "")

    @cached_property
    def _comparable(self) -> list[Line]:
        """The lines of the stream with the tolerance of the last: evidence against another band is no evidence here."""
        return [line for line in self.current if line["tolerance"] == self.last["tolerance"]]
