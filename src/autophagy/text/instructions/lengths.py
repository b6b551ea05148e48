"""Lengths: how many words, sentences and paragraphs an answer has, and how a paragraph begins."""

import re
from dataclasses import dataclass

from .counting import Amount, words
from .instruction import instruction

DIVIDER = re.compile(r"(?<!\S)\*\*\*(?!\S)")


@instruction("words")
@dataclass(frozen=True)
class WordCount(Amount):
    """The answer has so many words; "don't" and "well-known" are one each."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Answer in {self.asked('word')}."

    def count(self, text: str) -> int:
        """The number of words."""
        return len(words(text))

    def published(self, text: str) -> bool:
        """Apostrophes, hyphens and points part words, and a run of Chinese is one."""
        return self.meets(len(re.findall(r"\w+", text)))
