"""The comparison: every arm is prepared, answers every question, and is graded; the caller writes it down."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..answering.run import warm_up
from ..arms import Base, Ready, Setup
from ..arms.arm import Passages
from ..arms.context import Context
from ..arms.finetuned import Both, Format, Tuning
from ..context import find_embedder
from ..core.errors import DataError
from ..core.files import slug
from ..core.parts import Part
from ..core.questions import Answer, Graded, Question
from ..core.registry import find
from ..core.streams import stream
from ..cost.energy import Energy, Meter
from ..cost.memory import Peak
from ..cost.prices import read_prices
from ..data.world.source import model_path
from ..graders import grade
from .examine import Examiner
from .injection import Obeyed
from .spec import CompareSpec
from .subject import GENERAL, Subject

ALONE = 20  # questions that are asked one at a time, for the latency


@dataclass(frozen=True)
class Try:
    """One arm with one seed: a deterministic arm has seed 0 alone."""

    arm: str
    seed: int
    part: Part


@dataclass(frozen=True)
class Outcome:
    """What one try cost to prepare, what it answered, and the energy of answering.

    `control` and `reads` say what the arm is; `alone` holds the seconds of some questions that were asked one at a
    time, `shown` the texts of all passages, and `attacked` what it made of orders hidden in some of them. `memory` is
    the peak while it answered, `setup_memory` while it was prepared, in bytes.
    """

    arm: str
    seed: int
    control: bool
    reads: bool
    setup: Setup
    graded: tuple[Graded, ...]
    general: tuple[Graded, ...]
    energy: Energy
    alone: tuple[float, ...]
    shown: Mapping[str, str]
    attacked: tuple[Obeyed, ...]
    memory: float = math.nan
    setup_memory: float = math.nan


def tries(spec: CompareSpec) -> list[Try]:
    """Every arm with each of its seeds, in the order of the spec."""
    return [
        Try(str(part), seed, part)
        for part in spec.arms
        for seed in range(spec.seeds if getattr(find("arm", part.name).thing, "seeded", False) else 1)
    ]


def refuse(spec: CompareSpec, subject: Subject) -> None:
    """Raise now what would otherwise end the comparison after other arms have been paid for."""
    arms = [_build(part) for part in spec.arms]
    if any(isinstance(one, Tuning) for one in arms) and spec.base_url:
        Base(spec.model, Path(), Path(), base_url=spec.base_url).trainable()
    if any(isinstance(one, Format) for one in arms) and subject.corpus.style is None:
        raise DataError("the arm format needs another corpus in the same question style: name it with --style.")
    if any(isinstance(one, Context | Both) for one in arms):
        find_embedder(spec.embedder)
    if spec.prices:
        read_prices(spec.prices)
    Examiner.of(spec)


def compare(spec: CompareSpec, subject: Subject, folder: Path, todo: Sequence[Try]) -> Iterator[Outcome]:
    """Work off tries one after the other; an index, tuned weights and logs are kept in the folder.

    All arms of a seed draw the same random numbers, so that they are paired.
    """
    examiner = Examiner.of(spec)
    warm_up()
    for one in todo:
        base = Base(
            model=spec.model if spec.base_url else model_path(spec.model),
            folder=folder / "work",
            logs=folder / "logs",
            label=slug(f"{one.arm}-{one.seed}"),
            base_url=spec.base_url or "",
            embedder=spec.embedder,
        )
        with Peak() as peak:
            ready: Ready = _build(one.part).fit(base, subject.corpus, stream(spec.seed, "arm", run=one.seed))
        shown: dict[str, str] = {}
        rng = stream(spec.seed, "answer", run=one.seed)
        try:
            outcome = replace(
                _outcome(one, _watched(ready, shown), subject, shown, examiner, rng), setup_memory=peak.bytes
            )
        finally:
            ready.close()  # an index can be open but once, and the next arm may need it
        yield outcome


def _outcome(
    one: Try, ready: Ready, subject: Subject, shown: Mapping[str, str], examiner: Examiner, rng: np.random.Generator
) -> Outcome:
    """Have a prepared arm answer, grade it, and examine it."""
    with Peak() as peak, Meter() as meter:
        answers = ready.answer(subject.questions, rng)
    general = _general(ready, subject.general) if ready.look is None else ()
    each = max(1, len(subject.questions) // ALONE)
    alone = tuple(ready.seconds(question) for question in subject.questions[::each][:ALONE])
    graded = examiner.judged(_graded(one, subject.questions, answers), subject.questions)
    return Outcome(
        one.arm,
        one.seed,
        control=getattr(find("arm", one.part.name).thing, "control", False),
        reads=ready.look is not None,
        setup=ready.setup,
        graded=graded,
        general=_graded(one, subject.general, general),
        energy=meter.energy,
        alone=alone,
        shown=dict(shown),
        attacked=tuple(examiner.attacked(ready, subject.questions, rng)),
        memory=peak.bytes,
    )


def _watched(ready: Ready, shown: dict[str, str]) -> Ready:
    """The same arm; the passages that it looks up are noted."""
    look = ready.look
    if look is None:
        return ready

    def noting(questions: Sequence[Question]) -> list[Passages]:
        found = look(questions)
        shown.update({passage.id: passage.text for passages in found for passage in passages})
        return found

    return replace(ready, look=noting)


def _build(part: Part) -> Any:
    return find("arm", part.name).build(part.settings)


def _general(ready: Ready, questions: Sequence[Question]) -> Sequence[Answer]:
    """What a closed book still knows of what the base knew before."""
    if not questions:
        return ()
    base = replace(ready.base, label=f"{ready.base.label}-{GENERAL}")
    return replace(ready, base=base).answer(questions, stream(0, GENERAL))


def _graded(one: Try, questions: Sequence[Question], answers: Sequence[Answer]) -> tuple[Graded, ...]:
    if not answers:
        return ()
    pairs = zip(questions, answers, strict=True)
    return tuple(Graded(one.arm, one.seed, q.id, answer, grade(q, answer)) for q, answer in pairs)
