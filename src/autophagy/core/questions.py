"""Questions and answers: what is asked, what an arm said, and the marks that it got."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import UsageError
from .stops import CUT

UNANSWERABLE = "unanswerable"


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its accepted answers, none where the documents do not hold it.

    `evidence` names the documents that hold the answer, `type` is the type of question (one-fact, two-hop, paraphrased,
    unanswerable, or the user's word; of a prompt of a suite its class, such as prime), `choices` the options of
    multiple choice. `document` is the source that clusters it: unless given, the first of the evidence, else the
    question itself. `instructions` are what an answer must obey, such as `no_comma` or `words:least=100`, `tests` the
    Python code that an answer in code must pass, and `variant` says how it was made from the question that `document`
    names, such as "renamed".
    """

    id: str
    text: str
    answers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    type: str = "one-fact"
    choices: tuple[str, ...] = ()
    document: str = ""
    instructions: tuple[str, ...] = ()
    tests: str = ""
    variant: str = ""

    def __post_init__(self) -> None:
        for name in ("answers", "evidence", "choices", "instructions"):
            if isinstance(getattr(self, name), str):  # it would be taken for its letters
                raise UsageError(f"the {name} of the question {self.id} are one text: give a tuple of texts.")
        if not self.document:
            object.__setattr__(self, "document", self.evidence[0] if self.evidence else self.id)

    @property
    def ruled(self) -> bool:
        """Whether instructions or tests, and no accepted answer, say what is right: no answer is not unanswerable."""
        return not self.answers and bool(self.instructions or self.tests)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an arm said to the question with that id, from which passages, at how many tokens and seconds.

    `error` says why there is no answer, such as an endpoint that failed: such a row is never scored as wrong.
    `scores` are the log-probabilities of the choices, in their order. `stop` is why the answer stopped: one of "length"
    was cut, so that it is no answer. Tokens are NaN where nobody counted them. `searched` says whether passages were
    looked for, of which none may have been found. `copies` are for each passage the ids of those with the same text.
    """

    question: str
    text: str
    passages: tuple[str, ...] = ()
    tokens_in: float = math.nan
    tokens_out: float = math.nan
    seconds: float = math.nan
    error: str = ""
    scores: tuple[float, ...] = ()
    stop: str = ""
    searched: bool = False
    copies: tuple[tuple[str, ...], ...] = ()

    @property
    def cut(self) -> bool:
        """Whether it was cut at its limit of tokens."""
        return self.stop == CUT

    @property
    def empty(self) -> bool:
        """Whether it came whole and says nothing."""
        return not (self.error or self.cut or self.text.strip())


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer with its marks by the names of their graders, NaN where a mark does not apply.

    `passages` are the texts that the prompt held, by the ids in `answer.passages`.
    """

    answer: Answer
    marks: Mapping[str, float]
    passages: Mapping[str, str]
