"""The evidence lower bound of a variational autoencoder, and draws from its decoder."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from ..neural.residual import ResidualNetwork
from ..neural.training import Streams, Weights, pick

BLOCKS = 2  # of the encoder and of the decoder
FIRST_NOISE = -1.0  # log of the first deviation: below 1, so that the latents are worth using
LEAST_NOISE = -4.0  # log of the smallest deviation, 2 % of a column's: rows on a line would drive it to minus infinity
UNIT = 0.5413  # log(e - 1), of which softplus is 1: latents begin with the deviation of their prior


@dataclass(frozen=True)
class Autoencoder:
    """A dense encoder and decoder between d coordinates and `latent` Gaussian ones, with a learned noise for each.

    Ref: Kingma and Welling 2013, section 3; Rybkin et al. 2021, section 4 (the learned noise).
    """

    d: int
    latent: int
    width: int

    def weights(self, streams: Streams) -> Weights:
        """Fresh weights, each with a leading axis over the runs."""
        weights = self._encoder.weights(streams, "encoder.") | self._decoder.weights(streams, "decoder.")
        return weights | {"noise": torch.full_like(weights["decoder.out"][:, :1], FIRST_NOISE)}

    def loss(self, rows: Tensor, alive: Tensor, batch: int, streams: Streams) -> Callable[[Weights], Tensor]:
        """Minus the bound over fresh batches of `rows` (runs, n, d), in nats over d: one figure a run.

        Directions in which `alive` (runs, 1, d) is 0 do not count.
        """

        def loss(weights: Weights) -> Tensor:
            x = pick(rows, streams.rows(rows.shape[1], batch))  # (runs, batch, d)
            mean, raw = self._encoder(weights, x, torch.ones_like(x[..., :1]), "encoder.").chunk(2, -1)
            deviation = softplus(raw + UNIT)  # (runs, batch, latent), as the mean
            made = self._decode(weights, mean + deviation * streams.normal(batch, self.latent))  # (runs, batch, d)
            # (runs, batch): of the latent's law from N(0, 1), in closed form: Kingma and Welling 2013, appendix B
            divergence = (mean.square() + deviation.square() - 1).sum(-1) / 2 - deviation.log().sum(-1)
            noise = weights["noise"].clamp_min(LEAST_NOISE)  # (runs, 1, d), the logarithm of a deviation
            misfit = ((((x - made) / noise.exp()).square() / 2 + noise) * alive).sum(-1)  # (runs, batch)
            return (misfit + divergence).mean(1) / self.d

        return loss

    @torch.no_grad()
    def draw(self, weights: Weights, n: int, bias: float, noisy: bool, streams: Streams) -> Tensor:
        """Coordinates (runs, n, d) from latents, and where `noisy` noise, with `bias` times their variance."""
        made = self._decode(weights, bias**0.5 * streams.normal(n, self.latent))
        if not noisy:
            return made
        return made + bias**0.5 * weights["noise"].clamp_min(LEAST_NOISE).exp() * streams.normal(n, self.d)

    @property
    def _encoder(self) -> ResidualNetwork:
        return ResidualNetwork(self.d, 2 * self.latent, 1, self.width, BLOCKS)

    @property
    def _decoder(self) -> ResidualNetwork:
        return ResidualNetwork(self.latent, self.d, 1, self.width, BLOCKS)

    def _decode(self, weights: Weights, latent: Tensor) -> Tensor:
        return self._decoder(weights, latent, torch.ones_like(latent[..., :1]), "decoder.")
