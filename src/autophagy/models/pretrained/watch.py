"""An eye on a training: what it learns is judged now and then, the best weights are kept, and a vain training ends."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from ..neural.training import Weights

LOOKS = 8  # in a whole training: each reads all that is held out, which must stay cheap beside the training


@dataclass
class Watch:
    """Judges a module by its `loss`, LOOKS times in a training, and ends it after `patience` looks without a better.

    `seen` holds the loss at each step that was looked at, where a loss that is no number counts as infinite; `steps`
    is how many the whole training was to have. A watch serves one training of one run.

    Ref: Prechelt 1998 (the criterion UP).
    """

    loss: Callable[[Any], float]
    patience: int
    seen: dict[int, float] = field(default_factory=dict, init=False)
    steps: int = field(default=0, init=False)
    _kept: Weights = field(default_factory=dict, init=False, repr=False)

    @property
    def best(self) -> int:
        """The step of the least loss, the first of equals."""
        return min(self.seen, key=self.seen.__getitem__)

    @property
    def last(self) -> int:
        """The step at which the training ended."""
        return max(self.seen)

    def go_on(self, module: Any, named: Mapping[str, torch.Tensor], step: int, steps: int) -> bool:
        """Whether to go on after so many of the steps; where it is time for a look, look at the module."""
        self.steps = steps
        if step * LOOKS // steps == (step - 1) * LOOKS // steps:
            return True
        loss = self.loss(module)
        self.seen[step] = loss if math.isfinite(loss) else math.inf
        if self.best == step:  # kept beside the processor: an accelerator holds the weights, gradients and moments
            self._kept = {name: weight.detach().to("cpu", copy=True) for name, weight in named.items()}
        return sum(step > self.best for step in self.seen) < self.patience

    @torch.no_grad()
    def put_back(self, named: Mapping[str, torch.Tensor]) -> None:
        """Make the weights those of the best look."""
        for name, weight in self._kept.items():
            named[name].copy_(weight)
        self._kept = {}
