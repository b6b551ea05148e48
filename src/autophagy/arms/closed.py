"""The model alone: what it knows without any document."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..core.decorators import arm
from ..data.dataset import Corpus
from .arm import Preparation, Ready, SharedModel


@arm("closed", also=("closed-book", "baseline", "none"))
@dataclass(frozen=True)
class Closed:
    """The model on its own, without passages: what it knew before."""

    control: ClassVar[bool] = True

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Nothing is prepared."""
        return Ready(base, base.language_model(), Preparation())
