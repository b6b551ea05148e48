"""A frame: coordinates in which every direction of the training rows has mean 0 and variance 1."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...core.samples import Array
from .training import Streams

# A cut-off pixel moves outwards by this many of its deviations times |N(0, 1)|, whose mean is .8: by about half of one.
MARGIN = 0.6
MARGIN_ROWS = 3000  # fewer images are repeated up to this number, each copy moved by other distances
SMALL = 1e-6  # some ten roundings of float32: what varies less, beside its mean or the typical variance, is constant
NOTHING = 1e-30  # keeps the threshold above 0 where the mean is 0


@dataclass(frozen=True, eq=False)
class Frame:
    """Rows x (runs, n, d) are `mean + scale * (spread * y) @ basis.T` in coordinates y of unit variance.

    `mean` and `scale` are (runs, 1, d); `basis` is (runs, d, d) with orthonormal columns, or (runs, 0, 0)
    for the identity; `spread` (runs, 1, d) is the standard deviation along each direction, 0 where the rows
    are constant: those coordinates are 0, and come back as the mean.
    """

    mean: Tensor
    scale: Tensor
    basis: Tensor
    spread: Tensor

    @property
    def alive(self) -> Tensor:
        """1 along the directions in which the rows vary, 0 along the others: (runs, 1, d)."""
        return (self.spread > 0).to(self.spread.dtype)

    def enter(self, x: Tensor) -> Tensor:
        """From rows to coordinates."""
        y = (x - self.mean) / self.scale  # (runs, n, d)
        if self.basis.shape[1]:
            y = y @ self.basis  # onto the principal directions
        return y / torch.where(self.spread > 0, self.spread, 1) * self.alive  # 0, not NaN, along constant directions

    def leave(self, y: Tensor) -> Tensor:
        """From coordinates to rows."""
        x = y * self.spread
        if self.basis.shape[1]:
            x = x @ self.basis.mT
        return self.mean + self.scale * x


def loosen(x: Tensor, streams: Streams) -> Tensor:
    """Several copies of images x (runs, n, d), with each pixel at 0 or 1 moved outwards by a random distance.

    A pixel at the end of the scale is often one that was cut off there. Fitted as it is, a model misses both ends, and
    clipping what it makes takes away a quarter of the variance of 8x8 digits. Clipping undoes this move. Its size goes
    with the pixel's standard deviation, so that a pixel that is always black stays black.
    """
    x = x.repeat(1, max(1, MARGIN_ROWS // x.shape[1]), 1)  # (runs, copies * n, d)
    out = MARGIN * x.std(1, keepdim=True) * streams.normal(*x.shape[1:]).abs()  # (runs, copies * n, d), at least 0
    return x - out * (x <= 0) + out * (x >= 1)


def plain_frame(x: Tensor, by_column: bool) -> Frame:
    """The frame of the columns of x (runs, n, d) themselves, with one variance for all or one for each."""
    mean, scale, centred = _centre(x, by_column)
    variance = (centred**2).mean(1, keepdims=True)  # (runs, 1, d)
    if not by_column:
        variance = np.broadcast_to(variance.mean(2, keepdims=True), mean.shape)
    return _frame(mean, scale, np.zeros((len(x), 0, 0)), variance, _covariance(centred), x.device)


def principal_frame(x: Tensor, by_column: bool) -> Frame:
    """The frame of the principal components of x (runs, n, d).

    `by_column` first brings every column to variance 1, as suits tables whose columns have different units.
    """
    mean, scale, centred = _centre(x, by_column)
    covariance = _covariance(centred)
    variance, basis = np.linalg.eigh(covariance)  # (runs, d) and (runs, d, d), a column each
    return _frame(mean, scale, basis, variance[:, None, :], covariance, x.device)


def _centre(x: Tensor, by_column: bool) -> tuple[Array, Array, Array]:
    rows = x.cpu().numpy().astype(np.float64)  # (runs, n, d): sums of squares in float32 lose half of its digits
    mean = rows.mean(1, keepdims=True)
    scale = np.ones_like(mean)
    if by_column:
        deviation = rows.std(1, keepdims=True)
        scale = np.where(deviation > SMALL * (np.abs(mean) + NOTHING), deviation, 1)
    return mean, scale, (rows - mean) / scale


def _covariance(centred: Array) -> Array:
    return np.swapaxes(centred, 1, 2) @ centred / centred.shape[1]


def _frame(mean: Array, scale: Array, basis: Array, variance: Array, covariance: Array, device: torch.device) -> Frame:
    """The frame whose unit is the typical variance along a principal direction: the one a unit of variance sits in.

    Noise of variance 1 then hides what is typical halfway along the flow, in images of any size.
    """
    total = np.trace(covariance, axis1=1, axis2=2)[:, None, None]  # (runs, 1, 1)
    # (runs, 1, 1): sum of squared eigenvalues over their sum, which is the mean variance weighted by variance
    typical = np.where(total > 0, (covariance**2).sum((1, 2), keepdims=True) / np.where(total > 0, total, 1), 1)
    share = np.where(variance > SMALL * typical, variance, 0) / typical  # (runs, 1, d)
    parts = (mean, scale * np.sqrt(typical), basis, np.sqrt(share))
    return Frame(*(torch.tensor(part, dtype=torch.float32, device=device) for part in parts))
