"""Figures of how varied some rows are: their verbs, words, openings, and how near each lies to another."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...core.samples import Array
from ...curators.pool import Pool, own_words
from ...features.hashed import hashed
from ...metrics.vendi import of_similarities
from ...text.verbs import verb_noun

OPENING = 4  # words
TOP = 20  # commonest verbs, as Self-Instruct counts
ORDERS = (1, 2, 3, 4)  # the n-grams of BLEU
NOTHING_SHARED = 0.1  # a count that stands for none, so that a short text has a BLEU: nltk's method 1
NAN = math.nan


Grams = tuple[Array, Array, Array]  # the text, the number and the count (n-grams of all texts,)


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of one side with what its figures are counted from, each worked out once.

    `vocabulary` is how many different words the texts of both sides have.
    """

    texts: Sequence[str]
    vocabulary: int

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each text, in small letters."""
        return [own_words(text) for text in self.texts]

    @cached_property
    def verbs(self) -> list[tuple[str, str] | None]:
        """The verb and the noun of each text."""
        return [verb_noun(text) for text in self.texts]

    @cached_property
    def grams(self) -> list[Grams]:
        """Of each order the n-grams of each text with their counts, n-gram by n-gram and the largest count first."""
        found = []
        for n in ORDERS:
            number: dict[tuple[str, ...], int] = {}
            counted = [
                (text, number.setdefault(gram, len(number)), count)
                for text, words in enumerate(self.words)
                for gram, count in Counter(zip(*(words[k:] for k in range(n)), strict=False)).items()
            ]
            text, gram, count = np.array(counted, int).reshape(-1, 3).T
            order = np.lexsort((-count, gram))
            found.append((text[order], gram[order], count[order]))
        return found

    @cached_property
    def likeness(self) -> Array:
        """The ROUGE-L (n, n) of each two texts, 0 of each with itself."""
        pool = Pool()
        pool.extend(self.texts)
        found = pool.matrix()
        np.fill_diagonal(found, 0)
        return found

    @cached_property
    def cosines(self) -> Array:
        """The cosine (n, n) of the damped counts of words and pairs of words of each two texts."""
        x = hashed(self.texts)
        found = np.asarray((x @ x.T).toarray())
        np.fill_diagonal(found, 1)  # of a text without words, too
        return found


Figure = Callable[[Texts, Array], float]


def verbs(side: Texts, places: Array) -> int:
    """The number of texts that have a verb."""
    return sum(side.verbs[place] is not None for place in places)


def pairs(side: Texts, places: Array) -> int:
    """The number of texts that have a verb and its noun."""
    return sum(bool(found and found[1]) for place in places for found in [side.verbs[place]])


def verb_entropy(side: Texts, places: Array) -> float:
    """The entropy in bits of the verbs of those texts that have one."""
    return entropy(found[0] for place in places if (found := side.verbs[place]))


def verb_noun_entropy(side: Texts, places: Array) -> float:
    """The entropy in bits of the pairs of a verb and its noun, of those texts that have both."""
    return entropy(found for place in places if (found := side.verbs[place]) and found[1])


def top_verbs(side: Texts, places: Array) -> float:
    """The share of the texts with a verb that have one of the 20 commonest. Ref: Wang et al. (2023), figure 3."""
    counts = Counter(found[0] for place in places if (found := side.verbs[place]))
    return sum(count for _, count in counts.most_common(TOP)) / counts.total() if counts else NAN


def adjusted_distinct(side: Texts, places: Array) -> float:
    """The number of different words over the one that as many words drawn at random from the vocabulary have.

    It does not fall with the length of a text, as the share of different words does. Ref: Liu et al. (2022),
    "Rethinking and Refining the Distinct Metric", equation 5.
    """
    return ead([word for place in places for word in side.words[place]], side.vocabulary)


def ead(words: Sequence[Hashable], vocabulary: int) -> float:
    """The expectation-adjusted distinct N / (V (1 - ((V - 1) / V)^C)) of C words, N different ones of a vocabulary."""
    if not words:
        return NAN
    return len(set(words)) / (vocabulary * -math.expm1(len(words) * math.log1p(-1 / max(vocabulary, 2))))


def vendi_score(side: Texts, places: Array) -> float:
    """The effective number of different texts by the cosines of their words. Ref: Friedman and Dieng (2023)."""
    return of_similarities(side.cosines[np.ix_(places, places)])


def commonest_opening(side: Texts, places: Array) -> float:
    """The share of the texts that begin with the commonest opening of 4 words."""
    return max(Counter(tuple(side.words[place][:OPENING]) for place in places).values()) / len(places)


def nearest_rouge_l(side: Texts, places: Array) -> float:
    """The mean ROUGE-L of a text with the one that is most like it."""
    return float(side.likeness[np.ix_(places, places)].max(axis=1).mean())


def self_bleu(side: Texts, places: Array) -> float:
    """The mean BLEU of a text with all others as its references: clipped n-grams of 1 to 4 words.

    Ref: Zhu et al. (2018), "Texygen"; Papineni et al. (2002); smoothing 1 of Chen and Cherry (2014).
    """
    known = np.array([place for place in places if side.words[place]], int)
    if len(known) < 2:
        return NAN
    row_of = np.full(len(side.texts), -1)  # of each text, -1 of one that is not among them
    row_of[known] = np.arange(len(known))
    clipped = [_clipped(row_of, grams, len(known)) for grams in side.grams]
    logs = sum(np.log(np.where(shared, shared, NOTHING_SHARED) / np.maximum(1, every)) for shared, every in clipped)
    lengths = np.array([len(side.words[place]) for place in known])
    bleu = np.exp(logs / len(ORDERS) + np.minimum(0, 1 - _closest(lengths) / lengths))  # (rows,)
    return float(np.mean(np.where(clipped[0][0], bleu, 0)))


def _clipped(row_of: Array, grams: Grams, rows: int) -> tuple[Array, Array]:
    """How many n-grams (rows,) of each row another row has as well, as often as it has them; and how many it has."""
    among = row_of[grams[0]] >= 0
    text, gram, count = (each[among] for each in grams)
    row = row_of[text]
    begins = np.diff(gram, prepend=-1) != 0
    first = np.flatnonzero(begins)  # where each n-gram has its largest count; its second largest follows
    several = np.diff(first, append=len(gram)) > 1
    second = np.where(several, count[np.minimum(first + 1, len(gram) - 1)], 0)
    own = np.cumsum(begins) - 1  # the n-gram's place among `first`
    elsewhere = np.where(row == row[first[own]], second[own], count[first[own]])
    return np.bincount(row, np.minimum(count, elsewhere), rows), np.bincount(row, count, rows)


def _closest(lengths: Array) -> Array:
    """Of each row the length of another row that is nearest to its own; of two as near, the shorter."""
    often = Counter(lengths.tolist())
    nearest = {}
    for length, count in often.items():
        others = often.keys() if count > 1 else often.keys() - {length}
        nearest[length] = min(others, key=lambda other: (abs(other - length), other))
    return np.array([nearest[length] for length in lengths.tolist()])


def entropy(things: Iterable[Hashable]) -> float:
    """The entropy in bits of how often each thing is there; NaN of nothing."""
    counts = np.array(list(Counter(things).values()), float)
    shares = counts / counts.sum()
    return float(-(shares * np.log2(shares)).sum()) if len(counts) else NAN


FIGURES: dict[str, tuple[Figure, float]] = {  # by name, each with its upper bound
    "commonest_opening": (commonest_opening, 1.0),
    "verb_noun_entropy": (verb_noun_entropy, math.inf),
    "vendi_score": (vendi_score, math.inf),
    "nearest_rouge_l": (nearest_rouge_l, 1.0),
    "self_bleu": (self_bleu, 1.0),
    "verb_entropy": (verb_entropy, math.inf),
    "share_of_20_commonest_verbs": (top_verbs, 1.0),
    "adjusted_distinct_words": (adjusted_distinct, math.inf),
}
COUNTED = {  # how many texts a figure is of, where it is not of all
    "verb_noun_entropy": pairs,
    "verb_entropy": verbs,
    "share_of_20_commonest_verbs": verbs,
}
WITHIN = ("nearest_rouge_l", "self_bleu", "adjusted_distinct_words")  # figures that say something of a few texts
SHARES = frozenset(("commonest_opening", "share_of_20_commonest_verbs"))  # of rows
