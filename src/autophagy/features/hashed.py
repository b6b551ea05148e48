"""Hashed words and characters: texts -> sparse counts of their n-grams, without a vocabulary that has to be learnt."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from ..text.words import tokenize

NGrams = Literal["words", "characters"]
COLUMNS = 2**18  # of n-grams; two that fall on one column are told apart by nobody


def hashed(texts: Iterable[str], ngrams: NGrams = "words", longest: int = 2) -> Any:
    """How often each n-gram occurs in each text, a sparse (n, columns) float64 whose rows have length 1.

    "words" are 1 to `longest` words in lower case (a Chinese character is one), "characters" 3 to 5 characters within a
    word. Counts are damped to 1 + log count. A text without words is a row of zeros.

    Ref: Weinberger et al. (2009), "Feature Hashing for Large Scale Multitask Learning".
    """
    import numpy as np
    from sklearn.preprocessing import normalize

    counts = _vectorizer(ngrams, longest).transform(texts)
    counts.data = 1 + np.log(counts.data)
    return normalize(counts, copy=False)


def lower_words(text: str) -> list[str]:
    """The words of a text in lower case, without marks and line ends."""
    return [word for word in tokenize(text.lower()) if word[0].isalnum()]


def words_in(text: str | list[str]) -> list[str]:
    """The words of a text, or of one that has been parted into them already."""
    return text if isinstance(text, list) else lower_words(text)


@cache
def _vectorizer(ngrams: NGrams, longest: int) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    plain: dict[str, Any] = {"n_features": COLUMNS, "norm": None, "alternate_sign": False}
    if ngrams == "characters":
        return HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **plain)
    plain |= {"tokenizer": lower_words, "token_pattern": None, "lowercase": False}
    return HashingVectorizer(ngram_range=(1, longest), **plain)
