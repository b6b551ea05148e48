"""Weights & Biases; WANDB_PROJECT, WANDB_MODE=offline and the other settings of its own hold."""

import logging
import os
from collections.abc import Mapping, Sequence

from ..core.errors import need
from .tracker import PROJECT, TrackedRun

LOG = logging.getLogger(__name__)


class WandbTracker:
    """A run of W&B; it goes on under its id, offline as a part that is joined when it is synchronised."""

    def __init__(self) -> None:
        self._library = need("wandb", "the tracker wandb")

    def begin(self, run: TrackedRun) -> str:
        """Start a run whose figures are drawn over the run's own steps, which come in any order."""
        self._step = run.step
        self._run = self._library.init(
            project=os.environ.get("WANDB_PROJECT", PROJECT),
            name=run.name,
            config=dict(run.config),
            id=run.before or None,
            resume="allow" if run.before else None,
            settings=self._library.Settings(console="off", silent=not LOG.isEnabledFor(logging.INFO)),
        )
        self._run.define_metric(run.step)
        self._run.define_metric("*", step_metric=run.step)
        return str(self._run.id)

    def log(self, figures: Mapping[str, float], step: int) -> None:
        """One row of its history."""
        self._run.log({**figures, self._step: step})

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """The verdict goes into the notes and the summary."""
        if done:
            self._run.summary["verdict"] = "\n".join(sentences)
        self._run.finish(exit_code=0 if done else 1)


open_tracker = WandbTracker
