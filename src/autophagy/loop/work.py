"""What a process does of a run: a regime from where it stopped, or the first generation that several share."""

import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ..core.files import Line
from ..core.samples import Samples
from ..models.neural.checkpoint import Checkpoint
from ..scale.threads import threads
from .loop import Generation, Past, Step, batches, generations, lockstep
from .plan import LoopPlan
from .record import Record
from .score import Evaluator
from .write import line_of, write_samples

KIB_PER_MIB = 1024  # the peak memory of a process is counted in KiB on Linux


@dataclass(frozen=True)
class StepReport:
    """What a worker reports of one step of one regime: its lines for the record."""

    regime: str
    generation: int
    lines: list[Line]
    timing: Line


@dataclass(frozen=True)
class Job:
    """What a worker does: a regime to its end, or the first generation that several regimes share."""

    regimes: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether this is a first generation that several regimes share."""
        return len(self.regimes) > 1


def work(
    plan: LoopPlan, evaluator: Evaluator, record: Record, done: dict[str, int], count: int, job: Job
) -> Iterator[StepReport]:
    """One job, from where it stopped; rows and models are on disk before their step is reported."""
    regime = job.regimes[0]
    with threads(count):
        past = {seeds[0]: _past(plan, record, regime, seeds, done[regime]) for seeds in batches(plan, regime)}
        checkpoints = partial(_checkpoint, record, regime)
        for steps in lockstep(plan, regime, past, checkpoints):
            begin = time.perf_counter()
            scored = [each for step in steps for each in generations(step, regime, evaluator)]
            score = time.perf_counter() - begin
            for name in job.regimes:
                yield _kept(plan, record, name, steps, scored, score if name == regime else None)
            if job.shared:
                return


def _kept(
    plan: LoopPlan,
    record: Record,
    regime: str,
    steps: tuple[Step, ...],
    scored: Sequence[Generation],
    score: float | None,
) -> StepReport:
    """Keep the rows and the models of a step of a regime, which took no time where it is another regime's step too."""
    generation = steps[0].generation
    write_samples(record.samples_path(regime, generation), Samples.concat([_with_seed(step) for step in steps]))
    _save_models(plan, record, regime, steps)
    seconds = {stage: sum(step.seconds[stage] for step in steps) for stage in steps[0].seconds} | {"score": score or 0}
    timing = {
        "regime": regime,
        "generation": generation,
        "seconds": {stage: 0.0 if score is None else round(spent, 4) for stage, spent in seconds.items()},
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB, 1),
    }
    return StepReport(regime, generation, [line_of(replace(each, regime=regime)) for each in scored], timing)


def _with_seed(step: Step) -> Samples:
    """The rows that a step kept, each with its seed."""
    kept = step.curated.kept
    seed = np.repeat(np.array(step.seeds, np.int32), len(kept) // len(step.seeds))
    return Samples(kept.x, kept.generation, kept.source, {**kept.meta, "seed": seed})


def _past(plan: LoopPlan, record: Record, regime: str, seeds: tuple[int, ...], done: int) -> Past:
    """What a batch of runs needs to go on after generation `done`."""
    memory = plan.memory(regime)
    first = 1 if memory == 0 else max(1, done - memory + 1)
    synthetic = []
    for generation in range(first, done + 1):
        rows = record.read_samples(record.samples_path(regime, generation))
        rows = rows.take(np.isin(rows.meta["seed"], seeds))
        columns = {name: column for name, column in rows.meta.items() if name != "seed"}
        synthetic.append(Samples(rows.x, rows.generation, rows.source, columns))
    fitted = None
    lines = [line for line in record.lines() if line["regime"] == regime and line["generation"] <= done]
    ended = {line["seed"]: line["ended"] for line in lines if line.get("ended") and line["seed"] in seeds}
    if plan.spec.warm and done and len(ended) < len(seeds):
        fitted = plan.model.load(record.models_path(regime, done, seeds[0]))
    return Past(done, tuple(synthetic), fitted, ended)


def _checkpoint(record: Record, regime: str, generation: int, seed: int) -> Checkpoint:
    """Where the training of a batch of runs keeps its state."""
    return Checkpoint(record.models_path(regime, generation, seed).with_name(f"{generation:04d}-{seed}.checkpoint"))


def _save_models(plan: LoopPlan, record: Record, regime: str, steps: tuple[Step, ...]) -> None:
    """Keep the last model of each run, and with warm starts every model that a resumed run may start from."""
    generation = steps[0].generation
    if not plan.spec.warm and generation < plan.spec.generations:
        return
    for step in steps:
        save = getattr(step.fitted, "save", None)
        if save is not None:
            folder = record.models_path(regime, generation, step.seeds[0])
            folder.mkdir(parents=True, exist_ok=True)
            save(folder)
