"""Questions: a passage is asked for questions, their answers, and the words that say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .answers import text_of
from .choosing import in_turn, passages_of
from .records import Labelled, records_of
from .template import template

PARTS = ("question", "answer", "quote")
ASK = (
    "Read the passage and write {number} questions that it answers, each about something else in it. Whoever "
    "is asked has not seen the passage: name who or what a question is about, and do not speak of a passage. "
    "The answer is short and complete. The quote is the sentence of the passage that says so, copied word for "
    "word.\n"
    'Write a list of JSON objects, each as {{"question": "...", "answer": "...", "quote": "..."}}, and nothing '
    "else.\n\n"
    "<passage>\n{passage}\n</passage>"
)
STRAIGHT = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


@recipe("questions")
@dataclass(frozen=True)
class QuestionsOfPassages:
    """Ask for questions about a passage, with answers and a quote each, which must be in the passage.

    One question is asked for in every `words_each` words of a passage, so that long ones are covered as short ones are.
    A quote of fewer than `shortest` words proves nothing. With `open_book` the passage becomes the row's input.
    `template` is a file with other words for what is asked, with {passage} and {number}.

    Ref: the quote as evidence: Gao et al. (2023), "RARR", and Menick et al. (2022), "Teaching language models to
    support answers with verified quotes".
    """

    words_each: int = 50
    shortest: int = 3
    open_book: bool = False
    temperature: float = 0.7
    template: str = ""

    def __post_init__(self) -> None:
        must(self.words_each >= 1, "words_each", self.words_each, "1 or more")
        must(self.shortest >= 1, "shortest", self.shortest, "1 or more")
        template(self.template, ("passage", "number"), ASK)

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, each with a passage; those that brought few rows come first."""
        words = template(self.template, ("passage", "number"), ASK)
        return [self._request(words, row) for row in in_turn(passages_of(pool, "questions"), pool, n, rng)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The questions of a reply whose quotes stand in the passage."""
        found = records_of(reply, PARTS, cut)
        if not found:
            text = text_of(reply, cut)
            return [text if isinstance(text, Refused) else Refused("no question", text)]
        return [each if isinstance(each, Refused) else self._row(request, each) for each in found]

    def _request(self, words: str, row: PoolRow) -> Request:
        number = max(1, round(len(row.instruction.split()) / self.words_each))
        text = words.format(number=number, passage=row.instruction)
        return Request(text, 128 + 128 * number, self.temperature, {"passage": row.instruction}, (row.id,))

    def _row(self, request: Request, record: Labelled) -> Draft | Refused:
        if record.lacks:
            return Refused(f"no {record.lacks[0]}", record.text)
        question, answer, quote = (record.parts[name] for name in PARTS)
        if not all(re.search(r"\w", text) for text in (question, answer)):
            return Refused("no words", record.text)
        if len(_bare(quote).split()) < self.shortest:
            return Refused("quote too short", record.text)
        if _bare(quote) not in _bare(request.of["passage"]):
            return Refused("quote not in the passage", record.text)
        given = request.of["passage"] if self.open_book else ""
        return Draft(question, given, answer, request.shown[0], 1, record.mended)


def _bare(text: str) -> str:
    """A text in which letters' case, kinds of quotation marks, blanks and the marks at its ends do not count."""
    return " ".join(text.translate(STRAIGHT).casefold().split()).strip(" .\"'…")
