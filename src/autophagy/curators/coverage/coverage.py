"""Coverage: a corpus becomes the mixture of topics, languages or sources that somebody chose."""

from collections.abc import Iterator

import numpy as np

from ...core.chunked import Chunked
from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Array
from .groups import TOPIC, RowGroups, chosen, group
from .quotas import WantedMixture, quotas
from .topics import NOWHERE, Space


@curator(
    "coverage",
    of="text",
    over="corpus",
    title="Coverage",
    says="are near no topic, or more than the share of their topic, language, source or other group",
    advice="Choose the share of each topic, language or source: with per_topic, alpha or weights.",
)
def coverage(
    corpus: Chunked,
    reference: Chunked,
    rng: np.random.Generator,
    *,
    by: str = "topic",
    per_topic: int = 0,
    alpha: float = 1.0,
    weights: str = "",
    rows: float = 0.0,
    topics: int = 0,
    features: Space = "words",
    seed: int = 0,
) -> Iterator[Verdict]:
    """Keep of each topic, language, source or column's value (`by`) the rows that its share allows.

    `per_topic` is the most rows of a group. `weights` are shares such as "en=0.5;de=0.3" (the others divide the rest as
    they do now), or factors such as "wikipedia=2x" (twice as often against the others as now). `alpha` raises each
    group's size to a power: 1 leaves the sizes as they are, 0 makes the groups equal. As many rows stay as the mixture
    allows, or `rows`: a count, or below 1 a share, where groups that have too few give all they have. Which rows of a
    group stay, a digest of their content decides, seeded.

    Topics are found by k-means over hashed words, or over MiniLM's `features=embeddings`, as many as `topics` or as the
    texts say. Rows that are nearer to no topic than random words are, such as noise, always go. The score is the cosine
    to the topic, or else the share of the row's group that stays.

    Ref: Conneau et al. (2020), "Unsupervised Cross-lingual Representation Learning at Scale", for alpha.
    """
    mixture = WantedMixture.read(weights, alpha, per_topic, rows)
    groups = group(corpus, reference, by, topics=topics, space=features, seed=seed)
    counts = groups.counts()
    quota = quotas(groups.names, counts, mixture)
    keep = chosen(groups, quota)
    score = groups.near if by == TOPIC else (quota / np.maximum(counts, 1))[groups.of]
    start = 0
    for size in corpus.sizes.tolist():
        part = slice(start, start + size)
        details = _details(groups, counts, quota, part, keep)
        yield Verdict(keep[part], score[part].astype(np.float64), f"beyond its share by {by}", details)
        start += size


def _details(groups: RowGroups, counts: Array, quota: Array, part: slice, keep: Array) -> Array:
    """What is said of each row of a part that goes."""
    said = [
        f"{name}: {kept:,} of {all_:,} rows stay" for name, kept, all_ in zip(groups.names, quota, counts, strict=True)
    ]
    return np.array(
        [
            "" if stays else f"near no topic (cosine {near:.2f})" if number == NOWHERE else said[number]
            for number, near, stays in zip(
                groups.of[part].tolist(), groups.near[part].tolist(), keep[part].tolist(), strict=True
            )
        ],
        dtype=np.dtypes.StringDType(),
    )
