"""The loop: mix, fit, sample, curate, and again. It writes nothing; it yields what happened."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from ..core.plugin import Fitted
from ..core.registry import load_plugin
from ..core.samples import REAL, Array, Samples
from ..core.streams import stream
from ..curators.curate import Curated, curate
from ..models.neural.checkpoint import Checkpoint
from ..regimes.numbers import History
from ..statistics.intervals import Histogram
from .plan import LoopPlan, make_plan
from .score import Evaluator, Together
from .spec import LoopSpec
from .stages import Clock, fit, generated, mix, with_stand_ins


@dataclass(frozen=True)
class Step:
    """One generation of the runs that run together: their rows lie run after run.

    `ended` says of each seed whose training ran away, now or before, why; where all have, there is no model.
    """

    generation: int
    seeds: tuple[int, ...]
    train: Samples
    fitted: Fitted | None
    curated: Curated
    seconds: dict[str, float]
    ended: dict[int, str] = field(default_factory=dict)

    def mixtures(self) -> list[dict[str, int]]:
        """The training rows of each run by origin."""
        return _mixtures(self.train, len(self.seeds))


@dataclass(slots=True)
class Generation:
    """One step of the loop for one seed.

    `mixture` counts the training rows by origin; `unknown` says why a score is NaN; `histograms` are those
    that the metrics return; `ended` says why the training of this seed was given up, in this generation or before.
    It is not frozen, since chains make 150,000 of them a second, and a frozen one takes three times as long to make.
    """

    regime: str
    seed: int
    index: int
    mixture: dict[str, int]
    kept: Samples
    dropped: Samples
    scores: dict[str, float]
    unknown: dict[str, str]
    seconds: float
    histograms: dict[str, Histogram] = field(default_factory=dict)
    ended: str | None = None


@dataclass(frozen=True)
class Past:
    """What a run had done before: its last generation, the rows still remembered (oldest first), its last model.

    `ended` says of each seed whose training ran away why.
    """

    generation: int = 0
    synthetic: tuple[Samples, ...] = ()
    fitted: Fitted | None = None
    ended: Mapping[int, str] = field(default_factory=dict)


Checkpoints = Callable[[int, int], Checkpoint]  # generation, first seed of the batch -> its training's checkpoint


def steps(
    plan: LoopPlan, regime: str, seeds: Sequence[int], past: Past = Past(), checkpoints: Checkpoints | None = None
) -> Iterator[Step]:
    """Run the runs of these seeds together under one regime, from the generation after `past` on."""
    spec, runs = plan.spec, len(seeds)
    real, synthetic, fitted, memory = plan.real(seeds), past.synthetic, past.fitted, plan.memory(regime)
    ended = dict(past.ended)
    for generation in range(past.generation + 1, spec.generations + 1):
        clock = Clock()
        # a stream for each stage of each generation, so that a resumed run draws what an unbroken one would
        rng = partial(stream, spec.seed, generation=generation, run=seeds[0])
        fresh = partial(plan.fresh, generation=generation, seeds=seeds)
        history = History(real, synthetic, fresh, plan.samples, generation)
        train = mix(plan, regime, seeds, history, rng("mix"))
        clock.lap("mix")
        start = fitted if spec.warm else None  # a cold start forgets the last model, and keeps only its rows
        fitted, lost = None, dict[int, str]()
        if len(ended) < runs:
            checkpoint = checkpoints(generation, seeds[0]) if checkpoints else None
            fitted, lost = fit(plan, train, rng("fit"), start, seeds, checkpoint)
        ended = {**lost, **ended}  # the reason that came first stays
        clock.lap("fit")
        raw = generated(plan, fitted, train, rng("sample"), generation, runs)
        # runs that ended keep their place among the rows: they are dropped when scores are taken, not here
        over = [run for run, seed in enumerate(seeds) if seed in ended]
        raw = with_stand_ins(plan, raw, train, over, runs, generation)
        clock.lap("sample")
        curated = curate(raw, plan.training(), rng("curate"), plan.parts.judges)
        clock.lap("curate")
        synthetic = (*synthetic, curated.kept)[-memory:]  # all of them where memory is 0
        yield Step(generation, tuple(seeds), train, fitted, curated, clock.laps, ended)


def batches(plan: LoopPlan, regime: str) -> list[tuple[int, ...]]:
    """The seeds that run together: all of them where model and regime take runs and nothing is curated."""
    seeds = tuple(range(plan.spec.seeds))
    return [seeds] if plan.parts.take_runs(regime) else [(seed,) for seed in seeds]


def after(step: Step) -> Past:
    """What a batch of runs needs to go on after its first generation."""
    return Past(step.generation, (step.curated.kept,), step.fitted, step.ended)


def beginnings(plan: LoopPlan, regimes: Iterable[str]) -> list[list[str]]:
    """The regimes in groups that share their first generation, which has no history that a regime could mix.

    Warm starts share none: a model that training changes in place cannot be where two regimes start from.
    """
    groups: dict[Any, list[str]] = {}
    for regime in regimes:
        own = regime if plan.spec.warm else ""
        groups.setdefault((own, plan.first[regime], tuple(batches(plan, regime))), []).append(regime)
    return list(groups.values())


def lockstep(
    plan: LoopPlan, regime: str, past: Mapping[int, Past] | None = None, checkpoints: Checkpoints | None = None
) -> Iterator[tuple[Step, ...]]:
    """Every batch of a regime, generation by generation; `past` is by the first seed of a batch."""
    past = past or {}
    groups = batches(plan, regime)
    yield from zip(
        *(steps(plan, regime, seeds, past.get(seeds[0], Past()), checkpoints) for seeds in groups), strict=True
    )


def load_plugins(spec: LoopSpec) -> None:
    """Run the user's own files that the spec names."""
    for path in spec.plugins:
        load_plugin(path)


