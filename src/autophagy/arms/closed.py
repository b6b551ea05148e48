"""The model alone: what it knows without any document."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..core.registry import arm
from .arm import Base, Corpus, Ready, Setup


@arm("closed")
@dataclass(frozen=True)
class Closed:
    """The model as it is, without context: what it knew before."""

    control: ClassVar[bool] = True

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Nothing is prepared."""
        return Ready(base, base.reader(), Setup())
