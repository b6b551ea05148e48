"""What a transformer learns once, before generation 1, from the real passages alone."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...core.samples import Array

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from .packing import Passages

# What the model makes is at most as long as this quantile of the real passages: one passage in a thousand may be far
# longer than all others, and every passage that is made would reserve its length in the cache.
LONGEST = 0.999


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every generation, run and regime shares.

    `longest` is the most tokens of a made passage, its end counted; `prompts` (b, prompt) are blocks of real text,
    and `passages` the real passages, where the model edits them.
    """

    tokenizer: "Tokenizer"
    longest: int
    prompts: Array
    passages: "Passages | None" = None

    @classmethod
    def of(cls, texts: Array, vocabulary: int, context: int, prompt: int, edits: bool) -> "Prepared":
        """Learn a tokenizer of at most `vocabulary` tokens from texts (n,), and cut them into prompts."""
        from .tokenizer import encode, train_tokenizer

        tokenizer = train_tokenizer((str(text) for text in texts.tolist()), vocabulary)
        passages = encode(tokenizer, texts)
        longest = min(context, math.ceil(np.quantile(passages.lengths, LONGEST)))
        blocks = max(1, len(passages.tokens) // max(1, prompt))
        prompts = np.resize(passages.tokens, (blocks, prompt))  # (blocks, prompt): the passages laid end to end and cut
        return cls(tokenizer, longest, prompts, passages if edits else None)
