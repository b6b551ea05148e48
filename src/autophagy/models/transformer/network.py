"""The network of Llama, for many runs at once: plain tensors with a leading axis over the runs.

All heads share one set of keys and values: at this size they learn as well, and sampling has less to read.

Ref: Touvron et al. 2023, section 2.2; Zhang and Sennrich 2019 (RMSNorm), Su et al. 2021 (rotary embedding), Shazeer
2020 (SwiGLU), Press and Wolf 2017 (tied embeddings), Shazeer 2019 (shared keys and values).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import embedding, rms_norm, scaled_dot_product_attention, silu

from ..neural.training import Streams, Weights

EPSILON = 1e-5  # what RMSNorm adds to the mean square, as in the configuration of Llama 2
THETA = 10_000.0  # the longest wave of the rotary embedding, in tokens over 2 pi: Su et al. 2021, section 3.2.2
EMBEDDED = 0.02  # deviation of a fresh embedding: LlamaConfig's initializer_range
END = 0  # the token that begins and ends every passage


class Memory:
    """The keys and values (layers, 2, runs * rows, 1, room, size of a head) of the tokens read so far."""

    def __init__(self, network: "Llama", rows: int, room: int, like: Tensor) -> None:
        size = (network.layers, 2, rows, 1, room, network.size)
        self.length = 0
        self._held = torch.empty(size, dtype=like.dtype, device=like.device)

    def extend(self, layer: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Put in the keys and values (rows, 1, t, size) of new tokens; all that are held by now."""
        until = self.length + keys.shape[2]
        for held, new in zip(self._held[layer], (keys, values), strict=True):
            held[:, :, self.length : until] = new
        return self._held[layer, 0, :, :, :until], self._held[layer, 1, :, :, :until]

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows (kept,) alone, which may repeat."""
        layers, _, _, _, room, size = self._held.shape
        new = self._held.new_empty((layers, 2, len(rows), 1, room, size))
        new[..., : self.length, :] = self._held[..., : self.length, :].index_select(2, rows)
        self._held = new


@dataclass(frozen=True)
class Llama:
    """A causal transformer: which token (of `vocabulary`) follows, given at most `context` tokens.

    Maps tokens (runs, rows, t) to states (runs, rows, t, width), and states to scores of the next token.
    """

    vocabulary: int
    width: int
    layers: int
    heads: int
    context: int

    @property
    def size(self) -> int:
        """The numbers in a key, a query or a value."""
        return self.width // self.heads

    @property
    def inner(self) -> int:
        """The width inside a feed-forward layer: 8/3 of the outer one, in multiples of 8.

        Ref: Shazeer 2020: two thirds of the usual four times the width, since SwiGLU has three matrices, not two.
        """
        return 8 * max(1, round(self.width / 3))

    def config(self) -> Any:
        """The same network as a configuration of transformers."""
        from transformers import LlamaConfig

        return LlamaConfig(
            vocab_size=self.vocabulary,
            hidden_size=self.width,
            intermediate_size=self.inner,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            num_key_value_heads=1,
            max_position_embeddings=self.context,
            rms_norm_eps=EPSILON,
            rope_parameters={"rope_type": "default", "rope_theta": THETA},
            tie_word_embeddings=True,
            bos_token_id=END,
            eos_token_id=END,
            architectures=["LlamaForCausalLM"],
        )

    def weights(self, streams: Streams) -> Weights:
        """Fresh weights; what a layer adds starts small, such that the first states are the embeddings."""
        width, inner = self.width, self.inner
        weights = {"embed": EMBEDDED * streams.normal(self.vocabulary, width)}
        for layer in range(self.layers):
            weights[f"{layer}.attend"] = width**-0.5 * streams.normal(width, width + 2 * self.size)  # Q, K, V in a row
            # only the shape is used, but without the draw all later weights would be others
            weights[f"{layer}.out"] = torch.zeros_like(streams.normal(width, width))
            weights[f"{layer}.up"] = width**-0.5 * streams.normal(width, 2 * inner)  # gate and up side by side
            weights[f"{layer}.down"] = torch.zeros_like(streams.normal(inner, width))
            weights[f"{layer}.norm"] = torch.ones_like(weights["embed"][:, :2, :])  # (runs, 2, width): two a layer
        return weights | {"norm": torch.ones_like(weights["embed"][:, :1, :])}

    def __call__(self, weights: Weights, tokens: Tensor, memory: Memory | None = None, apart: bool = False) -> Tensor:
        """The states; with a `memory`, which grows, the tokens follow those that it holds.

        Where `apart`, what an end token begins does not see what is before it.
        """
        runs, rows, length = tokens.shape
        embed = weights["embed"]
        first = torch.arange(runs, device=tokens.device)[:, None] * self.vocabulary
        # the tables of all runs as one, in which those of run c begin at `first`: (runs, rows * t, width)
        state = embedding(tokens.reshape(runs, -1) + first, embed.reshape(-1, self.width))
        past = memory.length if memory else 0
        cos, sin = (wave[past : past + length] for wave in _waves(self.context, self.size, embed.device))
        mask = _same_passage(tokens) if apart else None
        for layer in range(self.layers):
            norms = weights[f"{layer}.norm"]
            mixed = torch.bmm(_norm(state, norms[:, :1]), weights[f"{layer}.attend"])
            # (runs * rows, heads + 2, t, size): the queries of each head, then the keys and values that all share
            mixed = mixed.view(runs * rows, length, self.heads + 2, self.size).transpose(1, 2)
            turned, values = mixed[:, :-1], mixed[:, -1:]  # queries and keys turn by their position, values do not
            turned = turned * cos + _turn(turned) * sin
            queries, keys = turned[:, :-1], turned[:, -1:]  # (runs * rows, heads or 1, t, size)
            if memory:
                keys, values = memory.extend(layer, keys, values)  # (runs * rows, 1, past + t, size)
            if length == 1:  # every head sees the same keys, as the places of one head do
                seen = scaled_dot_product_attention(queries.transpose(1, 2), keys, values)
            else:
                keys, values = keys.expand_as(queries), values.expand_as(queries)
                seen = scaled_dot_product_attention(queries, keys, values, mask, is_causal=mask is None).transpose(1, 2)
            state = state + torch.bmm(seen.reshape(runs, -1, self.width), weights[f"{layer}.out"])
            gate, up = torch.bmm(_norm(state, norms[:, 1:]), weights[f"{layer}.up"]).chunk(2, -1)  # (.., inner)
            state = state + torch.bmm(silu(gate) * up, weights[f"{layer}.down"])
        if memory:
            memory.length += length
        return _norm(state, weights["norm"]).view(runs, rows, length, -1)

    def scores(self, weights: Weights, states: Tensor) -> Tensor:
        """The scores (runs, n, vocabulary) of the next token, given states (runs, n, width)."""
        return torch.bmm(states, weights["embed"].transpose(1, 2))


def _norm(x: Tensor, weight: Tensor) -> Tensor:
    return rms_norm(x, x.shape[-1:], eps=EPSILON) * weight


def _turn(x: Tensor) -> Tensor:
    first, second = x.chunk(2, -1)
    return torch.cat([-second, first], -1)


def _same_passage(tokens: Tensor) -> Tensor:
    """Which tokens each of tokens (runs, rows, t) sees: (runs * rows, 1, t, t) bool."""
    passage = (tokens == END).cumsum(-1).flatten(0, 1)  # (runs * rows, t): which passage a token is of
    return (passage[:, :, None] == passage[:, None]).tril()[:, None]


@cache
def _waves(length: int, size: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosine and sine (length, size) of the angle by which each pair of numbers turns at each position."""
    speed = THETA ** (-torch.arange(0, size, 2, device=device) / size)  # (size / 2,)
    angle = (torch.arange(length, device=device)[:, None] * speed).repeat(1, 2)
    return angle.cos(), angle.sin()
