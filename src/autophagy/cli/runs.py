"""autophagy runs: a list of the runs below a folder."""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from .ending import print_json
from .flags import path
from .voice import voiced
from .words import Json, one_of, switch

LOG = logging.getLogger(__name__)
STATES = ("done", "running", "stopped", "damaged")
RECORDED = ("loop", "forecast", "compare", "audit", "curate", "drift", "generate")  # the verbs that leave a run
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
Sort = Annotated[str, one_of(KEYS, f"What the list is sorted by: {', '.join(KEYS)}.")]
Reverse = Annotated[bool, switch("Turn the order round.")]
Verb = Annotated[str | None, one_of(RECORDED, f"Only the runs of this verb: {', '.join(RECORDED)}.")]
State = Annotated[str | None, one_of(STATES, f"Only the runs in this state: {', '.join(STATES)}.")]
Data = Annotated[str | None, Parameter(help="Only the runs whose data have this in their name.")]
Match = Annotated[str | None, Parameter(help="Only the runs that have this text anywhere in their line.")]


@voiced
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
    _chosen("verb", verb, RECORDED)
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
        LOG.info("autophagy: %d of %d runs are listed.", len(kept), len(every))
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
        LOG.warning("autophagy: passed over: %s.", harmless(sentence))
