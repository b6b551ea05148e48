"""The teacher of a run: who wrote the texts that generation 1 imitates."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError, FitError, UsageError
from ..core.memory import InMemory
from ..core.parts import Part, did_you_mean
from ..core.registry import build, entries
from ..core.samples import UNKNOWN, Array, Samples
from ..core.streams import stream
from ..data.load import Density, RealRows, built_in, load
from ..gguf.find import find_gguf
from ..text.excerpts import excerpts
from .made import made_rows
from .spec import LoopSpec
from .split import PASSAGE

HELD_OUT = 0.1  # of the teacher's texts, never trained on: as much as of the real ones
AT_LEAST = 200  # passages that a model writes to be held out: it can write as many as are wanted


@dataclass(frozen=True)
class Teacher:
    """A teacher's passages: `held_out` is for measuring style alone, `texts` are what each seed may imitate.

    All carry the source "teacher" and the generation -1, since nobody knows what their writer had read; those of a run
    of `autophagy generate` carry their own generation, and their writer in the column `writer`. The first m rows of a
    seed are among its first m + 1, which pairs the amounts of a sweep.
    """

    held_out: Samples
    texts: tuple[Samples, ...]

    @property
    def digest(self) -> str:
        """A SHA-256 of everything that the teacher wrote for this run."""
        return Samples.concat([self.held_out, *self.texts]).digest()

    @property
    def writers(self) -> list[str]:
        """The models that wrote the passages, where that is known."""
        return sorted(set(self.held_out.meta.get("writer", np.empty(0, str)).tolist()))


@dataclass(frozen=True)
class Answers:
    """A file of the teacher's texts: a tenth of its passages, in whole documents, is held out.

    `notes` say how the file was read.
    """

    spec: LoopSpec
    held_out: Samples
    pool: Samples
    notes: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """How many passages there are to learn from."""
        return len(self.pool)

    def teach(self, n: int, training: Samples) -> Teacher:
        """n passages for each seed, in an order of its own; raises DataError where there are fewer."""
        if n > self.most:
            raise DataError(
                f"the plan needs {n} passages of the teacher {self.spec.teacher}, which has {self.most} beside the "
                f"{len(self.held_out)} held-out ones: lower samples or fixed, or give more of its texts."
            )
        # the first n of one order a seed, so that the amounts of a sweep are nested
        orders = [stream(self.spec.seed, "teacher", run=seed).permutation(self.most) for seed in _seeds(self.spec)]
        return Teacher(self.held_out, tuple(self.pool.take(order[:n]) for order in orders))


@dataclass(frozen=True)
class Writer:
    """A model that becomes the teacher by one fit on the real training rows."""

    spec: LoopSpec
    model: Any
    most: int = 10**12  # it can write as many as are wanted
    notes: tuple[str, ...] = ()

    def teach(self, n: int, training: Samples) -> Teacher:
        """n passages for each seed, and a tenth of as many, but at least 200, held out."""
        fitted = self.model.fit(training, stream(self.spec.seed, "teacher"))

        def write(count: int, stage: str, seed: int = 0) -> Samples:
            sampled = fitted.sample(count, stream(self.spec.seed, stage, run=seed))
            texts = np.asarray(sampled[0] if isinstance(sampled, tuple) else sampled)
            if len(texts) != count:
                raise FitError(f"{self.spec.teacher} wrote {len(texts)} texts, not {count}: mend its method sample.")
            return _rows(texts)

        held_out = write(max(AT_LEAST, math.ceil(n * HELD_OUT / (1 - HELD_OUT))), "teacher-held-out")
        return Teacher(held_out, tuple(write(n, "teacher-texts", seed) for seed in _seeds(self.spec)))


def find_teacher(spec: LoopSpec, real: RealRows | Density) -> Answers | Writer | None:
    """The teacher that the spec names: a text model, a GGUF file that is tuned, or the file or folder of its texts.

    A name of a model or of built-in data goes before a file of that name, which `./name` reaches.
    Raises UsageError and DataError.
    """
    if spec.teacher is None:
        return None
    if real.kind != "text":
        raise UsageError(f"a teacher writes texts, and {real.name} holds numbers: leave the teacher out or give texts.")
    models = [name for name, entry in entries("model").items() if entry.of in ("text", "any")]
    name = spec.teacher.partition(":")[0].strip()
    if name in models:
        return Writer(spec, build("model", Part.parse(spec.teacher)))
    named = not isinstance(spec.teacher, InMemory)
    if named and find_gguf(spec.teacher):
        return Writer(spec, build("model", Part("pretrained", {"base": spec.teacher, "method": "lora"})))
    if named and name not in built_in() and not Path(spec.teacher).expanduser().exists():
        raise UsageError(
            f"there is no teacher {spec.teacher!r}{did_you_mean(name, models)}: give the path of its texts, or a model "
            f"that writes texts ({', '.join(models)})."
        )
    return _answers(spec, spec.teacher)


def _answers(spec: LoopSpec, name: str) -> Answers:
    made = made_rows(name)
    table = made or load(name)
    if table.kind != "text" or isinstance(table, Density):
        raise DataError(f"the teacher {name} holds numbers: give a file of the texts that it wrote.")
    rows = excerpts(table.samples, spec.passage or PASSAGE)
    documents, place, sizes = np.unique(rows.meta["document"], return_inverse=True, return_counts=True)
    order = stream(spec.seed, "teacher").permutation(len(documents))
    enough = int(np.searchsorted(np.cumsum(sizes[order]), max(2.0, HELD_OUT * len(rows)))) + 1
    if enough >= len(documents):
        raise DataError(
            f"the teacher {name} has {len(documents)} documents with words, too few or too unequal to hold some out "
            "and learn from the rest: give at least 10, for instance separated by blank lines."
        )
    out = np.isin(place, order[:enough])  # (passages,) which are held out
    told = _rows(rows.x)
    if made:
        told = Samples(rows.x, rows.generation, told.source, {"writer": rows.source})
    return Answers(spec, told.take(out), told.take(~out), tuple(table.notes))


def _rows(texts: Array) -> Samples:
    return Samples.of(texts, UNKNOWN, "teacher")


def _seeds(spec: LoopSpec) -> range:
    return range(spec.seeds)
