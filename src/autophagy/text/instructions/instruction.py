"""One instruction whose following can be checked: its name, its settings, the sentence that asks for it, its check."""

import dataclasses
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, ClassVar, TypeVar, get_type_hints

from ...core.errors import UsageError
from ...core.parts import did_you_mean

Named = TypeVar("Named", bound="type[Instruction]")

KINDS: dict[str, "type[Instruction]"] = {}
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Instruction(ABC):
    """What an answer must obey, written as a text such as `no_comma` or `words:least=100`; its fields are its settings.

    Within a value a comma, a semicolon and a backslash have a backslash before them; a semicolon parts the values of a
    list.
    """

    name: ClassVar[str] = ""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The sentence that asks for it, to stand behind any prompt."""

    @abstractmethod
    def follows(self, text: str) -> bool | None:
        """Whether a text follows it; None where that cannot be told."""

    def published(self, text: str) -> bool | None:
        """Whether the code that IFEval's authors published would say that the text follows it, flaws and all."""
        return self.follows(text)

    def __str__(self) -> str:
        pairs = ((f.name, getattr(self, f.name)) for f in dataclasses.fields(self))
        given = [f"{name}={_written(value)}" for name, value in pairs if value != _default(type(self), name)]
        return f"{self.name}:{','.join(given)}" if given else self.name


def instruction(name: str) -> Callable[[Named], Named]:
    """A decorator that gives an instruction its name."""

    def keep(kind: Named) -> Named:
        kind.name = name
        KINDS[name] = kind
        return kind

    return keep


@lru_cache(4096)
def parse(text: str) -> Instruction:
    """Read `words:least=100`; raises UsageError, with a suggestion, where there is no such instruction or setting."""
    name, _, rest = (part.strip() for part in text.partition(":"))
    settings: dict[str, str | tuple[str, ...]] = {}
    for pair in filter(str.strip, _split(rest, ",")):
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or key in settings:
            wrong = f"{pair.strip()!r} in the instruction {text!r} is no setting of its own"
            raise UsageError(f"{wrong}: write NAME:setting=value, and a comma in a value as \\,.")
        several = name in KINDS and _settings(KINDS[name]).get(key) == tuple[str, ...]
        parts = tuple(_plain(part).strip() for part in _split(value, ";"))
        settings[key] = tuple(filter(None, parts)) if several else _plain(value)
    return build(name, settings)


def build(name: str, settings: Mapping[str, Any]) -> Instruction:
    """The instruction of that name with these settings; raises UsageError as `parse` does."""
    if name not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise UsageError(f"there is no instruction {name!r}{did_you_mean(name, KINDS)}: choose from {known}.")
    kind = KINDS[name]
    hints = _settings(kind)
    for key in settings:
        if key not in hints:
            takes = ", ".join(hints) or "none"
            meant = did_you_mean(key, hints)
            raise UsageError(f"the instruction {name} has no setting {key!r}{meant}: it takes {takes}.")
    return kind(**{key: _typed(name, key, hints[key], value) for key, value in settings.items()})


@cache
def _settings(kind: "type[Instruction]") -> dict[str, Any]:
    """The type of each setting."""
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _typed(name: str, key: str, hint: Any, value: Any) -> Any:
    """A value as its setting has it: a whole number, a text, or several texts."""
    if hint == tuple[str, ...]:
        if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
            return tuple(value)
        raise UsageError(f"the setting {key} of the instruction {name} takes several texts, not {value!r}.")
    if hint is str and isinstance(value, str):
        return value
    if hint is not str and re.fullmatch(r"\d{1,9}(\.0)?", str(value)):
        return int(float(value))
    wanted = "a text" if hint is str else "a whole number"
    raise UsageError(f"the setting {key} of the instruction {name} takes {wanted}, not {value!r}.")


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that have no backslash before them, with their backslashes."""
    return re.findall(rf"(?:[^{mark}\\]|\\.)+", text, re.DOTALL)


def _plain(text: str) -> str:
    return ESCAPED.sub(r"\1", text)


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(map(_written, value))
    return re.sub(r"([\\,;])", r"\\\1", str(value))


def _default(kind: "type[Instruction]", name: str) -> Any:
    return next(f.default for f in dataclasses.fields(kind) if f.name == name)
