"""Duplicates: rows that say again what an earlier row, or a real one, said."""

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError
from ..core.plugin import Verdict
from ..core.samples import Array, Samples
from ..text.words import join, tokenize
from .flat import points

BLOCK = 512  # rows that are compared with all that was kept: a block of distances takes 32 MB
PARTS = 16  # blocks of kept rows that are compared at a time


@curator("duplicates", of="any")
def duplicates(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, distance: float = 0.0, real: bool = True
) -> Verdict:
    """Drop rows that repeat an earlier kept row or, with `real`, a real training row.

    Two rows repeat each other where they are equal, or lie within the Euclidean `distance` where it is above 0. The
    score is 1 / (1 + gap / distance) for the gap to the nearest such row: 1 for an exact repeat, at least 1/2 for
    what is dropped, 0 for a row alone. With distance 0 it is 1 or 0. Texts are equal where they have the same words and
    marks, however spaced, and have no distance.
    """
    if not 0 <= distance < np.inf:
        raise UsageError(f"distance must be at least 0 and finite, not {distance}.")
    if batch.x.dtype.kind == "T" and reference.x.dtype.kind == "T":
        return _texts(batch.x.tolist(), reference.x.tolist() if real else [], distance, real)
    x, known = points(batch, reference, "duplicates")
    known = known if real else known[:0]
    score = _equal(x, known) if distance == 0 else 1 / (1 + _gaps(x, known, distance) / distance)
    kept = score < 1 if distance == 0 else score < 0.5
    return Verdict(kept, score, _reason(real) + (f" within {distance:g}" if distance else ""))


def _reason(real: bool) -> str:
    return "repeats an earlier or a real row" if real else "repeats an earlier row"


def _texts(x: list[str], known: list[str], distance: float, real: bool) -> Verdict:
    """The verdict on texts, of which only equal ones repeat each other."""
    if distance:
        raise UsageError(f"texts have no distance of {distance:g} from each other: leave distance at 0.")
    seen = {join(tokenize(text)) for text in known}
    score = np.ones(len(x))
    for row, text in enumerate(x):
        plain = join(tokenize(text))
        if plain not in seen:
            seen.add(plain)
            score[row] = 0
    return Verdict(score < 1, score, _reason(real))


def _equal(x: Array, known: Array) -> Array:
    """1 for each row that equals a known or an earlier one, 0 for the others."""
    both = np.concatenate([known, x]) + 0.0  # (m + n, d); -0.0 equals 0.0
    # each row as one value of d * 8 bytes, so that whole rows are compared at once
    row = np.ascontiguousarray(both).view(f"V{both.itemsize * both.shape[1]}").reshape(-1)
    first = np.unique(row, return_index=True)[1]
    repeated = np.ones(len(both))
    repeated[first] = 0
    return repeated[len(known) :]


def _gaps(x: Array, known: Array, distance: float) -> Array:
    """The distance of each row to the nearest known row or earlier row that was itself farther than `distance`.

    Works in blocks against what was kept so far, so it is quickest where a collapsing model repeats itself.
    """
    kept, gaps = known, np.full(len(x), np.inf)  # (k, d) the rows that no later one may repeat, and (n,)
    for start in range(0, len(x), BLOCK):
        block = x[start : start + BLOCK]
        gap = np.full(len(block), np.inf)
        for part in range(0, len(kept), PARTS * BLOCK):
            gap = np.minimum(gap, _distances(block, kept[part : part + PARTS * BLOCK]).min(axis=1))
        inside = _distances(block, block)  # (b, b): a row that stays counts against the later rows of its block
        for i in np.flatnonzero(gap > distance):
            if gap[i] > distance:
                gap[i + 1 :] = np.minimum(gap[i + 1 :], inside[i, i + 1 :])
        gaps[start : start + BLOCK] = gap
        kept = np.concatenate([kept, block[gap > distance]])
    return gaps


def _distances(a: Array, b: Array) -> Array:
    """Euclidean distances (len(a), len(b)); infinite from and to rows that are not finite."""
    with np.errstate(invalid="ignore", over="ignore"):
        # |a|^2 + |b|^2 - 2 a.b, which rounding can take below 0
        squares = np.square(a).sum(axis=1)[:, None] + np.square(b).sum(axis=1) - 2 * (a @ b.T)
    return np.sqrt(np.maximum(np.where(np.isfinite(squares), squares, np.inf), 0.0))
