"""How the fit of a model of rows begins: the rows as a tensor, and a stream of random numbers for each run."""

from typing import Any

import numpy as np
from torch import Tensor

from ...core.samples import Array, Samples
from .rows import TrainingRows, go_on, read_rows
from .training import Streams

LEAST_ROWS = 8  # of a run: below, the spread of a column, in whose units the network learns, is hardly known


def begin(
    train: Samples, rng: np.random.Generator, runs: int, name: str, start: Any, classes: Array
) -> tuple[TrainingRows, Tensor, Streams]:
    """The rows of the model `name`, the same rows (runs, n, d) where the streams draw, and the streams.

    `start` is the Fitted to go on from, which knows `classes`, or None. Raises FitError as read_rows and go_on do.
    """
    rows = read_rows(train, runs, name, LEAST_ROWS)
    if start is not None:
        rows = go_on(rows, start, classes)
    streams = Streams(rng, runs)
    return rows, streams.tensor(rows.x), streams
