"""What a run is: a frozen, hashed spec, read from TOML, whose documented fields are the flags of the command line."""

import hashlib
import json
import os
import reprlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from .described import PlainSignature, described
from .errors import UsageError
from .memory import NAME, InMemory
from .names import held_in, kept_below
from .parts import Part, did_you_mean
from .places import named
from .written import amount, written


def _part(value: Any) -> Part:
    return Part.parse(value)


def _several(value: Any) -> Any:
    """One thing passes for a list of it, a table too, which would be taken for the names of its columns."""
    is_one = isinstance(value, str | os.PathLike | Mapping | Part)
    return (value,) if is_one or hasattr(value, "columns") or hasattr(value, "column_names") else value


def _number(value: Any) -> Any:
    """Numbers may come as text, as people write them, and a count may come as 1e3."""
    return _whole(written(value) if isinstance(value, str) and value != "all" else value)


def _amount(value: Any) -> Any:
    """A number of rows, or a share of them."""
    return _whole(amount(value) if isinstance(value, str) else value)


def _whole(value: Any) -> Any:
    """A whole number as such; True is none, though Python would count with it."""
    if isinstance(value, bool):
        return str(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _beside(value: Any, folder: Path) -> Any:
    """A value of a recorded spec, where it names data that were given in memory the path of what the folder keeps."""
    if isinstance(value, list):
        return [_beside(each, folder) for each in value]
    if not isinstance(value, str) or not NAME.search(value):
        return value
    return str(folder / value) if NAME.fullmatch(value) else _part_beside(value, folder)


def _part_beside(text: str, folder: Path) -> str | Part:
    """A plug-in with its settings, where they name data in memory with what the folder keeps of them."""
    try:
        part = Part.parse(text)
    except UsageError:  # such as a path
        return text
    kept = {name: kept_below(value, folder) for name, value in part.settings.items()}
    return Part(part.name, kept) if any(map(held_in, kept.values())) else text


def _path(value: Any) -> Any:
    return named(os.path.expanduser(value)) if isinstance(value, str | os.PathLike) else value


@dataclass(frozen=True)
class Flag:
    """The name of a field's flag where it is another than the field's; "" where the field has none."""

    name: str


Several = BeforeValidator(_several)
Whole = Annotated[int, BeforeValidator(_number)]
Number = Annotated[int | float, BeforeValidator(_number)]
Real = Annotated[float, BeforeValidator(_number)]
Rows = Annotated[int | float, BeforeValidator(_amount)]
Seed = Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**63)]
PartField = Annotated[Part, BeforeValidator(_part), PlainSerializer(str)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=1, le=10**12)]
Amount = Annotated[Rows, Field(ge=0, le=10**12)]
Memory = Annotated[Count | Literal["all"], BeforeValidator(_number)]
Place = Annotated[str, BeforeValidator(_path)]  # a path, whose ~ is the home folder
Plugins = Annotated[tuple[Place, ...], Several, Flag("plugin")]


WANTED = {  # what a field that pydantic refuses should be given, by pydantic's name of the complaint
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of {ge} or more",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of {le} or less",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "string_type": "a text",
    "string_too_short": "a text that is not empty",
    "too_short": "one or more",
    "tuple_type": "a list",
}


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)


class _SpecType(ModelMetaclass):
    """A class that lists what its users need of it: pydantic's names and those of the command line would hide that."""

    def __dir__(cls) -> list[str]:
        return sorted({*vars(cls)["__pydantic_fields__"], "from_toml", "to_dict", "digest", "in_memory"})


