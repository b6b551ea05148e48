"""The flow from noise to rows along straight lines, seen in a frame in which a Gaussian stands still.

The path from noise e to a row is x_t = (1 - t) e + t x (rectified flow, the conditional optimal-transport path).
Along a direction of standard deviation s, dividing x_t by its own standard deviation turns the straight line into
an arc: z = cos(a) e + sin(a) y with tan(a) = t s / (1 - t) and y = x / s. The network learns the arc's speed
dz/da = cos(a) y - sin(a) e, which is 0 on average where the rows are Gaussian: it has to say only what a Gaussian
does not.

Ref: Liu et al. 2022, equation 1; Lipman et al. 2022, section 4.1; Lu and Song 2024, section 3 (the arc).
"""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from ...core.samples import Array
from ..neural.training import Streams, Weights, pick

FREQUENCIES = 8  # waves of the time, with periods from twice the whole path down to a quarter of it
LABEL_DROPOUT = 0.1  # share of rows learnt without their label; Ho and Salimans 2022 try .1, .2 and .5: .5 is worse
EDGE = 1e-5  # the normal quantile is infinite at 0 and 1; here it is 4.3
NOTHING = 1e-12  # no division by zero where all rows are equal
GRID = 4001  # points of the table that the times of a draw, 25 by default, are read from


class FlowNetwork(Protocol):
    """A map from z (runs, b, d) and a context (runs, b, given) to (runs, b, d)."""

    def weights(self, streams: Streams) -> Weights:
        """Fresh weights, each with a leading axis over the runs."""

    def __call__(self, weights: Weights, x: Tensor, context: Tensor) -> Tensor:
        """The map."""


def context_size(classes: int) -> int:
    """How many numbers the network is given beside z."""
    return 2 * FREQUENCIES + classes + 1


def context(time: Tensor, label: Tensor) -> Tensor:
    """The time (runs, b) in waves, the one-hot label (runs, b, classes), and 1."""
    waves = time[..., None] * math.pi * torch.arange(1, FREQUENCIES + 1, device=time.device)  # (runs, b, FREQUENCIES)
    return torch.cat([waves.cos(), waves.sin(), label, torch.ones_like(time)[..., None]], -1)


def one_hot(codes: Array, classes: int, like: Tensor) -> Tensor:
    """Codes (runs, b) as rows of zeros with a single 1, (runs, b, classes)."""
    return torch.tensor(codes[..., None] == np.arange(classes), dtype=like.dtype, device=like.device)


def angle(time: Tensor, spread: Tensor) -> Tensor:
    """How far along its arc each direction is at a time in [0, 1]."""
    return torch.atan2(time * spread, 1 - time)


def column_spread(spread: Tensor) -> Tensor:
    """The standard deviation (runs, 1) of a single column, in units of a typical principal direction.

    The larger an image, the smaller it is: neighbours say the same, so noise that hides the digit leaves each pixel
    with little of its own. Both scales need their share of the times.
    """
    alive = (spread > 0).sum(-1).clamp_min(1)  # (runs, 1)
    return (spread.square().sum(-1) / alive).sqrt().clamp_min(1e-6)  # its logarithm is needed


def flow_loss(
    network: FlowNetwork, rows: Tensor, labels: Tensor, spread: Tensor, batch: int, streams: Streams
) -> Callable[[Weights], Tensor]:
    """A loss over fresh batches: the squared error of the arc's speed, one figure a run.

    `rows` (runs, n, d) are coordinates, `labels` (runs, n, classes) one-hot. Times are logit-normal, one in each
    of `batch` equal slices, since the middle of the path is the hardest part (Esser et al. 2024, section 3.1): for
    every other row the middle of a typical direction's arc, for the rest that of a column's. A direction's error counts
    with the root of its standard deviation.
    """
    alive = (spread > 0).to(spread.dtype)  # (runs, 1, d)
    importance = spread.sqrt()  # (runs, 1, d)
    importance = importance / importance.mean(-1, keepdim=True).clamp_min(NOTHING)
    slices = torch.arange(batch, device=rows.device) / batch  # (batch,)
    middle = -column_spread(spread).log() * (torch.arange(batch, device=rows.device) % 2)  # (runs, batch)

    def loss(weights: Weights) -> Tensor:
        index = streams.rows(rows.shape[1], batch)  # (runs, batch)
        within, kept = streams.uniform(2, batch).unbind(1)  # (runs, batch) each
        time = torch.sigmoid(middle + torch.special.ndtri((slices + within / batch).clamp(EDGE, 1 - EDGE)))
        label = pick(labels, index) * (kept >= LABEL_DROPOUT)[..., None]  # (runs, batch, classes)
        noise, row = streams.normal(batch, rows.shape[2]) * alive, pick(rows, index)  # (runs, batch, d) each
        turn = angle(time[..., None], spread)  # (runs, batch, d)
        cos, sin = turn.cos(), turn.sin()
        speed = network(weights, cos * noise + sin * row, context(time, label))
        return ((speed - cos * row + sin * noise).square() * importance).mean((1, 2))

    return loss


@torch.no_grad()
def follow(
    network: FlowNetwork, weights: Weights, noise: Tensor, label: Tensor, spread: Tensor, steps: int, guidance: float
) -> Tensor:
    """Coordinates (runs, b, d) where the flow takes the noise, in `steps` midpoint steps.

    With c the speed given the label and u the speed without it, the guided one is u + (1 + guidance) (c - u). The row
    that it points at is held to the length of the row that c points at: left free, it overshoots, and a loop of
    generations multiplies the overshoot until precision falls instead of holding.

    Ref: Ho and Salimans 2022, equation 6; Lin et al. 2023, equation 15 (the limit).
    """

    def speed(z: Tensor, time: Tensor) -> Tensor:
        given = network(weights, z, context(time.expand(z.shape[:2]), label))
        if guidance == 0:
            return given
        free = network(weights, z, context(time.expand(z.shape[:2]), torch.zeros_like(label)))
        turn = angle(time[..., None], spread)
        plain = turn.sin() * z + turn.cos() * given  # (runs, b, d): the row that the arc leads to, over its spread
        guided = plain + guidance * turn.cos() * (given - free)
        limit = _length(plain * spread) / _length(guided * spread).clamp_min(NOTHING)
        return (guided * limit.clamp_max(1) - turn.sin() * z) / turn.cos()

    z = noise * (spread > 0)
    times = _times(column_spread(spread), 2 * steps)  # 2 steps + 1 times (runs, 1): each step's middle, too
    turns = [angle(time[..., None], spread) for time in times]
    for step in range(0, 2 * steps, 2):
        halfway = z + (turns[step + 1] - turns[step]) * speed(z, times[step])
        z = z + (turns[step + 2] - turns[step]) * speed(halfway, times[step + 1])
    return z


def _times(column: Tensor, count: int) -> list[Tensor]:
    """`count` + 1 times (runs, 1) from 0 to 1, between which the arcs of both scales turn equally on average."""
    fine = np.linspace(0, 1, GRID)
    grids = []
    for scale in column[:, 0].tolist():  # one run
        turned = np.arctan2(fine, 1 - fine) + np.arctan2(fine * scale, 1 - fine)  # from 0 to pi, both arcs together
        grids.append(np.interp(np.linspace(0, np.pi, count + 1), turned, fine))
    return list(torch.tensor(np.stack(grids, 1)[..., None], dtype=column.dtype, device=column.device))


def _length(x: Tensor) -> Tensor:
    return x.square().sum(-1, keepdim=True).sqrt()
