"""Completing: what a transformer writes behind the beginning of a passage."""

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from ..neural.training import Streams, Weights
from .decoding import TokenSampler, draw
from .network import END, Llama
from .tokenizer import decode, encode


def complete(
    network: Llama,
    weights: Weights,
    tokenizer: Tokenizer,
    prompts: Sequence[str],
    rngs: Sequence[np.random.Generator],
    longest: int,
    sampler: TokenSampler,
) -> list[tuple[str, bool]]:
    """The text behind each prompt, and whether it ended by itself.

    One after the other: what is drawn in a batch differs in its last bits by what else is in it.
    """
    found = []
    for prompt, rng in zip(prompts, rngs, strict=True):
        tokens = encode(tokenizer, np.array([prompt], np.dtypes.StringDType())).tokens[:-1]
        start = np.append(END, tokens)[-max(1, network.context // 2) :]
        streams = Streams(rng, 1)
        room = min(longest, network.context + 1 - len(start))  # the last token that is drawn is not read
        made = draw(network, weights, streams.tensor(start[None, None]), room, sampler, streams)[0].cpu().numpy()
        found.append((str(decode(tokenizer, made)[0]), bool((made == END).any())))
    return found
