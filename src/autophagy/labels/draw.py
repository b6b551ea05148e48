"""Which answers people are asked to label: questions in equal chances, spread over strata, all arms of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.parts import did_you_mean
from .unit import Candidate, LabelUnit

NONE = -1.0  # what an answer without a mark counts as, where answers are put in order


def draw(
    units: Sequence[LabelUnit], n: int, rng: np.random.Generator, by: Sequence[str] = ("verdict",)
) -> list[LabelUnit]:
    """Some of the units, with one answer of each arm, such that there are about n answers.

    The units are put in order by the strata, within these at random, and every k-th is taken from a random place on:
    each has the same chance, so that plain means of the labels are unbiased, and each stratum has its share. Of an arm
    with several seeds one is drawn. Raises UsageError for a stratum that there is not.

    Ref: Cochran (1977), "Sampling techniques", chapter 8.
    """
    for name in by:
        if name not in STRATA:
            raise UsageError(
                f"--by is {name!r}{did_you_mean(name, STRATA)}: choose from {', '.join(STRATA)}; every arm is labelled "
                "on the same questions."
            )
    if n < 1:
        raise UsageError(f"--n is {n}: ask for one label at least.")
    picked = [_one_each(unit, rng) for unit in units]
    width = max((len(unit.answers) for unit in picked), default=1)
    count = min(len(picked), max(1, n // max(width, 1)))
    chance = rng.random(len(picked))
    keys = [(*(STRATA[name](unit) for name in by), luck) for unit, luck in zip(picked, chance, strict=True)]
    order = sorted(range(len(picked)), key=lambda place: keys[place])
    step = len(picked) / count if count else 1.0
    places = np.floor(rng.random() * step + step * np.arange(count)).astype(int)
    return [picked[order[min(place, len(picked) - 1)]] for place in places]


def _one_each(unit: LabelUnit, rng: np.random.Generator) -> LabelUnit:
    """The unit with one answer of each arm, of a seed drawn at random."""
    by_arm: dict[str, list[Candidate]] = {}
    for answer in unit.answers:
        by_arm.setdefault(answer.arm, []).append(answer)
    return LabelUnit(unit.question, tuple(own[int(rng.integers(len(own)))] for own in by_arm.values()))


def _verdict(unit: LabelUnit) -> Any:
    """How much the judge finds right in it, and in whom."""
    marks = [NONE if np.isnan(answer.mark) else answer.mark for answer in unit.answers]
    return sum(marks), tuple(marks)


STRATA: Mapping[str, Callable[[LabelUnit], Any]] = {
    "verdict": _verdict,
    "type": lambda unit: unit.question.type,
    "document": lambda unit: unit.question.document,
}
