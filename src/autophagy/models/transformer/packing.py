"""Passages of tokens, laid end to end in endless shuffled streams: training batches without padding."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...core.ragged import Ragged
from ...core.samples import Array
from ..neural.training import Streams
from .network import END


@dataclass(frozen=True, eq=False)
class Passages(Ragged):
    """Passage i is `tokens[bounds[i] : bounds[i + 1]]`; its last token is the end token, which its length counts."""

    tokens: Array
    bounds: Array

    def take(self, order: Array) -> Array:
        """The tokens of these passages, one passage after the other."""
        lengths = self.lengths[order]
        begins = np.cumsum(lengths) - lengths
        # place i of the result is place i of its passage, moved to where the passage begins here
        return self.tokens[np.arange(lengths.sum()) + np.repeat(self.bounds[:-1][order] - begins, lengths)]

    def split(self, runs: int) -> list["Passages"]:
        """The passages of each run, which follow one another."""
        each = len(self) // runs
        parts = []
        for run in range(runs):
            bounds = self.bounds[run * each : (run + 1) * each + 1]
            parts.append(Passages(self.tokens[bounds[0] : bounds[-1]], bounds - bounds[0]))
        return parts


class Batches:
    """Batch after batch (runs, rows, context + 1) of the runs' passages, in a new order in every epoch.

    The passages of a run are laid end to end, epoch after epoch, and cut every `context` tokens: there is no padding,
    and each row begins with the last token of the row before, since that one is to predict its first.
    """

    def __init__(self, runs: Sequence[Passages], rows: int, context: int, streams: Streams) -> None:
        self._passages, self._streams = runs, streams
        self._shape = (rows, context)
        self._left = [np.array([END])] * len(runs)

    def state(self) -> dict[str, Tensor]:
        """What is left of the current epoch, and the streams."""
        left = {f"left.{run}": torch.tensor(tokens) for run, tokens in enumerate(self._left)}
        return left | self._streams.state()

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from where the batches were when `state` was taken."""
        self._left = [state[f"left.{run}"].numpy() for run in range(len(self._left))]
        self._streams.restore(state)

    def __call__(self) -> Tensor:
        """The next batch."""
        rows, context = self._shape
        need = rows * context + 1
        while min(map(len, self._left)) < need:
            orders = self._streams.uniform(len(self._passages[0])).argsort(1).cpu().numpy()  # (runs, passages)
            for run, (passages, order) in enumerate(zip(self._passages, orders, strict=True)):
                self._left[run] = np.concatenate([self._left[run], passages.take(order)])
        windows = np.arange(rows)[:, None] * context + np.arange(context + 1)  # (rows, context + 1)
        batch = np.stack([left[windows] for left in self._left])  # (runs, rows, context + 1)
        self._left = [left[need - 1 :] for left in self._left]  # the last token is also the first of the next batch
        return self._streams.tensor(batch)
