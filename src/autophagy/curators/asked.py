"""The curators that a verb is asked for: by name, by what other flags want, or by nobody, which is its own choice."""

from collections.abc import Sequence
from typing import Literal

from ..core.parts import Part
from ..core.registry import entries
from ..data.stored.spec import RowsSpec

SEVERAL = "|"  # between the files of one setting


def rights(sources: Sequence[str], remove: Sequence[str]) -> tuple[Part, ...]:
    """The curators of what has to go: excluded sources, and what the files of `remove` ask for."""
    parts = [Part("excluded", {"sources": SEVERAL.join(sources)})] if sources else []
    parts += [Part("removed", {"files": SEVERAL.join(remove)})] if remove else []
    return tuple(parts)


def asked(named: Sequence[Part], unasked: Literal["audits", "drops"], spec: RowsSpec) -> tuple[Part, ...]:
    """The curators named, or those that run unasked, and those that need a file which the spec gives."""
    own = list(named) or [Part(name) for name, entry in entries("curator").items() if getattr(entry.facts, unasked)]
    given = {
        ("contamination", "against"): SEVERAL.join(spec.against),
        ("quality", "labels"): spec.labels,
        ("machine", "examples"): spec.examples,
    }
    for (name, setting), value in given.items():
        if not value:
            continue
        if not any(part.name == name for part in own):
            own.append(Part(name))
        own = [_with(part, setting, value) if part.name == name else part for part in own]
    return tuple(own)


def _with(part: Part, setting: str, value: str) -> Part:
    """The part with a setting that a flag gives; one that it has already stays."""
    return Part(part.name, {setting: value, **part.settings})
