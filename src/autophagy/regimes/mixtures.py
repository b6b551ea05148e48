"""Regimes: how the training set of a generation is mixed from real and synthetic rows.

A regime is five numbers: `fixed` real rows, `fresh` new real rows, `synthetic` rows of each generation kept
for the last `memory` generations, all cut to a `budget`. The named regimes are presets of these, but for `weighted`,
which gives the real rows a share of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.registry import Part, build, find, preset, regime
from ..core.samples import Samples
from ..core.spec import NUMBERS

MOST = 10**12  # rows; more are a slip of the keyboard
NOTHING = {"fixed": 0, "fresh": 0, "budget": None}  # the numbers that leave a part of the mixture out


@dataclass(frozen=True)
class History:
    """What a regime may draw from when it mixes the training set of `generation` (2 or later).

    `real`: the real rows that generation 1 could learn from, in a fixed order. `made`: the rows that each
    earlier generation made and that were kept, oldest first. `fresh(n)`: n real rows that no generation has
    seen. `samples`: the rows that each generation makes. Where a regime takes `chains`, all of these hold that
    many blocks of equal length, and the counts are of each block.
    """

    real: Samples
    made: tuple[Samples, ...]
    fresh: Callable[[int], Samples]
    samples: int
    generation: int = 2


@dataclass(frozen=True)
class Numbers:
    """The five numbers of a regime; None stands for `samples` rows, and for no budget.

    Raises UsageError for a number that none of them can be.
    """

    fixed: int | float | None = 0
    fresh: int | float = 0
    synthetic: int | None = None
    memory: int | str = 1
    budget: int | str | None = None

    def __post_init__(self) -> None:
        for name in ("fixed", "fresh", "synthetic"):
            amount = getattr(self, name)
            if amount is not None and not (0 <= amount <= MOST and (amount < 1 or amount == int(amount))):
                raise UsageError(f"{name} is {amount!r}: give a whole number of rows, or a share below 1.")
        if self.memory != "all" and not (isinstance(self.memory, int) and 1 <= self.memory <= MOST):
            raise UsageError(f"memory is {self.memory!r}: give a number of generations, 1 or more, or 'all'.")
        if self.budget not in (None, "samples") and not (isinstance(self.budget, int) and 1 <= self.budget <= MOST):
            raise UsageError(f"budget is {self.budget!r}: give a number of rows, 1 or more, or 'samples'.")

    def rows(self, samples: int, generation: int) -> tuple[int, int, int]:
        """Rows of (fixed, fresh, each remembered synthetic generation) that generation 2 or later draws.

        A share s below 1 is of the whole training set, which is what makes its count s / (1 - shares) of the rest.
        """
        synthetic = samples if self.synthetic is None else self.synthetic
        fixed = samples if self.fixed is None else self.fixed
        shares = sum(amount for amount in (fixed, self.fresh) if isinstance(amount, float) and amount < 1)
        if shares >= 1:
            raise UsageError(f"the shares of fixed and fresh rows add up to {shares}: leave room for synthetic rows.")
        kept = min(generation - 1, generation - 1 if self.memory == "all" else int(self.memory))
        counted = sum(amount for amount in (fixed, self.fresh) if amount >= 1)
        rest = (kept * synthetic + counted) / (1 - shares)
        fixed, fresh = (round(a * rest) if isinstance(a, float) and a < 1 else int(a) for a in (fixed, self.fresh))
        return fixed, fresh, synthetic

    def first(self, samples: int) -> int:
        """How many real rows generation 1 learns from: `fixed` where it is a count, else `samples`."""
        return int(self.fixed) if self.fixed is not None and self.fixed >= 1 else samples


@regime("mix")
def mix(
    history: History,
    rng: np.random.Generator,
    chains: int = 1,
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
    parts = [history.real.head(fixed_rows, chains)] if fixed_rows else []
    parts += [history.fresh(fresh_rows)] if fresh_rows else []
    parts += [made.head(synthetic_rows, chains) for made in remembered]
    train = Samples.concat(parts, chains)
    return train if budget is None else train.cut(history.samples if budget == "samples" else int(budget), rng, chains)


@regime("weighted")
def weighted(
    history: History,
    rng: np.random.Generator,
    chains: int = 1,
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
    pool = mix(history, rng, chains, fixed=fixed, fresh=fresh, synthetic=synthetic, memory=memory)
    each, share = len(pool) // chains, round(weight * total)
    made = pool.generation[:each] > 0  # alike in every chain
    if share and made.all():
        raise UsageError(f"the weight {weight} finds no real rows to weigh: give fixed or fresh rows, or the weight 0.")
    if share < total and not made.any():
        raise UsageError(f"the weight {weight} leaves room for synthetic rows and there are none: give it some, or 1.")
    drawn = [
        rng.choice(np.flatnonzero(kind), size=(chains, count))
        for kind, count in ((~made, share), (made, total - share))
        if count
    ]
    return pool.take((np.concatenate(drawn, axis=1) + each * np.arange(chains)[:, None]).reshape(-1))


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


def resolve(parts: Sequence[Part], numbers: Mapping[str, Any]) -> dict[str, Part]:
    """Each regime by its label, with the numbers that were given for all of them.

    A number sets that number in each regime that uses it. Where none does, it sets it in all of them, and the
    label says so: `replace` with fresh=10 is no longer replace.
    Raises UsageError where a number is of no use to any regime, and where two regimes come to the same.
    """
    known = {part: find("regime", part.name).settings for part in parts}
    for name, value in numbers.items():
        if value is not None and not any(name in settings for settings in known.values()):
            raise UsageError(f"no regime of this run has the number {name}: leave it out, or name one such as mix.")
    resolved: dict[str, Part] = {}
    for part in parts:
        settings, shown = dict(part.settings), dict(part.settings)
        for name, value in numbers.items():
            claimed = any(_uses(other, name) for other in parts)
            if value is None or name in settings or name not in known[part] or (claimed and not _uses(part, name)):
                continue
            settings[name] = value
            if not claimed or part.name == "mix":
                shown[name] = value
        label = str(Part(part.name, shown))
        if label in resolved:
            raise UsageError(f"two of the regimes come to {label}: leave one out, or give it other numbers.")
        resolved[label] = Part(part.name, settings)
    return resolved


def numbers_of(part: Part) -> Numbers:
    """The five numbers of a regime; a user's own regime may have none of them."""
    settings = settings_of(part)
    return Numbers(**{name: settings[name] for name in NUMBERS if name in settings})


def settings_of(part: Part) -> dict[str, Any]:
    """Every setting of a regime: those that were given, and the defaults of the rest."""
    return {**find("regime", part.name).settings, **build("regime", part).keywords}


def _uses(part: Part, name: str) -> bool:
    """Whether a regime has a number of that name that is not nothing; `mix` has all of them."""
    settings = find("regime", part.name).settings
    return name in settings and (part.name == "mix" or name not in NOTHING or settings[name] != NOTHING[name])
