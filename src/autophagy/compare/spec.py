"""The spec of a comparison: documents, questions, a model, and the arms that answer with it."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Count, PartField, Seed, Several, Spec

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


class CompareSpec(Spec):
    """One comparison: the same documents, questions and model for every arm.

    `documents` is a file or folder, `questions` a file (see `autophagy.data.questions`); "world" is an invented one,
    and as `model` the base model that comes with the package. `model` is the folder or hub id of a causal language
    model, or, with `base_url`, what a server calls it. `seeds` is the number of trainings of each arm that trains.
    `rewritings` are wordings of the documents that were written before, `style` other documents in the style of these,
    `general` questions that the model answers already, which shows what it forgets.

    `judge` is a model that judges every answer against its reference, at the address `judge_url` where it is served;
    what is right is decided by `match`, or by the judge. `orders` are hidden in passages to see who obeys them:
    "builtin", or a folder (see `autophagy.compare.injection`). `prices` is a dated price file, in which
    `machine` is the name of this one.
    """

    of = "a comparison"
    runner = "autophagy.compare.run"

    documents: Annotated[str, Field(min_length=1)] = "world"
    questions: Annotated[str, Field(min_length=1)] = "world"
    model: Annotated[str, Field(min_length=1)] = "world"
    base_url: str | None = None
    arms: Annotated[tuple[PartField, ...], Several] = ARMS
    seeds: Annotated[Count, Field(le=1000)] = 3
    seed: Seed = 0
    embedder: str = "minilm"
    rewritings: str | None = None
    style: str | None = None
    general: str | None = None
    judge: str | None = None
    judge_url: str | None = None
    decide: Literal["match", "judge"] = "match"
    orders: str | None = None
    prices: str | None = None
    machine: str | None = None
    plugins: Annotated[tuple[str, ...], Several] = ()

    def __init__(self, **fields: Any) -> None:
        if fields.get("arms") is None:
            fields["arms"] = _arms(fields)
        super().__init__(**fields)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.arms:
            raise UsageError("there is no arm: name at least two, such as closed and context.")
        labels = [str(part) for part in self.arms]
        twice = next((label for label in labels if labels.count(label) > 1), None)
        if twice:
            raise UsageError(f"the arm {twice} is named twice: name each once, or give it other settings.")
        if not self.judge and (self.judge_url or self.decide == "judge"):
            raise UsageError("there is no judge: name its model with --judge, or leave judge_url and decide out.")
        if (self.documents.partition(":")[0] == "world") != (self.questions.partition(":")[0] == "world"):
            raise UsageError(
                "the world's questions go with the world's documents: give files for both, or for neither."
            )
        return self


def _arms(fields: dict[str, Any]) -> tuple[Part, ...]:
    """The arms where none are named: those that the model and the documents allow."""
    world = str(fields.get("documents", "world")).partition(":")[0] == "world"
    without = {"format"} if not world and not fields.get("style") else set()
    answering = {"closed", "context", "oracle", "random"}
    return tuple(
        part for part in ARMS if part.name not in without and (part.name in answering or not fields.get("base_url"))
    )
