"""Tokens out of a transformer, one after the other: draws and beam search, for all passages and runs together.

What is held of the tokens so far has its place from the start (a static cache); passages that have ended leave it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from ..neural.training import Streams, Weights
from .network import END, Llama, Memory

# Numbers of keys and values that are held at a time: 128 MiB on a processor, 2 GiB on an accelerator. This gives some
# 400 passages at a time instead of 128, which took a fifth to a quarter off the text demo's sampling (docs/log.md).
HELD = {"cpu": 2**25, "cuda": 2**29}
CHECK = 8  # steps between two looks at which passages have ended: to look, the processor must wait for the accelerator
FULL = 0.9  # passages that have ended stay in the batch until this share is left: to leave it, all keys are copied


@dataclass(frozen=True)
class TokenSampler:
    """How a token is drawn from its scores: divided by `temperature`, cut to the `top_k` best and to `top_p`.

    `top_p` keeps the most likely tokens that together reach this probability; `repetition_penalty` divides the scores
    of the tokens that were there before where they are positive, and multiplies them where they are negative.

    Ref: Fan et al. 2018 (top-k), Holtzman et al. 2020 (top-p), Keskar et al. 2019, section 4.1 (the penalty).
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    repetition_penalty: float = 1.0

    def shape(self, scores: Tensor, seen: Tensor | None) -> Tensor:
        """The scores (..., vocabulary) after the penalty, the temperature and the cuts."""
        if seen is not None:
            penalty = self.repetition_penalty
            scores = torch.where(seen, torch.where(scores > 0, scores / penalty, scores * penalty), scores)
        if self.temperature > 0:
            scores = scores / self.temperature
        if 0 < self.top_k < scores.shape[-1]:
            least = scores.topk(self.top_k, -1).values[..., -1:]  # the score of the last one that stays
            scores = scores.masked_fill(scores < least, -torch.inf)
        if self.top_p < 1:
            ordered, order = scores.sort(-1, descending=True)
            share = ordered.softmax(-1)  # (..., vocabulary), from the likeliest down
            # a token stays while those before it have not reached top_p, so the first always stays
            beyond = share.cumsum(-1) - share >= self.top_p
            scores = scores.masked_fill(beyond.scatter(-1, order, beyond), -torch.inf)
        return scores

    def draw(self, scores: Tensor, seen: Tensor | None, uniform: Tensor) -> Tensor:
        """One token for each row of scores (..., vocabulary), by inversion at `uniform` (...); the best at 0."""
        scores = self.shape(scores, seen)
        if self.temperature == 0:
            return scores.argmax(-1)
        below = scores.softmax(-1).cumsum(-1)  # (..., vocabulary), rising to about 1
        whole = below[..., -1:]
        # never the whole itself, at which the search would run past the last token that has a probability
        target = torch.minimum(uniform[..., None] * whole, torch.nextafter(whole, torch.zeros_like(whole)))
        return torch.searchsorted(below, target, right=True)[..., 0]


