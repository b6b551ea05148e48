"""A recorded run: the loop's steps, run by processes and written to a run folder."""

import importlib
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.files import Line
from ..core.machine import available_cores, surroundings
from ..core.samples import Samples
from ..curators.curate import by_reason
from ..data.load import RealRows
from ..models.neural.checkpoint import Halfway
from ..scale.processes import spread, threads
from .loop import Generation, Past, Step, batches, generations, load_plugins, lockstep, prepare
from .plan import LoopPlan
from .record import Record
from .score import Evaluator, shown
from .spec import LoopSpec

REAL_ROWS = 500  # of the reference, kept for the pictures of the report
KIB_PER_MIB = 1024  # the peak memory of a process is counted in KiB on Linux


@dataclass(frozen=True)
class StepReport:
    """What a worker reports of one step of one regime: its lines for the record."""

    regime: str
    generation: int
    lines: list[Line]
    timing: Line


def run(
    spec: LoopSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    progress: Callable[[StepReport | None, int], None] | None = None,
) -> Record:
    """Run a spec and record it in the folder `out`; with `resume`, go on with what is there.

    `workers` is the number of processes (default: as many as there are cores and regimes); the numbers do not
    depend on it. `progress` is called with each step and with how many there are in all.
    A plug-in that the calling script itself holds, rather than a module or a file that `plugins` names, keeps the
    run in this process. Raises AutophagyError; whatever was finished stays in the folder.
    """
    if workers is not None and not (isinstance(workers, int) and workers >= 1):
        raise UsageError(f"workers is {workers!r}: give a whole number of processes, 1 or more.")
    plan = prepare(spec)
    cores = available_cores()
    workers = workers or min(cores, len(plan.regimes))
    environment = _environment(plan, cores)
    with Record(out).open(spec, environment, resume) as record:
        if record.done:
            return record
        record.mend()
        done = {regime: record.finished(regime, spec.seeds) for regime in plan.regimes}
        record.forget(done)
        total = len(plan.regimes) * spec.generations
        if progress:
            progress(None, total - sum(done.values()))
        with threads(max(1, cores // len(plan.regimes))):
            evaluator = Evaluator.of(plan)
            _write_baseline(plan, evaluator, record)
            left = [regime for regime in plan.regimes if done[regime] < spec.generations]
            homes = plan.parts.modules() | evaluator.modules()
            task = partial(_work, plan, evaluator, record, done, homes, max(1, cores // len(plan.regimes)))
            for report in spread(task, left, 1 if "__main__" in homes else workers):
                record.add(report.lines, report.timing)
                if progress:
                    progress(report, total)
        record.finish(list(plan.regimes))
        return record


def _write_baseline(plan: LoopPlan, evaluator: Evaluator, record: Record) -> None:
    """Keep some real rows, and what real rows score; a second held-out set is there once, not once a seed."""
    if record.has_baseline:
        return
    record.write_samples(record.folder / "samples" / "real.npz", plan.reference.head(REAL_ROWS))
    draws = evaluator.baseline(plan, plan.spec.seeds if plan.control is None else 1)
    record.write_baseline(
        {
            "scores": [{name: shown(value) for name, value in draw.scores.items()} for draw in draws],
            "histograms": {name: histogram.json() for name, histogram in draws[0].histograms.items()},
        }
    )


def _work(
    plan: LoopPlan, evaluator: Evaluator, record: Record, done: dict[str, int], homes: set[str], count: int, regime: str
) -> Iterator[StepReport]:
    """One regime, from where it stopped; rows and models are on disk before their step is reported."""
    load_plugins(plan.spec)  # a process of its own knows none yet
    for home in homes:
        importlib.import_module(home)
    with threads(count):
        past = {seeds[0]: _past(plan, record, regime, seeds, done[regime]) for seeds in batches(plan, regime)}
        kept = partial(_halfway, record, regime)
        for steps in lockstep(plan, regime, past, kept):
            generation = steps[0].generation
            begin = time.perf_counter()
            lines = [_line(each) for step in steps for each in generations(step, regime, evaluator)]
            score = time.perf_counter() - begin
            rows = Samples.concat([_with_seed(step) for step in steps])
            record.write_samples(record.samples_path(regime, generation), rows)
            _save_models(plan, record, regime, steps)
            seconds = {stage: sum(step.seconds[stage] for step in steps) for stage in steps[0].seconds}
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
            timing = {
                "regime": regime,
                "generation": generation,
                "seconds": {stage: round(spent, 4) for stage, spent in {**seconds, "score": score}.items()},
                "peak_mib": round(peak, 1),
            }
            yield StepReport(regime, generation, lines, timing)


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


def _halfway(record: Record, regime: str, generation: int, seed: int) -> Halfway:
    """Where the training of a batch of runs keeps its state."""
    return Halfway(record.models_path(regime, generation, seed).with_name(f"{generation:04d}-{seed}.halfway"))


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
                "notes": list(data.notes),
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
    return {"teacher": {"name": plan.spec.teacher, "digest": teacher.digest, "rows": rows}}
