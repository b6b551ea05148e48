"""The evaluator of a run: what each generation's rows score against held-out real rows."""

import math
import reprlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from ..core.errors import AutophagyError, UsageError
from ..core.parts import Part
from ..core.plugin import Fitted
from ..core.registry import build, find
from ..core.samples import Array, Samples
from ..core.streams import stream
from ..features.features import FeatureMap, Features, build_feature_map, no_feature_map
from ..statistics.intervals import Histogram
from .legend import recorded_as
from .parts import Measure
from .plan import LoopPlan

Together = dict[str, list[dict[str, float]]]  # metric -> run -> figures


@dataclass(slots=True)
class Evaluation:
    """The figures by name, for each that no metric could give (NaN) the reason, and the histograms.

    It is filled metric by metric.
    """

    scores: dict[str, float] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    histograms: dict[str, Histogram] = field(default_factory=dict)

    def fail(self, names: Iterable[str], why: str) -> None:
        """Note that these figures are unknown."""
        for name in names:
            self.scores[name], self.unknown[name] = math.nan, why


@dataclass(frozen=True)
class Evaluator:
    """The metrics of a run and the reference side, which is embedded and searched once."""

    metrics: tuple[Part, ...]
    reference: Features
    feature_map: FeatureMap
    truth: tuple[Array, float] | None
    seed: int

    @classmethod
    def of(cls, plan: LoopPlan) -> "Evaluator":
        """The evaluator that a plan asks for: its features are learnt from real rows outside the reference."""
        spec, kind = plan.spec, "text" if plan.data.kind == "text" else "numbers"
        training = plan.training()
        feature_map = (
            no_feature_map
            if kind == "text"
            else build_feature_map(spec.features, training, stream(spec.seed, "features"))
        )
        held_out = None if plan.teacher is None else plan.teacher.held_out
        reference = Features(plan.reference, feature_map, truth=plan.truth, training=training, teacher=held_out)
        evaluator = cls(plan.metrics, reference, feature_map, plan.truth, spec.seed)
        _ = evaluator.measures  # a setting that a metric cannot take is told before anything is fitted
        return evaluator

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The metrics by label, each built once in a process."""
        return {str(part): build("metric", part) for part in self.metrics}

    @cached_property
    def _of_all(self) -> dict[str, Callable[..., dict[str, Array] | None]]:
        """What knows a metric's figures of all runs at once, by label."""
        found = {str(part): find("metric", part.name).together for part in self.metrics if not part.settings}
        return {label: of_all for label, of_all in found.items() if of_all is not None}

    def modules(self) -> set[str]:
        """The modules that hold the metrics."""
        return {find("metric", part.name).function.__module__ for part in self.metrics}

    def __getstate__(self) -> dict[str, Any]:
        """Without the functions, which another process builds itself: a script's own cannot be sent there."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def together(self, fitted: Fitted | None, runs: int) -> Together:
        """What the metrics that need no rows say of all runs of a fitted model at once, by label: one dictionary a run.

        One chain after the other, that takes longer than to fit them.
        """
        if fitted is None or runs == 1:
            return {}
        scores: Together = {}
        for label, of_all in self._of_all.items():
            figures = of_all(self.reference, fitted, self.truth)
            if figures is not None:
                columns = [values.tolist() for values in figures.values()]
                scores[label] = [dict(zip(figures, row, strict=True)) for row in zip(*columns, strict=True)]
        return scores

    def whole(self, together: Together) -> list[dict[str, float]] | None:
        """The scores of each run where the only metric is known of all of them; else None."""
        return next(iter(together.values())) if len(together) == len(self.metrics) == 1 else None

    def score(
        self,
        generated: Samples,
        generation: int,
        seed: int,
        fitted: Fitted | None = None,
        run: int = 0,
        together: Together = {},  # noqa: B006 - never written to
    ) -> Evaluation:
        """What every metric says of one seed's rows; `together` has what is known of all runs already."""
        if known := self.whole(together):
            return Evaluation(known[run])
        # the generated side is new in every generation, the reference side keeps what was computed once
        side = Features(generated, self.feature_map, fitted=fitted, run=run, truth=self.truth)
        evaluation = Evaluation()
        for part in self.metrics:
            label = str(part)
            if label in together:
                evaluation.scores.update(together[label][run])
                continue
            rng = stream(self.seed, label, generation, seed)
            try:
                value = self.measures[label](self.reference, side, rng)
            except AutophagyError as error:
                evaluation.fail(_numbers(part), str(error))
                continue
            for name, figure in (value if isinstance(value, dict) else {part.name: value}).items():
                if isinstance(figure, Histogram):
                    evaluation.histograms[recorded_as(name, part)] = figure
                else:
                    evaluation.scores[recorded_as(name, part)] = _number(figure, part, name)
        return evaluation

    def nothing(self, why: str) -> Evaluation:
        """The evaluation of a seed that has no model any more: every figure is unknown."""
        evaluation = Evaluation()
        for part in self.metrics:
            evaluation.fail(_numbers(part), why)
        return evaluation

    def baseline(self, plan: LoopPlan, draws: int) -> list[Evaluation]:
        """What draws of real rows outside the reference score in place of a model's: a perfect model's scores.

        Raises UsageError where settings that the user gave a metric leave it unknown even there.
        """
        evaluations = [self.score(plan.baseline(draw), 0, draw) for draw in range(draws)]
        unknown = evaluations[0].unknown
        for part in self.metrics:
            why = next((unknown[name] for name in _numbers(part) if name in unknown), None)
            if part.settings and why:
                raise UsageError(f"{part} is unknown even for real rows, because {why}")
        return evaluations


def _numbers(part: Part) -> list[str]:
    """The figures that a metric declares, as a record names them, without its histograms."""
    return [recorded_as(name, part) for name, each in find("metric", part.name).figures.items() if not each.axis]


def _number(figure: Any, part: Part, name: str) -> float:
    """The figure that a metric returned; raises UsageError where it is no number."""
    try:
        return float(figure)
    except (TypeError, ValueError) as error:
        what = f"{reprlib.repr(figure)}{f' as its {name}' if name != part.name else ''}"
        raise UsageError(
            f"the metric {part} returned {what}: let it return a number, NaN where it is unknown, or a dictionary "
            "of them."
        ) from error
