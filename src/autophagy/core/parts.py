"""The name of a plug-in with the settings that the user gave it, and the guess at a name that is misspelt."""

import difflib
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import UsageError
from .literal import literal
from .memory import InMemory
from .names import JoinedNames

NEAR = 0.65  # how alike two names are before one is offered for the other: two letters that changed places in three


@dataclass(frozen=True)
class Part:
    """The name of a plug-in and the settings that the user gave it; written `name:k=v,k=v`.

    A setting is a finite number, True, False, None or a word, so that what a record holds reads as what was meant. Data
    in memory are the name under which a run keeps them.
    """

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = {name: _plain(self.name, name, value) for name, value in self.settings.items()}
        object.__setattr__(self, "settings", settings)

    @classmethod
    def parse(cls, text: "str | Mapping[str, Any] | Part") -> "Part":
        """Read "kde", "kde:bandwidth=scott" or {"kde": {"bandwidth": "scott"}}."""
        if isinstance(text, Part):
            return text
        if isinstance(text, Mapping) and len(text) == 1:
            ((name, given),) = text.items()
            if isinstance(name, str) and isinstance(given, Mapping):
                return cls(name, given)
        if not isinstance(text, str):
            shown = reprlib.repr(text)  # whatever it is, and however deep
            raise UsageError(f"{shown} names no plug-in: write NAME:setting=value, or {{NAME: {{setting: value}}}}.")
        name, _, rest = text.partition(":")
        if "," in name:
            first, *others = (each.strip() for each in name.split(","))
            raise UsageError(f"{name!r} names several: give each by itself, {first} and then {', '.join(others)}.")
        settings: dict[str, Any] = {}
        for pair in filter(None, rest.split(",")):
            key, equals, value = (piece.strip() for piece in pair.partition("="))
            if not equals:
                raise UsageError(f"{key!r} in {text!r} is not a setting: write NAME:setting=value,setting=value.")
            if key in settings:
                raise UsageError(f"the setting {key} is given twice in {text!r}: give it once.")
            settings[key] = literal(value)
        return cls(name.strip(), settings)

    def __str__(self) -> str:
        settings = ",".join(f"{key}={value!s}" for key, value in self.settings.items())
        return f"{self.name}:{settings}" if settings else self.name

    def __hash__(self) -> int:
        return hash(str(self))


def _plain(part: str, name: str, value: Any) -> Any:
    """A setting's value; raises UsageError where its text would not be read as the same value again."""
    if isinstance(value, InMemory | JoinedNames):
        return value
    if type(value).__module__ == "numpy":  # a number that an array held; numpy itself is not imported for it
        value = value.item()
    plain = isinstance(value, str | int | float | None)
    if not plain or "," in str(value) or repr(literal(str(value).strip())) != repr(value):
        shown = repr(value) if plain else reprlib.repr(value)
        raise UsageError(
            f"the setting {name} of {part} cannot be {shown}: give a finite number, a word without commas, "
            "True, False or None."
        )
    return value


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, whatever its case; None where none is near."""
    lower = {each.lower(): each for each in known}
    return next((lower[each] for each in difflib.get_close_matches(name.lower(), lower, n=1, cutoff=NEAR)), None)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest known name as a question in brackets; nothing where none is near."""
    close = nearest(name, known)
    return f" (did you mean {close!r}?)" if close else ""
