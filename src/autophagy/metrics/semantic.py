"""What the generated texts mean: how far their sentence embeddings spread, and how they lie beside the real ones."""

import numpy as np

from ..context.embed import DEFAULT, Embedder, find_embedder
from ..core.decorators import metric
from ..core.errors import DataError, UsageError
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features
from .amounts import shuffled
from .mauve import mauve


@metric(
    "semantic",
    of="text",
    needs=("request",),
    group="Quality and variety",
    figures={
        "semantic_spread": Figure(
            "semantic spread", "The mean distance between the meanings of two passages.", better="real"
        ),
        "mauve": Figure(
            "MAUVE", "How much generated and real texts overlap, by their embeddings.", bounds=(0, 1), better="higher"
        ),
    },
)
def semantic(
    reference: Features, generated: Features, rng: np.random.Generator, *, embedder: str = DEFAULT
) -> dict[str, float]:
    """How far apart in meaning the generated passages are, and how much they overlap with real ones (MAUVE).

    `semantic_spread` is the mean cosine distance of two generated passages by their embeddings. `embedder` is "minilm",
    which comes with the extra `context`, the folder of a sentence-transformers model, or a hub id. Embedding takes
    long, so this metric is computed only when it is asked for. Ref: Tevet and Berant 2021; Pillutla et al. 2021.
    """
    model = find_embedder(embedder)
    if model is None:
        raise UsageError("the metric semantic needs an embedder: give minilm, a folder or a hub id.")
    real = reference.once(("embedded", embedder), lambda: _embedded(model, reference))
    new = generated.once(("embedded", embedder), lambda: _embedded(model, generated))
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
    # |sum u|^2 - n: the cosines of all ordered pairs of different rows, unit (n, d)
    shared = np.square(unit.sum(axis=0)).sum() - np.square(unit).sum()
    return float(min(max(1 - shared / (n * (n - 1)), 0.0), 2.0))


def _embedded(model: Embedder, side: Features) -> Array:
    """The embeddings (n, d) of the passages, in the order that does not depend on the rows'."""
    return model.encode(shuffled(side.samples))
