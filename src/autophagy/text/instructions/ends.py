"""How an answer is bounded and marked: its last words, quotation marks around it, and no commas."""

import re
from dataclasses import dataclass

from ...core.errors import UsageError
from .instruction import Instruction, instruction

COMMA = re.compile("[,，、،﹐]")  # commas of Latin, Chinese, Japanese and Arabic
QUOTES = ('""', "“”", "„“", "„”", "«»")


@instruction("no_comma")
@dataclass(frozen=True)
class NoComma(Instruction):
    """There is no comma of any script, not even in a number."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Do not use any commas."

    def follows(self, text: str) -> bool:
        """Whether there is none."""
        return not COMMA.search(text)

    def published(self, text: str) -> bool:
        """Only the comma of Latin scripts counts."""
        return "," not in text


@instruction("quoted")
@dataclass(frozen=True)
class Quoted(Instruction):
    """The whole answer stands in double quotation marks, straight or curly."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Put your whole answer in double quotation marks."

    def follows(self, text: str) -> bool:
        """Whether the first and the last character are such marks, with something between them."""
        text = text.strip()
        return text[:1] + text[-1:] in QUOTES and bool(text[1:-1].strip())

    def published(self, text: str) -> bool:
        """Only straight marks count, and nothing need stand between them."""
        text = text.strip()
        return len(text) > 1 and text[0] == text[-1] == '"'


@instruction("end")
@dataclass(frozen=True)
class End(Instruction):
    """The last words are the `phrase`, in any case; quotation marks behind it do not count."""

    phrase: str = ""

    def __post_init__(self) -> None:
        if not self.phrase.strip():
            raise UsageError("the instruction end says no phrase: write end:phrase=Any other questions?")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"End your answer with exactly these words and nothing behind them: {self.phrase.strip()}"

    def follows(self, text: str) -> bool:
        """Whether the text ends with the phrase."""
        phrase, text = self.phrase.strip().lower(), text.strip().lower()
        return text.endswith(phrase) or text.rstrip("\"”“»'’").rstrip().endswith(phrase)

    def published(self, text: str) -> bool:
        """Only straight double quotation marks do not count."""
        return text.strip().strip('"').lower().endswith(self.phrase.strip().lower())