class Spec(BaseModel, metaclass=_SpecType):
    """What a run of any kind is: frozen, hashed, read from TOML; wrong words become one sentence.

    `of` says what it is the spec of, and `runner` names the module whose `run` records it. `kinds` are the kinds of the
    plug-ins that fields name. `counts_in` is what its steps are where its figures come step by step, "" elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True)
    of: ClassVar[str]
    runner: ClassVar[str]
    kinds: ClassVar[Mapping[str, str]] = {}
    counts_in: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **settings: Any) -> None:
        cls.__doc__ = described(cls.__doc__ or "", cls.model_fields)
        cls.__signature__ = PlainSignature()  # type: ignore[assignment]

    def __init__(self, **fields: Any) -> None:
        paths = {name: os.fspath(value) for name, value in fields.items() if isinstance(value, os.PathLike)}
        try:
            super().__init__(**fields | paths)
        except ValidationError as error:
            raise UsageError(self._sentence(error.errors()[0])) from error

    @classmethod
    def expect(cls, given: Any, verb: str) -> None:
        """Raise UsageError where a function of the package is given something else than a spec of this class."""
        if not isinstance(given, cls):
            wanted = "the spec of a verb, such as LoopSpec(...)" if cls is Spec else f"{cls.__name__}(...)"
            shown = reprlib.repr(given) if isinstance(given, str) else type(given).__name__
            raise UsageError(f"autophagy.{verb} takes {wanted}, and was given {shown}: make a spec of it first.")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in type(self).model_fields:
            raise UsageError(
                f"the spec of {self.of} cannot be changed: make another from it, with "
                f"{type(self).__name__}(**dict(spec) | dict({name}=...))."
            )
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return dir(type(self))

    def __replace__(self, **changes: Any) -> Self:
        """The spec with other fields, as `copy.replace` asks for it; they are judged as any are."""
        return type(self)(**dict(self) | changes)

    @classmethod
    def from_toml(cls, path: str | Path, **changes: Any) -> Self:
        """Read a spec from a TOML file; `changes` replace fields of it."""
        try:
            fields = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise UsageError(f"there is no spec file {path}: give --spec the path of a TOML file.") from error
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise UsageError(f"the spec file {path} cannot be read as TOML ({reason}): mend it.") from error
        kept = {name: _beside(value, Path(path).parent) for name, value in fields.items()}
        return cls(**kept | changes)

    @classmethod
    def flag(cls, name: str) -> str:
        """The name of a field's flag on the command line."""
        own = [part.name for part in cls.model_fields[name].metadata if isinstance(part, Flag)]
        return (own or [name])[0].replace("_", "-")

    @classmethod
    def repeats(cls, name: str) -> bool:
        """Whether a field's flag may be given several times."""
        return Several in cls.model_fields[name].metadata

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, those that are not set left out."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def in_memory(self) -> dict[str, InMemory]:
        """The data that were given in memory, or in a run folder that keeps them, by field (paths.1 if several)."""
        return {where: data for name, value in self for where, data in _held(name, value)}

    @property
    def digest(self) -> str:
        """A SHA-256 of the fields: two runs with one digest (and one data digest) give the same numbers."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()

    @classmethod
    def _sentence(cls, complaint: Mapping[str, Any]) -> str:
        """The first complaint of pydantic as one sentence of ours."""
        context = complaint.get("ctx", {})
        if isinstance(context.get("error"), Exception):
            return str(context["error"])
        where, known = str(complaint["loc"][0]), cls.model_fields
        if complaint["type"] == "extra_forbidden":
            guess = did_you_mean(where, known)
            return f"there is no setting {where!r}{guess}: the settings of {cls.of} are {', '.join(known)}."
        if complaint["type"] == "missing":
            them = "them" if where.endswith("s") else "it"
            return f"{cls.of} needs {where}: name {them} on the command line or in the spec."
        wanted = WANTED.get(complaint["type"])
        if where == "memory":
            wanted = "a number of generations, 1 or more, or 'all'"
        if complaint["type"] == "string_type" and hasattr(complaint["input"], "__len__"):
            wanted = "a text, such as the path of a file to which the data were saved"
        advice = f"give {wanted.format(**context)}" if wanted else complaint["msg"].replace("Input", "it", 1)
        return f"{where} is {_shown(complaint['input'])}: {advice}."


def _held(where: str, value: Any) -> Iterator[tuple[str, InMemory]]:
    """The data in memory that a value is, or that its parts and their settings name, each with where it stands.

    Those that a plug-in is given are called by its place and its setting, such as curators.1.against.
    """
    if isinstance(value, tuple):
        for number, each in enumerate(value, 1):
            yield from _held(f"{where}.{number}", each)
    elif isinstance(value, Part):
        for name, setting in value.settings.items():
            yield from _held(f"{where}.{name}", setting)
    else:
        held = held_in(value)
        for number, data in enumerate(held, 1):
            yield (f"{where}.{number}" if len(held) > 1 else where), data


def _shown(value: Any) -> str:
    """A value as a sentence has it; of data no line of what they hold."""
    shown = reprlib.repr(value)
    return f"of the type {type(value).__name__}" if "\n" in shown or hasattr(value, "shape") else shown
