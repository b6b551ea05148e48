"""Regimes: how the training set of a generation is mixed from real and synthetic rows.

A regime is five numbers: `fixed` real rows, `fresh` new real rows, `synthetic` rows of each generation kept
for the last `memory` generations, all cut to a `budget`. The named regimes are presets of these, but for `weighted`,
which gives the real rows a share of their own.
"""

from typing import Any

import numpy as np

from ..core.decorators import preset, regime
from ..core.errors import UsageError
from ..core.parts import Part
from ..core.samples import Samples
from .numbers import MOST, DataMixture, History


@regime("mix", words="on a mixture with {real} real data")
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
    numbers = DataMixture(fixed, fresh, synthetic, memory, budget)
    fixed_rows, fresh_rows, synthetic_rows = numbers.rows(history.samples, history.generation)
    remembered = history.synthetic if memory == "all" else history.synthetic[-int(memory) :]
    parts = [history.real.head(fixed_rows, runs)] if fixed_rows else []
    parts += [history.fresh(fresh_rows)] if fresh_rows else []
    parts += [rows.head(synthetic_rows, runs) for rows in remembered]
    train = Samples.concat(parts, runs)
    return train if budget is None else train.cut(history.samples if budget == "samples" else int(budget), rng, runs)


@regime("weighted", words="on all data so far, of which {real} is real")
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
    """Real rows at a fixed share `weight` of the training set, however few there are, beside all synthetic rows so far.

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
    is_synthetic = pool.generation[:each] > 0  # (each,), alike in every run
    if share and is_synthetic.all():
        raise UsageError(f"the weight {weight} finds no real rows: give fixed or fresh rows, or set the weight to 0.")
    if share < total and not is_synthetic.any():
        raise UsageError(
            f"the weight {weight} needs synthetic rows and there are none: give it some, or set the weight to 1."
        )
    drawn = [
        rng.choice(np.flatnonzero(kind), size=(runs, count))
        for kind, count in ((~is_synthetic, share), (is_synthetic, total - share))
        if count
    ]
    # (runs, rows) places within a run, moved to where each run begins
    return pool.take((np.concatenate(drawn, axis=1) + each * np.arange(runs)[:, None]).reshape(-1))


DEFAULT = (Part("replace"), Part("accumulate"))  # what a loop sets against each other unless told
PRESETS: dict[str, tuple[str, dict[str, Any], str]] = {  # name -> caption, the numbers that it sets, words
    "replace": (
        """The fully synthetic loop: each generation learns only from the output of the last one.

        Ref: Alemohammad et al. (2023), "Self-Consuming Generative Models Go MAD", fully synthetic loop.""",
        {},
        "only on its own output",
    ),
    "augment": (
        """The synthetic augmentation loop: the same real rows in every generation, and the output of the last one.

        Ref: Alemohammad et al. (2023), synthetic augmentation loop.""",
        {"fixed": None},
        "on its own output and the same real data each time",
    ),
    "fresh": (
        """The fresh data loop: new real rows in every generation, and the output of the last one.

        Ref: Alemohammad et al. (2023), fresh data loop.""",
        {"fresh": 0.25},
        "on its own output with {fresh} fresh real data",
    ),
    "accumulate": (
        """The accumulating loop: the real rows and the output of all generations so far.

        Ref: Gerstgrasser et al. (2024), "Is Model Collapse Inevitable?".""",
        {"fixed": None, "memory": "all"},
        "on all real and generated data so far",
    ),
    "subsample": (
        """The accumulating loop, cut to as many rows as one generation generates.

        Ref: Kazdan et al. (2024), "Collapse or Thrive?", accumulate-subsample.""",
        {"fixed": None, "memory": "all", "budget": "samples"},
        "on a sample of all data so far",
    ),
}

for _name, (_caption, _numbers, _words) in PRESETS.items():
    regime(_name, words=_words)(preset(mix, _name, _caption, **_numbers))
