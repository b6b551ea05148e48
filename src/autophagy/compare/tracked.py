"""The figures of a comparison as an experiment tracker takes them: a step is one trial, an arm with a seed."""

import math
from collections import defaultdict
from collections.abc import Iterator

from .record import Comparison
from .result import CompareResult


def figures(record: Comparison) -> Iterator[tuple[int, dict[str, float]]]:
    """Each trial with `arm/mark/seed`, the mean over the questions to which the mark applies."""
    marks: dict[tuple[str, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in CompareResult(record).rows():
        if math.isfinite(row["value"]):
            marks[row["arm"], row["seed"]][row["metric"]].append(row["value"])
    for number, trial in enumerate(record.arms(), 1):
        arm, seed = trial["arm"], trial["seed"]
        yield (
            number,
            {f"{arm}/{name}/seed {seed}": math.fsum(values) / len(values) for name, values in marks[arm, seed].items()},
        )


def ends(record: Comparison) -> Iterator[tuple[int, dict[str, float]]]:
    """After the last trial: `arm/figure` over all seeds, with its `low` and `high` end where it has an interval."""
    found: dict[str, float] = {}
    for each in CompareResult(record).scores():
        place = f"{each.where['arm']}/{each.metric}"
        found |= {place: each.score.value, f"{place}/low": each.score.low, f"{place}/high": each.score.high}
    yield len(record.arms()), {name: value for name, value in found.items() if math.isfinite(value)}
