"""What a plug-in is to the rest: the protocols of a model, and the verdict of a curator."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

import numpy as np

from .samples import Array, Samples

Thing = TypeVar("Thing", bound=Callable[..., Any])


@runtime_checkable
class Fitted(Protocol):
    """What a model's `fit` returns. Optional: log_prob(x) -> (n,), moments(), save(folder)."""

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Any:
        """n new rows (of each run), as an array or texts, or (array, {column: (n,) array})."""


class Model(Protocol):
    """A frozen dataclass whose fields are its settings. Optional: load(folder) -> Fitted.

    A model whose `fit` takes the keyword `checkpoint` is handed a models.neural.checkpoint.Checkpoint, in which a long
    training saves its state, or None. A Fitted whose `diverged` names runs says that their training ran away; where
    none is left `fit` raises Diverged.

    A model may have `prepare(real, rng) -> model`: what is learnt once a run, from the real training rows alone, before
    generation 1, such as a tokenizer. It returns a copy of itself that holds it in a keyword-only field (`kw_only`),
    which is no setting; every generation, seed and regime fits with that copy.

    A model whose `fit` takes the keyword `runs` is handed the rows of that many runs at once, run after
    run, and its Fitted samples n rows for each of them, in the same order.
    """

    def fit(self, train: Samples, rng: np.random.Generator, *, start: Any = None) -> Fitted:
        """Learn from the rows, from scratch or going on from the Fitted `start`."""


ALONE = int(np.iinfo(np.int64).min)  # the partner of a row that repeats no other


@dataclass(frozen=True)
class Verdict:
    """What a curator says of a batch: which rows to keep (n,) bool, a score for each (n,) float, and why.

    `details` (n,) are texts that say what was found in each row, "" where nothing was, and `spans` (n, 2) where: the
    characters from start to end, or -1, -1 for the whole row. `partners` (n,) int64 number the row that each one
    repeats: r for row r of what was judged, -1 - r for row r of the reference, ALONE for none. `unknown` (n,) bool says
    of which rows it could not tell, whether they stay or go; without it those whose score is NaN.
    """

    keep: Array
    score: Array
    reason: str
    details: Array | None = None
    spans: Array | None = None
    partners: Array | None = None
    unknown: Array | None = None
