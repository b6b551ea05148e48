"""One instruction whose following can be checked: its name, its settings, the sentence that asks for it, its check."""

import dataclasses
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
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
    name, _, rest = text.partition(":")
    settings: dict[str, str] = {}
    for pair in filter(str.strip, _split(rest, ",")):
        key, equals, value = pair.partition("=")
        if not equals or key.strip() in settings:
            raise UsageError(
                f"{pair!r} in the instruction {text!r} is no setting of its own: write NAME:setting=value."
            )
        settings[key.strip()] = value.strip()
    return build(name.strip(), settings)


def build(name: str, settings: Mapping[str, Any]) -> Instruction:
    """The instruction of that name with these settings, as texts or as they are; raises UsageError as `parse` does."""
    if name not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise UsageError(f"there is no instruction {name!r}{did_you_mean(name, KINDS)}: choose from {known}.")
    kind = KINDS[name]
    hints = {f.name: get_type_hints(kind)[f.name] for f in dataclasses.fields(kind)}
    for key in settings:
        if key not in hints:
            takes = ", ".join(hints) or "none"
            raise UsageError(
                f"the instruction {name} has no setting {key!r}{did_you_mean(key, hints)}: it takes {takes}."
            )
    return kind(**{key: _typed(name, key, hints[key], value) for key, value in settings.items()})


def _typed(name: str, key: str, hint: Any, value: Any) -> Any:
    """A value as its setting has it: a whole number, a text, or several texts."""
    wanted = "several texts" if hint == tuple[str, ...] else "a text" if hint is str else "a whole number"
    if wanted == "several texts":
        parts = _split(value, ";") if isinstance(value, str) else value
        if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
            return tuple(filter(None, (_plain(part).strip() if isinstance(value, str) else part for part in parts)))
    elif wanted == "a text" and isinstance(value, str):
        return _plain(value)
    elif wanted == "a whole number" and re.fullmatch(r"\d+(\.0)?", str(value)):
        return int(float(value))
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
