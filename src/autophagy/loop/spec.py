"""What a loop is: the data, the model, the regimes and their numbers."""

import reprlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Amount, Count, PartField, Seed, Several, Spec, _number


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
    runner = "autophagy.loop.run"

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
