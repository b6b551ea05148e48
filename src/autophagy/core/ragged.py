"""Many things of different lengths in one array."""

import numpy as np

from .samples import Array


class Ragged:
    """Things whose parts lie one after the other: thing i has those from `bounds[i]` to `bounds[i + 1]`."""

    bounds: Array

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> Array:
        """How many parts (n,) each thing has."""
        return np.diff(self.bounds)
