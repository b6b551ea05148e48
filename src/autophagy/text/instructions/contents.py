"""Contents that can be told by their form: placeholders, and a postscript."""

import re
from dataclasses import dataclass

from ...core.errors import UsageError
from .counting import Amount
from .instruction import Instruction, instruction

PLACEHOLDER = re.compile(r"\[[^\[\]\n]*[^\W_][^\[\]\n]*\](?!\()")  # "[address]", no link of Markdown


@instruction("placeholders")
@dataclass(frozen=True)
class Placeholders(Amount):
    """There are so many placeholders in square brackets; empty brackets and links are none."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Leave {self.asked('placeholder')} in square brackets, such as [address]."

    def count(self, text: str) -> int:
        """The number of placeholders."""
        return len(PLACEHOLDER.findall(text))

    def published(self, text: str) -> bool:
        """Anything in square brackets counts, and brackets around nothing."""
        return self.meets(len(re.findall(r"\[.*?\]", text)))


@instruction("postscript")
@dataclass(frozen=True)
class Postscript(Instruction):
    """A line behind the answer begins with the `mark`, such as P.S., and says something."""

    mark: str = "P.S."

    def __post_init__(self) -> None:
        if not self.mark.strip():
            raise UsageError("the instruction postscript has no mark: write postscript:mark=P.S.")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f'Add a postscript at the end, which begins with "{self.mark.strip()}".'

    def follows(self, text: str) -> bool:
        """Whether such a line is there, behind something else."""
        mark = r"\s?".join(map(re.escape, re.findall(r"\S[^.\s]*\.?", self.mark)))
        return bool(re.search(rf"\S\s*\n[ \t]*[*_\"“]*{mark}[.:*_\s]*(?=[^\W_])", text, re.IGNORECASE))

    def published(self, text: str) -> bool:
        """The mark may stand anywhere, even as the end of a word, and alone."""
        known = {"P.P.S": r"p\.\s?p\.\s?s", "P.S.": r"p\.\s?s\."}
        mark = self.mark.strip()
        return bool(re.search(known.get(mark, mark.lower()), text.lower()))
