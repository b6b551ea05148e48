"""Trackio: local files that trackio show turns into pages; TRACKIO_DIR and the other settings of its own hold."""

import os
from collections.abc import Mapping, Sequence
from uuid import uuid4

from ..core.errors import need
from .tracker import PROJECT, TrackedRun


class TrackioTracker:
    """A run of Trackio; it is known by its name, which therefore ends in letters of its own."""

    def __init__(self) -> None:
        self._library = need("trackio", "the tracker trackio")

    def begin(self, run: TrackedRun) -> str:
        """Start a run, or go on with the one of that name."""
        name = run.before or f"{run.name}-{uuid4().hex[:6]}"
        self._run = self._library.init(
            project=os.environ.get("TRACKIO_PROJECT", PROJECT),
            name=name,
            config={**run.config, "step": run.step},
            resume="allow",
            embed=False,
            auto_log_gpu=False,
            auto_log_cpu=False,
        )
        return name

    def log(self, figures: Mapping[str, float], step: int) -> None:
        """The figures of a step."""
        self._run.log(dict(figures), step=step)

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """Send what is left; the short verdict goes with it as an alert, which Trackio has for sentences."""
        if done:
            self._run.alert("verdict", "\n".join(sentences[:1]), level=self._library.AlertLevel.INFO)
        self._library.finish()  # the run itself would be finished again, and tell so, when Python ends


open_tracker = TrackioTracker
