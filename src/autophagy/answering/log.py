"""A task of inspect_ai that asks prompts as they stand: one sample a question, quiet, with a log for its viewer."""

import gc
import logging
import sys
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anyio
from inspect_ai import Task
from inspect_ai import eval as evaluate
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import Model
from inspect_ai.scorer import Score, mean, scorer, stderr
from inspect_ai.solver import solver

from ..core.errors import AutophagyError, RecordError
from ..core.questions import Answer, Graded, Question
from .language_model import Completion, LanguageModel
from .patience import Unanswered
from .provider import SLOT, Ours, Queue, as_inspect
from .running import apart_from_loops
from .served import ServedModel
from .told import answered

if TYPE_CHECKING:
    from ..text.chunks import Passage

WIDTH = 512  # questions that a local model is handed at once, to be sorted by length
NOISY = r"(inspect_ai|httpx|anyio|pydantic)\b"

Mark = Callable[[Question, Answer], Mapping[str, float]]
Close = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Prompted:
    """A question, its prompt, the passages in it, the log-probabilities of its choices, and if a search was made."""

    question: Question
    prompt: str
    passages: "tuple[Passage, ...]"
    scores: tuple[float, ...]
    searched: bool

    def answer(self, reply: Completion) -> Answer:
        """The answer that a completion is."""
        counts = (reply.tokens_in, reply.tokens_out, reply.seconds)
        ids = tuple(passage.id for passage in self.passages)
        answer = Answer(self.question.id, reply.text, ids, *counts, reply.error, self.scores, reply.stop, self.searched)
        return replace(answer, copies=tuple(passage.copies for passage in self.passages))

    def sample(self) -> Sample:
        """The question as inspect_ai has it."""
        facts = {
            "question": self.question.text,
            "type": self.question.type,
            "passages": [passage.id for passage in self.passages],
        }
        return Sample(self.prompt, id=self.question.id, target=list(self.question.answers), metadata=facts)


@dataclass(frozen=True)
class Sheet:
    """The questions of a task by their ids, how answers are marked, and the answers that are there."""

    rows: Mapping[str, Prompted]
    mark: Mark
    graded: dict[str, Graded] = field(default_factory=dict)
    failures: list[AutophagyError] = field(default_factory=list)

    def put(self, name: str, reply: Completion) -> None:
        """Mark what was said to the question of that id, and keep it; a grader that fails is kept too."""
        row = self.rows[name]
        answer = row.answer(reply)
        shown = {passage.id: passage.text for passage in row.passages}
        try:
            self.graded[name] = Graded(answer, self.mark(row.question, answer), shown)
        except AutophagyError as error:  # inspect_ai keeps it to the log; the run raises it again
            self.failures.append(error)
            raise

    @property
    def full(self) -> bool:
        """Whether every question has its answer."""
        return len(self.graded) == len(self.rows)


@contextmanager
def _guest() -> Iterator[None]:
    """Let inspect_ai leave alone how this process shows errors, and take a notebook for a script.

    It would want widgets there, and patch the event loop that runs the user's cells.
    """
    shows, ipython = sys.excepthook, sys.modules.get("IPython")
    shell = getattr(ipython, "get_ipython", None)
    if shell:
        vars(ipython)["get_ipython"] = lambda: None
    try:
        yield
    finally:
        sys.excepthook = shows
        if shell:
            vars(ipython)["get_ipython"] = shell


@_guest()
def run_task(
    model: LanguageModel, prompted: Sequence[Prompted], folder: Path, name: str, mark: Mark, max_tokens: int
) -> list[Graded]:
    """Each question's answer, in order; raises RecordError where the task itself failed, such as on a full disk."""
    sheet = Sheet({row.question.id: row for row in prompted}, mark)
    if isinstance(model, ServedModel):
        client, at_once = model.client(), model.endpoint.connections
        asked = as_inspect(model.name, partial(client.complete, max_tokens=max_tokens), max_tokens, at_once)
        close: Close = client.close
    else:
        at_once, close = min(WIDTH, len(prompted)), _nothing
        queue = Queue(model, max_tokens, at_once, len(prompted))
        asked = as_inspect(model.name, queue.ask, max_tokens, at_once)
    log = _evaluate(sheet, asked, close, at_once, folder, name)
    failures = [*sheet.failures, *cast(Ours, asked.api).failures]
    if failures:
        raise failures[0]
    if log.status == "cancelled":
        raise KeyboardInterrupt
    if not sheet.full:
        why = log.error.message if log.error else log.status
        raise RecordError(f"the answering of {name} stopped ({why}): mend that, and start it again.")
    return [sheet.graded[row.question.id] for row in prompted]


async def _nothing() -> None:
    """What there is to close where nothing is held."""


def _solver(sheet: Sheet, close: Close, served: bool) -> Any:
    """Ask each prompt, and put what is said on the sheet; `close` what asks behind the last, however each went."""
    left = set(sheet.rows)

    async def solve(state: Any, generate: Any) -> Any:
        try:
            return await ask(state, generate)
        except Exception:  # of one prompt: inspect_ai goes on with the others
            raise
        except BaseException:  # the run is stopped: no other prompt will come
            left.clear()
            raise
        finally:
            left.discard(state.sample_id)
            if not left:
                with anyio.CancelScope(shield=True):
                    await close()  # a client belongs to the event loop of this run

    async def ask(state: Any, generate: Any) -> Any:
        slot: list[Completion] = []
        SLOT.set(slot)
        try:
            state = await generate(state)
        except Exception:  # inspect_ai raises also where an error came in place of an answer: that is in the slot
            if not slot:
                raise
        reply = slot[-1]
        sheet.put(state.sample_id, reply)
        if served:
            answered(1)  # a local model tells by itself
        if reply.error:
            raise Unanswered(reply.error)  # the log shows it, and the scorer never sees it
        return state

    return solver(name="ask")(lambda: solve)()  # without parameters, which the log would hold


def _scorer(sheet: Sheet) -> Any:
    """The marks that stand on the sheet."""

    async def score(state: Any, target: Any) -> Score:
        graded = sheet.graded[state.sample_id]
        return Score(value=dict(graded.marks), answer=graded.answer.text)

    return scorer(metrics={"*": [mean(), stderr()]}, name="marks")(lambda: score)()


def _evaluate(sheet: Sheet, model: Model, close: Close, at_once: int, folder: Path, name: str) -> Any:
    """Run the task without a word on the terminal; returns its log."""
    samples = MemoryDataset([row.sample() for row in sheet.rows.values()], name=name)
    solve = _solver(sheet, close, close is not _nothing)
    task = Task(dataset=samples, solver=solve, scorer=_scorer(sheet), name=name, fail_on_error=False)
    run = partial(
        evaluate,
        task,
        model=model,
        display="none",
        log_dir=str(folder),
        log_level="critical",
        log_level_transcript="critical",
        log_model_api=False,
        log_realtime=False,
        log_buffer=1000,
        log_header_only=True,
        score_display=False,
        ctl_server=False,
        max_samples=at_once,
    )
    with _quiet():
        logs = apart_from_loops(run)
    if not logs:  # it was stopped, and inspect_ai says no more of it
        raise KeyboardInterrupt
    return logs[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' notes off standard error, and leave the logging of the process as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=NOISY)
            yield
            gc.collect()  # inspect_ai leaves streams open, which complain when they are freed: let it be now
    finally:
        root.handlers, root.level = handlers, level
