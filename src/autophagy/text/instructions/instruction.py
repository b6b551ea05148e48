"""One instruction whose following can be checked: its name, its settings, the sentence that asks for it, its check."""

import dataclasses
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, ClassVar, TypeVar, cast, get_type_hints

from ...core.errors import UsageError
from ...core.literal import literal
from ...core.parts import did_you_mean
from ...core.registry import entries, register
from ...core.typed import typed
from ...core.user_code import running
from ...core.wired import check_name

Named = TypeVar("Named", bound="type[Instruction]")

ESCAPED = re.compile(r"\\(.)", re.DOTALL)  # "\;", a sign that is meant as itself


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
    """Register a frozen dataclass with `sentence` and `follows(text) -> bool | None` as an instruction.

    `sentence` asks for it, to stand behind any prompt; `follows` says whether a text follows it, None where that cannot
    be told. Settings are whole numbers, numbers, texts, True or False, or several texts (`tuple[str, ...]`).
    """
    check_name("instruction", name)

    def keep(kind: Named) -> Named:
        lacks = next((part for part in ("sentence", "follows") if not hasattr(kind, part)), "")
        if lacks:
            raise UsageError(f"the instruction {name!r} has no {lacks}: see docs/add-a-thing.md for what it takes.")
        kind.name = name
        if not issubclass(kind, Instruction):  # a class of somebody's own
            kind.__str__ = Instruction.__str__
            kind.published = getattr(kind, "published", Instruction.published)
        parse.cache_clear()  # which may hold one of this name, of a file that was mended since
        return register("instruction", name)(kind)

    return keep


def known() -> dict[str, "type[Instruction]"]:
    """Every instruction by its name, those of plug-ins too."""
    return {name: cast(type[Instruction], entry.thing) for name, entry in entries("instruction").items()}


@lru_cache(4096)
def parse(text: str) -> Instruction:
    """Read `words:least=100`; raises UsageError, with a suggestion, where there is no such instruction or setting."""
    name, _, rest = (part.strip() for part in text.partition(":"))
    settings: dict[str, str | tuple[str, ...]] = {}
    kinds = known()
    for pair in filter(str.strip, _split(rest, ",")):
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or key in settings:
            wrong = f"{pair.strip()!r} in the instruction {text!r} is no setting of its own"
            raise UsageError(f"{wrong}: write NAME:setting=value, and a comma in a value as \\,.")
        several = name in kinds and _settings(kinds[name]).get(key) == tuple[str, ...]
        parts = tuple(_plain(part).strip() for part in _split(value, ";"))
        settings[key] = tuple(filter(None, parts)) if several else _plain(value)
    return build(name, settings)


def build(name: str, settings: Mapping[str, Any]) -> Instruction:
    """The instruction of that name with these settings; raises UsageError as `parse` does."""
    kinds = known()
    if name not in kinds:
        every = ", ".join(sorted(kinds))
        raise UsageError(f"there is no instruction {name!r}{did_you_mean(name, kinds)}: choose from {every}.")
    kind = kinds[name]
    hints = _settings(kind)
    for key in settings:
        if key not in hints:
            takes = ", ".join(hints) or "none"
            meant = did_you_mean(key, hints)
            raise UsageError(f"the instruction {name} has no setting {key!r}{meant}: it takes {takes}.")
    values = {key: _typed(name, key, hints[key], value) for key, value in settings.items()}
    with running(f"the instruction {name}"):
        return kind(**values)


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
    if hint not in (str, float, bool) and re.fullmatch(r"\d{1,9}(\.0)?", str(value)):
        return int(float(value))
    if hint in (float, bool):
        with suppress(TypeError):
            return typed(hint, literal(str(value)))
    wanted = {str: "a text", float: "a number", bool: "True or False"}.get(hint, "a whole number")
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
