"""What a run is: a frozen, hashed spec, and the named random streams that it draws from."""

import hashlib
import json
import reprlib
import tomllib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError, model_validator

from .errors import UsageError
from .registry import Part, did_you_mean, literal

NUMBERS = ("fixed", "fresh", "synthetic", "memory", "budget")


def stream(seed: int, stage: str, generation: int = 0, chain: int = 0) -> np.random.Generator:
    """The random numbers of one stage of one generation of one chain.

    The regime is not part of the name: all regimes of a run draw the same numbers, which pairs them.
    """
    key = (zlib.crc32(stage.encode()), generation, chain)
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


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

    `of` says what it is the spec of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    of: ClassVar[str]

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


class LoopSpec(Spec):
    """One loop experiment: the data, the model, the regimes and their numbers.

    `samples` is the number of rows that each generation makes and, unless `fixed` says otherwise, that
    generation 1 learns from; by default as many as the training pool has. `reference` names other real data that are
    held out for measuring in place of a share of these. Texts are cut into rows of at most `passage` words, 100 unless
    told. `fixed` and `fresh` are counts, or,
    below 1, shares of a generation's training set. Numbers given here hold for every regime that uses them.
    `teacher` is a file or folder of texts, or a text model as NAME:setting=value, which generation 1 imitates.
    """

    of = "a loop"

    data: Annotated[str, Field(min_length=1)]
    model: PartField = Part("gaussian")
    regimes: Annotated[tuple[PartField, ...], Several] = (Part("replace"), Part("accumulate"))
    generations: Annotated[Count, Field(le=10**6)] = 10
    samples: Count | None = None
    seeds: Annotated[Count, Field(le=10**6)] = 3
    seed: Seed = 0
    bias: Annotated[float, Field(gt=0, le=100)] = 1.0
    curators: Annotated[tuple[PartField, ...], Several] = ()
    metrics: Annotated[tuple[PartField, ...] | None, Several] = None
    reference: str | None = None
    features: str = "auto"
    passage: Annotated[Count, Field(le=10**6)] | None = None
    fixed: Amount | None = None
    fresh: Amount | None = None
    synthetic: Count | None = None
    memory: Annotated[Count | Literal["all"] | None, BeforeValidator(_number)] = None
    budget: Count | None = None
    reuse: bool = False
    warm: bool = False
    teacher: Annotated[str, Field(min_length=1)] | None = None
    plugins: Annotated[tuple[str, ...], Several] = ()

    def __init__(self, data: str | None = None, **fields: Any) -> None:
        if data is not None:
            fields["data"] = data
        super().__init__(**fields)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in ("fixed", "fresh"):
            amount = getattr(self, name)
            if isinstance(amount, float) and amount >= 1:
                raise UsageError(f"{name} is {amount}: give a whole number of rows, or a share below 1.")
        if not self.regimes:
            raise UsageError("there is no regime: name at least one, such as replace.")
        for kind, parts in {"regime": self.regimes, "curator": self.curators, "metric": self.metrics or ()}.items():
            labels = [str(part) for part in parts]
            twice = next((label for label in labels if labels.count(label) > 1), None)
            if twice:
                raise UsageError(f"the {kind} {twice} is named twice: name each once, or give it other settings.")
        return self

    @classmethod
    def _sentence(cls, complaint: Mapping[str, Any]) -> str:
        where = str(complaint["loc"][0])
        if where == "data" and complaint["type"] in ("missing", "string_too_short"):
            return "there are no data: name a data set such as digits, or give the path of a file or folder."
        if where == "memory" and complaint["type"] != "extra_forbidden":
            return f"memory is {reprlib.repr(complaint['input'])}: give a number of generations, 1 or more, or 'all'."
        return super()._sentence(complaint)
