"""A recorded run: the loop's steps, run by processes and written to a run folder."""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ..core.files import Line, append, read_lines, write_lines
from ..core.folder import close, opened
from ..core.machine import available_cores
from ..cost.footprint import metered
from ..scale.processes import processes
from ..scale.spread import spread
from ..scale.threads import threads
from ..trackers.tracking import Figures, Tracking, find_trackers, tracked
from .environment import environment
from .loop import beginnings, prepare
from .persist import persist
from .plan import LoopPlan
from .record import GENERATIONS, TIMINGS, Record
from .score import Evaluator
from .spec import LoopSpec
from .tracked import figures
from .work import Job, StepReport, work
from .write import write_baseline

LOG = logging.getLogger(__name__)


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

    with (
        opened(record, spec, environment(plan, cores), resume),
        metered(record, ray),
        tracked(record, trackers, spec.counts_in, recorded, verdict) as tracking,
    ):
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
            write_baseline(plan, evaluator, record)
        task = partial(work, plan, evaluator, record, done, each)
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
