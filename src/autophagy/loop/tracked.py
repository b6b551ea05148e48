"""The figures of a loop as an experiment tracker takes them: by regime, at each generation."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .legend import Legend
from .table import tabulate


def figures(lines: Iterable[Mapping[str, Any]], legend: Legend) -> Iterator[tuple[int, dict[str, float]]]:
    """Each generation with `regime/metric`, its `low` and `high` end, and each seed; what is unknown is left out."""
    for regime, generations in tabulate(lines).items():
        for generation, cells in generations.items():
            found: dict[str, float] = {}
            for name, seeds in cells.items():
                score = legend.score(name, seeds.values())
                place = f"{regime}/{name}"
                found |= {place: score.value, f"{place}/low": score.low, f"{place}/high": score.high}
                found |= {f"{place}/seed {seed}": value for seed, value in seeds.items()}
            yield generation, {name: value for name, value in found.items() if math.isfinite(value)}
