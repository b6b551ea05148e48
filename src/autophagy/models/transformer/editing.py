"""Token editing: real passages in which a transformer redraws the tokens that it is all but sure of."""

import numpy as np
import torch

from ...core.samples import Array
from ..neural.training import Streams, Weights
from .decoding import TokenSampler
from .network import END, Llama
from .packing import Passages

BEST = 8  # tokens of which a new one is drawn, as in the paper
AT_ONCE = 8192  # tokens that are looked at together: 64 MiB of scores at the default vocabulary


@torch.no_grad()
def edit(
    network: Llama, weights: Weights, passages: Passages, n: int, least: float, temperature: float, streams: Streams
) -> Array:
    """n of the passages for each run, as tokens (runs * n, t) that end in end tokens.

    A token to which the run's model gives the probability `least` or more is redrawn from the eight that it finds
    best; all others stay as they are, and so does what is beyond the context. Ends are left where they are.

    Ref: Zhu et al. (2025), "How to synthesize text data without model collapse?", equation 4.
    """
    runs = len(streams)
    # (runs, n): each passage once in a random order, and again in the same where n is larger
    orders = streams.uniform(len(passages)).argsort(1).repeat(1, -(-n // len(passages)))[:, :n].cpu().numpy()
    longest = int(passages.lengths.max())
    made = np.full((runs, n, longest), END, np.int64)
    for run, order in enumerate(orders):
        for row, passage in enumerate(order):
            tokens = passages.tokens[passages.bounds[passage] : passages.bounds[passage + 1]]
            made[run, row, : len(tokens)] = tokens
    width = min(longest, network.context)
    sampler = TokenSampler(temperature, top_k=BEST)
    each = max(1, AT_ONCE // (runs * width))
    for begin in range(0, n, each):
        part = streams.tensor(made[:, begin : begin + each, :width])  # (runs, each, width)
        before = torch.cat([torch.full_like(part[..., :1], END), part[..., :-1]], -1)  # what each token follows
        scores = network.scores(weights, network(weights, before).flatten(1, 2))  # (runs, each * width, vocabulary)
        token = part.flatten(1, 2)
        sure = scores.softmax(-1).gather(-1, token[..., None])[..., 0] >= least
        scores[..., END] = -torch.inf  # an edit never ends a passage early
        drawn = sampler.draw(scores, None, streams.uniform(token.shape[1]))
        edited = torch.where(sure & (token != END), drawn, token).view_as(part)
        made[:, begin : begin + each, :width] = edited.cpu().numpy()
    return made.reshape(runs * n, longest)
