"""The plan of a run: the real data split once, and what every regime will draw from it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..core.parts import Part
from ..core.samples import Array, Samples
from ..core.streams import stream
from ..curators.told import told_of_files
from ..data.load import Density, RealRows
from ..regimes.resolve import numbers_of, settings_of
from .legend import Legend
from .needs import check, check_memory, fresh_need, most, not_enough, rows_needed, stock
from .parts import Parts
from .real import real_data
from .spec import LoopSpec
from .split import REFERENCE_MOST, split
from .teacher import Teacher, find_teacher

DENSITY_REFERENCE = 2_000  # real rows that stand for a density: the share below any point is known to about 1 %
DENSITY_SAMPLES = 1_000  # rows that a generation makes of a density, which has no pool to take the number from

SAME = "All rows that are held out are the same: there is no variety that a loop could lose in them."


@dataclass(frozen=True)
class LoopPlan:
    """A spec together with its real data: `reference` is held out, no generation ever trains on it, nor on `control`.

    `pool` holds the rows that generation 1 and the fixed rows are taken from, `stream` those that come fresh;
    both are None where the data is a density, which has new rows without end. `first` is the number of real
    rows that each regime's generation 1 learns from, `stock` the largest number of fixed rows of any of them.

    `reading` are sentences about the files beside the data: the reference and the teacher's texts.

    With a `teacher`, generation 1 learns from as many of the teacher's texts instead, and from no real row. All that
    a regime mixes later is what it would have been without: the fixed and the fresh rows are real, so that `augment`
    and `accumulate` bring in their real rows from generation 2 on, and no text of the teacher is learnt from twice.
    """

    spec: LoopSpec
    data: RealRows | Density
    parts: Parts
    metrics: tuple[Part, ...]
    samples: int
    reference: Samples
    control: Samples | None
    pool: Samples | None
    stream: Samples | None
    first: dict[str, int]
    stock: int
    teacher: Teacher | None = None
    reading: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read, set aside, left out or taken for granted, of the data and of all that stand beside them."""
        own = [] if isinstance(self.data, Density) else self.data.notes
        held = self.reference.x
        same = [] if isinstance(self.data, Density) or (held != held[0]).any() else [SAME]
        return (*own, *self.reading, *same)

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone: what is built stays in its process, as that of the parts does."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def regimes(self) -> dict[str, Part]:
        """The regimes by label."""
        return self.parts.regimes

    @property
    def legend(self) -> Legend:
        """What a reader is told of the run's figures and regimes."""
        labels = self.reference.meta.get("label")
        return Legend.of(self.metrics, self.regimes, None if labels is None else len(np.unique(labels)))

    @cached_property
    def model(self) -> Any:
        """The model, which has learnt from the real training rows what it learns once a run, if anything.

        With a teacher it has also seen the texts that any generation 1 may imitate: their words are in its vocabulary.
        """
        model = self.parts.built_model
        if not hasattr(model, "prepare"):
            return model
        texts = () if self.teacher is None else self.teacher.texts
        return model.prepare(Samples.concat([self.training(), *texts]), stream(self.spec.seed, "prepare"))

    @property
    def truth(self) -> tuple[Array, float] | None:
        """The real law's mean (d,) and total variance, where they are known exactly."""
        return self.data.truth if isinstance(self.data, Density) else None

    def real(self, seeds: Sequence[int]) -> Samples:
        """The real rows of each seed's run, run after run, in the order that all its generations see."""
        if isinstance(self.data, Density):
            rng = stream(self.spec.seed, "pool", run=seeds[0])
            return self.data.draw(len(seeds) * self.stock, rng)
        assert self.pool is not None
        orders = [stream(self.spec.seed, "pool", run=s).permutation(len(self.pool))[: self.stock] for s in seeds]
        return self.pool.take(np.concatenate(orders))

    def begin(self, regime: str, seeds: Sequence[int]) -> Samples:
        """What generation 1 of each seed learns from, run after run: real rows, or the teacher's texts."""
        if self.teacher is None:
            rows = self.real(seeds)
        else:
            rows = Samples.concat([self.teacher.texts[seed] for seed in seeds])
        return rows.head(self.first[regime], len(seeds))

    def fresh(self, n: int, generation: int, seeds: Sequence[int]) -> Samples:
        """n real rows for each seed's run that no earlier generation of it has seen.

        The stream is dealt out to the generations in advance, so that a resumed run sees the same rows.
        """
        if isinstance(self.data, Density):
            drawn = self.data.draw(len(seeds) * n, stream(self.spec.seed, "fresh", generation, seeds[0]))
            return _fresh(drawn)
        assert self.stream is not None
        size, each = len(self.stream), self.fresh_each
        if (n > each and not self.spec.reuse) or not size:
            raise not_enough(self.data, n * (self.spec.generations - 1), size, "as fresh ones")
        orders = [stream(self.spec.seed, "fresh", run=s).permutation(size) for s in seeds]
        # the places (n,) of this generation in each run's own order of the stream; generation 2 is the first
        place = (generation - 2) * (n if self.spec.reuse else each) + np.arange(n)
        rows = self.stream.take(np.concatenate([order[place % size] for order in orders]))
        return _fresh(rows)

    def memory(self, regime: str) -> int:
        """How many past generations a regime can still draw from; 0 stands for all of them."""
        memory = settings_of(self.regimes[regime]).get("memory")
        return memory if isinstance(memory, int) else 0

    @cached_property
    def fresh_each(self) -> int:
        """How many rows of the stream each generation after the first may have."""
        return len(self.stream) // max(1, self.spec.generations - 1) if self.stream is not None else 0

    def baseline(self, draw: int) -> Samples:
        """Real rows outside the reference, as many as a generation makes: what a perfect model would produce."""
        rng = stream(self.spec.seed, "level", run=draw)
        if isinstance(self.data, Density):
            return self.data.draw(self.samples, rng)
        # numbers have no control set: the training rows, which no metric of numbers compares with, stand for it
        rest = self.training() if self.control is None else self.control
        return rest.take(rng.permutation(len(rest))[: self.samples])

    def training(self) -> Samples:
        """All real rows that may be learnt from, outside `reference` and `control`: one object, however often asked."""
        return self._training

    @cached_property
    def _training(self) -> Samples:
        if isinstance(self.data, Density):
            return self.data.draw(DENSITY_REFERENCE, stream(self.spec.seed, "training"))
        parts = [part for part in (self.pool, self.stream) if part is not None]
        return Samples.concat(parts)


