"""A gate for answers: which changes a build does not let pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..core.errors import UsageError
from ..core.parts import did_you_mean
from .finding import FINDINGS, found

ANY = "change"


@dataclass(frozen=True)
class Barred:
    """A finding that fails a build, of one task or of any."""

    finding: str
    task: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "change", "worse" or "primes/format"; raises UsageError for another word."""
        task, _, finding = text.rpartition("/")
        known = (ANY, *FINDINGS)
        if finding not in known:
            raise UsageError(f"--fail-on {text} is no finding{did_you_mean(finding, known)}: write {', '.join(known)}.")
        return cls(finding, task)

    def broken(self, document: Mapping[str, Any]) -> list[str]:
        """Why a build fails, a sentence a task; raises UsageError where there is no such task."""
        tasks = document["tasks"]
        names = list(dict.fromkeys(task["task"] for task in tasks))
        if self.task and self.task not in names:
            raise UsageError(
                f"there is no task {self.task!r}{did_you_mean(self.task, names)}: write {', '.join(names)}."
            )
        return [
            f"{task['task']}: {FINDINGS[name]}."
            for task in tasks
            if self.task in ("", task["task"])
            for name in found(task)
            if self.finding in (ANY, name)
        ]


def broken(limits: Iterable[Barred], document: Mapping[str, Any]) -> list[str]:
    """Every reason why a build fails, each once."""
    return list(dict.fromkeys(sentence for limit in limits for sentence in limit.broken(document)))
