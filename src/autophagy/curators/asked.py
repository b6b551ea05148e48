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
    files = {"contamination": ("against", SEVERAL.join(against)), "quality": ("labels", labels or "")}
    files["machine"] = ("examples", examples or "")
    names = {part.name for part in own}
    for name, (setting, value) in files.items():
        if value and name not in names:
            own.append(Part(name, {setting: value}))
    return (*rights, *own)
