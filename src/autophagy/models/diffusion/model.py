"""A diffusion model: rectified flow from noise to rows."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ...core.decorators import model
from ...core.errors import UsageError, must, need
from ...core.samples import Array, Samples
from ..neural.checkpoint import Checkpoint
from ..neural.rows import TrainingRows, check_training

if TYPE_CHECKING:
    from torch import Tensor

    from ..neural.frame import Frame
    from ..neural.training import Streams, Weights
    from .flow import FlowNetwork

# Pixels a side from which images go through the U-Net. On MNIST (28) the dense network does badly, with a precision of
# .75 and a recall of .29 at 2,000 rows (docs/log.md); 8x8 digits it learns well.
SMALLEST_IMAGE = 16
FEW_COLUMNS, OCTAVES = 4, 3  # a density in the plane has finer shapes than a plain network learns soon
BLOCKS = 3  # of the dense network
AT_ONCE = 1024  # rows of a run that are drawn together, so that memory does not grow with n
MOST_SAMPLING_STEPS, MOST_GUIDANCE = 10**6, 1000  # more is a slip


@dataclass(frozen=True, eq=False)
class FittedDiffusion:
    """A flow for each run: `weights` for the network, in the coordinates of `frame`.

    `counts` (runs, k) says how often each of the `classes` (k,) was among the training rows; k = 0 without labels.
    `diverged` names the runs whose training ran away; their weights are zero.
    """

    settings: "Diffusion"
    shape: tuple[int, ...]
    image: bool
    classes: Array
    counts: Array
    frame: "Frame"
    weights: "Weights"
    diverged: tuple[int, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.counts)

    @property
    def network(self) -> "FlowNetwork":
        """The network that the weights are for."""
        from ..neural.residual import ResidualNetwork
        from .flow import context_size
        from .unet import UNet

        given, d = context_size(len(self.classes)), self.frame.mean.shape[2]
        if self.settings.convolutional(self.image, self.shape):
            height, span = self.shape[:2]
            width = 4 * max(1, self.settings.width // 24)  # a sixth, in multiples of the norm's four groups
            return UNet(height, span, d // (height * span), given, width)
        octaves = OCTAVES if d <= FEW_COLUMNS else 0
        return ResidualNetwork(d, d, given, self.settings.width, blocks=BLOCKS, octaves=octaves)

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Any:
        """n rows of each run, (runs * n, ...) float32, with their labels if the training rows had labels."""
        from ..neural.training import Streams

        if bias < 0:
            raise UsageError(f"the model diffusion takes a bias of 0 or more, usually at most 1, not {bias}.")
        streams = Streams(rng, self.runs)
        codes = self._draw_labels(streams, n)
        parts = [self._draw(streams, part, bias) for part in np.split(codes, range(AT_ONCE, n, AT_ONCE), axis=1)]
        x = np.concatenate(parts, 1).reshape(self.runs * n, *self.shape)
        x = np.clip(x, 0, 1) if self.image else x
        return (x, {"label": self.classes[codes.reshape(-1)]}) if len(self.classes) else x

    def _draw_labels(self, streams: "Streams", n: int) -> Array:
        """Codes (runs, n) of classes, drawn in their share among each run's training rows."""
        share = np.cumsum(self.counts, 1) / np.maximum(self.counts.sum(1, keepdims=True), 1)  # (runs, k), rising to 1
        chance = streams.uniform(n).cpu().numpy()
        codes = [np.searchsorted(share[run], chance[run], side="right") for run in range(self.runs)]
        return np.minimum(np.stack(codes), max(len(self.classes) - 1, 0))  # (runs, n); the last share may round below 1

    def _draw(self, streams: "Streams", codes: Array, bias: float) -> Array:
        """Rows (runs, b, d) of the classes that `codes` (runs, b) name."""
        from .flow import follow, one_hot

        noise = streams.normal(codes.shape[1], self.frame.mean.shape[2]) * bias**0.5  # (runs, b, d)
        label = one_hot(codes, len(self.classes), noise)  # (runs, b, k)
        guidance = self.settings.guidance if len(self.classes) else 0.0
        steps = self.settings.sampling_steps
        y = follow(self.network, self.weights, noise, label, self.frame.spread, steps, guidance)
        rows: Array = self.frame.leave(y).cpu().numpy()
        return rows

    def save(self, folder: Path) -> None:
        """Write everything into `folder`/model.safetensors."""
        from ..neural.storage import write_model

        facts = {
            "settings": asdict(self.settings),
            "shape": self.shape,
            "image": self.image,
            "classes": self.classes.tolist(),
            "counts": self.counts.tolist(),
            "diverged": self.diverged,
        }
        write_model(folder, self.weights, self.frame, facts)


