"""Language: which language a text is written in, and how sure that is."""

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np

from ..core.errors import need
from ..core.samples import Array

UNDETERMINED = "und"  # ISO 639-2's code for a language that is not known
SURE = 0.5  # a probability below it leaves the language undetermined
PIECE, PIECES = 100, 4  # characters of each of the pieces that are read of a long text, from its start to its end


def languages(texts: Iterable[str], sure: float = SURE) -> tuple[Array, Array]:
    """The ISO 639 code (n,) of each text's language, such as "de", and its probability (n,).

    The code is "und" where no language has the probability `sure`: texts of a word or two, numbers, code. A text of
    more than 400 characters is judged by four pieces of 100, spread evenly from its start to its end. Raises
    MissingExtra where py3langid is not installed.

    Ref: Lui and Baldwin (2012), "langid.py: An Off-the-shelf Language Identification Tool"; Barbaresi's py3langid.
    """
    identifier = _identifier()
    found = [identifier.classify(_pieces(text)) for text in texts]
    likely = np.array([probability for _, probability in found])
    codes = np.array([code if p >= sure else UNDETERMINED for code, p in found], dtype="U8")
    return codes, likely


def known_languages() -> frozenset[str]:
    """The codes of the languages that can be told, and "und". Raises MissingExtra where py3langid is not installed."""
    return frozenset(map(str, _identifier().labels)) | {UNDETERMINED}


def _pieces(text: str) -> str:
    if len(text) <= PIECE * PIECES:
        return text
    step = (len(text) - PIECE) / (PIECES - 1)
    return " ".join(text[start : start + PIECE] for start in (round(step * place) for place in range(PIECES)))


@cache
def _identifier() -> Any:
    need("py3langid", "the language of a text")
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    logging.getLogger("py3langid").setLevel(logging.WARNING)
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
