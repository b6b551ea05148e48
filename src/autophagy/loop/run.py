"""A recorded run: the loop's turns, worked off by processes and written to a run folder."""

import importlib
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..core.files import Line, append, read_lines, write_json, write_lines, writing
from ..core.folder import close, mend, opened
from ..core.machine import available_cores, surroundings
from ..core.registry import find
from ..core.samples import Samples
from ..curators.curate import by_reason
from ..data.load import Table
from ..models.neural.checkpoint import Checkpoint
from ..scale.processes import processes, spread, threads
from .loop import Past, Turn, batches, generations, load_plugins, lockstep, prepare
from .plan import Plan
from .record import GENERATIONS, LEVEL, SAMPLES, TIMINGS, Record
from .score import Judge, shown
from .spec import LoopSpec


@dataclass(frozen=True)
class Step:
    """What a worker tells of one turn of one regime: its lines for the record."""

    regime: str
    generation: int
    lines: list[Line]
    timing: Line


Progress = Callable[[Step | None, int], None]


def run(
    spec: LoopSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Record:
    """Run a spec and record it in the folder `out`; with `resume`, go on with what is there.

    `workers` is the number of processes (default: as many as there are cores and regimes); the numbers do not
    depend on it. `progress` is told of each step and of how many there are in all.
    A plug-in that the calling script itself holds, rather than a module or a file that `plugins` names, keeps the
    run in this process. Raises AutophagyError; whatever was finished stays in the folder.
    """
    processes(workers, 1)  # a number that is none is told before anything is loaded
    plan = prepare(spec)
    cores = available_cores()
    workers = processes(workers, len(plan.regimes))
    record = Record(out)
    with opened(record, spec, _environment(plan, cores), resume):
        if not record.done:
            mend(record.folder)
            _go_on(plan, record, workers, max(1, cores // len(plan.regimes)), progress)
            _finish(record, list(plan.regimes))
    return record


def _go_on(plan: Plan, record: Record, workers: int, each: int, progress: Progress | None) -> None:
    """Work off what is left of every regime with `each` threads; what is half done is done again."""
    spec = plan.spec
    done = {regime: record.finished(regime, spec.seeds) for regime in plan.regimes}
    _rewrite(record, lambda line: line["generation"] <= done[line["regime"]])
    total = len(plan.regimes) * spec.generations
    if progress:
        progress(None, total - sum(done.values()))
    with threads(each):
        judge = Judge.of(plan)
        if not (record.folder / LEVEL).exists():
            _write_level(plan, judge, record)
        left = [regime for regime in plan.regimes if done[regime] < spec.generations]
        homes = _homes(plan, judge)
        task = partial(_work, plan, judge, record, done, homes, each)
        for step in spread(task, left, 1 if "__main__" in homes else workers):
            append(
                record.folder / TIMINGS, [step.timing]
            )  # first, so that a line of GENERATIONS means that all is there
            append(record.folder / GENERATIONS, step.lines)
            if progress:
                progress(step, total)


def _write_level(plan: Plan, judge: Judge, record: Record) -> None:
    """Keep some real rows, and what real rows score in place of a model's."""
    _write_samples(record.folder / SAMPLES / "real.npz", plan.reference.head(500))
    level = judge.level(plan, plan.spec.seeds if plan.check is None else 1)
    scores = [{name: shown(value) for name, value in draw.scores.items()} for draw in level]
    histograms = {name: histogram.json() for name, histogram in level[0].histograms.items()}
    write_json(record.folder / LEVEL, {"scores": scores, "histograms": histograms})


def _rewrite(record: Record, keep: Callable[[Line], bool]) -> None:
    """Drop lines, such as those after the last generation of a regime that is done for all its seeds."""
    for name in (GENERATIONS, TIMINGS):
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
    close(record.folder)


def _write_samples(path: Path, samples: Samples) -> None:
    """Keep rows, with all their columns; texts as parquet beside the path, which NumPy could only pickle."""
    if samples.x.dtype.kind == "T":
        with writing(path.with_suffix(".parquet")) as file:
            samples.to_parquet(file)
    else:
        with writing(path) as file:
            np.savez(file, allow_pickle=False, **samples.columns())


def _homes(plan: Plan, judge: Judge) -> set[str]:
    """The modules that hold the plug-ins of the run; a script's own, `__main__`, no other process can import."""
    spec = plan.spec
    kinds = {"model": [spec.model], "regime": plan.regimes.values(), "curator": spec.curators, "metric": judge.metrics}
    return {find(kind, part.name).function.__module__ for kind, parts in kinds.items() for part in parts}


def _work(
    plan: Plan, judge: Judge, record: Record, done: dict[str, int], homes: set[str], count: int, regime: str
) -> Iterator[Step]:
    """One regime, from where it stopped; rows and models are on disk before their step is told."""
    load_plugins(plan.spec)  # a process of its own knows none yet
    for home in homes:
        importlib.import_module(home)
    with threads(count):
        past = {seeds[0]: _past(plan, record, regime, seeds, done[regime]) for seeds in batches(plan, regime)}
        checkpoints = partial(_checkpoint, record, regime)
        for turns in lockstep(plan, regime, past, checkpoints):
            generation = turns[0].generation
            begin = time.perf_counter()
            lines = [_line(found) for turn in turns for found in generations(turn, regime, judge)]
            score = time.perf_counter() - begin
            rows = Samples.concat([_with_seed(turn) for turn in turns])
            _write_samples(record.samples_path(regime, generation), rows)
            _save_models(plan, record, regime, turns)
            seconds = {stage: sum(turn.seconds[stage] for turn in turns) for stage in turns[0].seconds}
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            timing = {
                "regime": regime,
                "generation": generation,
                "seconds": {stage: round(spent, 4) for stage, spent in {**seconds, "score": score}.items()},
                "peak_mib": round(peak, 1),
            }
            yield Step(regime, generation, lines, timing)


def _line(found: Any) -> Line:
    line: Line = {
        "regime": found.regime,
        "seed": found.seed,
        "generation": found.index,
        "mixture": found.mixture,
        "kept": len(found.kept),
        "dropped": by_reason(found.dropped),
        "scores": {name: shown(value) for name, value in found.scores.items()},
    }
    if found.unknown:
        line["unknown"] = found.unknown
    if found.ended:
        line["ended"] = found.ended
    if found.histograms:
        line["histograms"] = {name: histogram.json() for name, histogram in found.histograms.items()}
    return line


def _with_seed(turn: Turn) -> Samples:
    """The rows that a turn kept, each with its seed."""
    kept = turn.curated.kept
    seed = np.repeat(np.array(turn.seeds, np.int32), len(kept) // len(turn.seeds))
    return Samples(kept.x, kept.generation, kept.source, {**kept.meta, "seed": seed})


def _past(plan: Plan, record: Record, regime: str, seeds: tuple[int, ...], done: int) -> Past:
    """What a batch of runs needs to go on after generation `done`."""
    memory = plan.memory(regime)
    first = 1 if memory == 0 else max(1, done - memory + 1)
    made = []
    for generation in range(first, done + 1):
        rows = record.read_samples(record.samples_path(regime, generation))
        rows = rows.take(np.isin(rows.meta["seed"], seeds))
        columns = {name: column for name, column in rows.meta.items() if name != "seed"}
        made.append(Samples(rows.x, rows.generation, rows.source, columns))
    fitted = None
    lines = [line for line in record.lines() if line["regime"] == regime and line["generation"] <= done]
    ended = {line["seed"]: line["ended"] for line in lines if line.get("ended") and line["seed"] in seeds}
    if plan.spec.warm and done and len(ended) < len(seeds):
        fitted = plan.model.load(record.models_path(regime, done, seeds[0]))
    return Past(done, tuple(made), fitted, ended)


def _checkpoint(record: Record, regime: str, generation: int, seed: int) -> Checkpoint:
    """Where the training of a batch of runs keeps its state."""
    return Checkpoint(record.models_path(regime, generation, seed).with_name(f"{generation:04d}-{seed}.checkpoint"))


def _save_models(plan: Plan, record: Record, regime: str, turns: tuple[Turn, ...]) -> None:
    """Keep the last model of each run, and with warm starts every model that a resumed run may start from."""
    generation = turns[0].generation
    if not plan.spec.warm and generation < plan.spec.generations:
        return
    for turn in turns:
        save = getattr(turn.fitted, "save", None)
        if save is not None:
            folder = record.models_path(regime, generation, turn.seeds[0])
            folder.mkdir(parents=True, exist_ok=True)
            save(folder)


def _environment(plan: Plan, cores: int) -> dict[str, Any]:
    """Everything that a result hangs on beside its spec."""
    data = plan.data
    rows = {"pool": plan.pool, "fresh": plan.stream, "reference": plan.reference}
    return (
        surroundings(plan.spec.plugins, cores)
        | {
            "data": {
                "name": data.name,
                "digest": (data.samples if isinstance(data, Table) else plan.reference).digest(),
                "kind": data.kind,
                "shape": list(plan.reference.x.shape[1:]),
                "rows": {name: None if part is None else len(part) for name, part in rows.items()},
                "unreadable": data.unreadable,
                "notes": list(data.notes),
            },
        }
        | _teacher(plan)
    )


def _teacher(plan: Plan) -> dict[str, Any]:
    """The facts of the teacher, where the run has one; its digest is of all that it wrote for this run."""
    teacher = plan.teacher
    if teacher is None:
        return {}
    rows = {"each_seed": len(teacher.texts[0]), "held_out": len(teacher.held_out)}
    return {"teacher": {"name": plan.spec.teacher, "digest": teacher.digest, "rows": rows}}
