"""Rows as points, as the curators that measure distances need them."""

import math

import numpy as np

from ..core.errors import UsageError
from ..core.samples import Array, Samples


def points(batch: Samples, reference: Samples, curator: str) -> tuple[Array, Array]:
    """Both sides as float64 points (n, d) and (m, d), shifted so that the reference has mean 0.

    The shift keeps distances exact where the data lie far from the origin. Raises UsageError for texts and for
    rows of different shapes.
    """
    if "T" in (batch.x.dtype.kind, reference.x.dtype.kind):
        raise UsageError(f"the curator {curator} compares numbers and the rows are texts: leave it out.")
    if batch.x.shape[1:] != reference.x.shape[1:]:
        raise UsageError(
            f"the curator {curator} got rows of shape {batch.x.shape[1:]} beside a reference of "
            f"{reference.x.shape[1:]}: give both the same shape."
        )
    d = math.prod(reference.x.shape[1:])
    real = reference.x.reshape(len(reference), d).astype(np.float64)
    centre = real.mean(axis=0) if len(real) else 0.0
    return batch.x.reshape(len(batch), d).astype(np.float64) - centre, real - centre
