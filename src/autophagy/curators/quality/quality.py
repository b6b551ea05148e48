"""Quality: rows that an estimator, learnt from a few hundred labels, holds to be bad."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

import numpy as np

from ...core.chunked import Chunked, Facts
from ...core.decorators import curator
from ...core.errors import DataError, UsageError
from ...core.names import File
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...data.readers.records import told_of
from ...data.readers.unpack import bytes_of, is_there
from ...text.digests import order_digests
from ...text.percent import percent
from ..likelihood import texts
from .estimator import Estimator, Features, fit
from .labelled import GOOD, read_labelled


@curator(
    "quality",
    also=("filter", "score"),
    of="text",
    over="corpus",
    title="Low quality",
    says="are rated lowest by the estimator that was trained on your labels",
    advice="See how well the estimator ranks rows that it has not seen, read some of these, and drop them.",
    reads=lambda labels="", **_: told_of(labels),
)
def quality(
    corpus: Chunked,
    reference: Chunked,
    rng: np.random.Generator,
    *,
    labels: File = "",
    keep: float = 0.8,
    threshold: float = 0.0,
    features: Features = "auto",
    good: float = GOOD,
) -> Iterator[Verdict]:
    """Keep the rows that are probably good, by an estimator of the rows that the file `labels` calls good or bad.

    The file has a column of texts and a column `label` (1 and 0, good and bad) or `score` (0 to 5, good from `good`
    on). The score of a row is its calibrated probability of being good. The share `keep` with the highest stays, of
    equal ones those of the smaller digest; with a `threshold` above 0, every row that is at least so
    probably good instead. Features: "embeddings" of MiniLM, "words" (1 and 2) or "characters" (3 to 5); "auto"
    takes the first below 100 labels where MiniLM is installed, and else the second.

    Ref: Gunasekar et al. (2023), "Textbooks Are All You Need", section 2.1.
    """
    if not labels:
        raise UsageError("the curator quality learns from labelled rows: give a file of some with labels=FILE.")
    if not 0 < keep <= 1:
        raise UsageError(f"keep is a share above 0 and at most 1, not {keep}.")
    if not 0 <= threshold <= 1:
        raise UsageError(f"threshold is a probability from 0 to 1, not {threshold}.")
    estimator = estimated(labels, features, good)
    learnt = hashlib.sha256(bytes_of(labels) + f"{features},{good}".encode()).hexdigest()[:16]
    task = partial(_margins, labels=labels, features=features, good=good)
    margins, ties = _judged(list(corpus.each(f"quality-{learnt}", task)))
    chances = estimator.probability(margins)
    stays = chances >= threshold if threshold else _best(margins, ties, keep)
    worse = f"{percent(threshold, 0)} likely" if threshold else f"as likely as the best {percent(keep, 0)}"
    start = 0
    for size in corpus.sizes.tolist():
        part = slice(start, start + size)
        out = np.where(stays[part], "", [f"good with probability {chance:.2f}" for chance in chances[part]])
        yield Verdict(stays[part], chances[part], f"not {worse} to be good", out.astype(np.dtypes.StringDType()))
        start += size


def estimated(labels: str, features: Features = "auto", good: float = GOOD) -> Estimator:
    """The estimator of a file of labelled rows, learnt once a process and content of the file."""
    if not is_there(labels):
        raise DataError(f"there is no file of labelled rows {labels}: check the path.")
    return _estimator(labels, bytes_of(labels), features, good)


@lru_cache(maxsize=2)
def _estimator(labels: str, content: bytes, features: Features, good: float) -> Estimator:
    return fit(read_labelled(labels, good), features)


def _margins(rows: Samples, first: int, *, labels: str, features: Features, good: float) -> Facts:
    x = texts(rows, "quality").tolist()
    return {"margins": estimated(labels, features, good).margin(x), "ties": order_digests(rows)}


def _judged(found: Sequence[Facts]) -> tuple[Array, Array]:
    """The margin (n,) and the digests (n, 2) of every row."""
    if not found:
        return np.zeros(0), np.zeros((0, 2), np.uint64)
    return np.concatenate([each["margins"] for each in found]), np.concatenate([each["ties"] for each in found])


def _best(margins: Array, ties: Array, keep: float) -> Array:
    """Which rows (n,) are the best share."""
    stays = np.zeros(len(margins), bool)
    stays[np.lexsort((*ties.T[::-1], -margins))[: round(keep * len(margins))]] = True
    return stays
