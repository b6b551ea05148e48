"""How verbs end: what they wrote, the line to type next, what became of the requirements, and the exit code."""

import json
import logging
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..gates.gate import Gate
    from ..results.result import Result

LOG = logging.getLogger(__name__)


def print_json(document: Any) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(document, allow_nan=False))


def judged(gate: "Gate", result: "Result", name: str = "") -> tuple[int, dict[str, Any]]:
    """Tell on standard error what became of the requirements; the exit code, and what the JSON gets of them."""
    rulings = gate.rule(result)
    for sentence in gate.sentences(rulings):
        print(f"autophagy: {name}{': ' if name else ''}{sentence}", file=sys.stderr)
    code = int(not all(map(gate.passes, rulings)))
    return code, {"requirements": [ruling.json() for ruling in rulings]} if gate.requirements else {}


def settled(gate: "Gate", result: "Result", json: bool, broken: Sequence[str] = ()) -> int:
    """Rule on the requirements at the end of a verb, print its JSON document with them if asked, and the exit code.

    `broken` are sentences about what else fails a build.
    """
    code, requirements = judged(gate, result)
    if json:
        document: Any = getattr(result, "document")  # noqa: B009 - which every result of a verb with requirements has
        print_json((document() if callable(document) else document) | requirements)
    for sentence in broken:
        print(f"autophagy: {sentence}", file=sys.stderr)
    return max(code, int(bool(broken)))


def closing(next_words: Sequence[str | Path], *, run: Path | None = None, **places: Path | None) -> None:
    """Tell at the end of a verb what it wrote, by name, and the line to type next; nothing where it is to be quiet.

    Of the run folder `run` the energy and the carbon are told that it took.
    """
    from ..cost.footprint import footprint
    from ..report.console import harmless

    if LOG.isEnabledFor(logging.INFO):
        print()
        spent = str(footprint(run)) if run else ""
        if spent:
            print(f"Energy: {spent}.")
        for name, place in places.items():
            if place is not None:
                print(harmless(f"{name.capitalize().replace('_', ' ')}: {place}"))
        print(harmless(f"Next: {command(next_words)}"))


def command(words: Sequence[str | Path]) -> str:
    """A line of this program as a shell reads it."""
    return shlex.join(["autophagy", *map(str, words)])


def interrupted(verb: str | None, folder: Path) -> int:
    """Say how the run goes on, without a `verb` by the same command, and return the exit code."""
    more = command([*verb.split(), "--resume", "--out", folder]) if verb else "the same command"
    print(f"autophagy: interrupted; what is finished is kept in {folder}: go on with {more}.", file=sys.stderr)
    return 130
