"""Keywords: words that an answer must hold, so and so often, or not at all, and letters that it counts."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ...core.errors import UsageError
from ..scripts import UNSPACED
from .counting import Amount
from .instruction import Instruction, instruction


@lru_cache(4096)
def whole(word: str) -> "re.Pattern[str]":
    """Finds a whole word or phrase in any case; in scripts without blanks, wherever it stands."""
    before = r"(?<!\w)" if word[:1].isalnum() and not UNSPACED.match(word[:1]) else ""
    behind = r"(?!\w)" if word[-1:].isalnum() and not UNSPACED.match(word[-1:]) else ""
    spaced = r"\s+".join(map(re.escape, word.split()))
    return re.compile(f"{before}{spaced}{behind}", re.IGNORECASE)


@lru_cache(4096)
def regular(pattern: str) -> "re.Pattern[str]":
    """A keyword as the published code reads it: as a regular expression, and as a plain text where it is none."""
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error:
        return re.compile(re.escape(pattern), re.IGNORECASE)


def quoted(words: tuple[str, ...], last: str) -> str:
    """Words in quotation marks with commas between them, and `last` ("and", "or") before the last one."""
    marked = [f'"{word}"' for word in words]
    return f" {last} ".join(filter(None, [", ".join(marked[:-1]), marked[-1]]))


def _must_say(instruction: Instruction, words: tuple[str, ...], field: str) -> None:
    if not any(word.strip() for word in words):
        raise UsageError(f"the instruction {instruction.name} names no word: write {instruction.name}:{field}=WORD.")


@instruction("keywords")
@dataclass(frozen=True)
class Keywords(Instruction):
    """Each of the `words` occurs, as a whole word in any case."""

    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _must_say(self, self.words, "words")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Use the word{'s' * (len(self.words) > 1)} {quoted(self.words, 'and')}."

    def follows(self, text: str) -> bool:
        """Whether each word occurs."""
        return all(whole(word).search(text) for word in self.words)

    def published(self, text: str) -> bool:
        """A part of a longer word is enough."""
        return all(regular(word).search(text) for word in self.words)


@instruction("forbidden")
@dataclass(frozen=True)
class Forbidden(Instruction):
    """None of the `words` occurs as a whole word, in any case."""

    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _must_say(self, self.words, "words")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Do not use the word{'s' * (len(self.words) > 1)} {quoted(self.words, 'or')}."

    def follows(self, text: str) -> bool:
        """Whether no word occurs."""
        return not any(whole(word).search(text) for word in self.words)

    def published(self, text: str) -> bool:
        """Words end where a letter meets a mark, so that one that ends with a mark (C++) is never found."""
        return not any(regular(rf"\b{word}\b").search(text) for word in self.words)


@instruction("keyword")
@dataclass(frozen=True)
class Keyword(Amount):
    """The `word` occurs so often, as a whole word in any case."""

    word: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _must_say(self, (self.word,), "word")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f'Use the word "{self.word}" {self.asked("time")}.'

    def count(self, text: str) -> int:
        """How often the word occurs."""
        return sum(1 for _ in whole(self.word).finditer(text))

    def published(self, text: str) -> bool:
        """Parts of longer words are counted too: every "toward" is a "war"."""
        return self.meets(len(regular(self.word.strip()).findall(text)))


@instruction("letter")
@dataclass(frozen=True)
class Letter(Amount):
    """The character `letter` occurs so often, in either case."""

    letter: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.letter) != 1:
            raise UsageError(
                f"the instruction letter counts one character, not {self.letter!r}: write letter:letter=e,least=5."
            )

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        what = "letter" if self.letter.isalpha() else "character"
        return f'Use the {what} "{self.letter}" {self.asked("time")}.'

    def count(self, text: str) -> int:
        """How often the character occurs."""
        return text.lower().count(self.letter.lower())
