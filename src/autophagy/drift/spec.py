"""What a comparison of answers is: the logs before and after, which models in them, and how they are marked."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.spec import Flag, PartField, Plugins, Real, Seed, Several, Spec
from ..data.memory import Data


class DriftSpec(Spec):
    """One comparison of the answers of a model before and after."""

    of = "a comparison of answers"
    runner = "autophagy.drift.run"
    kinds: ClassVar[Mapping[str, str]] = {"rules": "reading"}

    paths: Annotated[tuple[Data, ...], Several, Field(min_length=1)]
    """The recorded answers before, and those after; or one log that holds both."""

    from_model: Annotated[str, Flag("from")] = ""
    """The model before, where a log holds several (default: the earlier snapshot of each family)."""

    to_model: Annotated[str, Flag("to")] = ""
    """The model after, where a log holds several (default: the later snapshot of each family)."""

    rules: Annotated[tuple[PartField, ...], Several, Flag("grade")] = ()
    """A reading or a grader that marks every answer, strictly and leniently, instead of the rules of the log."""

    judge: str | None = None
    """A model that judges every answer against the accepted ones, in both orders, instead of the log's rules: a folder,
    a GGUF file, a hub id, or its name on the server of --judge-url."""

    judge_url: str | None = None
    """The address of the judge's server."""

    tolerance: Annotated[Real, Field(ge=0, lt=1)] = 0.0
    """A change of up to this share counts as none, such as 2%."""

    seed: Seed = 0
    """The root of all random numbers."""

    plugins: Plugins = ()
    """A Python file of your own that registers readings or graders."""

    @model_validator(mode="after")
    def _two_sides(self) -> Self:
        if len(self.paths) > 2:
            raise UsageError(f"{len(self.paths)} logs are given: give the answers before and those after, or one log.")
        return self
