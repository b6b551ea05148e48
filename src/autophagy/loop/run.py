"""A recorded run: the loop's steps, run by processes and written to a run folder."""

import logging
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..core.files import Line, append, read_lines, write_json, write_lines, writing
from ..core.folder import close, mend, opened
from ..core.machine import available_cores, surroundings
from ..core.samples import Samples
from ..cost.footprint import metered
from ..curators.curate import by_reason
from ..data.load import RealRows
from ..models.neural.checkpoint import Checkpoint
from ..scale.processes import processes, threads
from ..scale.spread import spread
from ..trackers.tracking import Figures, Tracking, find_trackers, tracked
from .loop import Generation, Past, Step, batches, beginnings, generations, lockstep, prepare
from .persist import persist
from .plan import LoopPlan
from .record import BASELINE, GENERATIONS, SAMPLES, TIMINGS, Record
from .score import Evaluator, shown
from .spec import LoopSpec
from .tracked import figures

REAL_ROWS = 500  # of the reference, kept for the pictures of the report
KIB_PER_MIB = 1024  # the peak memory of a process is counted in KiB on Linux

LOG = logging.getLogger(__name__)


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


Reports = Iterator[StepReport]
Spread = Callable[[Callable[[Job], Reports], Sequence[Job]], Reports]
Progress = Callable[[StepReport | None, int, int], None]  # the step, how many are done, how many there are in all


