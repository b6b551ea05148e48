"""What a run is: a frozen, hashed spec, and the named random streams that it draws from."""

import hashlib
import json
import reprlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from .errors import UsageError
from .parts import Part, did_you_mean, literal


def _part(value: Any) -> Part:
    return Part.parse(value)


def _several(value: Any) -> Any:
    """One thing passes for a list of it."""
    return (value,) if isinstance(value, str | Mapping | Part) else value


def _number(value: Any) -> Any:
    """Numbers may come as text, and a count may come as 1e3."""
    if isinstance(value, str) and value != "all":
        value = literal(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


Several = BeforeValidator(_several)
Seed = Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**63)]
PartField = Annotated[Part, BeforeValidator(_part), PlainSerializer(str)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=1, le=10**12)]
Amount = Annotated[int | float, BeforeValidator(_number), Field(ge=0, le=10**12)]


class Spec(BaseModel):
    """What a run of any kind is: frozen, hashed, read from TOML; wrong words become one sentence.

    `of` says what it is the spec of, and `runner` names the module whose `run` records it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    of: ClassVar[str]
    runner: ClassVar[str]

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise UsageError(self._sentence(error.errors()[0])) from error

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
        return cls(**{**fields, **changes})

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, those that are not set left out."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def digest(self) -> str:
        """A SHA-256 of the fields: two runs with one digest (and one data digest) give the same numbers."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()

    @classmethod
    def _sentence(cls, complaint: Mapping[str, Any]) -> str:
        """The first complaint of pydantic as one sentence of ours."""
        cause = complaint.get("ctx", {}).get("error")
        if isinstance(cause, Exception):
            return str(cause)
        where, known = str(complaint["loc"][0]), cls.model_fields
        if complaint["type"] == "extra_forbidden":
            guess = did_you_mean(where, known)
            return f"there is no setting {where!r}{guess}: the settings of {cls.of} are {', '.join(known)}."
        return f"{where} is {reprlib.repr(complaint['input'])}: {complaint['msg'].replace('Input', 'it', 1)}."
