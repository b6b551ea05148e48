"""What an arm is given, and what it becomes: the same model and documents for all, and how it answers questions."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np

from ..answering.find import find_model
from ..answering.kept import clock
from ..answering.language_model import ANSWER, Completion, LanguageModel
from ..answering.recalling import Recalling
from ..answering.run import answer_all
from ..answering.size import prompt_form
from ..context import Passage
from ..context.prompt import AUTO, PromptForm, closed_prompt
from ..core.errors import UsageError
from ..core.questions import Graded, Question
from ..cost.complexity import Complexity
from ..cost.energy import NONE
from ..data.dataset import Corpus
from ..graders.grade import Grading

# weights that can be tuned here, a corpus in the same style, an embedder, a CUDA device that trains in 4 bits
NEEDS = ("weights", "style", "embedder", "cuda")
Look = Callable[[Sequence[Question]], Sequence[Sequence[Passage]]]  # what goes into the prompt of each question


@dataclass(frozen=True)
class SharedModel:
    """The model that all arms share, by its folder, hub id or name at an address, and where an arm may work.

    `folder` keeps what arms share and make (an index, tuned weights), `logs` what they said, `label` is the arm's name
    there, and `grading` marks every answer. `tuned` says that an arm beside tunes the model: then one library runs the
    model for all of them, so that their seconds and answers can be compared. `prompt` names how it is asked about
    passages.
    """

    model: str
    folder: Path
    logs: Path
    label: str = ""
    base_url: str = ""
    embedder: str = "minilm"
    max_tokens: int = ANSWER
    tuned: bool = False
    prompt: str = AUTO
    grading: Grading = field(default_factory=Grading)

    @property
    def form(self) -> PromptForm:
        """How the model is asked about passages."""
        return prompt_form(self.prompt, self.model, self.base_url)

    def language_model(self, *, reads: bool = False) -> LanguageModel:
        """The model as it is; where it `reads` passages, its answers begin as its form of the prompt says."""
        begins = self.form.begins if reads else ""
        return find_model(self.model, self.base_url, tuned=self.tuned, begins=begins)

    def trainable(self) -> str:
        """The folder or hub id of a model that can be tuned; raises UsageError where it is reached by an address."""
        if self.base_url:
            raise UsageError(
                f"the model {self.model} is reached by an address and cannot be tuned here: "
                "leave out the arms that fine-tune it, or give the folder or hub id of its weights."
            )
        return self.model


class Arm(Protocol):
    """A frozen dataclass whose fields are its settings; what it says of itself are class variables or properties.

    `needs` names what it cannot do without, of `NEEDS`. A `seeded` arm draws random numbers that matter, and is run
    with every seed. A `control` is a bound to compare with, that nobody would put into service. By default an arm
    needs nothing, is run once, and is no control.
    """

    needs: ClassVar[frozenset[str]]
    seeded: ClassVar[bool]
    control: ClassVar[bool]

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> "Ready":
        """Prepare the arm for the documents."""


@dataclass(frozen=True)
class Preparation:
    """What an arm cost before its first question.

    Seconds and joules of its preparation, of which `search_seconds` went into settings; tokens that it was trained on,
    and that a model wrote for it; bytes that it keeps on disk. `details` says what was chosen.
    """

    seconds: float = 0.0
    search_seconds: float = 0.0
    joules: float = math.nan
    method: str = NONE
    tokens_trained: int = 0
    tokens_read: float = 0
    tokens_written: float = 0
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

    base: SharedModel
    model: LanguageModel
    preparation: Preparation
    look: Look | None = None
    close: Callable[[], None] = _nothing

    def alone(self, question: Question) -> tuple[float, dict[str, Completion]]:
        """The seconds of one question, from the search to the end of its answer, and what was said to its prompt."""
        begun = clock()
        (prompt,), _ = self.prompts([question])
        said = self.model.complete([prompt], max_tokens=self.base.max_tokens)
        return clock() - begun, {prompt: said[0]}

    def prompts(self, questions: Sequence[Question]) -> tuple[list[str], Sequence[Sequence[Passage]] | None]:
        """What the model is asked, and the passages that it is shown."""
        if self.look is None:
            return [closed_prompt(question.text) for question in questions], None
        shown = self.look(questions)
        texts = [[passage.text for passage in passages] for passages in shown]
        return [self.base.form.ask(q.text, row) for q, row in zip(questions, texts, strict=True)], shown

    def answer(
        self, questions: Sequence[Question], rng: np.random.Generator, said: Mapping[str, Completion] | None = None
    ) -> list[Graded]:
        """The answer to each question, in order, the likeliest token each time, with its passages and its marks.

        What was `said` to a prompt before is not asked again.
        """
        prompts, shown = self.prompts(questions)
        return answer_all(
            Recalling(self.model, said) if said else self.model,
            questions,
            prompts,
            folder=self.base.logs,
            name=self.base.label,
            passages=shown,
            mark=self.base.grading.marks,
            max_tokens=self.base.max_tokens,
        )
