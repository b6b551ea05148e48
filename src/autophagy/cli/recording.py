"""What verbs that record a run do alike: the run with its progress, its page, what it came to, and the exit code."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..scale.nursery import is_open
from .ending import closing, interrupted, settled
from .meanwhile import page_meanwhile

if TYPE_CHECKING:
    from ..core.spec import Spec
    from ..gates.gate import Gate

Words = Sequence[str | Path]


def recorded(
    verb: str,
    plan: "Spec",
    folder: Path,
    gate: "Gate",
    show: Callable[[Any], None],
    *,
    json: bool,
    then: Callable[[Any], Words] | None = None,
    places: Mapping[str, Path] | None = None,
    broken: Callable[[Any], Sequence[str]] = lambda document: (),
    **options: Any,
) -> int:
    """Run a plan in a folder, `show` its result or print its JSON, and return the exit code.

    `then` has the line to type next, and `places` what is told instead of the folder. `broken` has a sentence for each
    thing in the document that fails a build. `options` are those of `autophagy.run`.
    """
    from ..report.terminal import Jobs
    from ..report.write import page_in
    from ..runs.run import run

    try:
        with Jobs() as jobs, page_meanwhile(verb, jobs, at_once=is_open()) as progress:
            result: Any = run(plan, folder, progress=progress, tell=jobs.reading, **options)
    except KeyboardInterrupt:
        return interrupted(verb, folder)
    page = page_in(result.record)
    if not json:
        show(result)
        words: Words = then(result) if then else ("report", folder, "--open")
        closing(words, run=folder, **(places or {"run_folder": folder}), the_report=page)
    return settled(gate, result, json, broken(result.document))
