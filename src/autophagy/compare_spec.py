"""The spec of a comparison: documents, questions, a model, and the arms that answer with it."""

import hashlib
import json
import reprlib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from .errors import UsageError
from .registry import Part, did_you_mean
from .spec import Count, PartField, Several, _number

ARMS = (
    Part("closed"),
    Part("context"),
    Part("oracle"),
    Part("random"),
    Part("full", {"rewritings": 0}),
    Part("full", {"rewritings": 10}),
    Part("full+context", {"rewritings": 10}),
    Part("lora", {"rewritings": 10}),
    Part("format", {"rewritings": 10}),
)


class CompareSpec(BaseModel):
    """One comparison: the same documents, questions and model for every arm.

    `documents` is a file or folder, `questions` a file (see `autophagy.questions`); "world" is an invented one, and as
    `model` the base model that comes with the package. `model` is the folder or hub id of a causal language model, or,
    with `base_url`, what a server calls it. `seeds` is the number of trainings of each arm that trains. `rewritings`
    are wordings of the documents that were written before, `style` other documents in the style of these, `general`
    questions that the model answers already, which shows what it forgets. `prices` is a dated price file, in which
    `machine` is the name of this one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    documents: Annotated[str, Field(min_length=1)] = "world"
    questions: Annotated[str, Field(min_length=1)] = "world"
    model: Annotated[str, Field(min_length=1)] = "world"
    base_url: str | None = None
    arms: Annotated[tuple[PartField, ...], Several] = ARMS
    seeds: Annotated[Count, Field(le=1000)] = 3
    seed: Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**63)] = 0
    embedder: str = "minilm"
    rewritings: str | None = None
    style: str | None = None
    general: str | None = None
    prices: str | None = None
    machine: str | None = None
    plugins: Annotated[tuple[str, ...], Several] = ()

    def __init__(self, **fields: Any) -> None:
        if fields.get("arms") is None:
            fields["arms"] = _arms(fields)
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise UsageError(_sentence(error)) from error

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.arms:
            raise UsageError("there is no arm: name at least two, such as closed and context.")
        labels = [str(part) for part in self.arms]
        twice = next((label for label in labels if labels.count(label) > 1), None)
        if twice:
            raise UsageError(f"the arm {twice} is named twice: name each once, or give it other settings.")
        if (self.documents.partition(":")[0] == "world") != (self.questions.partition(":")[0] == "world"):
            raise UsageError(
                "the world's questions go with the world's documents: give files for both, or for neither."
            )
        return self

    @classmethod
    def from_toml(cls, path: str | Path, **changes: Any) -> "CompareSpec":
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
        """A SHA-256 of the fields."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()


def _arms(fields: dict[str, Any]) -> tuple[Part, ...]:
    """The arms where none are named: those that the model and the documents allow."""
    world = str(fields.get("documents", "world")).partition(":")[0] == "world"
    without = {"format"} if not world and not fields.get("style") else set()
    answering = {"closed", "context", "oracle", "random"}
    return tuple(
        part for part in ARMS if part.name not in without and (part.name in answering or not fields.get("base_url"))
    )


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, Exception):
        return str(cause)
    where, known = str(first["loc"][0]), CompareSpec.model_fields
    if first["type"] == "extra_forbidden":
        return (
            f"there is no setting {where!r}{did_you_mean(where, known)}: "
            f"the settings of a comparison are {', '.join(known)}."
        )
    return f"{where} is {reprlib.repr(first['input'])}: {first['msg'].replace('Input', 'it', 1)}."
