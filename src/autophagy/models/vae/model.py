"""A variational autoencoder."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...core.decorators import model
from ...core.errors import UsageError, must, need
from ...core.samples import Array, Samples
from ..neural.checkpoint import Checkpoint
from ..neural.rows import MOST_WIDTH, check_training

if TYPE_CHECKING:
    from ..neural.frame import Frame
    from ..neural.training import Weights
    from .evidence import Autoencoder


@dataclass(frozen=True, eq=False)
class FittedVAE:
    """A decoder (and its encoder) for each run: `weights`, in the coordinates of `frame`.

    `diverged` names the runs whose training ran away; their weights are zero.
    """

    settings: "VAE"
    shape: tuple[int, ...]
    image: bool
    frame: "Frame"
    weights: "Weights"
    diverged: tuple[int, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.frame.mean)

    @property
    def network(self) -> "Autoencoder":
        """The networks that the weights are for."""
        from .evidence import Autoencoder

        return Autoencoder(self.frame.mean.shape[2], self.settings.latent, self.settings.width)

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n rows of each run, (runs * n, ...) float32, from latents of variance `bias`."""
        from ..neural.training import Streams

        if bias < 0:
            raise UsageError(f"the model vae takes a bias of 0 or more, usually at most 1, not {bias}.")
        y = self.network.draw(self.weights, n, bias, not self.image, Streams(rng, self.runs))
        x: Array = self.frame.leave(y).cpu().numpy().reshape(self.runs * n, *self.shape)
        return np.clip(x, 0, 1) if self.image else x

    def save(self, folder: Path) -> None:
        """Write everything into `folder`/model.safetensors."""
        from ..neural.storage import write_model

        facts = {
            "settings": asdict(self.settings),
            "shape": self.shape,
            "image": self.image,
            "diverged": self.diverged,
        }
        write_model(folder, self.weights, self.frame, facts)


@model("vae", also=("autoencoder",))
@dataclass(frozen=True)
class VAE:
    """A variational autoencoder; sampling bias is the variance of the latent prior.

    Encoder and decoder are dense networks. Latent and likelihood are Gaussian, with a learned variance for each
    column. All runs train in one program, in about half the time of training them one by one. Rows are sampled with
    that observation noise, because without it the variance that the decoder leaves unexplained would be lost; bias
    scales the variance of the noise too. Images in [0, 1] are sampled without it, as in the papers, because independent
    noise on every pixel is not part of an image. They are clipped to [0, 1].

    `steps` is the number of training batches, each of `batch` rows; `latent` is the number of latent coordinates and
    `width` the width of the hidden layers. A warm start keeps the coordinates of `start`.

    Ref: Kingma and Welling 2013; Rybkin et al. 2021 (the learned variance).
    """

    steps: int = 500
    latent: int = 8
    width: int = 96
    learning_rate: float = 0.01
    batch: int = 128

    def __post_init__(self) -> None:
        check_training(self.steps, self.width, self.learning_rate, self.batch)
        must(1 <= self.latent <= MOST_WIDTH, "latent", self.latent, f"at least 1 and at most {MOST_WIDTH}")

    def fit(
        self,
        train: Samples,
        rng: np.random.Generator,
        *,
        start: FittedVAE | None = None,
        runs: int = 1,
        checkpoint: Checkpoint | None = None,
    ) -> FittedVAE:
        """Learn the rows (runs * n, ...) of all runs at once; a long training saves its state in `checkpoint`.

        Raises FitError where rows are texts, not finite or fewer than 8 a run, and Diverged where no run is left.
        """
        need("torch", "the model vae")
        from ..neural.begin import begin
        from ..neural.frame import loosen, plain_frame
        from ..neural.training import train as descend

        rows, x, streams = begin(train, rng, runs, "vae", start, classes=np.array([]))
        x = loosen(x, streams) if rows.image else x  # (runs, n, d), several copies of images
        frame = plain_frame(x, by_column=not rows.image) if start is None else start.frame
        fitted = FittedVAE(self, rows.shape, rows.image, frame, {})
        weights = fitted.network.weights(streams) if start is None else start.weights
        loss = fitted.network.loss(frame.enter(x), frame.alive, self.batch, streams)
        trained, diverged = descend(
            weights, loss, self.steps, self.learning_rate, "vae", random=streams, checkpoint=checkpoint
        )
        return replace(fitted, weights=trained, diverged=diverged)

    def load(self, folder: Path) -> FittedVAE:
        """Read what `save` wrote."""
        need("torch", "the model vae")
        from ..neural.storage import read_model

        weights, frame, facts = read_model(folder)
        return FittedVAE(
            VAE(**facts["settings"]),
            tuple(facts["shape"]),
            facts["image"],
            frame,
            weights,
            tuple(facts["diverged"]),
        )
