"""What a snapshot is: the prompts, the model that is asked, how often, and how its answers are decoded."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from ...core.errors import UsageError
from ...core.spec import Count, Flag, PartField, Place, Plugins, Real, Seed, Several, Spec
from .decoding import LONG, Decoding


class SnapshotSpec(Spec):
    """One snapshot: the answers of a model to prompts, several to each, at fixed settings."""

    of = "a snapshot"
    runner = "autophagy.drift.snapshot.run"
    kinds: ClassVar[Mapping[str, str]] = {"suites": "suite"}

    suites: Annotated[tuple[Place, ...], Several, Field(min_length=1), Flag("suite")]
    """Prompts: a suite, as NAME or NAME:setting=value (autophagy list suites shows all), a file of yours (.jsonl, .csv,
    .json or .parquet with the column prompt, and answers where they are known), or the folder of another snapshot,
    whose prompts are asked again."""

    model: Annotated[str, Field(min_length=1)]
    """The model that answers: its name on the server of --base-url, or the folder or hub id of a causal language model,
    or a GGUF file. smollm2 is a small one in a package of its own."""

    base_url: str | None = None
    """The address of a server with an OpenAI-compatible API."""

    prompts: Annotated[Count, Field(le=10_000)] | None = None
    """The number of prompts of each suite (default: 100), and the most of a file (default: all)."""

    repetitions: Annotated[Count, Field(le=1000), Flag("repeats")] = 5
    """The number of answers to each prompt; how much they differ is the noise floor."""

    temperature: Annotated[Real, Field(ge=0, le=5)] = 0.0
    """The temperature of decoding. At 0 the likeliest token is taken each time."""

    max_tokens: Count = LONG
    """The most tokens of an answer; longer ones are cut and counted."""

    system: str | None = None
    """A system message that goes before each prompt."""

    seed: Seed = 0
    """The root of all random numbers: of the prompts of suites, and of the seed that each answer is drawn with."""

    rules: Annotated[tuple[PartField, ...], Several, Flag("grade")] = ()
    """The reading or grader that marks the answers to a file's prompts, as NAME or NAME:setting=value; a second one
    marks them leniently (default: by their choices or their accepted answers)."""

    prices: Place | None = None
    """A dated TOML file of prices, from which the cost of the answers follows."""

    plugins: Plugins = ()
    """A Python file of your own that registers suites, readings or graders."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(self.rules) > 2:
            raise UsageError(f"there are {len(self.rules)} rules: give --grade once, or a strict and a lenient one.")
        twice = next((name for name in self.suites if self.suites.count(name) > 1), None)
        if twice:
            raise UsageError(f"the suite {twice} is named twice: name each once.")
        return self

    @property
    def decoding(self) -> Decoding:
        """How answers are decoded."""
        return Decoding(float(self.temperature), self.max_tokens, self.seed)
