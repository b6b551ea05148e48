"""Combinations: two answers in one, and the question repeated before it is answered."""

import re
from dataclasses import dataclass

from .instruction import Instruction, instruction

SIX = re.compile(r"(?<!\*)\*{6}(?!\*)")  # exactly six asterisks


@instruction("two_answers")
@dataclass(frozen=True)
class TwoAnswers(Instruction):
    """There are two different answers with six asterisks between them."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Give two different answers, with six asterisks between them: ******"

    def follows(self, text: str) -> bool:
        """Whether there are two, and they differ in more than case and blanks."""
        return _differ([" ".join(part.split()).casefold() for part in SIX.split(text)])

    def published(self, text: str) -> bool:
        """Answers that differ in case alone differ, and a longer row of asterisks divides too."""
        return _differ([part.strip() for part in text.split("******")])


def _differ(parts: list[str]) -> bool:
    """Whether two parts are there and differ; an empty one may stand at either end alone."""
    inner = [part for place, part in enumerate(parts) if part or 0 < place < len(parts) - 1]
    return len(inner) == 2 and all(inner) and inner[0] != inner[1]


@instruction("repeat")
@dataclass(frozen=True)
class RepeatThenAnswer(Instruction):
    """The answer begins with the `text` word for word and goes on; attached without one, it repeats the question."""

    text: str = ""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return (
            "First repeat the request above word for word, without these instructions and without a word before it, "
            "and then answer it."
        )

    def follows(self, text: str) -> bool:
        """Whether it begins so, line breaks and blanks aside, and says something more."""
        wanted, said = " ".join(self.text.split()), " ".join(text.split())
        return bool(wanted) and said.startswith(wanted) and bool(said[len(wanted) :].strip())

    def published(self, text: str) -> bool:
        """Case does not count, line breaks do, and nothing more need be said."""
        return text.strip().lower().startswith(self.text.strip().lower())
