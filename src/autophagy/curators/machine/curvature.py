"""Curvature: how much likelier a text is than others that a small language model would have written in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...core.samples import Array
from .examples import Examples

READER = "smollm2"  # the small language model that reads
TOKENS = 160  # of a text that are read: the cost is that of a forward pass, some 250 tokens a second on one core


@dataclass(frozen=True)
class Curvature:
    """The reader of texts, which learns nothing of examples; it needs torch, transformers and its weights."""

    reader: str = READER

    @classmethod
    def fit(cls, examples: Examples) -> "Curvature":
        """The same reader, whatever the examples."""
        return cls()

    def scores(self, texts: Sequence[str]) -> Array:
        """The conditional probability curvature (n,) of each text: near 0 of a model's text, below it of a person's.

        It is the log probability of the tokens less its expectation under the reader, over the deviation. As a model
        writes what it expects, that of its texts hardly depends on their domain. 0 for a text without tokens.

        Ref: Bao et al. (2024), "Fast-DetectGPT", arXiv 2310.05130, equation 3, where the reader samples too.
        """
        return np.array([_curvature(self.reader, text) for text in texts], float)


@lru_cache(maxsize=1 << 14)
def _curvature(reader: str, text: str) -> float:
    """Of one text; kept, as every fold of the examples asks for it."""
    import torch

    from ...models.pretrained.base import find_base

    base = find_base(reader, "full")
    tokens = base.encode([text])[0][:TOKENS]
    if not tokens:
        return 0.0
    device = next(base.model.parameters()).device
    with torch.inference_mode():
        scores = base.model(torch.tensor([[base.start, *tokens]], device=device)).logits[0, :-1].float()
        log_p = torch.log_softmax(scores, -1)
        p = log_p.exp()
        mean = (p * log_p).sum(-1)
        variance = (p * log_p.square()).sum(-1) - mean.square()
        own = log_p[torch.arange(len(tokens), device=device), torch.tensor(tokens, device=device)]
        return float((own.sum() - mean.sum()) / variance.sum().clamp(min=1e-9).sqrt())
