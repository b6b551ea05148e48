"""autophagy runs: a list of the runs below a folder."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from .words import Json, path, print_json, switch

STATES = ("done", "running", "stopped", "damaged")
FIRST = ("runs", ".")  # where runs are looked for, one after the other, when no folder is named

KEYS: dict[str, Callable[[Any], Any]] = {
    "age": lambda run: -run.changed,
    "run": lambda run: str(run.folder),
    "verb": lambda run: run.verb,
    "data": lambda run: run.data,
    "model": lambda run: run.model,
    "state": lambda run: STATES.index(run.state),
    "headline": lambda run: (run.headline is None, run.headline and (run.headline.title, run.headline.score.value)),
    "size": lambda run: -run.size,
}

Folder = Annotated[str | None, Parameter(help="The folder that the runs lie in, at any depth (default: runs, then .).")]
Sort = Annotated[str, Parameter(help=f"What the list is sorted by: {', '.join(KEYS)}.")]
Reverse = Annotated[bool, switch("Turn the order round.")]
Verb = Annotated[str | None, Parameter(help="Only the runs of this verb: loop, forecast or compare.")]
State = Annotated[str | None, Parameter(help=f"Only the runs in this state: {', '.join(STATES)}.")]
Data = Annotated[str | None, Parameter(help="Only the runs whose data have this in their name.")]
Match = Annotated[str | None, Parameter(help="Only the runs that have this text anywhere in their line.")]


def runs(
    folder: Folder = None,
    /,
    *,
    sort: Sort = "age",
    reverse: Reverse = False,
    verb: Verb = None,
    state: State = None,
    data: Data = None,
    match: Match = None,
    json: Json = False,
) -> int:
    """Print what was run: the last one first."""
    from ..core.errors import UsageError
    from ..report.console import harmless
    from ..report.runs.terminal import name, print_runs

    _chosen("sort", sort, KEYS)
    _chosen("state", state, STATES)
    _chosen("verb", verb, ("loop", "forecast", "compare"))
    root, every, unreadable = _found(folder)
    if not every and not json:
        _tell(unreadable)
        raise UsageError(
            f"there is no run below {harmless(name(root))}: autophagy loop digits --model gaussian makes one below "
            "runs, or name the folder that yours lie in."
        )
    kept = [
        run
        for run in every
        if verb in (None, run.verb)
        and state in (None, run.state)
        and (data or "").casefold() in run.data.casefold()
        and run.has(match or "")
    ]
    kept.sort(key=KEYS[sort], reverse=reverse)
    _tell(unreadable)
    if json:
        print_json({"folder": str(root), "runs": [run.json() for run in kept], "unreadable": unreadable})
    elif kept:
        print_runs(kept)
    if len(kept) < len(every):
        print(f"autophagy: {len(kept)} of {len(every)} runs are listed.", file=sys.stderr)
    return 0


def _found(folder: str | None) -> tuple[Path, list[Any], list[str]]:
    """The folder that was looked through, its runs, and what of it cannot be read."""
    from ..core.errors import UsageError
    from ..runs.listing import find_runs

    if folder is not None:
        root = path(folder)
        if not root.is_dir():
            raise UsageError(f"there is no folder {folder}: give the one that your runs lie in, such as runs.")
        return root, *find_runs(root)
    for first in filter(Path.is_dir, map(Path, FIRST)):
        found = find_runs(first)
        if found[0]:
            break
    return first, *found


def _chosen(flag: str, word: str | None, known: Collection[str]) -> None:
    """Raise UsageError for a word that is none of those that a flag takes."""
    from ..core.errors import UsageError
    from ..core.parts import did_you_mean

    if word is not None and word not in known:
        raise UsageError(f"--{flag} is {word!r}{did_you_mean(word, known)}: choose from {', '.join(known)}.")


def _tell(unreadable: Sequence[str]) -> None:
    from ..report.console import harmless

    for sentence in unreadable:
        print(f"autophagy: passed over: {harmless(sentence)}.", file=sys.stderr)
