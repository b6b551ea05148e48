"""A small classifier of the real rows, whose last hidden layer is a feature space.

Images `(h, w)` or `(h, w, c)` go through two convolutions of stride 2 in the manner of LeNet, vectors `(p,)` through
one dense layer; both end in a hidden layer of 84 and a linear read-out. The weights are drawn from the generator that
is passed in, so that no global seed is touched, and are kept as plain arrays.

Ref: LeCun et al. 1998 (LeNet-5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.errors import need
from ..core.samples import Array

HIDDEN = 84  # of LeNet-5
STEPS = 800  # seconds on one core, and enough for the digits
BATCH = 64  # rows of a step of its training
RATE = 2e-3  # AdamW's at the first step, from where it falls in a straight line to 0
FIRST, SECOND, KERNEL = 16, 32, 5  # channels of the two convolutions, and the width of their kernels as in LeNet-5
DENSE = 128  # the first layer of vectors
DECAY = 0.3  # of the weights; with the noise it is worth half a point on the 1,797 digits
NOISE = 0.2  # added to the rows while learning, in standard deviations


@dataclass(frozen=True, eq=False)
class Classifier:
    """A trained classifier: rows -> features `(n, 84)` float32, features -> classes `(n,)`."""

    weights: Mapping[str, Array]
    shift: Array
    scale: Array
    classes: Array

    def __call__(self, rows: Array) -> Array:
        """The features `(n, 84)` float32 of the rows."""
        torch = need("torch", "the classifier features")
        with torch.no_grad():
            weights = {name: torch.from_numpy(array) for name, array in self.weights.items()}
            features: Array = _hidden(torch, weights, torch.from_numpy(_scaled(rows, self.shift, self.scale))).numpy()
        return features

    def classify(self, features: Array) -> Array:
        """The most likely class `(n,)` of each row of features `(n, 84)`."""
        logits = features @ self.weights["read"] + self.weights["read_bias"]
        labels: Array = self.classes[logits.argmax(axis=1)]
        return labels


def train(x: Array, labels: Array, rng: np.random.Generator) -> Classifier:
    """Learn to tell the classes apart: 800 AdamW steps of 64 rows, seconds on one core.

    Rows that are images are centred and scaled as a whole, vectors column by column.
    """
    torch = need("torch", "the classifier features")
    classes, target = np.unique(labels, return_inverse=True)
    axis = None if x.ndim > 2 else 0
    shift = np.asarray(x.mean(axis=axis, dtype=np.float64), np.float32)
    spread = np.asarray(x.std(axis=axis, dtype=np.float64), np.float32)
    scale = (1 / np.where(spread > 0, spread, 1.0)).astype(np.float32)

    weights = {name: torch.from_numpy(array) for name, array in _drawn(x.shape[1:], len(classes), rng).items()}
    for tensor in weights.values():
        tensor.requires_grad_()
    optimiser = torch.optim.AdamW(list(weights.values()), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / STEPS)
    for rows in _batches(len(x), rng):
        scaled = _scaled(x[rows], shift, scale)
        noisy = scaled + np.float32(NOISE) * rng.standard_normal(scaled.shape, np.float32)
        hidden = _hidden(torch, weights, torch.from_numpy(noisy))
        logits = hidden @ weights["read"] + weights["read_bias"]  # (batch, classes)
        loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(target[rows]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return Classifier({name: tensor.detach().numpy() for name, tensor in weights.items()}, shift, scale, classes)


def _hidden(torch: Any, weights: Mapping[str, Any], rows: Any) -> Any:
    """The last hidden layer (n, 84), after its rectifier."""
    functional = torch.nn.functional
    if "first" in weights:
        for layer in ("first", "second"):
            rows = functional.relu(
                functional.conv2d(rows, weights[layer], weights[layer + "_bias"], stride=2, padding=2)
            )
        rows = rows.flatten(1)  # (n, channels * h * w)
    else:
        rows = functional.relu(rows @ weights["dense"] + weights["dense_bias"])
    return functional.relu(rows @ weights["hidden"] + weights["hidden_bias"])


def _drawn(shape: tuple[int, ...], classes: int, rng: np.random.Generator) -> dict[str, Array]:
    """Initial weights, normal with variance 2 / inputs, and zero biases. Ref: He et al. 2015."""
    shapes: dict[str, tuple[int, ...]] = {}
    inputs = int(np.prod(shape))
    if len(shape) > 1:
        shapes = {
            "first": (FIRST, shape[2] if len(shape) > 2 else 1, KERNEL, KERNEL),
            "second": (SECOND, FIRST, KERNEL, KERNEL),
        }
        inputs = SECOND * -(-shape[0] // 4) * -(-shape[1] // 4)  # two strides of 2 leave a quarter, rounded up
    else:
        shapes = {"dense": (inputs, DENSE)}
        inputs = DENSE
    shapes |= {"hidden": (inputs, HIDDEN), "read": (HIDDEN, classes)}
    weights = {}
    for name, size in shapes.items():
        convolution = len(size) > 2
        deviation = np.sqrt(2 / (np.prod(size[1:]) if convolution else size[0]))
        weights[name] = (deviation * rng.standard_normal(size)).astype(np.float32)
        weights[name + "_bias"] = np.zeros(size[0] if convolution else size[1], np.float32)
    return weights


def _scaled(rows: Array, shift: Array, scale: Array) -> Array:
    """Rows as the network takes them: images as (n, c, h, w), vectors as (n, p)."""
    scaled = ((rows - shift) * scale).astype(np.float32)
    if scaled.ndim == 3:
        return scaled[:, None]
    return np.ascontiguousarray(scaled.transpose(0, 3, 1, 2)) if scaled.ndim == 4 else scaled


def _batches(n: int, rng: np.random.Generator) -> Any:
    """Batches of row numbers, one a step, going through all the rows in a new order each time."""
    order = rng.permutation(n)
    start = 0
    for _ in range(STEPS):
        if start + BATCH > n and start:
            order, start = rng.permutation(n), 0
        yield order[start : start + BATCH]
        start += BATCH
