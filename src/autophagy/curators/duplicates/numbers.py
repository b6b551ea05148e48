"""Numbers: rows that equal, or lie close to, an earlier row or a real one."""

import numpy as np

from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ..flat import points

BLOCK = 512  # rows that are compared with all that was kept: a block of distances takes 32 MB
PARTS = 16  # blocks of kept rows that are compared at a time


def judge_numbers(batch: Samples, reference: Samples, *, distance: float, real: bool) -> Verdict:
    """Drop rows that repeat an earlier kept row or, with `real`, a real one (see the curator duplicates)."""
    x, known = points(batch, reference, "duplicates")
    known = known if real else known[:0]
    score = _equal(x, known) if distance == 0 else 1 / (1 + _gaps(x, known, distance) / distance)
    kept = score < 1 if distance == 0 else score < 0.5
    reason = "repeats an earlier or a real row" if real else "repeats an earlier row"
    return Verdict(kept, score, reason + (f" within {distance:g}" if distance else ""))


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
