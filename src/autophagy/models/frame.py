"""A frame: coordinates in which every direction of the training rows has mean 0 and variance 1."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..samples import Array

SMALL = 1e-6  # a direction with a smaller share of the typical variance is constant


@dataclass(frozen=True, eq=False)
class Frame:
    """Rows x (chains, n, d) are `mean + scale * (spread * y) @ basis.T` in coordinates y of unit variance.

    `mean` and `scale` are (chains, 1, d); `basis` is (chains, d, d) with orthonormal columns, or (chains, 0, 0)
    for the identity; `spread` (chains, 1, d) is the standard deviation along each direction, 0 where the rows
    are constant: those coordinates are 0, and come back as the mean.
    """

    mean: Tensor
    scale: Tensor
    basis: Tensor
    spread: Tensor

    @property
    def alive(self) -> Tensor:
        """1 along the directions in which the rows vary, 0 along the others: (chains, 1, d)."""
        return (self.spread > 0).to(self.spread.dtype)

    def enter(self, x: Tensor) -> Tensor:
        """From rows to coordinates."""
        y = (x - self.mean) / self.scale
        if self.basis.shape[1]:
            y = y @ self.basis
        return y / torch.where(self.spread > 0, self.spread, 1) * self.alive

    def leave(self, y: Tensor) -> Tensor:
        """From coordinates to rows."""
        x = y * self.spread
        if self.basis.shape[1]:
            x = x @ self.basis.mT
        return self.mean + self.scale * x


def principal_frame(x: Array, by_column: bool, device: torch.device) -> Frame:
    """The frame of the principal components of x (chains, n, d).

    `by_column` first brings every column to variance 1, as suits tables whose columns have different units. The
    variances are then shared out such that their typical value (the one that a unit of variance sits in) is 1.
    """
    rows = x.astype(np.float64)
    mean = rows.mean(1, keepdims=True)
    centred = rows - mean
    scale = np.ones_like(mean)
    if by_column:
        scale = centred.std(1, keepdims=True)
        scale = np.where(scale > SMALL * (np.abs(mean) + 1e-30), scale, 1)
    centred /= scale
    variance, basis = np.linalg.eigh(np.swapaxes(centred, 1, 2) @ centred / x.shape[1])
    return _frame(mean, scale, basis, variance[:, None, :], device)


def pixel_frame(x: Array, device: torch.device) -> Frame:
    """The frame of the pixels themselves, one variance for all, for networks that look at neighbours."""
    rows = x.astype(np.float64)
    mean = rows.mean(1, keepdims=True)
    variance = np.broadcast_to(((rows - mean) ** 2).mean((1, 2), keepdims=True), mean.shape)
    return _frame(mean, np.ones_like(mean), np.zeros((len(x), 0, 0)), variance, device)


def _frame(mean: Array, scale: Array, basis: Array, variance: Array, device: torch.device) -> Frame:
    total = variance.sum(2, keepdims=True)
    typical = np.where(total > 0, (variance**2).sum(2, keepdims=True) / np.where(total > 0, total, 1), 1)
    share = np.where(variance > SMALL * typical, variance, 0) / typical
    parts = (mean, scale * np.sqrt(typical), basis, np.sqrt(share))
    return Frame(*(torch.tensor(part, dtype=torch.float32, device=device) for part in parts))
