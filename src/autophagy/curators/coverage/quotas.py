"""Quotas: how many rows of each group make the mixture that somebody chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.errors import UsageError
from ...core.parts import did_you_mean
from ...core.samples import Array


@dataclass(frozen=True)
class WantedMixture:
    """The mixture that is wanted: `shares` of all rows by group, or how many `times` as often as the others.

    Groups without a share divide what the shares leave, each in proportion to its rows to the power `alpha`, times its
    factor: 1 leaves them as they are, 0 makes them equal. No group has more than `most` rows (0: no limit), and there
    are `rows` in all: a count, a share of all below 1, or as many as the mixture allows where it is 0.
    """

    shares: Mapping[str, float]
    times: Mapping[str, float]
    alpha: float = 1.0
    most: int = 0
    rows: float = 0.0

    @classmethod
    def read(cls, weights: str = "", alpha: float = 1.0, most: int = 0, rows: float = 0.0) -> "WantedMixture":
        """The mixture of "en=0.5;de=0.3" (shares), "wikipedia=2x" (twice as often as the others), or some of each."""
        given: tuple[dict[str, float], dict[str, float]] = {}, {}
        for pair in filter(None, (each.strip() for each in str(weights).split(";"))):
            name, equals, text = pair.rpartition("=")
            number, factor = text.strip().removesuffix("x"), text.strip().endswith("x")
            try:
                value = float(number)
            except ValueError:
                value = -1.0
            if not equals or not name.strip() or not 0 <= value < float("inf") or (not factor and value > 1):
                raise UsageError(
                    f"{pair!r} is no weight: write GROUP=0.5 for half of all rows, or GROUP=2x for twice as often as "
                    "the others, with semicolons between them."
                )
            given[factor][name.strip()] = value
        shares, times = given
        if sum(shares.values()) > 1 + 1e-9:
            raise UsageError(f"the shares {weights!r} come to {sum(shares.values()):g}: they must not pass 1.")
        for bad, what in (
            (not 0 <= alpha <= 1, f"alpha is a power from 0 to 1, not {alpha}"),
            (most < 0 or int(most) != most, f"per_topic is a number of rows, or 0 for no limit, not {most}"),
            (not 0 <= rows < float("inf"), f"rows is a count, a share below 1, or 0, not {rows}"),
        ):
            if bad:
                raise UsageError(f"{what}.")
        return cls(shares, times, float(alpha), int(most), float(rows))


def quotas(names: Sequence[str], counts: Array, mixture: WantedMixture) -> Array:
    """How many rows (k,) to keep of groups that have `counts` (k,).

    Without `rows` the mixture is exact, up to rounding: the group that is scarcest for its share decides how many rows
    there are. With them, a group that has too few gives all, and the others fill its place in proportion.
    Raises UsageError where a weight names a group that no row is of, unless there are no rows at all.
    """
    if not np.any(counts):
        return np.zeros(len(names), np.int64)
    for name in (*mixture.shares, *mixture.times):
        if name not in names or not counts[list(names).index(name)]:
            known = [each for each, count in zip(names, counts, strict=True) if count]
            raise UsageError(
                f"no row is of the group {name!r}{did_you_mean(name, known)}: the groups are {', '.join(known[:20])}."
            )
    wanted = _wanted(names, counts, mixture)
    total = int(counts.sum())
    asked = mixture.rows * total if mixture.rows < 1 else min(mixture.rows, total)
    allowed = np.where(wanted > 0, counts, 0)
    exact = float(np.min(allowed[wanted > 0] / wanted[wanted > 0], initial=total)) if wanted.any() else 0.0
    kept = _filled(wanted, allowed, asked) if asked > exact else np.round((asked or exact) * wanted)
    kept = np.minimum(kept, allowed)
    return (np.minimum(kept, mixture.most) if mixture.most else kept).astype(np.int64)


def _wanted(names: Sequence[str], counts: Array, mixture: WantedMixture) -> Array:
    """The share (k,) of all kept rows that each group is to have."""
    fixed = np.array([mixture.shares.get(name, np.nan) for name in names])
    factor = np.array([mixture.times.get(name, 1.0) for name in names])
    free = np.isnan(fixed)
    rest = np.where(free & (counts > 0), np.power(np.maximum(counts, 1), mixture.alpha) * factor, 0.0)
    left = max(0.0, 1.0 - np.nansum(fixed)) if len(fixed) else 0.0
    rest = rest * (left / rest.sum()) if rest.sum() else rest
    wanted = np.where(free, rest, np.nan_to_num(fixed))
    return wanted / wanted.sum() if wanted.sum() else wanted


def _filled(wanted: Array, allowed: Array, asked: float) -> Array:
    """min(allowed, c wanted) for the c at which these come to `asked`, or to all there are."""
    kept = np.zeros(len(wanted))
    open_ = wanted > 0
    while open_.any():
        room = asked - kept[~open_].sum()
        level = room * wanted / wanted[open_].sum()
        full = open_ & (allowed <= level)
        if not full.any():
            kept[open_] = level[open_]
            break
        kept[full] = allowed[full]
        open_ &= ~full
    return np.round(kept)
