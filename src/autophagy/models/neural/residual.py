"""A dense residual network, for many runs at once."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import silu

from .training import Streams, Weights


@dataclass(frozen=True)
class ResidualNetwork:
    """Maps x (runs, b, inputs) and a context (runs, b, given) to (runs, b, outputs).

    Each block adds U silu(V [h, context]) to the hidden state h. The context, which ends in a constant 1 that
    serves as the bias, enters every layer. The last map of each block and of the network starts at zero.
    """

    inputs: int
    outputs: int
    given: int
    width: int
    blocks: int
    octaves: int = 0

    def weights(self, streams: Streams, prefix: str = "") -> Weights:
        """Fresh weights, each with a leading axis over the runs."""
        hidden, given = self.width, self.given
        seen = self.inputs * (1 + 2 * self.octaves) + given
        weights = {"in": streams.normal(seen, hidden) / math.sqrt(seen)}  # (runs, seen, hidden), keeps the variance
        for block in range(self.blocks):
            # variance 2 over the number of inputs, as behind a rectifier: He et al. 2015, equation 10
            weights[f"{block}.up"] = streams.normal(hidden + given, hidden) * math.sqrt(2 / (hidden + given))
            weights[f"{block}.down"] = torch.zeros_like(weights[f"{block}.up"][:, :hidden])  # (runs, hidden, hidden)
        weights["out"] = torch.zeros_like(weights["in"][:, :1, :1]).repeat(1, hidden + given, self.outputs)
        return {prefix + key: weight for key, weight in weights.items()}

    def __call__(self, weights: Weights, x: Tensor, context: Tensor, prefix: str = "") -> Tensor:
        """The network's output."""
        octaves = [x * (math.pi / 2 * 2.0**octave) for octave in range(self.octaves)]  # periods 4, 2, 1 deviations
        waves = [wave for octave in octaves for wave in (octave.cos(), octave.sin())]
        state = torch.cat([x, *waves, context], -1) @ weights[prefix + "in"]  # (runs, b, hidden)
        for block in range(self.blocks):
            inner = silu(torch.cat([state, context], -1) @ weights[f"{prefix}{block}.up"])  # (runs, b, hidden)
            state = torch.baddbmm(state, inner, weights[f"{prefix}{block}.down"])
        return torch.cat([state, context], -1) @ weights[prefix + "out"]  # (runs, b, outputs)
