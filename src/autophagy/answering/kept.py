"""Answers are kept as they come, so that a run that was stopped neither pays nor waits for them again."""

import hashlib
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
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

    So what is asked three times, as a judge is to see whether it repeats itself, has three answers. What is answered at
    once is one question with several answers, all of which are there or none. `scope` is a part of what is asked.
    `recalled` counts those that were given back, and `waited` is how long their sessions had waited.
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
        if there := self.recall(question):
            return there[0]
        completion = await ask()
        if (completion.text or completion.error) and not completion.passing:
            self.keep(question, [completion])
        return completion

    def recall(self, question: Any) -> list[Completion]:
        """The answers that are there to a question; none where it was not asked."""
        before = self._before.get(self._asked(question))
        if not before:
            return []
        line = before.popleft()
        self.recalled += len(line["answers"])
        self.waited += line["waited"]
        self._since = time.perf_counter()
        return [Completion(**each | {name: or_nan(each[name]) for name in COUNTS}) for each in line["answers"]]

    def keep(self, question: Any, answers: Sequence[Completion]) -> None:
        """Write down the answers to a question."""
        now = time.perf_counter()
        shown = [_shown(each) for each in answers]
        append(self.path, [{"asked": self._asked(question), "waited": now - self._since, "answers": shown}])
        self._since = now

    def _asked(self, question: Any) -> str:
        return hashlib.sha256(json.dumps([self.scope, question]).encode()).hexdigest()[:24]


_KEEPER: ContextVar[Journal | None] = ContextVar("keeper", default=None)


@contextmanager
def keeping(path: Path, scope: str = "") -> Iterator[Journal]:
    """Within, models keep their answers in this file, and give back those that are there already."""
    journal = Journal(path, scope)
    with _kept_by(journal):
        yield journal


@contextmanager
def unkept() -> Iterator[None]:
    """Within, no answer is kept, and none is given back."""
    with _kept_by(None):
        yield


@contextmanager
def _kept_by(journal: Journal | None) -> Iterator[None]:
    token = _KEEPER.set(journal)
    try:
        yield
    finally:
        _KEEPER.reset(token)


def keeper() -> Journal | None:
    """Where answers are kept now, if anywhere."""
    return _KEEPER.get()


def recalled(questions: Sequence[Any]) -> dict[int, Completion]:
    """By their places, those of some questions that have an answer already, with it."""
    journal = keeper()
    there = {place: journal.recall(question) for place, question in enumerate(questions)} if journal else {}
    return {place: answers[0] for place, answers in there.items() if answers}


def clock() -> float:
    """The seconds of a clock that also counts what sessions before have waited for the answers that were given back."""
    journal = keeper()
    return time.perf_counter() + (journal.waited if journal else 0.0)


def _shown(completion: Completion) -> Line:
    return asdict(completion) | {name: or_null(getattr(completion, name)) for name in COUNTS}