def prepare(spec: LoopSpec) -> LoopPlan:
    """Load the spec's plug-in files, and plan it on its data."""
    load_plugins(spec)
    return make_plan(spec)


def loop(spec: LoopSpec) -> Iterator[Generation]:
    """Run every regime and seed of the spec and yield each generation as it is done; nothing is written.

    Raises UsageError, DataError or FitError, each with what to do next.
    """
    LoopSpec.expect(spec, "loop")
    plan = prepare(spec)
    evaluator = Evaluator.of(plan)
    leader = {regime: group[0] for group in beginnings(plan, plan.regimes) for regime in group}
    begun: dict[str, tuple[list[Generation], dict[int, Past]]] = {}  # by the regime that came first in its group
    for regime in plan.regimes:
        shared, past = begun.get(leader[regime], ([], {}))
        yield from (replace(each, regime=regime, seconds=0.0) for each in shared)
        for batch in lockstep(plan, regime, past):
            scored = [each for step in batch for each in generations(step, regime, evaluator)]
            if batch[0].generation == 1:
                begun[regime] = scored, {step.seeds[0]: after(step) for step in batch}
            yield from scored


def generations(step: Step, regime: str, evaluator: Evaluator) -> Iterable[Generation]:
    """A step, seed by seed, with its scores."""
    runs = len(step.seeds)
    kept, dropped = step.curated.kept.split(runs), step.curated.dropped.split(runs)
    seconds = sum(step.seconds.values()) / runs  # runs that go together share their time
    begin = time.perf_counter()
    together = evaluator.together(step.fitted, runs)
    seconds += (time.perf_counter() - begin) / runs
    known = evaluator.whole(together)
    if known is not None and not step.ended:  # by place, which takes two thirds of the time that names take
        return [
            Generation(regime, seed, step.generation, mixture, rows, away, scores, {}, seconds)
            for seed, mixture, rows, away, scores in zip(step.seeds, step.mixtures(), kept, dropped, known, strict=True)
        ]
    return _one_by_one(step, regime, evaluator, together, (kept, dropped), seconds)


def _one_by_one(
    step: Step, regime: str, evaluator: Evaluator, together: Together, rows: tuple[list[Samples], ...], seconds: float
) -> Iterator[Generation]:
    """Each seed scored on its own, as its turn comes."""
    kept, dropped = rows
    for run, (seed, mixture) in enumerate(zip(step.seeds, step.mixtures(), strict=True)):
        begin = time.perf_counter()
        why = step.ended.get(seed)
        evaluation = (
            evaluator.nothing(why)
            if why
            else evaluator.score(kept[run], step.generation, seed, step.fitted, run, together)
        )
        spent = seconds + time.perf_counter() - begin
        yield Generation(
            regime=regime,
            seed=seed,
            index=step.generation,
            mixture=mixture,
            kept=kept[run],
            dropped=dropped[run],
            scores=evaluation.scores,
            unknown=evaluation.unknown,
            seconds=spent,
            histograms=evaluation.histograms,
            ended=why,
        )


def _mixtures(train: Samples, runs: int) -> list[dict[str, int]]:
    """The training rows of each run by origin."""
    each = len(train) // runs
    teacher, fresh = _count(train.source, runs, "teacher"), _count(train.source, runs, "fresh")
    generated = [each - real for real in _count(train.generation, runs, REAL)]
    mixtures = []
    for taught, new, made in zip(teacher, fresh, generated, strict=True):
        mixture = {"fixed": each - made - new, "fresh": new, "synthetic": made - taught}
        mixtures.append({**mixture, "teacher": taught} if taught else mixture)
    return mixtures


def _count(column: Array, runs: int, wanted: Any) -> list[int]:
    """How many entries of each run are the wanted one; a column that repeats one entry is looked at once."""
    each = len(column) // runs
    if column.strides == (0,) and each:
        return [each if column[0] == wanted else 0] * runs
    counts: list[int] = np.count_nonzero((column == wanted).reshape(runs, each), axis=1).tolist()
    return counts
