"""Tokens: a text as a detector reads it, without what layout and numbers give away."""

from functools import lru_cache

from ...text.words import tokenize

ENDINGS = 2  # letters of a word's ending that its shape keeps
LONGEST = 4  # the longest class of words by length, of 12 letters or more


def words(text: str) -> list[str]:
    """The words in small letters and the marks; a number is <number>, and blanks and line ends leave no trace."""
    return ["<number>" if token.isdigit() else token.lower() for token in tokenize(text) if token != "\n"]


def shapes(text: str) -> list[str]:
    """The common words and the marks as they are, and of any other word its case, its length in threes and its ending.

    So what a text is about hardly counts, and how it is written does.
    """
    common = _common()
    return [
        token.lower() if token.lower() in common or not token[0].isalnum() else _shape(token)
        for token in tokenize(text)
        if token != "\n"
    ]


@lru_cache(maxsize=1 << 16)
def _shape(token: str) -> str:
    if token.isdigit():
        return "<number>"
    case = "A" if token[0].isupper() else "a"
    return f"<{case}{min(len(token) // 3, LONGEST)}{token[-ENDINGS:].lower()}>"


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Common English words; of another language every word has a shape."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
