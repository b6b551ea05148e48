"""What a generation of rows is: seeds or documents, recipes, the writer, and how many rows are wanted."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Count, Flag, PartField, Place, Plugins, Real, Seed, Several, Spec
from ..data.memory import Data, Given
from .budget import Budget
from .quota import Quota
from .usual import usual_recipe


class GenerateSpec(Spec):
    """One generation of rows by a writer."""

    of = "a generation of rows"
    runner = "autophagy.generate.run"
    kinds: ClassVar[Mapping[str, str]] = {"recipes": "recipe", "curators": "curator", "verifiers": "curator"}

    seeds: Annotated[Data, Given] | None = None
    """Rows to begin with, with the columns instruction, input and output, or a text each (.jsonl, .csv, .parquet)."""

    documents: Place | None = None
    """A folder or file of documents, whose passages recipes work on."""

    model: Annotated[str, Field(min_length=1)]
    """The writer: its name on the server of --base-url, a folder, a hub id, a GGUF file, smollm2, or a text model of
    the loop such as ngram:order=4, which is fitted on the seeds."""

    base_url: str | None = None
    """The address of a server with an OpenAI-compatible API."""

    rows: Annotated[Count, Field(le=10**7)] = 100
    """The number of rows that are wanted: kept ones, each unlike the others and unlike the seeds."""

    recipes: Annotated[tuple[PartField, ...], Several, Field(min_length=1), Flag("recipe")] = (Part("alpaca"),)
    """A way of asking, as NAME or NAME:setting=value (autophagy list recipes shows all); several take turns (default:
    alpaca, but self_instruct for a GGUF file, continue for a model of the loop, and questions where there are no
    seeds)."""

    novelty: Annotated[Real, Field(ge=0, le=1)] = 0.7
    """The most ROUGE-L that a row may have with a seed or with a row before it."""

    against: Annotated[tuple[Place, ...], Several] = ()
    """An evaluation set. Rows that hold a part of it are dropped."""

    curators: Annotated[tuple[PartField, ...], Several, Flag("curator")] = ()
    """A curator that drops rows, as NAME or NAME:setting=value."""

    answers: Annotated[Count, Field(le=100)] | None = None
    """How many times the writer answers each row that passed the checks; the best answer becomes its output. One is
    asked for only where a row has none (default: outputs as the recipe has them)."""

    answer_temperature: Annotated[Real, Field(ge=0, le=2)] | None = None
    """The temperature of these answers (default: 0.7)."""

    judge: str | None = None
    """A model that compares each two of the answers to a row, in both orders, and so picks the best: a folder, a hub
    id, a GGUF file, or its name on the server of --judge-url (default: what most of the answers come to)."""

    judge_url: str | None = None
    """The address of the judge's server."""

    verifiers: Annotated[tuple[PartField, ...], Several, Flag("verifier")] = ()
    """A verifier that works out whether a row's answer is right and drops wrong ones, as NAME or NAME:setting=value."""

    labels: Place | None = None
    """Rows with answers and a column label, right or wrong, that the verifiers are tried on instead of the seeds."""

    quotas: Annotated[tuple[str, ...], Several, Flag("quota")] = ()
    """The most rows that are kept for each value of a column, as recipe=50, parent=3 or a column of the seeds; for
    document and root also for each 1,000 words of it, as document=5/1000words."""

    budget: str | None = None
    """What may be spent, such as 5usd, 2Mtok or 30min; it stops cleanly there, with all rows until then."""

    prices: Place | None = None
    """A dated TOML file of prices, for what the calls cost."""

    format: Literal["rows", "alpaca", "chat", "pairs"] = "rows"
    """What rows.jsonl holds beside rows.parquet: all columns, instruction/input/output, messages, or pairs of answers
    (prompt, chosen and rejected)."""

    seed: Seed = 0
    """The root of all random numbers."""

    plugins: Plugins = ()
    """A Python file of your own that registers recipes or curators."""

    @property
    def begun(self) -> str:
        """What it begins with: the seeds, the documents, or nothing but the names of its recipes."""
        return str(self.seeds or self.documents or "+".join(part.name for part in self.recipes))

    @model_validator(mode="before")
    @classmethod
    def _usual(cls, given: Any) -> Any:
        """Name the recipe where nobody did, so that the record has it."""
        if not isinstance(given, dict) or "recipes" in given or not isinstance(given.get("model"), str):
            return given
        if given.get("seeds") is None and given.get("documents") is None:
            raise UsageError(
                "there is nothing to begin with: give --seeds or --documents, or a recipe that needs neither, as "
                "--recipe magpie."
            )
        served, seeds = bool(given.get("base_url")), given.get("seeds") is not None
        return given | {"recipes": (Part(usual_recipe(given["model"], served=served, seeds=seeds)),)}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        columns = [Quota.parse(text).column for text in self.quotas]
        if len({*columns}) < len(columns):
            raise UsageError(f"two quotas are of {max(columns, key=columns.count)}: give one for each column.")
        if self.budget is not None:
            limit = Budget.parse(self.budget)
            if limit.unit == "money" and self.prices is None:
                raise UsageError(
                    f"--budget {self.budget} is in money and nothing says what a call costs: give --prices."
                )
        if self.labels is not None and not self.verifiers:
            raise UsageError(
                f"--labels {self.labels} is what verifiers are tried on, and there is none: give --verifier."
            )
        if complaint := self._of_answers():
            raise UsageError(complaint)
        return self

    def _of_answers(self) -> str:
        """What is wrong with the settings of answers, "" for nothing."""
        several = (self.answers or 0) > 1
        if self.format == "pairs" and not several:
            return "--format pairs needs a better and a worse answer to each row: give --answers 2 or more."
        if self.judge and not several:
            return f"--judge {self.judge} has nothing to choose between: give --answers 2 or more."
        if self.judge_url and not self.judge:
            return "there is no judge: name its model with --judge, or leave --judge-url out."
        if self.answer_temperature is not None and self.answers is None:
            return "--answer-temperature is of answers that nobody asks for: give --answers, too."
        if self.answer_temperature == 0 and several:
            return f"at temperature 0 all {self.answers} answers to a row are the same: raise --answer-temperature."
        return ""
