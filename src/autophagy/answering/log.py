"""A task of inspect_ai that asks prompts as they stand: one sample a question, quiet, with a log for its viewer."""

import gc
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspect_ai import Task
from inspect_ai import eval as evaluate
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, mean, scorer, stderr
from inspect_ai.solver import solver

from ..core.errors import RecordError
from ..core.questions import Answer, Question
from .endpoint import EndpointReader
from .language_model import Completion, Reader
from .provider import FAILURES, Queue, Unanswered, completion, local_model, reason, served_model

WIDTH = 512  # questions that a local model is handed at once, to be sorted by length
NOISY = r"(inspect_ai|openai|httpx2?|anyio|pydantic)\b"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its prompt, the ids of the passages in it, and the log-probabilities of its choices."""

    question: Question
    prompt: str
    passages: tuple[str, ...]
    scores: tuple[float, ...]

    def answer(self, said: Completion) -> Answer:
        """The answer that a completion is."""
        counts = (said.tokens_in, said.tokens_out, said.seconds)
        return Answer(self.question.id, said.text, self.passages, *counts, said.error, self.scores)

    def sample(self) -> Sample:
        """The question as inspect_ai has it."""
        facts = {"question": self.question.text, "kind": self.question.kind, "passages": list(self.passages)}
        return Sample(self.prompt, id=self.question.id, target=list(self.question.answers), metadata=facts)


def run_task(
    reader: Reader,
    asked: Sequence[Asked],
    folder: Path,
    name: str,
    mark: Callable[[Question, Answer], Mapping[str, float]] | None,
    max_tokens: int,
) -> dict[str, Answer]:
    """Each question's answer by its id; raises RecordError where the task itself failed, such as on a full disk."""
    rows = {row.question.id: row for row in asked}
    answers: dict[str, Answer] = {}
    queue = Queue(reader, max_tokens, min(WIDTH, len(asked)), len(asked))
    model = served_model(reader, max_tokens) if isinstance(reader, EndpointReader) else local_model(queue)
    one_line = getattr(reader, "one_line", False)

    @solver
    def ask() -> Any:
        async def solve(state: Any, generate: Any) -> Any:
            row = rows[state.sample_id]
            try:
                state = await generate(state)
                said = completion(state.output, one_line)
            except FAILURES as error:
                said = Completion(error=reason(error))
            answers[row.question.id] = row.answer(said)
            if len(answers) == len(asked):
                await model.api.aclose()  # its client belongs to the event loop of this run
            if said.error:
                raise Unanswered(said.error)  # the log shows it, and the scorer never sees it
            return state

        return solve

    @scorer(metrics={"*": [mean(), stderr()]})
    def marks() -> Any:
        async def score(state: Any, target: Any) -> Score:
            answer = answers[state.sample_id]
            found = mark(rows[state.sample_id].question, answer) if mark else {}
            return Score(value=dict(found), answer=answer.text)

        return score

    samples = MemoryDataset([row.sample() for row in asked], name=name)
    task = Task(dataset=samples, solver=ask(), scorer=marks() if mark else None, name=name, fail_on_error=False)
    with _quiet():
        (log,) = evaluate(
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
            max_samples=reader.connections if isinstance(reader, EndpointReader) else queue.width,
        )
    if queue.failure:
        raise queue.failure
    if log.status == "cancelled":
        raise KeyboardInterrupt
    if len(answers) < len(asked):
        why = log.error.message if log.error else log.status
        raise RecordError(f"the answering of {name} stopped ({why}): mend that, and start it again.")
    return answers


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
