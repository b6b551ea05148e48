"""One door to run jobs side by side: in processes of this machine, or on a Ray cluster."""

from collections.abc import Iterator
from typing import Any

from . import processes
from .crew import CountedJobs, Job, Task
from .ray import spread as spread_on_ray


def spread(
    task: Task[Job],
    jobs: CountedJobs[Job],
    workers: int | None = None,
    ray: str | None = None,
    *,
    fresh: bool = False,
) -> Iterator[Any]:
    """Run `task(job)` for every job, and yield what the tasks yield, as it comes; the results are the same everywhere.

    The task and the jobs are sent to other processes, so the task is a function of a module, or a partial of one.
    `workers` is how many run at once, by default one a core, of this machine or of the Ray cluster at the address
    `ray`: `auto`, `local`, `ray://HOST:PORT` or `HOST:PORT`. Raises what a job raises, UsageError where no cluster
    answers, and WorkerKilled where a job is killed three times (once where it is `fresh`, which gives each job a
    process of its own).
    """
    if ray is None:
        return processes.spread(task, jobs, processes.processes(workers, len(jobs)), fresh=fresh)
    count = None if workers is None else processes.processes(workers, len(jobs))
    return spread_on_ray(task, jobs, ray, count, fresh=fresh)
