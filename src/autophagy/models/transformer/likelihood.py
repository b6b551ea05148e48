"""How likely a transformer finds passages: the loss that it trains by, and the exact figure of each passage."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from ...core.samples import Array
from ..neural.training import Weights, device
from .network import END, Llama
from .packing import Batches, Passages

AT_ONCE = 8192  # the tokens that are scored at a time: 64 MiB of scores at the default vocabulary
CHUNK = 512  # the tokens that are scored at a time in training, so that their scores stay in the processor's cache


def half_precision() -> bool:
    """Whether products in bfloat16 are fast here: on an accelerator, or a processor with instructions for them."""
    able: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()  # torch below 2.10 does not say
    return device().type == "cuda" or bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def loss_over(network: Llama, batches: Batches, apart: bool, truncate: float = 1.0) -> Callable[[Weights], Tensor]:
    """A loss over fresh batches: nats a token, one figure a run; where `apart`, no passage sees another.

    Tokens that are foretold with more than the probability `truncate` count as if they cost nothing.
    """
    half, easy = half_precision(), -math.log(truncate)

    def loss(weights: Weights) -> Tensor:
        batch = batches()
        with torch.autocast(device().type, torch.bfloat16, enabled=half):
            states = network(weights, batch[..., :-1], apart=apart).flatten(1, 2)  # (runs, rows * context, width)
            return _surprise(states, weights["embed"], batch[..., 1:].flatten(1, 2), easy)

    return loss


@torch.no_grad()
def log_prob(network: Llama, weights: Weights, passages: Passages) -> Array:
    """The log probability (n,) of each passage under the weights (1, ...) of one run, in nats.

    Passages longer than the context are read in windows that overlap by half of it.
    """
    spans = _windows(passages.lengths, network.context)  # (windows, 4)
    # by length, so that a batch is hardly padded
    spans = spans[np.argsort(spans[:, 2] - spans[:, 1], kind="stable")]
    total = np.zeros(len(passages))
    while len(spans):
        widest = spans[: max(1, AT_ONCE // network.context), 2] - spans[: max(1, AT_ONCE // network.context), 1]
        chosen, spans = spans[: len(widest)], spans[len(widest) :]
        batch = np.full((len(chosen), int(widest[-1]) + 1), END)
        for row, (passage, begin, end, _) in zip(batch, chosen.tolist(), strict=True):
            first = passages.bounds[passage]
            row[: end - begin + 1] = np.concatenate([[END], passages.tokens[first : first + end]])[begin:]
        known = _log_probs(network, weights, torch.tensor(batch[None], device=device()))[0].double().cpu().numpy()
        place = np.arange(known.shape[1])
        counted = (place >= chosen[:, 3:]) & (place < widest[:, None])  # neither what a window only reads, nor padding
        np.add.at(total, chosen[:, 0], (known * counted).sum(1))
    return total


class _Surprise(torch.autograd.Function):
    """The mean cross-entropy (runs,) of targets (runs, n), given states (runs, n, d) and embed (runs, v, d).

    Targets that cost less than `easy` nats count as 0.

    Its gradient is worked out beside it, chunk by chunk, so that the scores (runs, n, v) are never held at once.
    """

    @staticmethod
    def forward(ctx: Any, states: Tensor, embed: Tensor, targets: Tensor, easy: float) -> Tensor:
        total = torch.zeros(len(states), device=states.device)
        by_embed, by_states = torch.zeros_like(embed), torch.empty_like(states)  # gradients, shaped alike
        for begin in range(0, states.shape[1], CHUNK):
            chunk, target = states[:, begin : begin + CHUNK], targets[:, begin : begin + CHUNK, None]
            scores = torch.bmm(chunk, embed.transpose(1, 2)).float()  # (runs, chunk, v)
            whole = scores.logsumexp(-1, keepdim=True)  # (runs, chunk, 1)
            cost = whole - scores.gather(-1, target)  # (runs, chunk, 1), in nats
            # the gradient of a cost by its scores: their softmax, less 1 at the target
            share = scores.sub_(whole).exp_().scatter_add_(-1, target, -torch.ones_like(whole))
            if easy > 0:
                counted = cost >= easy
                cost, share = cost * counted, share * counted
            total += cost.sum((1, 2))
            by_states[:, begin : begin + CHUNK] = torch.bmm(share, embed)
            by_embed += torch.bmm(share.transpose(1, 2), chunk)
        ctx.save_for_backward(by_states, by_embed)
        ctx.count = states.shape[1]
        return total / ctx.count

    @staticmethod
    def backward(ctx: Any, *given: Tensor) -> tuple[Tensor, Tensor, None, None]:
        by_states, by_embed = ctx.saved_tensors
        factor = (given[0] / ctx.count)[:, None, None]
        return by_states * factor, by_embed * factor, None, None


_surprise: Callable[[Tensor, Tensor, Tensor, float], Tensor] = _Surprise.apply


def _log_probs(network: Llama, weights: Weights, batch: Tensor) -> Tensor:
    """The log probability (runs, rows, t) of each token of batch (runs, rows, t + 1) but the first."""
    states = network(weights, batch[..., :-1])
    scores = network.scores(weights, states.flatten(1, 2)).flatten(0, 1)
    return -cross_entropy(scores, batch[..., 1:].flatten(), reduction="none").view_as(batch[..., 1:])


def _windows(lengths: Array, context: int) -> Array:
    """Rows (passage, begin, end, skip): tokens begin to end of the passage, of which the first `skip` are known."""
    windows = []
    half = context // 2
    for passage, length in enumerate(lengths.tolist()):
        windows.append((passage, 0, min(length, context), 0))
        for begin in range(half, length - context + half, half):
            windows.append((passage, begin, min(length, begin + context), context - half))
    return np.array(windows, np.int64).reshape(-1, 4)
