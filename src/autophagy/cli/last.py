"""What `autophagy` alone says below its help: the last run, and what to type next."""

from pathlib import Path

from .ending import command

RUNS = Path("runs")  # where runs go that name no folder


def print_last() -> None:
    """Print the run below `runs` that was written to last; nothing where there is none."""
    from ..report.console import harmless
    from ..report.runs.terminal import age, name
    from ..runs.listing import last_run

    run = last_run(RUNS) if RUNS.is_dir() else None
    if run is None:
        return
    about = ", ".join(filter(None, (run.verb, run.data, run.model, run.progress, f"{age(run.age())} ago")))
    print()
    print(harmless(f"Last run: {name(run.folder)} ({about})"))
    print(harmless(f"Next: {command(_next(run.verb, run.state, run.folder))}"))


def _next(verb: str, state: str, folder: Path) -> list[str | Path]:
    """The words that go on with a run, or show it."""
    match state:
        case "stopped" if verb in ("loop", "compare", "audit", "curate"):
            return [verb, "--resume", "--out", folder]
        case "running":
            return ["view", folder.parent, "--open"]
        case "damaged":
            return ["runs"]
    return ["report", folder, "--open"]
