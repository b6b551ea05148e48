"""Typical words: those that texts of one group have more often than the others."""

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest
from math import log1p

from ...core.samples import Array
from ...features.hashed import words_in

MOST = 10  # words of each group


def typical_words(texts: Sequence[str | list[str]], groups: Array, most: int = MOST) -> tuple[tuple[str, ...], ...]:
    """The words that are most typical of each group 0 .. k-1 of the texts, the most typical first.

    A word counts for its share of the group's texts, weighted by log(1 + A / f), where f is how many texts have the
    word and A how many texts a group has on average: TF-IDF with a group for a document. Words of one Latin letter and
    numbers are left out.

    Ref: Grootendorst (2022), "BERTopic: Neural topic modeling with a class-based TF-IDF procedure".
    """
    count = int(groups.max()) + 1 if len(groups) else 0
    found: list[Counter[str]] = [Counter() for _ in range(count)]
    for text, group in zip(texts, groups.tolist(), strict=True):
        if group >= 0:
            found[group].update(
                {word for word in words_in(text) if (len(word) > 1 or not word.isascii()) and not word.isdigit()}
            )
    everywhere: Counter[str] = Counter()
    for counts in found:
        everywhere.update(counts)
    size = len(texts) / max(count, 1)
    names = []
    for group, counts in enumerate(found):
        rows = max(int((groups == group).sum()), 1)
        score = {word: n / rows * log1p(size / everywhere[word]) for word, n in counts.items()}
        names.append(tuple(nsmallest(most, score, key=lambda word: (-score[word], word))))
    return tuple(names)
