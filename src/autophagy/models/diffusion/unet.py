"""A small convolutional U-Net, for many runs at once through grouped convolutions."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import conv2d, group_norm, interpolate, pad, pixel_shuffle, pixel_unshuffle, silu

from ..neural.training import Streams, Weights

PATCH = 2  # pixels a side of a patch: four times as many channels, a quarter of the places to convolve at
NORM_GROUPS = 4  # of channels of a run that are brought to one scale together, so the width is a multiple of 4


@dataclass(frozen=True)
class UNet:
    """Maps images x (runs, b, h * w * channels) and a context (runs, b, given) to images of the same shape.

    Pixels are first folded into patches of 2 x 2, so the network works at a half and at a quarter of the image's
    side, with `width` (a multiple of 4) and 2 `width` channels. Each residual block adds a shift that depends on the
    context. The second convolution of each block and the network's last start at zero.
    """

    height: int
    span: int
    channels: int
    given: int
    width: int

    def weights(self, streams: Streams) -> Weights:
        """Fresh weights, each with a leading axis over the runs."""
        pixels, fine, coarse = self.channels * PATCH**2, self.width, 2 * self.width
        weights: Weights = {}

        def convolution(name: str, into: int, out: int, side: int = 3, gain: float = 1.0) -> None:
            deviation = gain / math.sqrt(into * side**2)
            weights[name] = streams.normal(out, into, side, side) * deviation  # (runs, out, into, side, side)

        def block(name: str, into: int, out: int) -> None:
            convolution(f"{name}.first", into, out, gain=math.sqrt(2))  # silu before it: He et al. 2015, equation 10
            convolution(f"{name}.second", out, out, gain=0)
            weights[f"{name}.shift"] = streams.normal(self.given, out) / math.sqrt(self.given)  # (runs, given, out)
            if into != out:
                convolution(f"{name}.skip", into, out, side=1)

        convolution("in", pixels, fine)
        block("down", fine, fine)
        convolution("shrink", fine, coarse)
        block("middle", coarse, coarse)
        block("middle again", coarse, coarse)
        convolution("grow", coarse, fine)
        block("up", 2 * fine, fine)
        convolution("out", fine, pixels, gain=0)
        return weights

    def __call__(self, weights: Weights, x: Tensor, context: Tensor) -> Tensor:
        """The network's output."""
        runs, b = x.shape[:2]

        def convolve(name: str, h: Tensor, stride: int = 1) -> Tensor:
            kernel = weights[name]
            # h is (b, runs * into, y, x), and a group of channels is a run
            return conv2d(h, kernel.flatten(0, 1), stride=stride, padding=kernel.shape[-1] // 2, groups=runs)

        def normal(h: Tensor) -> Tensor:
            return group_norm(h, runs * NORM_GROUPS)

        def block(name: str, h: Tensor) -> Tensor:
            shift = (context @ weights[f"{name}.shift"]).transpose(0, 1).reshape(b, -1, 1, 1)  # (b, runs * out, 1, 1)
            inner = convolve(f"{name}.first", silu(normal(h)))
            inner = convolve(f"{name}.second", silu(normal(inner) + shift))  # a norm after the shift would undo it
            return inner + (convolve(f"{name}.skip", h) if f"{name}.skip" in weights else h)

        fine = block("down", convolve("in", self._fold(x)))  # (b, runs * width, y, x)
        coarse = block("middle again", block("middle", convolve("shrink", fine, stride=2)))  # (b, runs * 2 width, ...)
        grown = convolve("grow", interpolate(coarse, scale_factor=2.0))  # (b, runs * width, y, x)
        # joined run by run: (b, runs, 2 width, y, x), then the runs back into the channels
        both = torch.cat([part.reshape(b, runs, -1, *part.shape[2:]) for part in (fine, grown)], 2).flatten(1, 2)
        return self._unfold(convolve("out", silu(block("up", both))), runs)

    def _fold(self, x: Tensor) -> Tensor:
        """(runs, b, h * w * channels) to (b, runs * channels * 4, h / 2, w / 2), padded to whole patches."""
        image = x.reshape(*x.shape[:2], self.height, self.span, self.channels).permute(1, 0, 4, 2, 3).flatten(1, 2)
        return pixel_unshuffle(pad(image, (0, -self.span % (2 * PATCH), 0, -self.height % (2 * PATCH))), PATCH)

    def _unfold(self, h: Tensor, runs: int) -> Tensor:
        image = pixel_shuffle(h, PATCH)[..., : self.height, : self.span]
        return image.reshape(len(image), runs, self.channels, *image.shape[2:]).permute(1, 0, 3, 4, 2).flatten(2)
