"""Many chains in one program: tensors with a leading chain axis, a stream of random numbers for each, one optimiser.

Chain c draws from its own generator and its loss touches its own slice of every weight alone, so what it learns
does not depend on the chains beside it, but for the rounding of the batched products.
"""

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from ..errors import FitError
from ..samples import Array

Weights = dict[str, Tensor]


def device() -> torch.device:
    """The accelerator where there is one, the processor otherwise."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Streams:
    """One stream of random numbers for each chain, seeded from a NumPy generator."""

    def __init__(self, rng: np.random.Generator, chains: int) -> None:
        self._generators = [
            torch.Generator(device()).manual_seed(int(seed)) for seed in rng.integers(2**63, size=chains)
        ]

    def __len__(self) -> int:
        return len(self._generators)

    def tensor(self, x: Array) -> Tensor:
        """An array as a tensor on the device that the streams draw on."""
        return torch.tensor(x, device=device())

    def normal(self, *shape: int) -> Tensor:
        """Standard normal numbers (chains, *shape)."""
        return torch.stack([torch.randn(shape, generator=g, device=g.device) for g in self._generators])

    def uniform(self, *shape: int) -> Tensor:
        """Uniform numbers in [0, 1) of shape (chains, *shape)."""
        return torch.stack([torch.rand(shape, generator=g, device=g.device) for g in self._generators])

    def rows(self, n: int, count: int) -> Tensor:
        """Indices (chains, count) of rows, drawn with replacement from n."""
        return (self.uniform(count) * n).long().clamp_max(n - 1)


def pick(table: Tensor, index: Tensor) -> Tensor:
    """The rows `index` (chains, b) of each chain's table (chains, n, ...)."""
    return table[torch.arange(len(table), device=table.device)[:, None], index]


def train(weights: Weights, loss: Callable[[Weights], Tensor], steps: int, learning_rate: float, name: str) -> Weights:
    """The weights after `steps` steps of Adam with a warm-up and a cosine decay to zero.

    `loss` maps the weights to one loss a chain, (chains,). Raises FitError where a loss is no longer finite.

    Ref: Kingma and Ba 2015; Loshchilov and Hutter 2017, equation 5 (one period).
    """
    weights = {key: weight.detach().clone().requires_grad_() for key, weight in weights.items()}
    optimiser = torch.optim.Adam(weights.values(), lr=learning_rate, betas=(0.9, 0.99), fused=True)
    warm_up = min(50, steps // 4 + 1)
    with torch.backends.cudnn.flags(deterministic=True, benchmark=False):
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = learning_rate * min(1, (step + 1) / warm_up) * (1 + math.cos(math.pi * step / steps)) / 2
            losses = loss(weights)
            if step % 50 == 0 or step == steps - 1:
                _check(losses, step, name)
            optimiser.zero_grad(set_to_none=True)
            losses.sum().backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return {key: weight.detach() for key, weight in weights.items()}


def _check(losses: Tensor, step: int, name: str) -> None:
    if not bool(torch.isfinite(losses).all()):
        raise FitError(
            f"the training of the model {name} diverged at step {step}: "
            "lower its learning_rate, or look for extreme values in the rows."
        )