def parts(network: Llama, starts: Tensor, room: int, beams: int) -> Iterator[Tensor]:
    """The starts (runs, rows, s) in equal parts as large as memory allows, with `room` tokens for each beam of each.

    A large part is quicker: at this size a step of many rows takes hardly longer than one of a few.
    """
    runs, rows, _ = starts.shape
    most = max(1, HELD[starts.device.type] // (2 * network.layers * network.size * room * runs * beams))
    return iter(torch.split(starts, math.ceil(rows / math.ceil(rows / most)), 1))


@torch.no_grad()
def draw(
    network: Llama,
    weights: Weights,
    starts: Tensor,
    longest: int,
    sampler: TokenSampler,
    streams: Streams,
    *,
    ends: bool = True,
) -> Tensor:
    """Up to `longest` tokens (runs, rows, longest) after starts (runs, rows, s), from the sampler.

    Where `ends`, a row stops at its end token, and end tokens fill the rest of it.
    """
    runs, rows, _ = starts.shape
    made = torch.full((runs, rows, longest), END, device=starts.device)  # what a row does not write is END
    memory = Memory(network, runs * rows, starts.shape[2] + longest, weights["embed"])
    run = torch.arange(runs, device=starts.device)[:, None]
    slot = torch.arange(rows, device=starts.device).expand(runs, rows)  # the rows (runs, left) that go on
    over = torch.zeros_like(slot, dtype=torch.bool)
    seen = _marks(starts, network.vocabulary) if sampler.repetition_penalty != 1 else None
    tokens = starts
    for step in range(longest):
        scores = network.scores(weights, network(weights, tokens, memory)[:, :, -1])  # (runs, left, vocabulary)
        # each row has its own random numbers, whichever rows have left
        drawn = sampler.draw(scores, seen, streams.uniform(rows).gather(1, slot))
        if ends:
            drawn = drawn.masked_fill(over, END)
            over = over | (drawn == END)
        made[run, slot, step] = drawn
        if seen is not None:
            seen.scatter_(2, drawn[..., None], True)
        if ends and step % CHECK == CHECK - 1:
            left = int((~over).sum(1).max())  # of the run that has most
            if left == 0:
                break
            if left < FULL * slot.shape[1]:
                kept = over.to(torch.uint8).argsort(dim=1, stable=True)[:, :left]  # those that go on first
                memory.keep((kept + run * slot.shape[1]).reshape(-1))
                slot, over, drawn = (x.gather(1, kept) for x in (slot, over, drawn))
                seen = None if seen is None else seen[run, kept]
        tokens = drawn[..., None]
    return made


@torch.no_grad()
def beam_search(
    network: Llama, weights: Weights, starts: Tensor, length: int, sampler: TokenSampler, beams: int
) -> Tensor:
    """The likeliest `length` tokens (runs, rows, length) after starts (runs, rows, s) that `beams` beams find.

    Ref: Graves 2012, section 3; Shumailov et al. 2024 use five beams.
    """
    runs, rows, given = starts.shape
    vocabulary = network.vocabulary
    memory = Memory(network, runs * rows, given + length, weights["embed"])
    states = network(weights, starts, memory)[:, :, -1]  # (runs, rows, width): a start is read once for its beams
    first = torch.arange(runs * rows, device=starts.device)
    memory.keep(first.repeat_interleave(beams))
    tokens = starts[:, :, None].expand(-1, -1, beams, -1)  # (runs, rows, beams, s)
    states = states[:, :, None].expand(-1, -1, beams, -1).reshape(runs, rows * beams, -1)
    total = torch.full((runs, rows, beams), -torch.inf, device=starts.device)
    total[..., 0] = 0  # the beams start equal: all but one must wait
    for step in range(length):
        scores = network.scores(weights, states).view(runs, rows, beams, vocabulary).log_softmax(-1)  # nats
        seen = _marks(tokens, vocabulary) if sampler.repetition_penalty != 1 else None
        scores = sampler.shape(scores, seen) + total[..., None]
        total, best = scores.flatten(2).topk(beams, -1)  # (runs, rows, beams), out of beams * vocabulary
        origin, token = best // vocabulary, best % vocabulary  # the beam that it goes on from, and by what
        tokens = torch.cat([tokens.gather(2, origin[..., None].expand_as(tokens)), token[..., None]], -1)
        if step < length - 1:
            memory.keep((origin.view(-1, beams) + beams * first[:, None]).reshape(-1))
            states = network(weights, token.view(runs, -1, 1), memory)[:, :, 0]
    return tokens[:, :, 0, given:]


def _marks(tokens: Tensor, vocabulary: int) -> Tensor:
    """Which tokens of the vocabulary occur in each of tokens (..., t): (..., vocabulary) bool."""
    marks = torch.zeros((*tokens.shape[:-1], vocabulary), dtype=torch.bool, device=tokens.device)
    return marks.scatter_(-1, tokens, True)
