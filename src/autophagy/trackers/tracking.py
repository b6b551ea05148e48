"""The trackers of one run: begun, told and ended together; one that fails is told of once and left out."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from ..core.errors import MissingExtra, RecordError, UsageError
from ..core.files import write_json
from ..core.folder import TRACKING, RunFolder
from ..core.parts import did_you_mean
from .tracker import TrackedRun, Tracker

LOG = logging.getLogger(__name__)
NAMES = ("mlflow", "tensorboard", "trackio", "wandb")

Figures = Iterable[tuple[int, Mapping[str, float]]]  # a step, and what is known there


def find_trackers(names: str | Sequence[str]) -> dict[str, Tracker]:
    """The trackers of these names; raises UsageError for an unknown one, MissingExtra for one that is not installed."""
    found = {}
    for name in (names,) if isinstance(names, str) else names:
        if name not in NAMES:
            guess = did_you_mean(name, NAMES)
            raise UsageError(f"there is no tracker {name!r}{guess}: choose from {', '.join(NAMES)}.")
        found[name] = import_module(f".{name}", __package__).open_tracker()
    return found


class Tracking:
    """The trackers of a run that is going."""

    def __init__(self, trackers: Mapping[str, Tracker]) -> None:
        self._trackers = dict(trackers)

    def begin(self, run: TrackedRun, known: Mapping[str, str], recorded: Callable[[], Figures]) -> dict[str, str]:
        """Begin all, and return what tells their runs from others.

        A tracker that does not go on with the run that it is `known` by is told what was recorded until now.
        """
        ids = {}
        for name in list(self._trackers):
            before = known.get(name, "")
            begun = self._tell(name, "begin", replace(run, before=before))
            if begun is not None:
                LOG.debug("tracked by %s as %s, which %s", name, begun, "goes on" if begun == before else "is new")
                ids[name] = begun
                for step, figures in recorded() if begun != before else ():
                    self._tell(name, "log", figures, step)
        return ids

    def log(self, figures: Figures) -> None:
        """Tell all figures at their steps."""
        for step, values in figures if self._trackers else ():
            for name in list(self._trackers):
                self._tell(name, "log", values, step)

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """End all: what the run comes to, and whether it is complete."""
        for name in list(self._trackers):
            self._tell(name, "end", sentences, done)

    def _tell(self, name: str, what: str, *about: Any) -> Any:
        """What a tracker returns, None where it fails; what it prints goes where no result is printed."""
        tracker = self._trackers.get(name)
        if tracker is None:
            return None
        try:
            with redirect_stdout(sys.stderr):
                return getattr(tracker, what)(*about)
        except Exception as error:  # a library of other people, and often a network, can fail in any way
            self._trackers.pop(name)
            reason = f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(".: ")
            LOG.warning("autophagy: the tracker %s failed (%s): the run goes on without it.", name, reason)
        return None


@contextmanager
def tracked(
    record: RunFolder,
    trackers: Mapping[str, Tracker],
    step: str,
    recorded: Callable[[], Figures],
    verdict: Callable[[], Sequence[str]],
) -> Iterator[Tracking]:
    """Track a run that is claimed: with these trackers, and with those that an earlier start of it began.

    `recorded` makes the figures of all that is on disk, and `verdict` the sentences at the end.
    """
    place = record.folder / TRACKING
    if record.done:
        known = known_runs(place)
        trackers = {name: tracker for name, tracker in trackers.items() if name not in known}
    else:
        trackers = remembered(place, trackers)
    tracking = Tracking({})
    if trackers:
        spec = record.spec()
        config = {"verb": spec.runner.split(".")[1], "folder": str(record.folder), **spec.to_dict()}
        run = TrackedRun(record.folder.resolve().name, record.folder, config, step)
        tracking = begun(place, run, trackers, recorded)
    try:
        yield tracking
    except BaseException:
        tracking.end((), False)
        raise
    if trackers:
        tracking.end(verdict(), True)


def known_runs(place: Path) -> dict[str, str]:
    """What the trackers that were told before call the run; raises RecordError where the file is damaged."""
    try:
        return dict(json.loads(place.read_text(encoding="utf-8"))) if place.exists() else {}
    except (OSError, ValueError, TypeError) as error:
        raise RecordError(f"{place} is damaged: delete it, and give --log again.") from error


def begun(place: Path, run: TrackedRun, trackers: Mapping[str, Tracker], recorded: Callable[[], Figures]) -> Tracking:
    """The trackers at work; those that did not know the run are told what is `recorded`. `place` keeps its names."""
    tracking, known = Tracking(trackers), known_runs(place)
    write_json(place, known | tracking.begin(run, known, recorded))
    return tracking


def remembered(place: Path, trackers: Mapping[str, Tracker]) -> dict[str, Tracker]:
    """The trackers that a run has begun with, as far as they are still installed, and these."""
    found: dict[str, Tracker] = {}
    for name in sorted(known_runs(place).keys() - trackers.keys()):
        try:
            found |= find_trackers([name])
        except (MissingExtra, UsageError) as error:
            LOG.warning("autophagy: the run goes on untracked by %s: %s", name, error)
    return {**found, **trackers}
