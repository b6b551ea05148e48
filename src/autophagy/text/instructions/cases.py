"""Case and language: the language of an answer, capitals throughout or none, and words in capitals."""

import re
from dataclasses import dataclass

from ...core.errors import UsageError
from ...core.parts import did_you_mean
from ..language import UNDETERMINED, languages
from .counting import Amount, words
from .instruction import Instruction, instruction

LANGUAGES = {
    "en": "English", "es": "Spanish", "pt": "Portuguese", "ar": "Arabic", "hi": "Hindi", "fr": "French",
    "ru": "Russian", "de": "German", "ja": "Japanese", "it": "Italian", "bn": "Bengali", "uk": "Ukrainian",
    "th": "Thai", "ur": "Urdu", "ta": "Tamil", "te": "Telugu", "bg": "Bulgarian", "ko": "Korean", "pl": "Polish",
    "he": "Hebrew", "fa": "Persian", "vi": "Vietnamese", "ne": "Nepali", "sw": "Swahili", "kn": "Kannada",
    "mr": "Marathi", "gu": "Gujarati", "pa": "Punjabi", "ml": "Malayalam", "fi": "Finnish", "zh": "Chinese",
    "nl": "Dutch", "tr": "Turkish", "sv": "Swedish", "cs": "Czech", "el": "Greek", "da": "Danish", "ro": "Romanian",
    "hu": "Hungarian", "no": "Norwegian", "id": "Indonesian",
}  # fmt: skip
# The pieces of a word that the published code counts by themselves: what stands behind an apostrophe, and "n't".
PIECES = re.compile(r"n't$|'(?:s|m|d|ll|re|ve)$", re.IGNORECASE)


def written_in(text: str, code: str) -> bool | None:
    """Whether a text is in the language of this code; None where it is too short to tell, or has no letters.

    The case of the letters plays no part: the detector puts them in lower case first.
    """
    (found,), _ = languages([text])
    return None if found == UNDETERMINED else bool(found == code)


def guessed_in(text: str, code: str) -> bool:
    """Whether a language is the likeliest of a text, however unlikely; without letters, a text is in any."""
    (found,), _ = languages([text], sure=0.0)
    return not any(map(str.isalpha, text)) or bool(found == code)


@instruction("language")
@dataclass(frozen=True)
class InLanguage(Instruction):
    """The answer is in the language with this ISO 639-1 `code`."""

    code: str = ""

    def __post_init__(self) -> None:
        if self.code not in LANGUAGES:
            meant = did_you_mean(self.code, LANGUAGES) if self.code else ""
            raise UsageError(
                f"the instruction language knows no code {self.code!r}{meant}: choose from {', '.join(LANGUAGES)}."
            )

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Write your whole answer in {LANGUAGES[self.code]}, and in no other language."

    def follows(self, text: str) -> bool | None:
        """Whether it is; None where the answer is too short to tell, or has no letters."""
        return written_in(text, self.code)

    def published(self, text: str) -> bool:
        """A text without letters follows, and a short one is in the language that is likeliest by chance."""
        return guessed_in(text, self.code)


@instruction("capitals")
@dataclass(frozen=True)
class Capitals(Instruction):
    """The whole answer is in English and in capital letters."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Write your whole answer in English and in capital letters only."

    def follows(self, text: str) -> bool | None:
        """Whether it is; None where all letters are capitals, and too few to tell the language."""
        return text.isupper() and written_in(text, "en")

    def published(self, text: str) -> bool:
        """A short text is in the language that is likeliest by chance."""
        return text.isupper() and guessed_in(text, "en")


@instruction("lowercase")
@dataclass(frozen=True)
class Lowercase(Instruction):
    """The whole answer is in English and has no capital letter."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Write your whole answer in English and in lowercase letters, without a single capital."

    def follows(self, text: str) -> bool | None:
        """Whether it is; None where no letter is a capital, and they are too few to tell the language."""
        return text.islower() and written_in(text, "en")

    def published(self, text: str) -> bool:
        """A short text is in the language that is likeliest by chance."""
        return text.islower() and guessed_in(text, "en")


@instruction("capital_words")
@dataclass(frozen=True)
class CapitalWords(Amount):
    """There are so many words of two letters or more that are all capitals."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Write {self.asked('word')} all in capital letters."

    def count(self, text: str) -> int:
        """The number of words in capitals; I and A are none."""
        return sum(word.isupper() and sum(map(str.isalpha, word)) > 1 for word in words(text))

    def published(self, text: str) -> bool:
        """I, A and initials count, and CAN'T counts twice."""
        return self.meets(sum(map(str.isupper, _tokens(text))))


def _tokens(text: str) -> list[str]:
    """The tokens of a text, about as the published code has them from the tokenizer of the Penn Treebank."""
    found: list[str] = []
    for token in re.findall(r"[^\s,;:@#$%&?!()\[\]{}<>\"“”…*]+", text.replace("--", " ")):
        piece = PIECES.search(token)
        found += [token[: piece.start()], piece[0]] if piece else [token]
    return found
