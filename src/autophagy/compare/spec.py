"""What a comparison is: the arms, the documents, the questions and the model that all arms share, as a frozen spec."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from ..answering.language_model import ANSWER
from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Count, Flag, PartField, Place, Plugins, Seed, Several, Spec
from ..data.memory import Given, given

JUDGE = "judge"  # what decides where no grader does


class CompareSpec(Spec):
    """One comparison: the same documents, questions and model for every arm."""

    of = "a comparison"
    runner = "autophagy.compare.run"
    counts_in = "trial"
    kinds: ClassVar[Mapping[str, str]] = {"arms": "arm", "graders": "grader", "decide": "grader"}

    documents: Annotated[str, Field(min_length=1), Given] = "world"
    """Your documents: a file or folder of .txt, .md, .html, .pdf, .docx, .jsonl, .csv, .xlsx or .parquet; world is an
    invented set."""

    questions: Annotated[Place, Field(min_length=1), Given] = "world"
    """A file of questions with their answers, .jsonl, .json, .csv, .xlsx or .parquet; world asks about the invented
    documents."""

    model: Annotated[str, Field(min_length=1)] = "world"
    """The model that answers: the folder or hub id of a causal language model, a GGUF file, or its name on the server
    of --base-url. world is a tiny one that comes with the package, smollm2 a real one in a package of its own."""

    base_url: str | None = None
    """The address of a server with an OpenAI-compatible API. Its model answers and cannot be fine-tuned."""

    arms: Annotated[tuple[PartField, ...], Several, Flag("arm")] = ()
    """A way to answer, as NAME or NAME:setting=value; autophagy list arms shows all (default: all that the model and
    the documents allow)."""

    graders: Annotated[tuple[PartField, ...], Several, Flag("grade")] = ()
    """A grader that marks every answer, as NAME or NAME:setting=value; autophagy list graders shows all (default: all
    of them)."""

    seeds: Annotated[Count, Field(le=1000)] = 3
    """The number of trainings of each arm that trains. Its intervals come from them."""

    seed: Seed = 0
    """The root of all random numbers."""

    max_tokens: Count = ANSWER
    """The most tokens of an answer. One that is longer is cut: it is counted, shown as cut, and not scored."""

    prompt: str = "auto"
    """How the model is asked about passages: instructed (which also says how to decline), begun (its answer begins with
    "According to the text,", and it never declines) or auto: begun for a small chat model that runs here, otherwise
    instructed."""

    embedder: str = "minilm"
    """The model that finds passages by meaning: minilm (English), multilingual, none, or a sentence-transformers folder
    or hub id."""

    rewritings: Annotated[Place, Given] | None = None
    """Rewordings of the documents that exist already: rows with document and text."""

    style: Annotated[Place, Given] | None = None
    """Other documents in the same style, for the arm format."""

    general: Annotated[Place, Given] | None = None
    """Questions that the model can answer already, to see what fine-tuning makes it forget."""

    judge: str | None = None
    """A model that judges every answer against its reference, in both orders: a folder, a hub id, a GGUF file, or its
    name on the server of --judge-url."""

    judge_url: str | None = None
    """The address of the judge's server."""

    judge_repeats: Annotated[Count, Field(le=100)] | None = None
    """How often the judge judges every answer, to see whether it repeats itself; the first time counts (default:
    once)."""

    decide: str = "correct"
    """The grader that decides whether an answer is right, or judge."""

    injections: Place | None = None
    """Prompt injections that are hidden in passages, to measure which arms follow them: builtin, or a folder of
    them."""

    prices: Place | None = None
    """A dated TOML file of prices, for costs and the break-even."""

    machine: str | None = None
    """The name of this machine in the price file."""

    plugins: Plugins = ()
    """A Python file of your own that registers plug-ins."""

    def __init__(self, *, arms: Any = None, **fields: Any) -> None:
        super().__init__(arms=default_arms_of(fields) if arms is None else arms, **fields)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.arms:
            raise UsageError("there is no arm: name at least two, such as closed and context.")
        for kind, parts in (("arm", self.arms), ("grader", self.graders)):
            labels = [str(part) for part in parts]
            twice = next((label for label in labels if labels.count(label) > 1), None)
            if twice:
                raise UsageError(f"the {kind} {twice} is named twice: name each once, or give it other settings.")
        if not self.judge and (self.judge_url or self.decide == JUDGE or self.judge_repeats):
            raise UsageError("there is no judge: name its model with --judge, or leave its other settings out.")
        if self.machine and not self.prices:
            raise UsageError(
                f"the machine {self.machine} has no price: name the price file with --prices, or leave --machine out."
            )
        own = [name for name in ("documents", "questions") if getattr(self, name).partition(":")[0] != "world"]
        if len(own) == 1:
            lacking = "questions" if own == ["documents"] else "documents"
            raise UsageError(
                f"the {own[0]} are your own and the {lacking} are those of the built-in world: name yours with "
                f"--{lacking}."
            )
        return self


def default_arms_of(fields: Mapping[str, Any]) -> tuple[Part, ...]:
    """The arms where none are named: those that the model and the documents allow."""
    from ..arms.default import default_arms  # imported late: a verb's help reads the fields alone
    from ..data.world.source import is_world

    there = {
        "weights": not fields.get("base_url"),
        "style": fields.get("style") is not None or is_world(given(fields.get("documents", "world"))),
    }
    return default_arms(frozenset(need for need, has in there.items() if not has))
