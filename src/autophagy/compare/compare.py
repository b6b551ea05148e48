"""The comparison: every arm is prepared, answers every question, and is graded; the caller writes it down."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..answering.kept import Journal, keeping, unkept
from ..answering.language_model import Completion
from ..answering.run import warm_up
from ..answering.size import prompt_form
from ..answering.told import telling
from ..arms import Arm, Preparation, Ready, SharedModel
from ..context import find_embedder
from ..core.errors import DataError, UsageError
from ..core.files import slug
from ..core.folder import ASKED
from ..core.machine import trains_in_4_bits
from ..core.parts import Part
from ..core.questions import Answer, Graded, Question
from ..core.registry import build
from ..core.streams import stream
from ..cost.energy import Energy, Meter
from ..cost.memory import Peak
from ..cost.prices import read_prices
from ..data.dataset import Dataset
from ..data.world.source import model_path
from ..gguf.find import find_gguf
from ..graders.correct import correct
from .dataset import GENERAL
from .injection import ATTACKS, WAYS, Attacked, attack, find_injections
from .judging import find_grading, find_judge, judged
from .spec import CompareSpec

LATENCY_SAMPLE = 20  # questions that are asked one at a time


@dataclass(frozen=True)
class Trial:
    """One arm with one seed: an arm that hangs on no chance has seed 0 alone."""

    part: Part
    seed: int

    @property
    def arm(self) -> str:
        """The arm's name with its settings."""
        return str(self.part)


@dataclass(frozen=True)
class Outcome:
    """What one trial cost to prepare, what it answered, and the energy of answering.

    `control` and `reads` say what the arm is; `latency_sample` holds the seconds of some questions that were asked one
    at a time, and `attacked` what it made of injections hidden in some of its passages. `memory` is the peak while it
    answered, `preparation_memory` while it was prepared, in bytes.
    """

    arm: str
    seed: int
    control: bool
    reads: bool
    preparation: Preparation
    graded: tuple[Graded, ...]
    general: tuple[Graded, ...]
    energy: Energy
    latency_sample: tuple[float, ...]
    attacked: tuple[Attacked, ...] = ()
    memory: float = math.nan
    preparation_memory: float = math.nan


Asked = Callable[[Trial, int, int, str], None]
# a question with an answer that is read in full
WARM = (
    Question("warm", "Who came in 1904?", ("Ann Lee",)),
    Answer("warm", "It was Bob, not Ann Lee, who came in 1905."),
)
QUESTIONS, VERDICTS, INJECTED = "questions", "verdicts", "answers to injections"  # what is counted of a trial


class Tally:
    """Counts what is answered of a trial, and tells how much of it there is."""

    def __init__(self, trial: Trial, total: int, asked: Asked | None, what: str = QUESTIONS) -> None:
        self._trial, self._total, self._asked, self._what, self._done = trial, total, asked, what, 0

    def __call__(self, count: int) -> None:
        """So many more are answered; what is asked beyond the total, such as what a model knew before, is not told."""
        self._done = min(self._done + count, self._total)
        if self._asked:
            self._asked(self._trial, self._done, self._total, self._what)


def trials(spec: CompareSpec) -> list[Trial]:
    """Every arm with each of its seeds, in the order of the spec."""
    return [Trial(part, seed) for part in spec.arms for seed in range(spec.seeds if build("arm", part).seeded else 1)]


def check_words(spec: CompareSpec) -> None:
    """Raise now where the words of a spec cannot be followed, before a document is read or an address is asked."""
    if not spec.base_url:
        find_gguf(spec.model)
    prompt_form(spec.prompt, spec.model, spec.base_url)
    needs = {str(part): build("arm", part).needs for part in spec.arms}
    if any("weights" in each for each in needs.values()):
        _shared(spec, Path()).trainable()
    quantised = next((arm for arm, each in needs.items() if "cuda" in each), None)
    if quantised and not trains_in_4_bits():
        raise UsageError(
            f"the arm {quantised} needs a CUDA device and the package bitsandbytes: leave it out, or take lora."
        )
    if spec.prices:
        read_prices(spec.prices)
    find_grading(spec)
    find_judge(spec)
    find_injections(spec.injections, stream(spec.seed, "orders"))


def check(spec: CompareSpec, dataset: Dataset) -> None:
    """Raise now what would otherwise end the comparison after other arms have been paid for."""
    for part in spec.arms:
        needs = build("arm", part).needs
        if "style" in needs and dataset.corpus.style is None:
            raise DataError(f"the arm {part.name} needs other documents in the same style: name them with --style.")
        if "embedder" in needs:
            find_embedder(spec.embedder)


