"""The judge of a run: what each generation's rows score against held-out real rows."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .errors import AutophagyError, DataError, UsageError
from .features import Embedder, Features, build_embedder
from .plan import Plan
from .registry import Fitted, Part, build, entries
from .samples import Array, Samples
from .spec import stream

Scores = tuple[dict[str, float], dict[str, str]]


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
        spec = plan.spec
        if plan.data.kind == "text":
            raise DataError(f"{plan.data.name} holds texts, which no metric here can measure: give numbers or images.")
        metrics = spec.metrics if spec.metrics is not None else tuple(map(Part, entries("metric")))
        for part in metrics:
            _built(part)
        embedder = build_embedder(spec.features, plan.training(), stream(spec.seed, "features"))
        reference = Features(plan.reference, embedder, truth=plan.truth)
        return cls(metrics, reference, embedder, plan.truth, spec.seed)

    def score(self, made: Samples, generation: int, seed: int, fitted: Fitted | None = None, chain: int = 0) -> Scores:
        """The score of each metric, and for each that is unknown (NaN) the reason."""
        side = Features(made, self.embedder, fitted=fitted, chain=chain, truth=self.truth)
        scores: dict[str, float] = {}
        unknown: dict[str, str] = {}
        for part in self.metrics:
            name = str(part)
            rng = stream(self.seed, name, generation, seed)
            try:
                value = _built(part)(self.reference, side, rng)
            except AutophagyError as error:
                value, unknown[name] = math.nan, str(error)
            named = value if isinstance(value, dict) else {name: value}
            scores.update({key: float(number) for key, number in named.items()})
        return scores, unknown

    def level(self, plan: Plan, draws: int) -> list[dict[str, float]]:
        """What real rows outside the reference score in place of a model's: a perfect model's level.

        Raises UsageError where settings that the user gave a metric leave it unknown even there.
        """
        scored = [self.score(plan.level(draw), 0, draw) for draw in range(draws)]
        for part in self.metrics:
            if part.settings and str(part) in scored[0][1]:
                raise UsageError(f"{part} is unknown even for real rows, because {scored[0][1][str(part)]}")
        return [scores for scores, _ in scored]


@cache
def _built(part: Part) -> Callable[..., float | dict[str, float]]:
    """A metric, built once a process: a judge travels to other processes with the names alone."""
    metric: Callable[..., float | dict[str, float]] = build("metric", part)
    return metric


def shown(value: float) -> float | None:
    """A score as JSON has it: null where it is unknown."""
    return value if math.isfinite(value) else None
