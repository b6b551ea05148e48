"""The Vendi score: how many different rows the generated rows amount to."""

import numpy as np

from ..core.decorators import metric
from ..core.samples import Array
from ..features.features import Features


@metric(
    "vendi",
    title="Vendi score",
    group="Copies, spread and classes",
    bounds=(0, None),
    better="real",
    also=("vendi_score",),
)
def vendi(reference: Features, generated: Features, rng: np.random.Generator) -> float:
    """The effective number of different rows among the generated ones, from 1 where all are the same.

    The Vendi score: exp of the entropy of the eigenvalues of K / n, K the cosines between the features as seen from the
    real mean; at most the smaller of the number of rows and of dimensions. Ref: Friedman and Dieng 2023, eq. 4.
    """
    centre = reference.once("mean", lambda: reference.x.mean(axis=0, dtype=np.float64))
    return effective_number(generated.x - centre)


def effective_number(x: Array) -> float:
    """The Vendi score of the rows x (n, d) under the cosine kernel, from the smaller of the two Gram matrices."""
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    # Rows of length 0 have no direction: they are like one another and like nothing else.
    unit = np.concatenate([x / np.where(norms > 0, norms, 1), norms == 0], axis=1)
    # (d + 1, d + 1) or (n, n): both have the same eigenvalues above 0
    return of_similarities(unit.T @ unit if unit.shape[1] < len(unit) else unit @ unit.T)


def of_similarities(gram: Array) -> float:
    """The Vendi score of rows with these similarities (n, n), each 1 to itself.

    Any matrix with the same eigenvalues above 0 will do.
    """
    shares = np.linalg.eigvalsh(gram) / np.trace(gram)
    shares = shares[shares > 0]
    return float(np.exp(-np.sum(shares * np.log(shares))))
