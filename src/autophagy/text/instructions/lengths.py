"""Lengths: how many words, sentences and paragraphs an answer has, and how a paragraph begins."""

import re
from dataclasses import dataclass

from ...core.errors import UsageError
from ..plural import plural
from .counting import Amount, in_running_text, paragraphs, sentences, words
from .instruction import Instruction, instruction

DIVIDER = re.compile(r"(?<!\S)\*\*\*(?!\S)")  # "***" by itself


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


@instruction("sentences")
@dataclass(frozen=True)
class SentenceCount(Amount):
    """The answer has so many sentences."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Answer in {self.asked('sentence')}."

    def count(self, text: str) -> int:
        """The number of sentences."""
        return sentences(text)

    def published(self, text: str) -> bool:
        """Lines, lists and paragraphs end no sentence, and the number of an item is one, as in "1. Rest"."""
        return self.meets(in_running_text(text))


@instruction("paragraphs")
@dataclass(frozen=True)
class DividedParagraphs(Amount):
    """The answer has so many paragraphs with the Markdown divider *** between them, none of them empty."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Write {self.asked('paragraph')}, with the divider *** between one and the next."

    def count(self, text: str) -> int:
        """The number of paragraphs."""
        return len(_inner(DIVIDER.split(text)))

    def follows(self, text: str) -> bool:
        """Whether there are as many, and none between two dividers is empty."""
        return all(map(str.strip, _inner(DIVIDER.split(text)))) and self.meets(self.count(text))

    def published(self, text: str) -> bool:
        """Any three asterisks divide, such as those around a word in bold italics."""
        parts = _inner(re.split(r"\s?\*\*\*\s?", text))
        return all(map(str.strip, parts)) and self.meets(len(parts))


def _inner(parts: list[str]) -> list[str]:
    """The parts without an empty first and an empty last one."""
    start = not parts[0].strip()
    return parts[start : len(parts) - (len(parts) > 1 and not parts[-1].strip())]


@instruction("paragraph_start")
@dataclass(frozen=True)
class ParagraphStart(Instruction):
    """There are so many `paragraphs` with blank lines between them, and the `nth` begins with the `word`."""

    paragraphs: int = 0
    nth: int = 1
    word: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.nth <= self.paragraphs:
            raise UsageError(
                f"paragraph_start asks for paragraph {self.nth} of {self.paragraphs}: give paragraphs and nth."
            )
        if not self.word.strip():
            raise UsageError(
                "the instruction paragraph_start names no word: write paragraph_start:paragraphs=3,nth=2,word=Now."
            )

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        count = plural(self.paragraphs, "paragraph")
        return (
            f'Write {count} with a blank line between them, and begin paragraph {self.nth} with the word "{self.word}".'
        )

    def follows(self, text: str) -> bool:
        """Whether the paragraph that is meant, of as many as are asked for, begins with the word."""
        found = paragraphs(text)
        word = r"\s+".join(map(re.escape, self.word.split()))
        begins = rf"[\W_]*{word}(?![^\W_])"
        return len(found) == self.paragraphs and bool(re.match(begins, found[self.nth - 1], re.IGNORECASE))

    def published(self, text: str) -> bool:
        """Blank paragraphs are not counted but numbered, so that one at the front moves every paragraph by one."""
        parts = text.split("\n\n")
        count = sum(bool(part.strip()) for part in parts)
        if self.nth > count or not (paragraph := parts[self.nth - 1].strip()):
            return False
        first = paragraph.split()[0].lstrip("'").lstrip('"')
        return count == self.paragraphs and re.split("[.,?!'\"]", first)[0].lower() == self.word.lower()
