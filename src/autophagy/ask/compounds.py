"""Compounds: a word that no document holds is looked up as a part of longer words, and by its own parts."""

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from ..context import Index
from ..text.searchable import asked

LEAST = 5  # letters of a part: shorter ones are parts of too many words by chance
MOST = 20  # words that stand for one


def longer(index: Index, question: str, texts: Sequence[str]) -> list[str]:
    """The words of the documents that begin or end with a word of the question that they do not hold, as `Urlaub` is
    in `Urlaubsanspruch`; and those that it begins or ends with. The commonest come first.
    """  # noqa: D205
    words = [normalize("NFC", word).casefold() for word in asked(question)]
    missing = [word for word in words if len(word) >= LEAST and not index.search([word], 1, "bm25")[0]]
    if not missing:
        return []
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(re.findall(rf"[^\W\d_]{{{LEAST},}}", normalize("NFC", text).casefold()))
    found: list[str] = []
    for word in missing:
        kin = [other for other, _ in counts.most_common() if _is_part(word, other) or _is_part(other, word)]
        found += kin[:MOST]
    return list(dict.fromkeys(found))


def _is_part(part: str, word: str) -> bool:
    """Whether a word begins or ends with another and has three letters or more beside it."""
    return len(word) >= len(part) + 3 and (word.startswith(part) or word.endswith(part))
