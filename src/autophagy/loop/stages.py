"""The stages of one generation: what the runs of a step learn from, the model, what it generates, and the time."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.errors import Diverged, FitError, UsageError
from ..core.plugin import Fitted
from ..core.samples import Samples
from ..models.neural.checkpoint import Checkpoint
from ..regimes.numbers import History
from .plan import LoopPlan


def mix(plan: LoopPlan, regime: str, seeds: Sequence[int], history: History, rng: np.random.Generator) -> Samples:
    """The training set of each seed's run, run after run; the first generation has no history to mix."""
    if history.generation == 1:
        return plan.begin(regime, seeds)
    together = {"runs": len(seeds)} if len(seeds) > 1 else {}  # a user's own regime may take no `runs`
    mixed = plan.parts.mixers[regime](history, rng, **together)
    if not isinstance(mixed, Samples) or not len(mixed):
        what = "no rows" if isinstance(mixed, Samples) else type(mixed).__name__
        raise UsageError(f"the regime {regime} returned {what}: let it return the training rows, as Samples.")
    return mixed


def fit(
    plan: LoopPlan,
    train: Samples,
    rng: np.random.Generator,
    start: Fitted | None,
    seeds: Sequence[int],
    checkpoint: Checkpoint | None,
) -> tuple[Fitted | None, dict[int, str]]:
    """The fitted model, and why the training of some of the runs was given up."""
    entry = plan.parts.entry
    more: dict[str, Any] = {"runs": len(seeds)} if len(seeds) > 1 else {}
    if checkpoint is not None and entry.takes_checkpoint:
        more["checkpoint"] = checkpoint
    try:
        fitted: Fitted = plan.model.fit(train, rng, start=start, **more)
    except Diverged as error:
        return None, dict.fromkeys(seeds, str(error))
    if not callable(getattr(fitted, "sample", None)):
        raise FitError(
            f"the model {entry.name} returned {type(fitted).__name__} from fit: let it return an object with "
            "sample(n, rng, *, bias=1.0)."
        )
    why = f"the training of the model {entry.name} diverged: lower its learning_rate, or look for extreme values."
    return fitted, {seeds[run]: why for run in getattr(fitted, "diverged", ())}


def generated(
    plan: LoopPlan, fitted: Fitted | None, train: Samples, rng: np.random.Generator, generation: int, runs: int
) -> Samples | None:
    """What the model generates: `samples` rows a run, such as those that it learnt from; None where there is no model.

    Raises FitError where they are others.
    """
    if fitted is None:
        return None
    spec = plan.spec
    raw = _rows(fitted.sample(plan.samples, rng, bias=spec.bias), generation, spec.model.name)
    if len(raw) != plan.samples * runs:
        raise FitError(
            f"the model {spec.model} returned {len(raw)} rows, not {plan.samples * runs}: mend its method sample."
        )
    if raw.x.shape[1:] != train.x.shape[1:] or (raw.x.dtype.kind == "T") != (train.x.dtype.kind == "T"):
        raise FitError(f"the model {spec.model} learnt {_called(train)} and returned {_called(raw)}: mend its sample.")
    return raw


def with_stand_ins(
    plan: LoopPlan, raw: Samples | None, train: Samples, ended: Sequence[int], runs: int, generation: int
) -> Samples:
    """The rows with those of ended runs replaced by rows that they last learnt from, whose source is `diverged`.

    A run that has ended keeps its place, so that the others draw the numbers that they would have drawn beside it.
    """
    if raw is not None and not ended:
        return raw
    each = len(train) // runs  # every run learns from as many rows
    parts = [] if raw is None else raw.split(runs)
    for run in range(runs):
        if raw is None or run in ended:
            rows = train.take(run * each + np.arange(plan.samples) % each)
            columns = {name: rows.meta[name] for name in rows.meta if raw is None or name in raw.meta}
            stand_in = Samples.of(rows.x, generation, "diverged", **columns)
            parts[run : run + 1] = [stand_in]
    return Samples.concat(parts)


class Clock:
    """Wall seconds of each stage, in order."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Give the time since the last stage to this one."""
        now = time.perf_counter()
        self.laps[stage] = now - self._last
        self._last = now


def _rows(sampled: Any, generation: int, source: str) -> Samples:
    """What a model sampled, as Samples; it may come with further columns."""
    x, columns = sampled if isinstance(sampled, tuple) else (sampled, {})
    if not hasattr(x, "__len__"):
        raise FitError(f"the model {source} returned {type(x).__name__} from sample: let it return an array or texts.")
    return Samples.of(x, generation, source, **columns)


def _called(rows: Samples) -> str:
    """What rows are, in a few words."""
    return "texts" if rows.x.dtype.kind == "T" else f"numbers of shape {('n', *rows.x.shape[1:])}".replace("'", "")