def make_plan(spec: LoopSpec) -> LoopPlan:
    """Load the data, split it once, and check that every regime finds the real rows that it needs.

    Raises UsageError, DataError and, with both numbers in it, NotEnoughRealData.
    """
    parts = Parts.of(spec)
    numbers = {label: numbers_of(part) for label, part in parts.regimes.items()}
    data, other = real_data(spec)
    kind = "text" if data.kind == "text" else "numbers"
    parts.readable(kind, data.name)
    metrics = parts.measuring(kind, data.name, spec.teacher is not None)
    teacher = find_teacher(spec, data)
    if isinstance(data, Density):
        samples = spec.samples or DENSITY_SAMPLES
        check_memory(spec, numbers, samples, data.draw(1, stream(spec.seed, "reference")))
        reference = data.draw(max(DENSITY_REFERENCE, min(samples, REFERENCE_MOST)), stream(spec.seed, "reference"))
        pool, fresh, control, training = None, None, None, reference
    else:
        held = split(data, spec.passage, stream(spec.seed, "split"), other)
        reference, control, training = held.reference, held.control, held.training
        # fresh rows are cut off the pool between two documents, which may cost the rest of one
        usable = held.usable if any(each.fresh for each in numbers.values()) else len(training)
        samples = spec.samples or most(spec, numbers, usable, data)
        if teacher is not None and spec.samples is None:
            samples = min(samples, teacher.most)
        need = rows_needed(spec, numbers, samples)
        if need > usable:
            held_out = len(reference) + (0 if control is None else len(control))
            raise not_enough(data, need, usable, f"beside the {held_out} held-out rows")
        check_memory(spec, numbers, samples, training)
        pool, fresh = held.cut(len(training) - fresh_need(spec, numbers, samples))
    check(numbers, samples, spec)
    fixed = stock(spec, numbers, samples)
    first = {label: numbers[label].first(samples) for label in parts.regimes}
    reading = [f"{spec.reference}: {note}" for note in (other.notes if other else ())]
    reading += [f"{spec.teacher}: {note}" for note in (teacher.notes if teacher else ())]
    reading += told_of_files(spec.curators) + parts.without_classes(data.name, training)
    plan = LoopPlan(
        spec, data, parts, metrics, samples, reference, control, pool, fresh, first, fixed, reading=tuple(reading)
    )
    if teacher is None:
        return plan
    # the teacher learns from the real training rows, which only the finished plan knows
    return replace(plan, teacher=teacher.teach(max(first.values()), plan.training()))


def _fresh(rows: Samples) -> Samples:
    return Samples(rows.x, rows.generation, np.broadcast_to(np.str_("fresh"), len(rows)), rows.meta)
