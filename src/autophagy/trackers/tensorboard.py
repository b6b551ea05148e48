"""TensorBoard: event files in the run's own folder, so that tensorboard --logdir runs shows all runs."""

import json
import re
from collections.abc import Mapping, Sequence

from ..core.errors import need
from ..core.folder import EVENTS
from .tracker import TrackedRun

UNNAMED = re.compile(r"[^\w\-./]")  # what TensorBoard takes in no name


class TensorboardTracker:
    """Writes with tensorboardX, which needs neither torch nor TensorFlow."""

    def __init__(self) -> None:
        self._library = need("tensorboardX", "the tracker tensorboard")

    def begin(self, run: TrackedRun) -> str:
        """Go on in the folder, where more event files than one are read as one run."""
        self._writer = self._library.SummaryWriter(str(run.folder / EVENTS))
        self._writer.add_text("spec", f"```\n{json.dumps(dict(run.config), indent=1)}\n```")
        return EVENTS

    def log(self, figures: Mapping[str, float], step: int) -> None:
        """A point of a curve for each figure."""
        for name, value in figures.items():
            self._writer.add_scalar(UNNAMED.sub("_", name), value, step)
        self._writer.flush()

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """The verdict as a text beside the curves."""
        if done:
            self._writer.add_text("verdict", "\n\n".join(sentences))
        self._writer.close()


open_tracker = TensorboardTracker