def compare(
    spec: CompareSpec, dataset: Dataset, folder: Path, todo: Sequence[Trial], asked: Asked | None = None
) -> Iterator[Outcome]:
    """Work off trials one after the other; an index, tuned weights and logs are kept in the folder.

    Answers are kept there until the caller has written the trial down, and are not asked for again. All arms of a seed
    draw the same random numbers, so that they are paired. `asked` is told of a trial how many of
    its questions are answered, none before it is prepared, and then how many verdicts and injections.
    """
    judge, injections = find_judge(spec), find_injections(spec.injections, stream(spec.seed, "orders"))
    warm_up()
    correct(*WARM)  # its tables take a second to read, in which the answers that wait would seem slow
    for trial in todo:
        arm: Arm = build("arm", trial.part)
        base = _shared(spec, folder, slug(f"{trial.arm}-{trial.seed}"))
        if asked:
            asked(trial, 0, len(dataset.questions), QUESTIONS)
        with keeping(folder / ASKED, f"{trial.arm} {trial.seed}") as journal:
            with Peak() as peak:
                ready = arm.fit(base, dataset.corpus, stream(spec.seed, "arm", run=trial.seed))
            rng = stream(spec.seed, "answer", run=trial.seed)
            try:
                with telling(Tally(trial, len(dataset.questions), asked)):
                    outcome = _outcome(trial, arm, ready, dataset, rng, journal)
                if judge:
                    times = spec.judge_repeats or 1
                    with telling(Tally(trial, 2 * times * len(dataset.questions), asked, VERDICTS)):
                        outcome = replace(outcome, graded=judged(judge, outcome.graded, dataset.questions, times))
                with telling(Tally(trial, WAYS * min(ATTACKS, len(dataset.questions)), asked, INJECTED)):
                    outcome = replace(outcome, attacked=tuple(attack(ready, dataset.questions, injections, rng)))
            finally:
                ready.close()  # an index can be open but once, and the next arm may need it
        yield replace(outcome, preparation_memory=peak.bytes)


def _shared(spec: CompareSpec, folder: Path, label: str = "") -> SharedModel:
    return SharedModel(
        model=spec.model if spec.base_url else model_path(spec.model),
        folder=folder / "work",
        logs=folder / "logs",
        label=label,
        base_url=spec.base_url or "",
        embedder=spec.embedder,
        prompt=spec.prompt,
        max_tokens=spec.max_tokens,
        tuned=any("weights" in build("arm", part).needs for part in spec.arms),
        grading=find_grading(spec),
    )


def _outcome(
    trial: Trial, arm: Arm, ready: Ready, dataset: Dataset, rng: np.random.Generator, journal: Journal
) -> Outcome:
    """Have a prepared arm answer every question once, some of them one at a time.

    Where some were answered in a session before, the energy of all is unknown.
    """
    local, before = not ready.base.base_url, journal.recalled
    if local:  # what a model sets up at its first answer is no cost of a query
        ready.prompts(dataset.questions[:1])
        with unkept():
            ready.model.complete(["?"], max_tokens=1)
    with Peak() as peak, Meter() as meter:
        seconds, said = _alone(ready, dataset.questions) if local else ((), {})
        graded = ready.answer(dataset.questions, rng, said)
    general = _general(ready, dataset.general) if ready.look is None else []
    return Outcome(
        trial.arm,
        trial.seed,
        control=arm.control,
        reads=ready.look is not None,
        preparation=ready.preparation,
        graded=tuple(graded),
        general=tuple(general),
        energy=meter.energy if journal.recalled == before else Energy(seconds=meter.energy.seconds),
        latency_sample=seconds,
        memory=peak.bytes,
    )


def _alone(ready: Ready, questions: Sequence[Question]) -> tuple[tuple[float, ...], dict[str, Completion]]:
    """The seconds of some questions asked one at a time, spread over all, and what was said to their prompts.

    Of a served model each question has its own seconds, so that none needs to be asked by itself.
    """
    each = max(1, len(questions) // LATENCY_SAMPLE)
    asked = [ready.alone(question) for question in questions[::each][:LATENCY_SAMPLE]]
    said = {prompt: completion for _, row in asked for prompt, completion in row.items()}
    return tuple(seconds for seconds, _ in asked), said


def _general(ready: Ready, questions: Sequence[Question]) -> list[Graded]:
    """What a closed book still knows of what the base knew before."""
    base = replace(ready.base, label=f"{ready.base.label}-{GENERAL}")
    return replace(ready, base=base).answer(questions, stream(0, GENERAL))
