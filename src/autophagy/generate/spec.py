"""What a generation of rows is: seeds or documents, recipes, the writer, and how many rows are wanted."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Count, Flag, PartField, Place, Plugins, Real, Seed, Several, Spec
from ..data.memory import Data, Given
from ..data.memory.beside import GivenPart, RowsField, Sets
from .budget import Budget
from .quota import Quota
from .usual import usual_recipe

IDLE_JUDGE = "--judge {} has nothing to choose between: give --answers 2 or more, or a verifier that asks it."


class GenerateSpec(Spec):
    """One generation of rows by a writer."""

    of = "a generation of rows"
    runner = "autophagy.generate.run"
    kinds: ClassVar[Mapping[str, str]] = {"recipes": "recipe", "curators": "curator", "verifiers": "curator"}

    seeds: Annotated[Data, Given] | None = None
    """Rows to begin with, with the columns instruction, input and output, or a text each (.jsonl, .csv, .parquet)."""

    documents: Annotated[Place, Given] | None = None
    """A folder or file of documents; recipes work on its passages."""

    model: Annotated[str, Field(min_length=1)]
    """The writer: its name on the server of --base-url, a folder, a hub id, a GGUF file, smollm2, or a text model of
    the loop such as ngram:order=4, which is fitted on the seeds."""

    base_url: str | None = None
    """The address of a server with an OpenAI-compatible API."""

    rows: Annotated[Count, Field(le=10**7)] = 100
    """The number of rows to keep, each new beside the seeds and the other rows."""

    recipes: Annotated[tuple[PartField, ...], Several, Field(min_length=1), Flag("recipe")] = (Part("alpaca"),)
    """A recipe, which is a way of asking for rows, as NAME or NAME:setting=value (autophagy list recipes shows all);
    several take turns (default: alpaca, but self_instruct for a GGUF file, continue for a model of the loop, and
    questions where there are no seeds)."""

    novelty: Annotated[Real, Field(ge=0, le=1)] = 0.7
    """The highest ROUGE-L that a row may have with a seed or an earlier row."""

    against: Annotated[tuple[RowsField, ...], Several, Sets] = ()
    """An evaluation set. Rows that contain a part of it are dropped."""

    curators: Annotated[tuple[GivenPart, ...], Several, Flag("curator")] = ()
    """A curator that drops rows, as NAME or NAME:setting=value."""

    answers: Annotated[Count, Field(le=100)] | None = None
    """The number of answers that the writer gives to each row that passed the checks; the best becomes its output. With
    1, only rows without an output are answered (default: the outputs of the recipe)."""

    answer_temperature: Annotated[Real, Field(ge=0, le=2)] | None = None
    """The temperature of these answers (default: 0.7)."""

    judge: str | None = None
    """The model that picks the best answer to a row, by comparing the answers in pairs and in both orders, and that is
    asked by verifiers such as judge: a folder, a hub id, a GGUF file, or its name on the server of --judge-url
    (default: the most frequent answer is picked, self-consistency, and such verifiers ask the writer)."""

    judge_url: str | None = None
    """The address of the judge's server."""

    verifiers: Annotated[tuple[GivenPart, ...], Several, Flag("verifier")] = ()
    """A verifier, which checks whether a row's answer is right and drops wrong ones, as NAME or NAME:setting=value."""

    labels: RowsField | None = None
    """Rows with answers and a column label (right or wrong), on which the verifiers are tried instead of the seeds."""

    quotas: Annotated[tuple[str, ...], Several, Flag("quota")] = ()
    """The most rows to keep for each value of a column, such as recipe=50, parent=3 or a column of the seeds; for
    document and root also for each 1,000 words of text, such as document=5/1000words."""

    budget: str | None = None
    """The most to spend, such as 5usd, 2Mtok or 30min; the run stops there and keeps all rows made so far."""

    prices: Place | None = None
    """A dated TOML file of prices, from which the cost of the calls follows."""

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
        names = [str(part) for part in self.recipes]
        if len({*names}) < len(names):
            twice = max(names, key=names.count)
            raise UsageError(f"the recipe {twice} is given twice: give it once, or a mix with shares.")
        columns = [Quota.parse(text).column for text in self.quotas]
        if len({*columns}) < len(columns):
            raise UsageError(f"the column {max(columns, key=columns.count)} has two quotas: give one for each column.")
        if self.budget is not None:
            limit = Budget.parse(self.budget)
            if limit.unit == "money" and self.prices is None:
                raise UsageError(
                    f"--budget {self.budget} is in money, but the price of a call is not known: give --prices."
                )
        if self.labels is not None and not self.verifiers:
            raise UsageError(f"--labels {self.labels} has no effect without a verifier: give --verifier, too.")
        if complaint := self._of_answers():
            raise UsageError(complaint)
        return self

    def _of_answers(self) -> str:
        """What is wrong with the settings of answers, "" for nothing."""
        several = (self.answers or 0) > 1
        if self.format == "pairs" and not several:
            return "--format pairs needs a better and a worse answer to each row: give --answers 2 or more."
        if self.judge and not several and not self.verifiers:
            return IDLE_JUDGE.format(self.judge)
        if self.judge_url and not self.judge:
            return "there is no judge: name its model with --judge, or leave --judge-url out."
        if self.answer_temperature is not None and self.answers is None:
            return "--answer-temperature has no effect without --answers: give --answers, too."
        if self.answer_temperature == 0 and several:
            return f"at temperature 0 all {self.answers} answers to a row are the same: raise --answer-temperature."
        return ""
