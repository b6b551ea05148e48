"""MLflow; MLFLOW_TRACKING_URI and MLFLOW_EXPERIMENT_NAME say where, as everywhere."""

import os
import re
import time
from collections.abc import Mapping, Sequence

from ..core.errors import need
from .tracker import PROJECT, TrackedRun

UNNAMED = re.compile(r"[^\w\-. :/]")  # what MLflow takes in no name, such as the = of a setting
MOST = 1000  # figures of one call


class MlflowTracker:
    """A run of MLflow, by its client: what a caller's own script has set up is left alone."""

    def __init__(self) -> None:
        self._library = need("mlflow", "the tracker mlflow")

    def begin(self, run: TrackedRun) -> str:
        """A run of the experiment, or the one of before where the store still has it."""
        entities, self._client = self._library.entities, self._library.MlflowClient()
        self._metric = entities.Metric
        try:
            self._run = self._client.get_run(run.before).info.run_id if run.before else ""
        except self._library.MlflowException:
            self._run = ""
        if self._run:
            self._client.set_terminated(self._run, "RUNNING")
            return self._run
        name = os.environ.get("MLFLOW_EXPERIMENT_NAME", PROJECT)
        known = self._client.get_experiment_by_name(name)
        experiment = known.experiment_id if known else self._client.create_experiment(name)
        self._run = self._client.create_run(experiment, run_name=run.name).info.run_id
        params = [entities.Param(key, str(value)) for key, value in run.config.items()]
        self._client.log_batch(self._run, params=params)
        return self._run

    def log(self, figures: Mapping[str, float], step: int) -> None:
        """A point of a curve for each figure."""
        now = int(1000 * time.time())
        points = [self._metric(UNNAMED.sub("_", name), value, now, step) for name, value in figures.items()]
        for first in range(0, len(points), MOST):
            self._client.log_batch(self._run, metrics=points[first : first + MOST])

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """The verdict becomes the note of the run."""
        if done:
            self._client.set_tag(self._run, "mlflow.note.content", "\n\n".join(sentences))
        self._client.set_terminated(self._run, "FINISHED" if done else "KILLED")


open_tracker = MlflowTracker
