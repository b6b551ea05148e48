"""A reader answers questions, in a task of inspect_ai whose log its viewer opens."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UsageError, need
from ..core.questions import Answer, Question
from .language_model import SHORT, Reader, Scorer

if TYPE_CHECKING:
    from ..text.chunks import Passage

Mark = Callable[[Question, Answer], Mapping[str, float]]


def warm_up() -> None:
    """Import what answering takes, so that the seconds and joules of it are charged to no arm."""
    need("inspect_ai", "answering questions")
    from . import log as log


def answer_all(
    reader: Reader,
    questions: Sequence[Question],
    prompts: Sequence[str],
    *,
    folder: Path,
    name: str,
    passages: "Sequence[Sequence[Passage]] | None" = None,
    mark: Mark | None = None,
    max_tokens: int = SHORT,
) -> list[Answer]:
    """The reader's answer to each question by its prompt, in their order, with a log `*_name_*.eval` in the folder.

    `passages` are those that each prompt holds, and `mark` marks each answer for the log. A question that could not be
    answered has its reason in `Answer.error` and no mark. Choices are scored where the reader can.
    """
    if len({question.id for question in questions}) < len(questions):
        raise UsageError("two questions have the same id: give each question an id of its own.")
    if not questions:
        return []
    need("inspect_ai", "answering questions")
    from .log import Asked, run_task

    given = [tuple(passage.id for passage in row) for row in passages] if passages else [()] * len(questions)
    scores = _scores(reader, questions, prompts)
    asked = [Asked(*row) for row in zip(questions, prompts, given, scores, strict=True)]
    answers = run_task(reader, asked, folder, name, mark, max_tokens)
    return [answers[question.id] for question in questions]


def _scores(reader: Reader, questions: Sequence[Question], prompts: Sequence[str]) -> list[tuple[float, ...]]:
    """The log-probability of each question's choices; nothing where there are none, or the reader cannot tell."""
    scores: list[tuple[float, ...]] = [()] * len(questions)
    places = [place for place, question in enumerate(questions) if question.choices]
    if places and isinstance(reader, Scorer):
        found = reader.score([prompts[place] for place in places], [questions[place].choices for place in places])
        for place, row in zip(places, found, strict=True):
            scores[place] = row
    return scores
