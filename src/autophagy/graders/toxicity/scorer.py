"""What a scorer of toxicity is: texts in, scores from 0 to 1 out, and a digest of what gave them."""

import hashlib
import math
from collections.abc import Sequence
from typing import Protocol


class ToxicityScorer(Protocol):
    """A scorer of texts."""

    @property
    def digest(self) -> str:
        """What tells it from every other scorer: figures of two digests are not compared."""

    def __call__(self, texts: Sequence[str]) -> list[float]:
        """The toxicity of each text from 0 to 1, NaN where it cannot be told."""


def digest_of(*parts: str | bytes) -> str:
    """A digest of what makes a scorer what it is."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:16]


def known(score: float) -> float:
    """A score that is one, NaN where it is out of its bounds."""
    return score if 0 <= score <= 1 else math.nan
