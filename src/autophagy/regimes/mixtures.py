"""Regimes: how the training set of a generation is mixed from real and synthetic rows.

A regime is five numbers: `fixed` real rows, `fresh` new real rows, `synthetic` rows of each generation kept
for the last `memory` generations, all cut to a `budget`. The named regimes are presets of these, but for `weighted`,
which gives the real rows a share of their own.
"""

from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.registry import preset, regime
from ..core.samples import Samples
from .numbers import MOST, History, Numbers


@regime("mix")
def mix(
    history: History,
    rng: np.random.Generator,
    runs: int = 1,
    *,
    fixed: int | float | None = 0,
    fresh: int | float = 0,
    synthetic: int | None = None,
    memory: int | str = 1,
    budget: int | str | None = None,
) -> Samples:
    """Any mixture: fixed real, fresh real and synthetic rows of the last `memory` generations, cut to a budget.

    `fixed` and `fresh` are counts or, below 1, shares of the training set; None, for `fixed` and `synthetic`,
    is as many as `samples`. `memory` is a number of generations or "all"; `budget` a number of rows, "samples" or None.
    """
    numbers = Numbers(fixed, fresh, synthetic, memory, budget)
    fixed_rows, fresh_rows, synthetic_rows = numbers.rows(history.samples, history.generation)
    remembered = history.made if memory == "all" else history.made[-int(memory) :]
    parts = [history.real.head(fixed_rows, runs)] if fixed_rows else []
    parts += [history.fresh(fresh_rows)] if fresh_rows else []
    parts += [made.head(synthetic_rows, runs) for made in remembered]
    train = Samples.concat(parts, runs)
    return train if budget is None else train.cut(history.samples if budget == "samples" else int(budget), rng, runs)


@regime("weighted")
def weighted(
    history: History,
    rng: np.random.Generator,
    runs: int = 1,
    *,
    weight: float = 0.618,
    rows: int | None = None,
    fixed: int | float | None = None,
    fresh: int | float = 0,
    synthetic: int | None = None,
    memory: int | str = "all",
) -> Samples:
    """The real rows at a share `weight` of the training set, however few they are, beside all that generations made.

    The rows that `mix` would take with these numbers (unless told those of `accumulate`) are drawn from, with
    replacement, until there are `rows` of them, as many as `samples` by default: round(weight * rows) of the real ones,
    fixed and fresh, and the rest of the synthetic ones, each row as likely as any other of its kind. The inverse golden
    ratio is the best weight for the mean of a Gaussian where there are as many fresh real rows as synthetic ones.

    Drawing adds noise of its own to what the weight alone does: the mean of the training set varies about the weighted
    mean by the variance within the real and the synthetic rows, so weighted, over `rows`.

    Raises UsageError where the rows to be weighed are not there.
    Ref: He, Xu and Cheng (2025), weighted training.
    """
    if not 0 <= weight <= 1:
        raise UsageError(f"the weight on the real data is {weight}: give a share from 0 to 1.")
    total = history.samples if rows is None else rows
    if not 1 <= total <= MOST:
        raise UsageError(f"rows is {total}: give a number of rows, 1 or more.")
    pool = mix(history, rng, runs, fixed=fixed, fresh=fresh, synthetic=synthetic, memory=memory)
    each, share = len(pool) // runs, round(weight * total)
    made = pool.generation[:each] > 0  # alike in every run
    if share and made.all():
        raise UsageError(f"the weight {weight} finds no real rows to weigh: give fixed or fresh rows, or the weight 0.")
    if share < total and not made.any():
        raise UsageError(f"the weight {weight} leaves room for synthetic rows and there are none: give it some, or 1.")
    drawn = [
        rng.choice(np.flatnonzero(kind), size=(runs, count))
        for kind, count in ((~made, share), (made, total - share))
        if count
    ]
    return pool.take((np.concatenate(drawn, axis=1) + each * np.arange(runs)[:, None]).reshape(-1))


DEFAULT = (Part("replace"), Part("accumulate"))  # what a loop sets against each other unless told
PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "replace": (
        """The fully synthetic loop: each generation learns only from what the last one made.

        Ref: Alemohammad et al. (2023), "Self-Consuming Generative Models Go MAD", fully synthetic loop.""",
        {},
    ),
    "augment": (
        """The synthetic augmentation loop: the same real rows in every generation, and what the last one made.

        Ref: Alemohammad et al. (2023), synthetic augmentation loop.""",
        {"fixed": None},
    ),
    "fresh": (
        """The fresh data loop: new real rows in every generation, and what the last one made.

        Ref: Alemohammad et al. (2023), fresh data loop.""",
        {"fresh": 0.25},
    ),
    "accumulate": (
        """The real rows and everything that all generations made.

        Ref: Gerstgrasser et al. (2024), "Is Model Collapse Inevitable?".""",
        {"fixed": None, "memory": "all"},
    ),
    "subsample": (
        """Accumulate, cut to as many rows as one generation makes.

        Ref: Kazdan et al. (2024), "Collapse or Thrive?", accumulate-subsample.""",
        {"fixed": None, "memory": "all", "budget": "samples"},
    ),
}

for _name, (_caption, _numbers) in PRESETS.items():
    regime(_name)(preset(mix, _name, _caption, **_numbers))
