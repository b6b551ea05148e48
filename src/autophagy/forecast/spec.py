"""What a forecast is: a family, the numbers of a loop, and what is asked of it."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import model_validator

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.spec import Flag, Memory, Number, PartField, Place, Plugins, Rows, Seed, Several, Spec, Whole

OF_RUN = {"model", "calibrate", "first", "generations", "plugins"}  # what a calibration leaves open


class ForecastSpec(Spec):
    """One forecast: a family, the numbers of a loop, its targets and its map; or a recorded run to calibrate it on."""

    of = "a forecast"
    runner = "autophagy.forecast.run"
    kinds: ClassVar[Mapping[str, str]] = {"model": "family", "regime": "regime"}

    model: PartField
    """The model family, as NAME or NAME:setting=value; autophagy list families shows all."""

    samples: Whole = 1000
    """The rows that each generation makes, and that the first learns from, such as 1e9."""

    generations: Whole = 50
    """The number of generations. The first learns from real data alone."""

    regime: str = "replace"
    """How each generation's training set is mixed: replace, augment, fresh, accumulate or subsample. The five numbers
    below change it."""

    fixed: Rows | None = None
    """The real rows that stay in every training set: a count, or a share below 1."""

    fresh: Rows | None = None
    """The new real rows in every training set: a count, or a share below 1."""

    synthetic: Whole | None = None
    """The synthetic rows that are taken from each remembered generation (default: all that it made)."""

    memory: Memory | None = None
    """The number of past generations whose rows are remembered, or all."""

    budget: Whole | None = None
    """The size to which a training set is cut."""

    bias: Number = 1.0
    """The sampling bias. Below 1, sampling favours quality over variety, in the family's own sense; 1 is unbiased."""

    weight: Number | None = None
    """The share of the training weight that the real rows get, whatever their number."""

    choices: Literal["inf"] | Number | None = None
    """Best-of-K curation: each row is the best of K by the family's reward; inf is the limit."""

    verifier: str | None = None
    """A verifier's keep rates of correct and of wrong rows, as .9,.3."""

    correction: Number = 0.0
    """The strength of the correction operator, which mixes the real law into what is sampled."""

    extrapolation: Number = 0.0
    """The strength of negative extrapolation, away from what the model has become."""

    chains: Whole | None = None
    """The number of loops to simulate (default: the family's own)."""

    seed: Seed = 0
    """The root of all random numbers."""

    targets: Annotated[tuple[str, ...], Several, Flag("target")] = ()
    """What is to be kept at the last generation, in quotes: 'variance>=0.9'."""

    map: tuple[str, str] | None = None
    """Two axes, each NAME=LOW..HIGH or NAME=LOW..HIGH:CELLS, as in --map fresh=0..0.5 bias=0.8..1. Every cell is a
    forecast, judged by the first target, or by half of generation 1's variety."""

    calibrate: Place | None = None
    """The run folder of a loop. The gaussian family is fitted to its first generations and forecasts the rest, beside
    what was measured. The run supplies the numbers; --generations extends the forecast beyond it."""

    first: Whole | None = None
    """The number of generations to fit when calibrating (default: a third, and at least three)."""

    plugins: Plugins = ()
    """A Python file of your own that registers families."""

    def __init__(self, model: Any = None, **fields: Any) -> None:
        if model is not None:
            fields["model"] = model
        super().__init__(**fields)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.calibrate is None:
            if self.first is not None:
                raise UsageError("first is only for calibrating: give --calibrate and the folder of a run.")
            return self
        if self.model != Part("gaussian"):
            raise UsageError(
                f"a run is calibrated by the family gaussian, not by {self.model}: write autophagy forecast gaussian."
            )
        # a spec that was recorded names every field
        default = {name: field.get_default() for name, field in type(self).model_fields.items()}
        given = self.model_fields_set - OF_RUN
        extra = sorted(name for name in given if getattr(self, name) != default[name])
        if extra:
            flags = ", ".join(f"--{self.flag(name)}" for name in extra)
            raise UsageError(f"a calibration takes its numbers from the run: leave out {flags}.")
        return self
