"""Many runs in one program: tensors with a leading run axis, a stream of random numbers for each, one optimiser.

Each run draws from its own generator, and its loss touches its own slice of every weight alone. So what it learns does
not depend on the runs beside it, but for the rounding of the batched products.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from ...core.errors import Diverged
from ...core.samples import Array
from .checkpoint import Checkpoint
from .schedule import learning_rate

Weights = dict[str, Tensor]

# Kingma and Ba 2015 take .9 and .999. Trainings here have some hundred steps, so squared gradients are averaged over
# the last 100 steps instead of the last 1,000.
BETAS = (0.9, 0.99)
LOOK_EVERY = 50  # steps between two looks at the loss: to look at it, the processor must wait for the accelerator


def device() -> torch.device:
    """The accelerator where there is one, the processor otherwise."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Streams:
    """One stream of random numbers for each run, seeded from a NumPy generator."""

    def __init__(self, rng: np.random.Generator, runs: int) -> None:
        self._generators = [torch.Generator(device()).manual_seed(int(seed)) for seed in rng.integers(2**63, size=runs)]

    def __len__(self) -> int:
        return len(self._generators)

    def tensor(self, x: Array) -> Tensor:
        """An array as a tensor on the device that the streams draw on."""
        return torch.tensor(x, device=device())

    def normal(self, *shape: int) -> Tensor:
        """Standard normal numbers (runs, *shape)."""
        return torch.stack([torch.randn(shape, generator=g, device=g.device) for g in self._generators])

    def uniform(self, *shape: int) -> Tensor:
        """Uniform numbers in [0, 1) of shape (runs, *shape)."""
        return torch.stack([torch.rand(shape, generator=g, device=g.device) for g in self._generators])

    def state(self) -> dict[str, Tensor]:
        """The states of the generators (runs, bytes)."""
        return {"streams": torch.stack([generator.get_state() for generator in self._generators])}

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from where the generators were when `state` was taken."""
        for generator, saved in zip(self._generators, state["streams"], strict=True):
            generator.set_state(saved.clone())  # the row of a table need not lie as the generator wants it

    def rows(self, n: int, count: int) -> Tensor:
        """Indices (runs, count) of rows, drawn with replacement from n."""
        return (self.uniform(count) * n).long().clamp_max(n - 1)  # in float32 the largest uniform number times n is n


def pick(table: Tensor, index: Tensor) -> Tensor:
    """The rows `index` (runs, b) of each run's table (runs, n, ...)."""
    return table[torch.arange(len(table), device=table.device)[:, None], index]  # (runs, 1) beside (runs, b)


class RandomSource(Protocol):
    """Something that a training draws from, whose state can be saved and put back."""

    def state(self) -> dict[str, Tensor]:
        """The state as tensors on the processor."""

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go back to a state."""


def train(
    weights: Weights,
    loss: Callable[[Weights], Tensor],
    steps: int,
    peak: float,
    name: str,
    *,
    random: RandomSource | None = None,
    checkpoint: Checkpoint | None = None,
) -> tuple[Weights, tuple[int, ...]]:
    """The weights after `steps` steps of Adam, and which runs diverged; `peak` is the highest learning rate.

    `loss` maps the weights to one loss a run, (runs,). A run whose weights are no longer finite has diverged and comes
    back with weights of zero; the others go on. With a `checkpoint` the state is saved every few minutes, with that of
    `random`, which `loss` draws from; a training that was killed goes on from there to the same numbers.

    Raises Diverged where no run is left.
    Ref: Kingma and Ba 2015.
    """
    weights = {key: weight.detach().clone().requires_grad_() for key, weight in weights.items()}
    optimiser = torch.optim.Adam(weights.values(), lr=peak, betas=BETAS, fused=True)
    begin = resume(weights, optimiser, steps, random, checkpoint)
    with torch.backends.cudnn.flags(deterministic=True, benchmark=False):  # the fastest kernels vary in the last bits
        for step in range(begin, steps):
            if checkpoint and checkpoint.due:
                checkpoint.save(step, steps, state(weights, optimiser, random))
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(step, steps, peak)
            losses = loss(weights)  # (runs,)
            if step % LOOK_EVERY == 0 or step == steps - 1:
                _check(losses, step, name)
            optimiser.zero_grad(set_to_none=True)
            losses.sum().backward()  # type: ignore[no-untyped-call]  # no run's loss has a part in another's weights
            optimiser.step()
    if checkpoint:
        checkpoint.clear()
    return _without_diverged({key: weight.detach() for key, weight in weights.items()})


def _without_diverged(weights: Weights) -> tuple[Weights, tuple[int, ...]]:
    """The weights with those of diverged runs at zero, and which runs these are."""
    finite = torch.stack([torch.isfinite(weight).flatten(1).all(1) for weight in weights.values()]).all(0)  # (runs,)
    if bool(finite.all()):
        return weights, ()
    zeroed = {key: torch.where(finite.view(-1, *[1] * (w.ndim - 1)), w, 0.0) for key, w in weights.items()}
    return zeroed, tuple(torch.nonzero(~finite).flatten().tolist())


def _check(losses: Tensor, step: int, name: str) -> None:
    if not bool(torch.isfinite(losses).any()):
        raise Diverged(
            f"the training of the model {name} diverged at step {step}: "
            "lower its learning_rate, or look for extreme values in the rows."
        )


def state(weights: Weights, optimiser: torch.optim.Optimizer, random: RandomSource | None) -> Weights:
    """All that the rest of a training hangs on, by name."""
    state = {f"weights.{key}": weight.detach() for key, weight in weights.items()}
    for key, weight in weights.items():
        state |= {f"optimiser.{key}.{name}": value for name, value in optimiser.state[weight].items()}
    return state | {f"random.{key}": value for key, value in (random.state() if random else {}).items()}


def resume(
    weights: Weights,
    optimiser: torch.optim.Optimizer,
    steps: int,
    random: RandomSource | None,
    checkpoint: Checkpoint | None,
) -> int:
    """The step to begin with; the state of an earlier attempt is put back."""
    saved = checkpoint.load(steps) if checkpoint else None
    if saved is None:
        return 0
    step, state = saved
    with torch.no_grad():
        for key, weight in weights.items():
            weight.copy_(state[f"weights.{key}"])
            begin = f"optimiser.{key}."
            values = {name.removeprefix(begin): value for name, value in state.items() if name.startswith(begin)}
            optimiser.state[weight] = {name: value.to(weight.device) for name, value in values.items()}
    if random:
        random.restore({key.removeprefix("random."): v for key, v in state.items() if key.startswith("random.")})
    return step
