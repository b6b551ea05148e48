"""A recorded run as the Gaussian family sees it: each regime as a plan, its variance and its mean error as measured."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np

from ...core.errors import AutophagyError, DataError, RecordError
from ...core.files import Line
from ...core.parts import Part
from ...core.registry import build
from ...data.load import Density, load
from ...loop.record import Record
from ...loop.spec import LoopSpec
from ...regimes.numbers import NUMBERS
from ...regimes.resolve import numbers_of, resolve, settings_of
from ..families import make_plan
from ..plan import Floats, ForecastPlan

SCORES = ("variance_ratio", "mean_error")


@dataclass(frozen=True)
class Recorded:
    """One regime of a run: the plan of a Gaussian loop with its numbers, and what was measured in its place.

    `variance` (seeds, generations) is the measured variance over the true one, `mean_error` (seeds, generations) the
    squared error of the mean over the dimension and over the true variance of a column. `noise` is what a perfect
    model's mean error would be measured as, from the numbers of rows alone, for each unit of its variance, and 0 where
    the model was measured by its own moments; `floor` is what the held-out rows themselves add to every mean error.
    """

    regime: str
    plan: ForecastPlan
    variance: Floats
    mean_error: Floats
    noise: float
    floor: float

    def seen(self, variance: Floats, bias: float) -> Floats:
        """A fitted variance as it is measured: rows are drawn with the bias, in generation 1 already."""
        return bias * variance if self.noise else variance

    @property
    def generations(self) -> int:
        """The generations that every seed has finished."""
        return self.variance.shape[1]


def read_run(folder: Path) -> list[Recorded]:
    """Every regime of a run folder; unfinished runs give the generations that all seeds have finished.

    Raises RecordError where the folder is no run, and DataError where it lacks the scores or has regimes that the
    five numbers cannot say.
    """
    record = Record(folder)
    if not (folder / "spec.toml").is_file():
        raise RecordError(f"{folder} is not the folder of a run: give one that autophagy loop has made.")
    spec, environment, lines = record.spec(), record.environment(), record.lines()
    if not lines:
        raise DataError(f"{folder} has no finished generation yet: go on with autophagy loop --resume.")
    if environment.get("data", {}).get("kind") == "text":
        raise DataError(f"{folder} is a run on texts, which have no variance to calibrate on: give a run on numbers.")
    if any(score not in line["scores"] for line in lines for score in SCORES):
        raise DataError(
            f"{folder} was not scored by the metric drift: run it with --metric drift, or without --metric."
        )
    parts = resolve(spec.regimes, {name: getattr(spec, name) for name in NUMBERS})
    unit, floor = _unit(record, spec, environment)
    return [_regime(folder, label, part, spec, lines, unit, floor) for label, part in parts.items()]


def _regime(
    folder: Path, label: str, part: Part, spec: LoopSpec, lines: list[Line], unit: float, floor: float
) -> Recorded:
    known = {(line["seed"], line["generation"]): line for line in lines if line["regime"] == label}
    seeds = sorted({seed for seed, _ in known})
    last = min((max(g for s, g in known if s == seed) for seed in seeds), default=0)
    if last < 1:
        raise DataError(f"{folder} has no finished generation of {label}: go on with autophagy loop --resume.")
    if not set(NUMBERS) & set(settings_of(part)):
        raise DataError(f"the regime {label} is not said in five numbers, so that it has no forecast: leave it out.")
    first = known[seeds[0], 1]
    samples = int(first["kept"]) + sum(first["dropped"].values())
    plan = make_plan(
        "gaussian", samples=samples, generations=last, numbers=numbers_of(part), bias=spec.bias, seed=spec.seed
    )
    values = {
        score: np.array([[_number(known, seed, t, score, folder) for t in range(1, last + 1)] for seed in seeds])
        for score in SCORES
    }
    noise = 0.0 if _knows_its_moments(spec) else 1 / samples
    return Recorded(label, plan, values["variance_ratio"], values["mean_error"] / unit, noise, floor)


def _number(known: dict[tuple[int, int], Line], seed: int, generation: int, score: str, folder: Path) -> float:
    line = known.get((seed, generation))
    value = None if line is None else line["scores"][score]
    if value is None:
        raise DataError(f"{folder} lacks the {score} of generation {generation}, seed {seed}: calibrate another run.")
    return float(value)


def _unit(record: Record, spec: LoopSpec, environment: dict[str, Any]) -> tuple[float, float]:
    """The true variance of a column, and the error of the held-out rows' mean in that unit."""
    try:
        data = load(spec.data) if environment["data"]["rows"]["pool"] is None else None
        if isinstance(data, Density) and data.truth is not None:
            mean, variance = data.truth
            return variance / max(np.size(mean), 1), 0.0
        rows = record.read_samples(record.folder / "samples" / "real.npz")
        variance = float(rows.x.reshape(len(rows), -1).var(axis=0, dtype=np.float64, ddof=1).mean())
        return variance, 1 / int(environment["data"]["rows"]["reference"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise DataError(f"{record.folder} does not say what its real data are like: calibrate another run.") from error


def _knows_its_moments(spec: LoopSpec) -> bool:
    """Whether the run's model was measured by its own moments, and not by those of the rows that it made."""
    try:
        fitted = get_type_hints(type(build("model", spec.model)).fit)["return"]
    except (AutophagyError, KeyError, NameError, AttributeError):
        return False
    return hasattr(fitted, "moments")
