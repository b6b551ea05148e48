"""An embedder that remembers: a question and fresh passages are looked at again for what speaks for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..context import Embedder
from ..context.embed import limit_of
from ..context.limit import TokenLimit
from ..core.samples import Array


@dataclass(frozen=True)
class Remembering:
    """Another embedder, each of whose vectors is made once."""

    embedder: Embedder
    vectors: dict[tuple[str, bool], Array] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """That of the other."""
        return self.embedder.name

    @property
    def dimension(self) -> int:
        """That of the other."""
        return self.embedder.dimension

    @property
    def limit(self) -> TokenLimit | None:
        """That of the other."""
        return limit_of(self.embedder)

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors (n, dimension) float32 of the texts."""
        new = [text for text in dict.fromkeys(texts) if (text, question) not in self.vectors]
        made = self.embedder.encode(new, question) if new else ()
        self.vectors.update({(text, question): vector for text, vector in zip(new, made, strict=True)})
        known = [self.vectors[text, question] for text in texts]
        return np.stack(known) if known else np.empty((0, self.dimension), np.float32)
