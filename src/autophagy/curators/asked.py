"""The curators that a verb is asked for: by name, by what other flags want, or by nobody, which is its own choice."""

from collections.abc import Sequence
from typing import Literal

from ..core.entry import Entry
from ..core.errors import UsageError
from ..core.names import one_setting
from ..core.parts import Part
from ..core.registry import added, find, unnamed
from ..data.stored.spec import RowsSpec


def rights(sources: Sequence[str], remove: Sequence[str]) -> tuple[Part, ...]:
    """The curators of what has to go: excluded sources, and what the files of `remove` ask for."""
    parts = [Part("excluded", {"sources": one_setting(sources)})] if sources else []
    parts += [Part("removed", {"files": one_setting(remove)})] if remove else []
    return tuple(parts)


def asked(
    named: Sequence[Part], unasked: Literal["audits", "drops"], spec: RowsSpec, ours: Sequence[str] = ()
) -> tuple[Part, ...]:
    """The curators named, or those that run unasked, and those that need a file which the spec gives.

    Where `ours` names those that come with the package and run unasked, no other of them is imported.
    """
    own = list(named) or [Part(entry.name) for entry in _unasked(unasked, ours)]
    given = {
        ("contamination", "against"): one_setting(spec.against),
        ("quality", "labels"): spec.labels,
        ("machine", "examples"): spec.examples,
    }
    for (name, setting), value in given.items():
        if not value:
            continue
        if not any(part.name == name for part in own):
            own.append(Part(name))
        own = [_with(part, setting, value) if part.name == name else part for part in own]
    for number, part in enumerate(own):
        if part in own[:number]:
            raise UsageError(f"the curator {part} is named twice: name it once, or give each its own settings.")
    return tuple(own)


def _unasked(what: Literal["audits", "drops"], ours: Sequence[str]) -> list[Entry]:
    known = [*(find("curator", name) for name in ours), *added("curator")] if ours else unnamed("curator")
    return sorted((entry for entry in known if getattr(entry.facts, what)), key=lambda entry: entry.name)


def _with(part: Part, setting: str, value: str) -> Part:
    """The part with a setting that a flag gives; one that it has already stays."""
    return Part(part.name, {setting: value, **part.settings})
