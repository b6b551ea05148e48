"""Features: what the metrics look at instead of the rows themselves, one vector a row.

A FeatureMap turns Samples into `(n, d)` float32 and, where the real rows are labelled, says which class a generated row
looks like. Features is one side of a comparison: it embeds its rows at most once, and keeps what metrics ask it
to keep, so that the reference side of a run is worked out once and reused in every generation.
"""

import hashlib
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from ..core.errors import DataError, UsageError
from ..core.samples import Array, Samples
from .distances import nearest_in

Kept = TypeVar("Kept")

BLOCK = 1024  # rows that are embedded at a time
LOG = logging.getLogger(__name__)

COMPONENTS = 64  # the principal components of `pca`, and the widest vectors that `auto` leaves as they are
LABELLED = 10_000  # the real rows that an unlearned feature map labels by


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """Rows -> features `(n, d)` float32, and where classes are known features -> classes `(n,)`.

    Features are cached by content for as long as somebody holds them: equal rows are embedded once. `origin` (d,) is
    what was taken off rows that are otherwise as they came; a metric that depends on where 0 lies adds it again.
    """

    name: str
    project: Callable[[Array], Array]
    classify: Callable[[Array], Array] | None = None
    origin: Array | float = 0.0
    _alive: "WeakValueDictionary[str, Array]" = field(default_factory=WeakValueDictionary, init=False, repr=False)

    def embed(self, samples: Samples) -> Array:
        """The features `(n, d)` float32 of the rows, worked out in blocks; do not write to them.

        Raises DataError where the rows are texts.
        """
        x = samples.x
        if x.dtype.kind not in "fiub":
            raise DataError(f"rows of type {x.dtype} have no numeric features: measure rows of numbers or images.")
        # by bytes, type and shape: rows that are equal in all three have equal features
        content = hashlib.sha256(np.ascontiguousarray(x).data).hexdigest() + str((x.dtype, x.shape))
        features = self._alive.get(content)
        if features is None:
            features = self._alive[content] = _in_blocks(self.project, x)
            features.flags.writeable = False
        return features

    def labels(self, samples: Samples) -> Array | None:
        """The class `(n,)` that each row looks like, or None where the real rows have no classes."""
        return None if self.classify is None else self.classify(self.embed(samples))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the cache: it does not travel to another process."""
        return FeatureMap, (self.name, self.project, self.classify, self.origin)


def _unread(x: Array) -> Array:
    raise DataError(f"rows of type {x.dtype} have no numeric features: measure rows of numbers or images.")


no_feature_map = FeatureMap("none", _unread)  # for texts, which metrics read as they are


class Features:
    """One side of a comparison: rows, their features, and what is known of where they came from.

    `fitted` is what generated the rows (one of `runs`, the one numbered `run`), `truth` the exact mean `(d,)` and total
    variance of the world where they are known, `training` the real rows outside the reference, `teacher` the held-out
    texts of the run's teacher, if it has one.
    """

    def __init__(
        self,
        samples: Samples,
        feature_map: FeatureMap,
        *,
        fitted: Any = None,
        run: int = 0,
        truth: tuple[Array, float] | None = None,
        training: Samples | None = None,
        teacher: Samples | None = None,
    ) -> None:
        self.samples = samples
        self.feature_map = feature_map
        self.fitted = fitted
        self.run = run
        self.truth = truth
        self.training = training
        self.teacher = teacher
        self._kept: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self.samples)

    @cached_property
    def x(self) -> Array:
        """The features `(n, d)` float32; raises DataError unless there are two rows, and every number is finite."""
        if len(self) < 2:
            raise DataError(f"{'one row' if len(self) else 'no rows'} cannot be measured: give at least two.")
        features = self.feature_map.embed(self.samples)
        wrong = int((~np.isfinite(features)).any(axis=1).sum())
        if wrong:
            raise DataError(
                f"{wrong} of {len(self)} rows are not finite numbers and cannot be measured: drop them first."
            )
        return features

    @cached_property
    def labels(self) -> Array | None:
        """The predicted classes `(n,)`, or None where the real rows have no classes."""
        return None if self.feature_map.classify is None else self.feature_map.classify(self.x)

    def once(self, key: Hashable, compute: Callable[[], Kept]) -> Kept:
        """The value of `compute()`, worked out at the first call with this key and kept on this side."""
        if key not in self._kept:
            self._kept[key] = compute()
        kept: Kept = self._kept[key]
        return kept


@dataclass(frozen=True, eq=False)
class Linear:
    """(rows - shift) * scale @ directions, on flattened rows `(b, p)`; without directions the scaled rows."""

    shift: Array
    scale: Array | float = 1.0
    directions: Array | None = None

    def __call__(self, rows: Array) -> Array:
        """The projection of a block of rows."""
        flat = (rows.reshape(len(rows), -1) - self.shift) * self.scale
        return flat if self.directions is None else flat @ self.directions


@dataclass(frozen=True, eq=False)
class NearestLabel:
    """The class of the nearest of some labelled real rows, features `(n, d)` and labels `(n,)`."""

    features: Array
    classes: Array

    def __call__(self, features: Array) -> Array:
        """The label `(m,)` of each row of features `(m, d)`."""
        labels: Array = self.classes[nearest_in(self.features, features)]
        return labels


def build_feature_map(name: str, real: Samples, rng: np.random.Generator) -> FeatureMap:
    """The feature map of that name, fitted on the real training rows.

    - `raw`: the flattened rows, held centred on the real mean, for which `origin` stands.
    - `standard`: each column centred and divided by its real standard deviation.
    - `pca`, `pca:32`: the leading principal components of the real rows (64 unless told, fewer where there are fewer).
    - `classifier`: the last hidden layer of a small network that learned to tell the real classes apart.
    - `auto`: vectors of up to 64 numbers are standardised, since their columns may have different units; images and
      longer vectors go through the classifier where they are labelled and torch is installed, else through `pca`.

    Raises UsageError for an unknown name, and DataError where the rows do not allow the feature map.
    Ref: Alemohammad et al. 2023 (MAD), section 3: LeNet features on MNIST.
    """
    if real.x.dtype.kind not in "fiub" or len(real) < 2 or not np.isfinite(real.x).all():
        raise DataError("features are fitted on at least two real rows of finite numbers: check the training rows.")
    classes = classes_of(real)
    if name == "auto":
        name = _choice(real, classes)
        LOG.debug("the features are %s", name)
    kind, _, setting = name.partition(":")
    if kind == "classifier":
        return _learned(real, classes, rng)
    project = _projection(kind, setting, real, name)
    origin = project.shift if kind == "raw" else 0.0
    feature_map = FeatureMap(name, project, None, origin)
    if classes is None:
        return feature_map
    labelled = real.cut(LABELLED, rng)
    return FeatureMap(name, project, NearestLabel(feature_map.embed(labelled), labelled.meta["label"]), origin)


def _choice(real: Samples, classes: Array | None) -> str:
    if real.x.ndim == 2 and real.x.shape[1] <= COMPONENTS:
        return "standard"
    return "classifier" if classes is not None and find_spec("torch") else "pca"


def classes_of(real: Samples) -> Array | None:
    """The distinct labels, or None where there are no labels or fewer than five rows of each to learn from."""
    if "label" not in real.meta:
        return None
    classes = np.unique(real.meta["label"])
    return classes if 1 < len(classes) <= len(real) // 5 else None


def _learned(real: Samples, classes: Array | None, rng: np.random.Generator) -> FeatureMap:
    from .classifier import train

    if classes is None:
        raise DataError(
            "the classifier features need a column `label` with at least two classes and five rows of each: "
            "choose the features pca or raw."
        )
    network = train(real.x, real.meta["label"], rng)
    return FeatureMap("classifier", network, network.classify)


def _projection(kind: str, setting: str, real: Samples, name: str) -> Linear:
    flat = real.x.reshape(len(real), -1)
    if kind == "pca":
        return _principal(flat, setting, name)
    if setting or kind not in ("raw", "standard"):
        raise UsageError(f"there are no features {name!r}: choose auto, raw, standard, pca, pca:K or classifier.")
    mean, spread = flat.mean(axis=0, dtype=np.float64), flat.std(axis=0, dtype=np.float64)
    if kind == "raw":
        return Linear(_round_centre(mean, spread))
    return Linear(mean, 1 / np.where(spread > 0, spread, 1.0))


def _round_centre(mean: Array, spread: Array) -> Array:
    """The mean, rounded so coarsely that distances between rows on a grid (counts, pixels) stay exact."""
    # the largest power of 2 up to the deviation: a multiple of it is subtracted from a grid without rounding
    step = np.exp2(np.floor(np.log2(np.where(spread > 0, spread, 1.0))))
    return np.where(spread > 0, np.round(mean / step) * step, mean)


def _principal(flat: Array, setting: str, name: str) -> Linear:
    if setting and not (setting.isdigit() and int(setting) > 0):
        raise UsageError(
            f"the features {name!r} ask for {setting!r} components: write pca:K with a whole number K >= 1."
        )
    count = min(int(setting or COMPONENTS), *flat.shape)
    mean = flat.mean(axis=0, dtype=np.float64)
    covariance = np.zeros((flat.shape[1], flat.shape[1]))  # (p, p), times n, which the directions do not see
    for start in range(0, len(flat), BLOCK):
        centred = flat[start : start + BLOCK] - mean
        covariance += centred.T @ centred
    _, vectors = np.linalg.eigh(covariance)
    leading = vectors[:, : -count - 1 : -1]
    # an eigenvector's sign is arbitrary: its largest entry (count,) is made positive, so that features repeat
    signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(count)])
    return Linear(mean, 1.0, leading * signs)


def _in_blocks(project: Callable[[Array], Array], x: Array) -> Array:
    """project(x) by blocks of one size, so that equal rows get equal features wherever they stand."""
    if not len(x):
        return np.zeros((0, 1), np.float32)
    blocks = []
    for start in range(0, len(x), BLOCK):
        rows = x[start : start + BLOCK]
        missing = BLOCK - len(rows)
        padded = np.concatenate([rows, np.repeat(rows[:1], missing, axis=0)]) if missing else rows
        blocks.append(project(padded)[: len(rows)].astype(np.float32))
    return np.concatenate(blocks)
