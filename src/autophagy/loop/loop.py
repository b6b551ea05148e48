"""The loop: mix, fit, sample, curate, and again. It writes nothing; it yields what happened."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from ..core.errors import Diverged, FitError
from ..core.registry import Fitted, build, find, load_plugin
from ..core.samples import Samples
from ..core.streams import stream
from ..curators.curate import Curated, curate
from ..models.neural.checkpoint import Checkpoint
from ..regimes.numbers import History
from ..statistics.intervals import Histogram
from .plan import Plan, make_plan
from .score import Judge
from .spec import LoopSpec


@dataclass(frozen=True)
class Turn:
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
        return [_mixture(train) for train in self.train.split(len(self.seeds))]


@dataclass(frozen=True)
class Generation:
    """One turn of the loop for one seed.

    `mixture` counts the training rows by origin; `unknown` says why a score is NaN; `joules` is NaN where no
    meter is at hand; `histograms` are those that the metrics made; `ended` says why the training of
    this seed was given up, in this generation or before.
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
    joules: float = field(default=float("nan"))
    histograms: dict[str, Histogram] = field(default_factory=dict)
    ended: str | None = None


@dataclass(frozen=True)
class Past:
    """What a run had done before: its last generation, the rows still remembered (oldest first), its last model.

    `ended` says of each seed whose training ran away why.
    """

    generation: int = 0
    made: tuple[Samples, ...] = ()
    fitted: Fitted | None = None
    ended: Mapping[int, str] = field(default_factory=dict)


Checkpoints = Callable[[int, int], Checkpoint]  # generation, first seed of the batch -> its training's checkpoint


def turns(
    plan: Plan, regime: str, seeds: Sequence[int], past: Past = Past(), checkpoints: Checkpoints | None = None
) -> Iterator[Turn]:
    """Run the runs of these seeds together under one regime, from the generation after `past` on."""
    spec, runs = plan.spec, len(seeds)
    mix = build("regime", plan.regimes[regime])
    curators = {str(part): build("curator", part) for part in spec.curators}
    together = {"runs": runs} if runs > 1 else {}
    real, made, fitted, memory = plan.real(seeds), past.made, past.fitted, plan.memory(regime)
    ended = dict(past.ended)
    for generation in range(past.generation + 1, spec.generations + 1):
        clock = _Clock()
        rng = partial(stream, spec.seed, generation=generation, run=seeds[0])
        if generation == 1:
            train = plan.begin(regime, seeds)
        else:
            fresh = partial(plan.fresh, generation=generation, seeds=seeds)
            train = mix(History(real, made, fresh, plan.samples, generation), rng("mix"), **together)
        clock.lap("mix")
        start = fitted if spec.warm else None
        fitted, lost = None, dict[int, str]()
        if len(ended) < runs:
            checkpoint = checkpoints(generation, seeds[0]) if checkpoints else None
            fitted, lost = _fit(plan, train, rng("fit"), start, seeds, checkpoint)
        ended = {**lost, **ended}
        clock.lap("fit")
        raw = _made(plan, fitted, rng("sample"), generation, runs)
        raw = _stand_in(
            plan, raw, train, [place for place, seed in enumerate(seeds) if seed in ended], runs, generation
        )
        clock.lap("sample")
        curated = curate(raw, plan.training(), rng("curate"), curators)
        clock.lap("curate")
        made = (*made, curated.kept)[-memory:]
        yield Turn(generation, tuple(seeds), train, fitted, curated, clock.laps, ended)


def _fit(
    plan: Plan,
    train: Samples,
    rng: np.random.Generator,
    start: Fitted | None,
    seeds: Sequence[int],
    checkpoint: Checkpoint | None,
) -> tuple[Fitted | None, dict[int, str]]:
    """The fitted model, and why the training of some of the runs was given up."""
    entry = find("model", plan.spec.model.name)
    more: dict[str, Any] = {"runs": len(seeds)} if len(seeds) > 1 else {}
    if checkpoint is not None and entry.takes_checkpoint:
        more["checkpoint"] = checkpoint
    try:
        fitted: Fitted = plan.model.fit(train, rng, start=start, **more)
    except Diverged as error:
        return None, dict.fromkeys(seeds, str(error))
    why = f"the training of the model {entry.name} diverged: lower its learning_rate, or look for extreme values."
    return fitted, {seeds[run]: why for run in getattr(fitted, "diverged", ())}


