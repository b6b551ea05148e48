"""What a loop is: the data, the model, the regimes and their numbers."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Amount, Count, Flag, Memory, PartField, Plugins, Real, Seed, Several, Spec
from ..data.memory import Data, Given


def _default_regimes() -> tuple[Part, ...]:
    """Imported late: the help of a verb reads the fields, and needs no regime for that."""
    from ..regimes.mixtures import DEFAULT

    return DEFAULT


class LoopSpec(Spec):
    """One loop experiment: the data, the model, the regimes and their numbers.

    The numbers that are given here hold for every regime that uses them.
    """

    of = "a loop"
    runner = "autophagy.loop.run"
    counts_in = "generation"
    kinds: ClassVar[Mapping[str, str]] = {
        "data": "density",
        "model": "model",
        "regimes": "regime",
        "curators": "curator",
        "metrics": "metric",
    }

    data: Annotated[str, Field(min_length=1), Given]
    """The real rows: a built-in name (digits, python-reference, normal, ring, spiral, rosenbrock; or normal:d=10), a
    file, a folder, a run folder of generate or a hub id."""

    model: PartField = Part("gaussian")
    """The model that learns and generates, as NAME or NAME:setting=value."""

    regimes: Annotated[tuple[PartField, ...], Several, Flag("regime")] = Field(default_factory=_default_regimes)
    """How each generation's training set is mixed (default: replace and accumulate)."""

    generations: Annotated[Count, Field(le=10**6)] = 10
    """The number of generations. The first learns from real data alone."""

    samples: Count | None = None
    """The rows that each generation makes, and that the first learns from unless --fixed says otherwise (default: all
    real training rows)."""

    seeds: Annotated[Count, Field(le=10**6)] = 3
    """The number of independent repeats. The intervals come from them."""

    seed: Seed = 0
    """The root of all random numbers."""

    bias: Annotated[Real, Field(gt=0, le=100)] = 1.0
    """The sampling bias. Below 1, sampling favours quality over variety, in the model's own sense; 1 is unbiased."""

    curators: Annotated[tuple[PartField, ...], Several, Flag("curator")] = ()
    """A curator, which judges each batch of synthetic rows before the next generation learns from it."""

    metrics: Annotated[tuple[PartField, ...] | None, Several, Flag("metric")] = None
    """A metric to compute (default: all)."""

    reference: Data | None = None
    """Other real data to measure against (default: a share of the data is held out)."""

    features: str = "auto"
    """The space in which distances are measured: auto, raw, standard, pca, pca:K or classifier."""

    passage: Annotated[Count, Field(le=10**6)] | None = None
    """The length in words of the passages that texts are cut into, one a row (default: 100)."""

    fixed: Amount | None = None
    """The real rows that stay in every training set: a count, or a share below 1."""

    fresh: Amount | None = None
    """The new real rows in every training set: a count, or a share below 1."""

    synthetic: Count | None = None
    """The synthetic rows that are taken from each remembered generation (default: all that it made)."""

    memory: Memory | None = None
    """The number of past generations whose rows are remembered, or all."""

    budget: Count | None = None
    """The size to which a training set is cut."""

    reuse: bool = False
    """Let fresh rows repeat when the real data run out."""

    warm: bool = False
    """Start each generation's model from the previous one's."""

    teacher: Annotated[str, Field(min_length=1), Given] | None = None
    """The teacher whose texts the first generation imitates in place of real ones: a file or folder of its texts, a run
    folder of generate, a text model as NAME:setting=value, which is fitted once on the real training texts, or
    smollm2 or a GGUF file, which is tuned on them by LoRA."""

    plugins: Plugins = ()
    """A Python file of your own that registers plug-ins."""

    def __init__(self, data: Any = None, **fields: Any) -> None:
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
        return super()._sentence(complaint)
