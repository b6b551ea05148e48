"""The run that this process is at, and what is found out about its surroundings on the way."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from .files import write_json

Fact = TypeVar("Fact", int, str)


@dataclass
class _Run:
    """A run that is underway: the file of its surroundings, and the facts of it that were asked for."""

    file: Path
    known: dict[str, Any] = field(default_factory=dict)

    def fact(self, name: str, find: Callable[[], Fact]) -> Fact:
        if name not in self.known:
            facts = json.loads(self.file.read_text(encoding="utf-8"))
            if name not in facts:
                facts[name] = find()
                write_json(self.file, facts)
            self.known[name] = facts[name]
        found: Fact = self.known[name]
        return found


_runs: list[_Run] = []  # the innermost last
_lock = Lock()


@contextmanager
def underway(file: Path) -> Iterator[None]:
    """Let what is found meanwhile be kept in this file of a run's surroundings."""
    run = _Run(file)
    _runs.append(run)
    try:
        yield
    finally:
        _runs.remove(run)


def as_begun(name: str, find: Callable[[], Fact]) -> Fact:
    """A fact of the surroundings as the run underway began with it; found now, and kept, where it has none."""
    if not _runs:
        return find()
    with _lock:  # models are asked from many threads
        return _runs[-1].fact(name, find)