def run(
    spec: LoopSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    ray: str | None = None,
    progress: Progress | None = None,
    tell: Callable[[str, Sequence[str]], None] | None = None,
    log: str | Sequence[str] = (),
) -> Record:
    """Run a spec and record it in the folder `out`; with `resume`, go on with what is there.

    `workers` is the number of processes (default: as many as there are cores and regimes), of this machine or of the
    Ray cluster at the address `ray`; the numbers do not depend on it. Where one is killed, the run goes on from what is
    recorded, at most twice without getting further. `progress` is called once before the first step, with None, and
    then with each step; it is told how many are done, those of an earlier start among them, and how many there are in
    all. `tell` is called with the name of the data and what is to be known of how they were read, before anything runs.
    `log` names experiment trackers (mlflow, tensorboard, trackio, wandb) that are told the figures of each step; they
    can end no run. A plug-in that the calling script itself holds, rather than a module or a file that `plugins` names,
    keeps the run in this process, whatever `workers` and `ray` say. Raises AutophagyError; whatever was finished stays
    in the folder.
    """
    trackers = find_trackers(log)
    processes(workers, 1)  # a number that is none is told before anything is loaded
    plan = prepare(spec)
    if tell:
        tell(plan.data.name, plan.notes)
    cores = available_cores()
    record = Record(out)
    # fresh, for what a process has used at most is a figure of its own regime
    side_by_side = partial(spread, workers=workers, ray=ray, fresh=True)

    def recorded() -> Figures:
        return figures(record.lines(), plan.legend)

    def verdict() -> Sequence[str]:
        return record.result().verdict

    with opened(record, spec, _environment(plan, cores), resume), metered(record, ray):
        if not record.done:
            mend(record.folder)
        with tracked(record, trackers, spec.counts_in, recorded, verdict) as tracking:
            if not record.done:
                each = max(1, cores // len(plan.regimes))
                persist(record, partial(_go_on, plan, record, side_by_side, each, _both(progress, tracking, plan)))
                _finish(record, list(plan.regimes))
    return record


def _both(progress: Progress | None, tracking: Tracking, plan: LoopPlan) -> Progress:
    """Tell the trackers of each step, and then whoever else is told."""

    def told(step: StepReport | None, done: int, total: int) -> None:
        if step:
            tracking.log(figures(step.lines, plan.legend))
        if progress:
            progress(step, done, total)

    return told


def _go_on(plan: LoopPlan, record: Record, side_by_side: Spread, each: int, progress: Progress) -> None:
    """Run what is left of every regime with `each` threads; what is half done is done again."""
    spec = plan.spec
    done = {regime: record.finished(regime, spec.seeds) for regime in plan.regimes}
    _rewrite(record, lambda line: line["generation"] <= done[line["regime"]])
    total = len(plan.regimes) * spec.generations
    count = sum(done.values())
    LOG.debug("%s", _decided(plan))
    LOG.debug("%d of %d steps are there; %d threads each", count, total, each)
    progress(None, count, total)
    with threads(each):
        evaluator = Evaluator.of(plan)
        if not record.has_baseline:
            _write_baseline(plan, evaluator, record)
        task = partial(_work, plan, evaluator, record, done, each)
        homes = plan.parts.modules() | evaluator.modules()
        spread_out = partial(spread, workers=1) if "__main__" in homes else side_by_side
        for jobs in _jobs(plan, done):
            for report in spread_out(task, jobs):
                # the timing first, so that a line of GENERATIONS means that all is there
                append(record.folder / TIMINGS, [report.timing])
                append(record.folder / GENERATIONS, report.lines)
                done[report.regime], count = report.generation, count + 1
                progress(report, count, total)


def _decided(plan: LoopPlan) -> str:
    """What a plan has settled that the spec may leave open."""
    parts = {"pool": plan.pool, "fresh": plan.stream, "reference": plan.reference, "control": plan.control}
    rows = ", ".join(f"{name} {len(part)}" for name, part in parts.items() if part is not None)
    return f"{plan.samples} rows a generation; real rows: {rows}; metrics: {', '.join(map(str, plan.metrics))}"


def _jobs(plan: LoopPlan, done: dict[str, int]) -> Iterator[list[Job]]:
    """The first generations that are shared, and then each regime: its generations follow on one another."""
    begin = [regime for regime in plan.regimes if not done[regime]]
    yield [Job(tuple(group)) for group in beginnings(plan, begin) if len(group) > 1]
    yield [Job((regime,)) for regime in plan.regimes if done[regime] < plan.spec.generations]


def _write_baseline(plan: LoopPlan, evaluator: Evaluator, record: Record) -> None:
    """Keep some real rows, and what real rows score; a second held-out set is there once, not once a seed."""
    _write_samples(record.folder / SAMPLES / "real.npz", plan.reference.head(REAL_ROWS))
    draws = evaluator.baseline(plan, plan.spec.seeds if plan.control is None else 1)
    scores = [{name: shown(value) for name, value in draw.scores.items()} for draw in draws]
    histograms = {name: histogram.json() for name, histogram in draws[0].histograms.items()}
    write_json(record.folder / BASELINE, {"scores": scores, "histograms": histograms})


def _rewrite(record: Record, keep: Callable[[Line], bool]) -> None:
    """Drop lines, such as those after the last generation of a regime that is done for all its seeds."""
    for name in (GENERATIONS, TIMINGS):  # first the one that says what is done
        lines = read_lines(record.folder / name)
        kept = [line for line in lines if keep(line)]
        if len(kept) < len(lines):
            write_lines(record.folder / name, kept)


def _finish(record: Record, regimes: list[str]) -> None:
    """Put the lines in the order of the spec, which workers may have mixed, and mark the run as done."""
    for name in (GENERATIONS, TIMINGS):
        lines = read_lines(record.folder / name)
        ordered = sorted(lines, key=lambda line: (regimes.index(line["regime"]), line["generation"]))
        if ordered != lines:
            write_lines(record.folder / name, ordered)
    close(record)


def _write_samples(path: Path, samples: Samples) -> None:
    """Keep rows, with all their columns; texts as parquet beside the path, which NumPy could only pickle."""
    if samples.x.dtype.kind == "T":
        with writing(path.with_suffix(".parquet")) as file:
            samples.to_parquet(file)
    else:
        with writing(path) as file:
            np.savez(file, allow_pickle=False, **samples.columns())


def _work(
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
    _write_samples(record.samples_path(regime, generation), Samples.concat([_with_seed(step) for step in steps]))
    _save_models(plan, record, regime, steps)
    seconds = {stage: sum(step.seconds[stage] for step in steps) for stage in steps[0].seconds} | {"score": score or 0}
    timing = {
        "regime": regime,
        "generation": generation,
        "seconds": {stage: 0.0 if score is None else round(spent, 4) for stage, spent in seconds.items()},
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB, 1),
    }
    return StepReport(regime, generation, [_line(replace(each, regime=regime)) for each in scored], timing)


def _line(generation: Generation) -> Line:
    """One generation of one seed as generations.jsonl has it."""
    line: Line = {
        "regime": generation.regime,
        "seed": generation.seed,
        "generation": generation.index,
        "mixture": generation.mixture,
        "kept": len(generation.kept),
        "dropped": by_reason(generation.dropped),
        "scores": {name: shown(value) for name, value in generation.scores.items()},
    }
    if generation.unknown:
        line["unknown"] = generation.unknown
    if generation.ended:
        line["ended"] = generation.ended
    if generation.histograms:
        line["histograms"] = {name: histogram.json() for name, histogram in generation.histograms.items()}
    return line


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


def _environment(plan: LoopPlan, cores: int) -> dict[str, Any]:
    """Everything that a result hangs on beside its spec."""
    data = plan.data
    rows = {"pool": plan.pool, "fresh": plan.stream, "reference": plan.reference}
    return (
        surroundings(plan.spec.plugins, cores)
        | {
            "data": {
                "name": data.name,
                "digest": (data.samples if isinstance(data, RealRows) else plan.reference).digest(),
                "kind": data.kind,
                "shape": list(plan.reference.x.shape[1:]),
                "rows": {name: None if part is None else len(part) for name, part in rows.items()},
                "unreadable": data.unreadable,
                "notes": list(plan.notes),
            },
        }
        | plan.legend.json()
        | _teacher(plan)
    )


def _teacher(plan: LoopPlan) -> dict[str, Any]:
    """The facts of the teacher, where the run has one; its digest is of all that it wrote for this run."""
    teacher = plan.teacher
    if teacher is None:
        return {}
    rows = {"each_seed": len(teacher.texts[0]), "held_out": len(teacher.held_out)}
    facts = {"name": f"{plan.spec.teacher}", "digest": teacher.digest, "rows": rows}
    return {"teacher": facts | ({"writers": teacher.writers} if teacher.writers else {})}
