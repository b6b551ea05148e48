"""The curators that a verb is asked for: by name, by what other flags want, or by nobody, which is its own choice."""

from collections.abc import Sequence
from typing import Literal

from ..core.parts import Part
from ..core.registry import entries

SEVERAL = "|"  # between the files of one setting


def asked(
    named: Sequence[Part],
    unasked: Literal["audits", "drops"],
    sources: Sequence[str],
    remove: Sequence[str],
    against: Sequence[str],
    labels: str | None,
    examples: str | None,
) -> tuple[Part, ...]:
    """Rights first, then the curators named, or those that run unasked, then those that need a file and got it."""
    rights = [Part("excluded", {"sources": SEVERAL.join(sources)})] if sources else []
    rights += [Part("removed", {"files": SEVERAL.join(remove)})] if remove else []
    own = list(named) or [Part(name) for name, entry in entries("curator").items() if getattr(entry.facts, unasked)]
    given = {("contamination", "against"): SEVERAL.join(against), ("quality", "labels"): labels or ""}
    given["machine", "examples"] = examples or ""
    for (name, setting), value in given.items():
        if value and not any(part.name == name for part in own):
            own.append(Part(name))
        own = [_with(part, setting, value) if value and part.name == name else part for part in own]
    return (*rights, *own)


def _with(part: Part, setting: str, value: str) -> Part:
    """The part with a setting that a flag gives; one that it has already stays."""
    return Part(part.name, {setting: value, **part.settings})
