"""The judge of a run: what each generation's rows score against held-out real rows."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from ..core.errors import AutophagyError, UsageError
from ..core.parts import Part
from ..core.registry import Fitted, build, entries, find
from ..core.samples import Array, Samples
from ..core.streams import stream
from ..features.features import Embedder, Features, build_embedder, no_embedder
from ..metrics import OF_TEACHER, ON_REQUEST
from ..statistics.intervals import Histogram
from .plan import Plan


@dataclass(frozen=True)
class Judged:
    """The score of each metric, for each that is unknown (NaN) the reason, and the histograms of some."""

    scores: dict[str, float] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    histograms: dict[str, Histogram] = field(default_factory=dict)


@dataclass(frozen=True)
class Judge:
    """The metrics of a run and the reference side, which is embedded and searched once."""

    metrics: tuple[Part, ...]
    reference: Features
    embedder: Embedder
    truth: tuple[Array, float] | None
    seed: int

    @classmethod
    def of(cls, plan: Plan) -> "Judge":
        """The judge that a plan asks for: its features are learnt from real rows outside the reference."""
        spec, kind = plan.spec, "text" if plan.data.kind == "text" else "numbers"
        metrics = _metrics(plan, kind)
        for part in metrics:
            _built(part)
        training = plan.training()
        embedder = (
            no_embedder if kind == "text" else build_embedder(spec.features, training, stream(spec.seed, "features"))
        )
        held_out = None if plan.teacher is None else plan.teacher.held_out
        reference = Features(plan.reference, embedder, truth=plan.truth, training=training, teacher=held_out)
        return cls(metrics, reference, embedder, plan.truth, spec.seed)

    def score(self, made: Samples, generation: int, seed: int, fitted: Fitted | None = None, run: int = 0) -> Judged:
        """What every metric says of one seed's rows."""
        side = Features(made, self.embedder, fitted=fitted, run=run, truth=self.truth)
        judged = Judged()
        for part in self.metrics:
            name = str(part)
            rng = stream(self.seed, name, generation, seed)
            try:
                value = _built(part)(self.reference, side, rng)
            except AutophagyError as error:
                value, judged.unknown[name] = math.nan, str(error)
            for key, found in (value if isinstance(value, dict) else {name: value}).items():
                if isinstance(found, Histogram):
                    judged.histograms[key] = found
                else:
                    judged.scores[key] = float(found)
        return judged

    def nothing(self, why: str) -> Judged:
        """The verdict on a seed that has no model any more: every metric is unknown."""
        names = [str(part) for part in self.metrics]
        return Judged(dict.fromkeys(names, math.nan), dict.fromkeys(names, why))

    def level(self, plan: Plan, draws: int) -> list[Judged]:
        """What real rows outside the reference score in place of a model's: a perfect model's level.

        Raises UsageError where settings that the user gave a metric leave it unknown even there.
        """
        judged = [self.score(plan.level(draw), 0, draw) for draw in range(draws)]
        for part in self.metrics:
            if part.settings and str(part) in judged[0].unknown:
                raise UsageError(f"{part} is unknown even for real rows, because {judged[0].unknown[str(part)]}")
        return judged


def _metrics(plan: Plan, kind: str) -> tuple[Part, ...]:
    """The metrics that were asked for, or all that can measure such rows."""
    fit = [name for name, entry in entries("metric").items() if entry.of in (kind, "any")]
    if plan.spec.metrics is None:
        without = ON_REQUEST | (set() if plan.teacher else set(OF_TEACHER))
        return tuple(Part(name) for name in fit if name not in without)
    for part in plan.spec.metrics:
        if part.name in OF_TEACHER and plan.teacher is None:
            raise UsageError(f"the metric {part.name} needs a teacher: name one with --teacher, or leave it out.")
        if find("metric", part.name).name not in fit:
            holds = "texts" if kind == "text" else "numbers"
            raise UsageError(
                f"the metric {part.name} cannot measure {plan.data.name}, which holds {holds}: choose {', '.join(fit)}."
            )
    return plan.spec.metrics


@cache
def _built(part: Part) -> Callable[..., float | dict[str, float | Histogram]]:
    """A metric, built once a process: a judge travels to other processes with the names alone."""
    metric: Callable[..., float | dict[str, float | Histogram]] = build("metric", part)
    return metric


def shown(value: float) -> float | None:
    """A score as JSON has it: null where it is unknown."""
    return value if math.isfinite(value) else None
