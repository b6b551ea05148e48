"""The loop of a law over types, simulated on its counts: the cost does not depend on the number of samples.

The fitted law of a generation is the shares of its pooled counts, so the counts of each part of the training set are
all there is to know: real counts once, fresh counts anew, counts of each remembered generation, a budget as rows
drawn without replacement from the pooled counts. Each of these is drawn from its exact law.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ....core.errors import UsageError
from ...plan import Floats, ForecastPlan, RowCounts, Trajectories
from .draws import Counts, multinomial, subset
from .laws import Truth, sampled

CELLS = 1 << 21  # chains times types that are simulated together: about 20 arrays of 16 MiB
SHRINK = 0.8  # dead types are dropped where fewer than this share is alive: to drop them, every array is copied


def simulate(truth: Truth, plan: ForecastPlan, rng: np.random.Generator) -> Trajectories:
    """Every quantity of every chain; chains go in blocks so that memory stays at a few hundred MiB.

    `heterozygosity` is the chance that two rows differ and `entropy` the entropy, both over the truth's; `types` the
    share of the truth's types that are alive; `missing` the real probability of those that are not; `top` the share of
    the truth's commonest type over its real share; `squared_error` sum (p - q)^2; `total_variation` half the sum of
    |p - q|; `fixed` whether one type is left; `wrong` the share of rows that a verifier should reject.
    """
    if plan.operators.weight is not None and plan.numbers.budget is not None:
        raise UsageError("a weight on the real rows and a budget cannot be forecast together: leave one out.")
    together = max(1, CELLS // len(truth.probability))
    blocks = []
    for start in range(0, plan.chains, together):
        chains = min(together, plan.chains - start)
        blocks.append([_measure(law, alive, truth) for law, alive in _laws(truth, plan, chains, rng)])
    return Trajectories(
        {
            name: np.concatenate([np.stack([step[name] for step in block]) for block in blocks], axis=1)
            for name in blocks[0][0]
        }
    )


def _laws(truth: Truth, plan: ForecastPlan, chains: int, rng: np.random.Generator) -> Iterator[tuple[Floats, Truth]]:
    """The fitted law (chains, types) of each generation, over the types that some chain may still meet."""
    revives = _revives(plan)
    whole = np.broadcast_to(truth.probability, (chains, len(truth.probability)))
    fixed = multinomial(_sizes(plan.rows(1).fixed, chains), whole, rng)  # (chains, types)
    spare, made, law = np.zeros_like(fixed), list[Counts](), _shares(fixed)
    yield law, truth
    for generation in plan.each(2):
        rows = plan.rows(generation)
        if rows.synthetic:
            made.append(multinomial(_sizes(rows.synthetic, chains), sampled(law, truth, plan), rng))
        if plan.numbers.memory == "all" and len(made) > 1:
            # of what is never forgotten, the sums are enough
            made = [made[0] + made[1]]
        made = made[-rows.kept :]
        fixed, spare = _head(fixed, spare, rows.fixed, whole, rng)
        real = fixed + multinomial(_sizes(rows.fresh, chains), whole, rng) if rows.fresh else fixed
        law = _fit(real, made, rows, plan, rng)
        yield law, truth
        if not revives:
            keep = _carried(law, fixed, made, truth)  # (types,)
            if keep.mean() < SHRINK:
                truth, whole, law, fixed = truth.take(keep), whole[:, keep], law[:, keep], fixed[:, keep]
                spare, made = spare[:, keep], [part[:, keep] for part in made]


def _fit(real: Counts, made: list[Counts], rows: RowCounts, plan: ForecastPlan, rng: np.random.Generator) -> Floats:
    """The shares of the pooled counts, after the cut; or those of real and made rows under their weights."""
    weight = plan.operators.weight
    if weight is not None and made and rows.fixed + rows.fresh:
        return weight * _shares(real) + (1 - weight) * _shares(sum(made[1:], made[0]))
    pool = sum(made, real)
    if rows.total < rows.pool:
        pool = subset(pool, _sizes(rows.total, len(pool)), rng)
    return _shares(pool)


def _head(fixed: Counts, spare: Counts, size: int, whole: Floats, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """The first `size` real rows and the real rows behind them, from the two before; new ones at need."""
    have = int(fixed[0].sum())
    if size == have:
        return fixed, spare
    if size < have:
        head = subset(fixed, _sizes(size, len(fixed)), rng)
        return head, spare + fixed - head
    more = min(size - have, int(spare[0].sum()))
    taken = subset(spare, _sizes(more, len(spare)), rng)  # rows that were there before come back first
    new = multinomial(_sizes(size - have - more, len(fixed)), whole, rng)
    return fixed + taken + new, spare - taken


def _revives(plan: ForecastPlan) -> bool:
    """Whether types that all chains have lost can come back: from the world, or with a growing set of fixed rows."""
    if plan.generations == 1:
        return False
    then, last = plan.rows(2), plan.rows(plan.generations)
    return then.fresh > 0 or plan.operators.correction > 0 or last.fixed > then.fixed


def _carried(law: Floats, fixed: Counts, made: list[Counts], truth: Truth) -> NDArray[np.bool_]:
    """The types that are alive in some part of some chain, and the commonest one, which is measured."""
    keep: NDArray[np.bool_] = np.asarray((law > 0).any(axis=0))
    for part in (fixed, *made):
        keep = keep | (part > 0).any(axis=0)
    keep[truth.probability.argmax()] = True
    return keep


def _measure(law: Floats, here: Truth, truth: Truth) -> dict[str, Floats]:
    """The quantities of one generation, each (chains,)."""
    from scipy.special import xlogy

    real, whole = here.probability, truth.probability
    gone = max(0.0, 1 - real.sum()) if len(real) < len(whole) else 0.0  # the real probability of dropped types
    gone_square = max(0.0, (whole**2).sum() - (real**2).sum()) if len(real) < len(whole) else 0.0
    alive = law > 0
    top = real.argmax()
    quantities = {
        "heterozygosity": (1 - (law**2).sum(axis=1)) / (1 - (whole**2).sum()),
        "entropy": xlogy(law, law).sum(axis=1) / xlogy(whole, whole).sum(),
        "types": alive.sum(axis=1) / (whole > 0).sum(),
        "missing": np.where(alive, 0.0, real).sum(axis=1) + gone,
        "top": law[:, top] / real[top],
        "squared_error": ((law - real) ** 2).sum(axis=1) + gone_square,
        "total_variation": (np.abs(law - real).sum(axis=1) + gone) / 2,
        "fixed": (alive.sum(axis=1) == 1).astype(float),
    }
    return quantities | ({"wrong": law[:, here.wrong].sum(axis=1)} if truth.wrong.any() else {})


def _shares(counts: Counts) -> Floats:
    return counts / counts.sum(axis=1, keepdims=True)


def _sizes(size: int, chains: int) -> Counts:
    return np.full(chains, size, np.int64)
