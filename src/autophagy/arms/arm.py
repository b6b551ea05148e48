"""What an arm is given, and what it becomes: the same model and documents for all, and how it answers questions."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..answering.find import find_reader
from ..answering.language_model import SHORT, Reader
from ..answering.run import answer_all
from ..context.prompt import closed_prompt, context_prompt
from ..core.errors import UsageError
from ..core.questions import Answer, Question
from ..core.samples import Samples
from ..cost.complexity import Complexity
from ..cost.energy import NONE
from ..graders import grade

if TYPE_CHECKING:
    from ..context import Passage

Passages = list["Passage"]
Look = Callable[[Sequence[Question]], list[Passages]]  # the passages that go into the prompt of each question


@dataclass(frozen=True)
class Base:
    """The model that every arm starts from, by its folder, hub id or name at an address, and where an arm may work.

    `folder` keeps what arms share and make (an index, tuned weights), `logs` what they said, `label` is the arm's name
    there.
    """

    model: str
    folder: Path
    logs: Path
    label: str = ""
    base_url: str = ""
    embedder: str = "minilm"
    max_tokens: int = SHORT

    def reader(self) -> Reader:
        """The model as it is."""
        return find_reader(self.model, self.base_url)

    def trainable(self) -> str:
        """The folder or hub id of a model that can be tuned; raises UsageError where it is reached by an address."""
        if self.base_url:
            raise UsageError(
                f"the model {self.model} is reached by an address and cannot be tuned here: "
                "leave out the arms that tune, or give the folder or hub id of its weights."
            )
        return self.model


@dataclass(frozen=True)
class Corpus:
    """What may be learnt or looked up: documents (columns `document`, `title`), and wordings of them that were given.

    `rewritings` has a column `document` too; `style` is a corpus about something else in the same style.
    """

    documents: Samples
    rewritings: Samples | None = None
    style: "Corpus | None" = None


@dataclass(frozen=True)
class Setup:
    """What an arm cost before its first question.

    Seconds and joules of its preparation, of which `search_seconds` went into settings; tokens that it was trained on,
    and that a model wrote for it; bytes that it keeps on disk. `details` says what was chosen.
    """

    seconds: float = 0.0
    search_seconds: float = 0.0
    joules: float = math.nan
    method: str = NONE
    tokens_trained: int = 0
    tokens_read: int = 0
    tokens_written: int = 0
    bytes: float = 0.0
    complexity: Complexity = field(default_factory=Complexity)
    details: dict[str, Any] = field(default_factory=dict)


def _nothing() -> None:
    """What there is to close where nothing is held."""


@dataclass(frozen=True)
class Ready:
    """An arm that answers: its model, the passages that it looks up, none for a closed book, and what it cost.

    `close` lets go of what it holds, such as an index.
    """

    base: Base
    reader: Reader
    setup: Setup
    look: Look | None = None
    close: Callable[[], None] = _nothing

    def seconds(self, question: Question) -> float:
        """How long one question alone takes, from the search to the end of its answer."""
        begun = time.perf_counter()
        (prompt,), _ = self.prompts([question])
        self.reader.complete([prompt], max_tokens=self.base.max_tokens)
        return time.perf_counter() - begun

    def prompts(self, questions: Sequence[Question]) -> tuple[list[str], list[Passages] | None]:
        """What the model is asked, and the passages that it is shown."""
        if self.look is None:
            return [closed_prompt(question.text) for question in questions], None
        found = self.look(questions)
        texts = [[passage.text for passage in passages] for passages in found]
        return [context_prompt(q.text, some) for q, some in zip(questions, texts, strict=True)], found

    def answer(self, questions: Sequence[Question], rng: np.random.Generator) -> list[Answer]:
        """The answer to each question, in order, the likeliest token each time."""
        prompts, found = self.prompts(questions)
        return answer_all(
            self.reader,
            questions,
            prompts,
            folder=self.base.logs,
            name=self.base.label,
            passages=found,
            mark=grade,
            max_tokens=self.base.max_tokens,
        )
