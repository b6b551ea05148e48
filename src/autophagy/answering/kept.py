"""Answers of served models are kept as they come, so that a run that was stopped pays for none of them again."""

import hashlib
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..core.files import Line, append, drop_torn, read_lines
from ..core.known import or_nan, or_null
from .language_model import Completion

COUNTS = ("tokens_in", "tokens_out", "seconds")  # of a completion, which may be unknown


@dataclass(eq=False)
class Journal:
    """Answers in an append-only file, by what was asked; each that was there before is given back once.

    So what is asked three times, as a judge is to see whether it repeats itself, has three answers. `scope` is a part
    of what is asked. `recalled` counts those that were given back, and `waited` is how long their sessions had waited.
    """

    path: Path
    scope: str = ""
    recalled: int = 0
    waited: float = 0.0
    _before: dict[str, deque[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        drop_torn(self.path)
        for line in read_lines(self.path):
            self._before.setdefault(line["asked"], deque()).append(line)
        self._since = time.perf_counter()

    async def answer(self, question: Any, ask: Callable[[], Awaitable[Completion]]) -> Completion:
        """The answer that is there, or else what `ask` brings, which is kept if another time would bring no other.

        A failure that may pass is not, nor is an empty answer.
        """
        asked = hashlib.sha256(json.dumps([self.scope, question]).encode()).hexdigest()[:24]
        if self._before.get(asked):
            return self._recall(self._before[asked].popleft())
        completion = await ask()
        if (completion.text or completion.error) and not completion.passing:
            now = time.perf_counter()
            append(self.path, [{"asked": asked, "waited": now - self._since, **_shown(completion)}])
            self._since = now
        return completion

    def _recall(self, line: Line) -> Completion:
        self.recalled += 1
        self.waited += line["waited"]
        self._since = time.perf_counter()
        facts = {name: value for name, value in line.items() if name not in ("asked", "waited")}
        return Completion(**facts | {name: or_nan(facts[name]) for name in COUNTS})


_KEEPER: ContextVar[Journal | None] = ContextVar("keeper", default=None)


@contextmanager
def keeping(path: Path, scope: str = "") -> Iterator[Journal]:
    """Within, served models keep their answers in this file, and give back those that are there already."""
    journal = Journal(path, scope)
    token = _KEEPER.set(journal)
    try:
        yield journal
    finally:
        _KEEPER.reset(token)


def keeper() -> Journal | None:
    """Where answers are kept now, if anywhere."""
    return _KEEPER.get()


def clock() -> float:
    """The seconds of a clock that also counts what sessions before have waited for the answers that were given back."""
    journal = keeper()
    return time.perf_counter() + (journal.waited if journal else 0.0)


def _shown(completion: Completion) -> Line:
    return asdict(completion) | {name: or_null(getattr(completion, name)) for name in COUNTS}
