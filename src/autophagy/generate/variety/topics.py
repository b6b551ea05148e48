"""Whether the made rows reach what the seeds are about."""

from typing import Any

import numpy as np

from ...core.samples import Array
from ...core.streams import stream
from ...features.hashed import hashed
from ...statistics.paired import UNKNOWN
from ...statistics.subsampled import subsampled
from .figures import Texts

NEIGHBOURS = 5  # of a seed, the last of which bounds its topic
FEWEST = 4 * NEIGHBOURS  # seeds, below which their topics are not told apart
DRAWS = 40  # of the rows, for the interval


def topics_reached(made: Texts, seeds: Texts, seed: int) -> dict[str, Any]:
    """The share of half the seeds whose topic made rows, and the other half of the seeds, reach; as many rows of each.

    A seed's topic reaches as far as its fifth nearest among the half, by the cosine of words and pairs of words.

    Ref: Naeem et al. (2020), "Reliable Fidelity and Diversity Metrics", coverage.
    """
    n, half = len(seeds.texts), len(seeds.texts) // 2
    size = min(half, len(made.texts) // 2)
    if n < FEWEST or size < 1:
        return {side: UNKNOWN.json() for side in ("made", "seeds")}
    across = np.asarray((hashed(seeds.texts) @ hashed(made.texts).T).toarray())  # (seeds, made)
    rng = stream(seed, "topics")
    found: dict[str, list[float]] = {"made": [], "seeds": []}
    for _ in range(DRAWS):
        order = rng.permutation(n)
        ours, others = order[:half], order[half : half + size]
        probes = {"made": across[ours][:, rng.permutation(len(made.texts))[:size]],
                  "seeds": seeds.cosines[np.ix_(ours, others)]}  # fmt: skip
        for side, likeness in probes.items():
            found[side].append(reached(seeds.cosines[np.ix_(ours, ours)], likeness))
    shares = {"made": size / len(made.texts), "seeds": size / n}
    rows = {"made": len(made.texts), "seeds": n}
    return {
        side: subsampled(found[side], found[side], shares[side], rows[side], size, (0.0, 1.0)).json() for side in found
    }


def reached(among: Array, likeness: Array) -> float:
    """The share of rows (n,) to which a probe is as like as their fifth nearest, from (n, n) and (n, probes)."""
    others = among - 2 * np.eye(len(among))  # the row itself comes last
    radius = np.sort(others, axis=1)[:, -min(NEIGHBOURS, len(among) - 1)]
    return float((likeness.max(axis=1) >= np.maximum(radius, 1e-9)).mean())
