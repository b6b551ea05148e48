"""What a comparison is: the arms, the documents, the questions and the model that all arms share, as a frozen spec."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Count, PartField, Seed, Several, Spec
from ..data.world.source import is_world

JUDGE = "judge"  # what decides where no grader does


class CompareSpec(Spec):
    """One comparison: the same documents, questions and model for every arm.

    `documents` is a file or folder, `questions` a file (see `autophagy.data.questions`); "world" is an invented one,
    and as `model` the base model that comes with the package. `model` is the folder or hub id of a causal language
    model, or, with `base_url`, what a server calls it. `seeds` is the number of trainings of each arm that trains.
    `rewritings` are wordings of the documents that were written before, `style` other documents in the style of these,
    `general` questions that the model answers already, which shows what it forgets.

    `graders` mark every answer, all that there are where none is named. `judge` is a model that judges every answer
    against its reference, at the address `judge_url` where it is served. What is right is decided by the grader that
    `decide` names, or by the judge. `injections` are hidden in passages to see which arms follow them: "builtin", or a
    folder (see `autophagy.compare.injection`). `prices` is a dated price file, in which `machine` is the name of this
    one.
    """

    of = "a comparison"

    documents: Annotated[str, Field(min_length=1)] = "world"
    questions: Annotated[str, Field(min_length=1)] = "world"
    model: Annotated[str, Field(min_length=1)] = "world"
    base_url: str | None = None
    arms: Annotated[tuple[PartField, ...], Several] = ()
    graders: Annotated[tuple[PartField, ...], Several] = ()
    seeds: Annotated[Count, Field(le=1000)] = 3
    seed: Seed = 0
    embedder: str = "minilm"
    rewritings: str | None = None
    style: str | None = None
    general: str | None = None
    judge: str | None = None
    judge_url: str | None = None
    decide: str = "correct"
    injections: str | None = None
    prices: str | None = None
    machine: str | None = None
    plugins: Annotated[tuple[str, ...], Several] = ()

    def __init__(self, **fields: Any) -> None:
        if fields.get("arms") is None:
            fields["arms"] = _default_arms(fields)
        super().__init__(**fields)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.arms:
            raise UsageError("there is no arm: name at least two, such as closed and context.")
        for kind, parts in (("arm", self.arms), ("grader", self.graders)):
            labels = [str(part) for part in parts]
            twice = next((label for label in labels if labels.count(label) > 1), None)
            if twice:
                raise UsageError(f"the {kind} {twice} is named twice: name each once, or give it other settings.")
        if not self.judge and (self.judge_url or self.decide == JUDGE):
            raise UsageError("there is no judge: name its model with --judge, or leave judge_url and decide out.")
        if (self.documents.partition(":")[0] == "world") != (self.questions.partition(":")[0] == "world"):
            raise UsageError(
                "the world's questions go with the world's documents: give files for both, or for neither."
            )
        return self


def _default_arms(fields: dict[str, Any]) -> tuple[Part, ...]:
    """The arms where none are named: those that the model and the documents allow."""
    from ..arms.default import default_arms

    given = {
        "weights": not fields.get("base_url"),
        "style": bool(fields.get("style")) or is_world(str(fields.get("documents", "world"))),
    }
    return default_arms(frozenset(need for need, there in given.items() if not there))
