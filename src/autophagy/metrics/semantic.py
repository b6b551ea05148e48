"""What the made texts mean: how far their sentence embeddings are spread, and how they lie beside the real ones."""

import importlib
from functools import cache
from typing import Any

import numpy as np

from ..errors import DataError, MissingExtra
from ..features import Features
from ..registry import metric
from ..samples import Array
from .amounts import shuffled
from .mauve import mauve

MODEL = "sentence-transformers/all-MiniLM-L6-v2"


@metric("semantic", of="text")
def semantic(
    reference: Features, made: Features, rng: np.random.Generator, *, embedder: str = MODEL
) -> dict[str, float]:
    """Semantic spread: the mean cosine distance of two made passages by their embeddings; and MAUVE beside real ones.

    `embedder` is the folder of a sentence-transformers model, or the name of one that was downloaded before: a metric
    loads nothing from the network. Needs the package sentence-transformers.
    Ref: Tevet and Berant 2021; Pillutla et al. 2021.
    """
    model = _model(embedder)
    real = reference.once(("embedded", embedder), lambda: _embedded(model, reference))
    new = made.once(("embedded", embedder), lambda: _embedded(model, made))
    return {"semantic_spread": spread(new), "mauve": mauve(real, new, rng)}


def spread(features: Array) -> float:
    """The mean cosine distance, 0 to 2, between two different rows of the features (n, d), from their sum.

    1 - (|sum u|^2 - sum |u|^2) / (n (n - 1)) for unit rows u; a row of zeros is at distance 1 from every other.
    Raises DataError for fewer than two rows.
    """
    n = len(features)
    if n < 2:
        raise DataError(f"{n} passages have no spread: give at least two.")
    x = features.astype(np.float64)
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.where(lengths > 0, lengths, 1)
    shared = np.square(unit.sum(axis=0)).sum() - np.square(unit).sum()
    return float(min(max(1 - shared / (n * (n - 1)), 0.0), 2.0))


@cache
def _model(name: str) -> Any:
    try:
        package = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MissingExtra(
            "the metric semantic needs the package sentence-transformers, which is not installed: "
            "run pip install 'autophagy[context]'."
        ) from error
    try:
        return package.SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError) as error:
        raise DataError(
            f"the sentence embedder {name} is not on this machine ({str(error).splitlines()[0].rstrip('.')}): "
            "set `embedder` to the folder of a sentence-transformers model, or download it once."
        ) from error


def _embedded(model: Any, side: Features) -> Array:
    """The embeddings (n, d) of the passages, in the order that does not depend on the rows'."""
    return np.asarray(model.encode(shuffled(side.samples), show_progress_bar=False), dtype=np.float32)
