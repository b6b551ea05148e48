"""How many real rows and how much memory the regimes of a run need, and what is said where there are too few."""

import math

from ..core.errors import NotEnoughRealData, UsageError
from ..core.machine import physical_memory
from ..core.samples import Samples
from ..data.load import Density, RealRows
from ..regimes.numbers import DataMixture
from .spec import LoopSpec
from .split import REFERENCE_MOST

FLOAT = 8  # bytes of a number


def rows_needed(spec: LoopSpec, numbers: dict[str, DataMixture], samples: int) -> int:
    """The real rows that all regimes together need: those that they keep, and the fresh ones."""
    return stock(spec, numbers, samples) + fresh_need(spec, numbers, samples)


def stock(spec: LoopSpec, numbers: dict[str, DataMixture], samples: int) -> int:
    """The most real rows that any regime keeps or starts from; with a teacher it starts from none."""
    last = max(2, spec.generations)
    later = max(max(n.rows(samples, 2)[0], n.rows(samples, last)[0]) for n in numbers.values())
    if spec.teacher is not None:
        return later if spec.generations > 1 else 0
    return max(later, *(n.first(samples) for n in numbers.values()))


def fresh_need(spec: LoopSpec, numbers: dict[str, DataMixture], samples: int) -> int:
    """The fresh rows that the hungriest regime needs over all generations (of one of them with reuse)."""
    last = max(2, spec.generations)
    most = max(max(n.rows(samples, 2)[1], n.rows(samples, last)[1]) for n in numbers.values())
    return most * (1 if spec.reuse else spec.generations - 1)


def most(spec: LoopSpec, numbers: dict[str, DataMixture], rows: int, data: RealRows) -> int:
    """The largest `samples` for which the real rows suffice."""
    low, high = 0, rows  # the need grows with `samples`, so halving finds the last one that is met
    while low < high:
        middle = (low + high + 1) // 2
        enough = rows_needed(spec, numbers, middle) <= rows
        low, high = (middle, high) if enough else (low, middle - 1)
    if low == 0:
        raise not_enough(data, rows_needed(spec, numbers, 1), rows, "beside the held-out rows")
    return low


def check(numbers: dict[str, DataMixture], samples: int, spec: LoopSpec) -> None:
    """Refuse a regime that needs more rows of a generation than it makes, or that leaves nothing to learn from."""
    for label, plan in numbers.items():
        fixed, fresh, synthetic = plan.rows(samples, 2)
        if synthetic > samples:
            raise UsageError(
                f"{label} asks for {synthetic} synthetic rows of a generation of {samples}: raise samples."
            )
        if fixed + fresh + synthetic < 1:
            raise UsageError(f"{label} leaves no rows to learn from: give it fixed, fresh or synthetic rows.")


def check_memory(spec: LoopSpec, numbers: dict[str, DataMixture], samples: int, rows: Samples) -> None:
    """Refuse a plan whose rows alone, shaped like `rows` and in float64, are more than the machine's memory holds."""
    size = FLOAT * math.prod(rows.x.shape[1:])
    for label, plan in numbers.items():
        remembered = spec.generations if plan.memory == "all" else min(int(plan.memory), spec.generations)
        fixed, fresh, synthetic = plan.rows(samples, spec.generations)
        # rows of one run: what it starts from, its own of every generation that it remembers, and a training set
        run = plan.first(samples) + samples * (remembered + 1) + fixed + fresh + synthetic * remembered
        need = size * (spec.seeds * run + REFERENCE_MOST)  # bytes; runs of all seeds may be held at once
        if need > physical_memory():
            raise UsageError(
                f"the rows of {label} need {need / 2**30:,.0f} GiB of memory, and this machine has "
                f"{physical_memory() / 2**30:,.0f}: lower samples, seeds, generations, or the regime's numbers."
            )


def not_enough(data: RealRows | Density, need: int, have: int, what: str) -> NotEnoughRealData:
    """The error that says how many real rows are needed, and how many there are."""
    return NotEnoughRealData(
        f"the plan needs {need} real rows of {data.name}, which has {have} {what}: "
        "lower samples, fresh, fixed or generations, or allow reuse."
    )
