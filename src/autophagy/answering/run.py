"""A language model answers questions, in a task of inspect_ai whose log its viewer opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..core.errors import UsageError, need
from ..core.questions import Answer, Graded, Question
from .language_model import ANSWER, Completion, LanguageModel, Scorer, Seeds

if TYPE_CHECKING:
    from ..text.chunks import Passage

Mark = Callable[[Question, Answer], Mapping[str, float]]


@dataclass(frozen=True)
class _Nobody:
    """A model that answers nothing."""

    name: str = "nobody"

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """An empty answer to each prompt."""
        return [Completion(stop="stop") for _ in prompts]


def warm_up() -> None:
    """Have nobody answer a question, so that what inspect_ai imports and reads at its first is charged to no arm."""
    with TemporaryDirectory() as folder:
        answer_all(_Nobody(), [Question("warm", "?")], ["?"], folder=Path(folder), name="warm", mark=lambda *_: {})


def answer_all(
    model: LanguageModel,
    questions: Sequence[Question],
    prompts: Sequence[str],
    *,
    folder: Path,
    name: str,
    mark: Mark,
    passages: "Sequence[Sequence[Passage]] | None" = None,
    max_tokens: int = ANSWER,
) -> list[Graded]:
    """The model's answer to each question by its prompt, in their order, with a log `*_name_*.eval` in the folder.

    `mark` marks each answer, once, and `passages` are those that each prompt holds. A question that could not be
    answered has its reason in `Answer.error`, and the log shows no mark of it. Choices are scored where the model can.
    """
    if len({question.id for question in questions}) < len(questions):
        raise UsageError("two questions have the same id: give each question an id of its own.")
    if not questions:
        return []
    need("inspect_ai", "answering questions")
    from .log import Prompted, run_task

    shown = [tuple(row) for row in passages] if passages else [()] * len(questions)
    scores = _scores(model, questions, prompts)
    searched = passages is not None
    prompted = [Prompted(*row, searched) for row in zip(questions, prompts, shown, scores, strict=True)]
    return run_task(model, prompted, folder, name, mark, max_tokens)


def _scores(model: LanguageModel, questions: Sequence[Question], prompts: Sequence[str]) -> list[tuple[float, ...]]:
    """The log-probability of each question's choices; nothing where there are none, or the model cannot tell."""
    scores: list[tuple[float, ...]] = [()] * len(questions)
    places = [place for place, question in enumerate(questions) if question.choices]
    if places and isinstance(model, Scorer):
        known = model.score([prompts[place] for place in places], [questions[place].choices for place in places])
        for place, row in zip(places, known, strict=True):
            scores[place] = row
    return scores
