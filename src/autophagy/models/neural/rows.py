"""Rows as the neural models read them: checked, in float32, with a leading axis over runs."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...core.errors import FitError, must
from ...core.samples import Array, Samples

MOST_STEPS = 10**9  # more is a slip: at a thousand steps a second it would take 12 days
MOST_WIDTH = 2**16  # a layer of this width between two of its like is 16 GiB, more than a small model ever needs


def check_training(steps: int, width: int, learning_rate: float, batch: int) -> None:
    """Raise UsageError where a network cannot be made, or trained, with these settings."""
    must(1 <= steps <= MOST_STEPS, "steps", steps, f"at least 1 and at most {MOST_STEPS}")
    must(1 <= width <= MOST_WIDTH, "width", width, f"at least 1 and at most {MOST_WIDTH}")
    must(0 <= learning_rate < np.inf, "learning_rate", learning_rate, "at least 0 and finite")
    must(1 <= batch <= MOST_STEPS, "batch", batch, f"at least 1 and at most {MOST_STEPS}")


@dataclass(frozen=True, eq=False)
class TrainingRows:
    """The training rows of every run.

    `x` is (runs, n, d) float32; `shape` is a row's own shape. `image` says that rows have two axes or more and
    lie in [0, 1]. `labels` is (runs, n), an index into `classes` (k,); k = 0 where the rows carry no `label`.
    """

    x: Array
    shape: tuple[int, ...]
    image: bool
    classes: Array
    labels: Array


def read_rows(train: Samples, runs: int, name: str, least: int) -> TrainingRows:
    """The rows of `runs` runs for the model `name`, which needs at least `least` rows a run.

    Raises FitError where the rows are texts, not finite, too few, or do not divide into the runs.
    """
    if train.x.dtype.kind not in "fiub":
        raise FitError(f"the model {name} fits numbers, and these rows are {train.x.dtype}: choose a text model.")
    if runs < 1 or len(train) % runs:
        raise FitError(f"{len(train)} rows do not divide into {runs} runs: give every run equally many rows.")
    each, shape = len(train) // runs, train.x.shape[1:]
    if each < least:
        raise FitError(f"the model {name} needs at least {least} rows a run and got {each}: give it more rows.")
    x = np.asarray(train.x, np.float32).reshape(runs, each, -1)  # (runs, each, d)
    if x.shape[2] == 0:
        raise FitError(f"the model {name} got rows of shape {shape}, which hold no number: give rows with columns.")
    bad = ~np.isfinite(x).all(2)  # (runs, each)
    if bad.any():
        raise FitError(
            f"{bad.sum()} of {len(train)} rows hold a value that is not finite, the first is row "
            f"{bad.reshape(-1).argmax()}: remove or repair these rows before fitting."
        )
    image = len(shape) >= 2 and float(x.min()) >= 0 and float(x.max()) <= 1
    label = train.meta.get("label")
    if label is None or label.dtype.kind == "f":  # a real-valued label is a measurement, not a class
        return TrainingRows(x, shape, image, np.array([], int), np.zeros((runs, each), int))
    classes, codes = np.unique(label, return_inverse=True)  # (k,) and (runs * each,)
    return TrainingRows(x, shape, image, classes, codes.reshape(runs, each))


def go_on(rows: TrainingRows, start: Any, classes: Array) -> TrainingRows:
    """The rows as a warm start from the Fitted `start`, which knows `classes`, reads them.

    Raises FitError where `start` was fitted on other runs, another shape or without a label that the rows carry.
    """
    if (start.runs, start.shape) != (len(rows.x), rows.shape):
        raise FitError(
            f"a model of {start.runs} runs of rows of shape {start.shape} cannot go on with {len(rows.x)} runs "
            f"of shape {rows.shape}: start from a model of the same rows, or from scratch."
        )
    if not len(classes):
        return replace(rows, image=start.image, classes=classes, labels=np.zeros_like(rows.labels))
    known = np.isin(rows.classes, classes)
    if not len(known) or not known.all():
        strange = f"the label {rows.classes[~known][0]!r}" if len(known) else "rows without a label"
        raise FitError(
            f"the model to start from learned the labels {classes.tolist()} and cannot go on with {strange}: "
            "start from scratch."
        )
    return replace(rows, image=start.image, classes=classes, labels=np.searchsorted(classes, rows.classes)[rows.labels])