def _made(plan: Plan, fitted: Fitted | None, rng: np.random.Generator, generation: int, runs: int) -> Samples | None:
    """What the model makes: `samples` rows a run; None where there is no model."""
    if fitted is None:
        return None
    spec = plan.spec
    raw = _rows(fitted.sample(plan.samples, rng, bias=spec.bias), generation, spec.model.name)
    if len(raw) != plan.samples * runs:
        raise FitError(f"{spec.model} made {len(raw)} rows where {plan.samples * runs} were asked for: mend it.")
    return raw


def _stand_in(
    plan: Plan, raw: Samples | None, train: Samples, ended: Sequence[int], runs: int, generation: int
) -> Samples:
    """The rows with those of ended runs replaced by rows that they last learnt from, whose source is `diverged`.

    A run that has ended keeps its place, so that the others draw the numbers that they would have drawn beside it.
    """
    if raw is not None and not ended:
        return raw
    each = len(train) // runs
    parts = [] if raw is None else raw.split(runs)
    for run in range(runs):
        if raw is None or run in ended:
            rows = train.take(run * each + np.arange(plan.samples) % each)
            columns = {name: rows.meta[name] for name in rows.meta if raw is None or name in raw.meta}
            stand_in = Samples.of(rows.x, generation, "diverged", **columns)
            parts[run : run + 1] = [stand_in]
    return Samples.concat(parts)


def batches(plan: Plan, regime: str) -> list[tuple[int, ...]]:
    """The seeds that run together: all of them where model and regime take runs and nothing is curated."""
    spec = plan.spec
    together = find("model", spec.model.name).takes_runs and find("regime", plan.regimes[regime].name).takes_runs
    seeds = tuple(range(spec.seeds))
    return [seeds] if together and not spec.curators else [(seed,) for seed in seeds]


def lockstep(
    plan: Plan, regime: str, past: Mapping[int, Past] | None = None, checkpoints: Checkpoints | None = None
) -> Iterator[tuple[Turn, ...]]:
    """Every batch of a regime, generation by generation; `past` is by the first seed of a batch."""
    past = past or {}
    groups = batches(plan, regime)
    yield from zip(
        *(turns(plan, regime, seeds, past.get(seeds[0], Past()), checkpoints) for seeds in groups), strict=True
    )


def load_plugins(spec: LoopSpec) -> None:
    """Run the user's own files that the spec names."""
    for path in spec.plugins:
        load_plugin(path)


def prepare(spec: LoopSpec) -> Plan:
    """Load the spec's plug-ins, check its parts, and plan it on its data."""
    load_plugins(spec)
    build("model", spec.model)
    for part in spec.curators:
        build("curator", part)
    return make_plan(spec)


def loop(spec: LoopSpec) -> Iterator[Generation]:
    """Run every regime and seed of the spec and yield each generation as it is done; nothing is written.

    Raises UsageError, DataError or FitError, each with what to do next.
    """
    plan = prepare(spec)
    judge = Judge.of(plan)
    for regime in plan.regimes:
        for step in lockstep(plan, regime):
            for turn in step:
                yield from generations(turn, regime, judge)


def generations(turn: Turn, regime: str, judge: Judge) -> Iterator[Generation]:
    """A turn, seed by seed, with its scores."""
    runs = len(turn.seeds)
    kept, dropped = turn.curated.kept.split(runs), turn.curated.dropped.split(runs)
    seconds = sum(turn.seconds.values()) / runs
    for run, (seed, mixture) in enumerate(zip(turn.seeds, turn.mixtures(), strict=True)):
        begin = time.perf_counter()
        why = turn.ended.get(seed)
        judged = judge.nothing(why) if why else judge.score(kept[run], turn.generation, seed, turn.fitted, run)
        spent = seconds + time.perf_counter() - begin
        yield Generation(
            regime,
            seed,
            turn.generation,
            mixture,
            kept[run],
            dropped[run],
            judged.scores,
            judged.unknown,
            spent,
            histograms=judged.histograms,
            ended=why,
        )


class _Clock:
    """Wall seconds of each stage, in order."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = now - self._last
        self._last = now


def _rows(made: Any, generation: int, source: str) -> Samples:
    """What a model made, as Samples; it may come with further columns."""
    x, columns = made if isinstance(made, tuple) else (made, {})
    return Samples.of(x, generation, source, **columns)


def _mixture(train: Samples) -> dict[str, int]:
    teacher = int(np.count_nonzero(train.source == "teacher"))
    synthetic = int(np.count_nonzero(train.generation)) - teacher
    fresh = int(np.count_nonzero(train.source == "fresh"))
    mixture = {"fixed": len(train) - synthetic - fresh - teacher, "fresh": fresh, "synthetic": synthetic}
    return {**mixture, "teacher": teacher} if teacher else mixture