@model("diffusion", also=("ddpm", "flow"))
@dataclass(frozen=True)
class Diffusion:
    """A diffusion model (flow matching); sampling bias is the variance of the noise that it starts from.

    Images with sides of 16 pixels or more go through a small convolutional U-Net, all other rows through a dense
    residual network, unless `network` says "unet" or "dense". All runs train in one program, which takes half to two
    thirds of the time of training them one by one (nine tenths for the U-Net). If the rows carry a `label`, the model
    is conditional on it: it draws labels in the proportions of the training rows and returns them with the rows.
    `guidance` is then the weight w of classifier-free guidance, 0 for none.

    `steps` is the number of training batches, each of `batch` rows. `width` is the width of the hidden layers, and six
    times that of the U-Net's first. `sampling_steps` counts midpoint steps, each of which runs the network twice.
    Images are clipped to [0, 1]. A warm start keeps the coordinates of `start`.

    Ref: Liu et al. 2022; Lipman et al. 2022; Ho and Salimans 2022 (guidance).
    """

    steps: int = 500
    width: int = 96
    learning_rate: float = 0.01
    batch: int = 128
    sampling_steps: int = 12
    guidance: float = 0.0
    network: Literal["auto", "dense", "unet"] = "auto"

    def __post_init__(self) -> None:
        check_training(self.steps, self.width, self.learning_rate, self.batch)
        steps, most = self.sampling_steps, MOST_SAMPLING_STEPS
        must(1 <= steps <= most, "sampling_steps", steps, f"at least 1 and at most {most}")
        must(0 <= self.guidance <= MOST_GUIDANCE, "guidance", self.guidance, f"at least 0 and at most {MOST_GUIDANCE}")

    def convolutional(self, image: bool, shape: tuple[int, ...]) -> bool:
        """Whether rows of this shape go through the U-Net."""
        large = image and len(shape) in (2, 3) and min(shape[:2]) >= SMALLEST_IMAGE
        return (large and self.network != "dense") or (image and self.network == "unet")

    def fit(
        self,
        train: Samples,
        rng: np.random.Generator,
        *,
        start: FittedDiffusion | None = None,
        runs: int = 1,
        checkpoint: Checkpoint | None = None,
    ) -> FittedDiffusion:
        """Learn the rows (runs * n, ...) of all runs at once; a long training saves its state in `checkpoint`.

        Raises FitError where rows are texts, not finite or fewer than 8 a run, and Diverged where no run is left.
        """
        need("torch", "the model diffusion")
        from ..neural.begin import begin
        from ..neural.frame import loosen
        from ..neural.training import train as descend
        from .flow import flow_loss, one_hot

        classes = np.array([]) if start is None else start.classes
        rows, x, streams = begin(train, rng, runs, "diffusion", start, classes)
        convolutional = self.convolutional(rows.image, rows.shape)
        if rows.image and not convolutional:
            x = loosen(x, streams)  # (runs, copies * n, d)
        counts = np.stack([np.bincount(codes, minlength=len(rows.classes)) for codes in rows.labels])  # (runs, k)
        frame = _frame(rows, x, convolutional) if start is None else start.frame
        fitted = FittedDiffusion(self, rows.shape, rows.image, rows.classes, counts, frame, {})
        weights = fitted.network.weights(streams) if start is None else start.weights
        # (runs, copies * n, k): the labels of the copies, too
        labels = one_hot(np.tile(rows.labels, x.shape[1] // rows.x.shape[1]), len(rows.classes), x)
        loss = flow_loss(fitted.network, frame.enter(x), labels, frame.spread, self.batch, streams)
        trained, diverged = descend(
            weights, loss, self.steps, self.learning_rate, "diffusion", random=streams, checkpoint=checkpoint
        )
        return replace(fitted, weights=trained, diverged=diverged)

    def load(self, folder: Path) -> FittedDiffusion:
        """Read what `save` wrote."""
        need("torch", "the model diffusion")
        from ..neural.storage import read_model

        weights, frame, facts = read_model(folder)
        return FittedDiffusion(
            Diffusion(**facts["settings"]),
            tuple(facts["shape"]),
            facts["image"],
            np.array(facts["classes"]),
            np.array(facts["counts"]),
            frame,
            weights,
            tuple(facts["diverged"]),
        )


def _frame(rows: TrainingRows, x: "Tensor", convolutional: bool) -> "Frame":
    from ..neural.frame import plain_frame, principal_frame

    return plain_frame(x, by_column=False) if convolutional else principal_frame(x, by_column=not rows.image)
