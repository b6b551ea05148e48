"""Grams: the counts of an n-gram model as interpolated tables, from which it is sampled and read exactly.

Level k holds the grams of k words that were seen, sorted by their first k - 1 words, which are their *context*. The
probability of a word w after a context h of level k is

    p(w | h) = own(h, w) + backoff(h) p(w | h without its first word),

with own = 0 where h w was not seen, p = that of the shorter context where h was not seen, and the same for every word
below level 1.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ...core.samples import Array

# The lowest temperature: 1e-5 to the power of 60 is 1e-300, just above the least that a double holds. Below, the
# likeliest word has all of the mass anyway.
COLDEST = 1 / 60
LEAST_DISCOUNT = 0.05  # none is smaller, so that every word stays possible, nor any count discounted to less than this
ONE_DISCOUNT = 0.5  # where the text has no words that occur once, or none that occur twice, to estimate it from
Smoothing = Literal["kneser-ney", "witten-bell", "counts"]


@dataclass(frozen=True)
class Level:
    """The seen grams of one length: `key` (grams,) is context * V + word, ascending.

    `own` (grams,) are their probabilities and `running` (grams + 1,) the sums of these, `start` (contexts + 1,) where
    the grams of each context begin, `backoff` (contexts,) the probability that the context leaves to shorter ones, and
    `shorter` (grams,) the gram of the level below without the first word.
    """

    key: Array
    own: Array
    running: Array
    start: Array
    backoff: Array
    shorter: Array

    def find(self, context: Array, word: Array, words: int) -> Array:
        """The gram of each context and word; -1 where it was not seen or the context is -1."""
        if not len(self.key):
            return np.full(len(word), -1)
        wanted = context * words + word
        place = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where((self.key[place] == wanted) & (context >= 0), place, -1)


@dataclass(frozen=True)
class Grams:
    """The levels of an n-gram model over `words` words, of which `begin` only ever starts a passage."""

    levels: tuple[Level, ...]
    words: int
    begin: int

    @property
    def order(self) -> int:
        """The length of the longest grams."""
        return len(self.levels)

    @property
    def base(self) -> Array:
        """The probability (words,) of each word below level 1: the same for all that can follow anything."""
        uniform = np.full(self.words, 1.0 / (self.words - 1))
        uniform[self.begin] = 0.0
        return uniform


def count(ids: Array, order: int, words: int, begin: int, smoothing: Smoothing) -> Grams:
    """Count the grams of a text (n,) of word numbers in which every passage starts with `begin`, and smooth them.

    Grams do not reach over the beginning of a passage, and `begin` itself is never foretold.

    Ref: Chen and Goodman (1999), "An empirical study of smoothing techniques for language modeling", equations 26 and
    following, for Kneser-Ney with three discounts; Witten and Bell (1991), method C.
    """
    counted = [_first(ids, words, begin)]
    gram = ids  # the gram of the level so far that starts at each place; -1 where it would cross into a passage
    for length in range(1, order):
        places = np.flatnonzero((gram[:-1] >= 0) & (ids[length:] != begin))
        wanted = gram[places] * words + ids[places + length]  # context * V + word, as in Level
        key, inverse, counts = np.unique(wanted, return_inverse=True, return_counts=True)
        first = np.empty(len(key), np.int64)
        first[inverse] = places
        counted.append((key, counts, gram[first + 1]))
        gram = np.full(max(len(gram) - 1, 0), -1)
        gram[places] = inverse
    levels = []
    for k, (key, counts, shorter) in enumerate(counted):
        contexts = 1 if k == 0 else len(counted[k - 1][0])
        if smoothing == "kneser-ney" and k + 1 < order:
            counts = _continuations(counts, counted[k + 1], _starts_a_passage(k, counted, words, begin))
        levels.append(_level(key, counts, shorter, contexts, words, smoothing))
    return Grams(tuple(levels), words, begin)


def temper(grams: Grams, temperature: float) -> Grams:
    """The tables of p(w | h)^(1 / T), normalised: exact, since an interpolated model tempers into another one.

    A word that was not seen after h has p = backoff(h) p', so with q = p^(1 / T) the seen words alone have more
    than backoff(h)^(1 / T) q', and what they have more is their `own`.
    """
    power = 1 / max(temperature, COLDEST)
    below = grams.base  # p of each gram of the level below, then the same tempered, and its sum over each context
    q_below = below**power
    total_below = np.array([q_below.sum()])
    levels = []
    for k, level in enumerate(grams.levels):
        context = level.key // grams.words
        parent = np.zeros(len(level.start) - 1, np.int64) if k == 0 else _parents(grams, k)
        under = level.key % grams.words if k == 0 else level.shorter
        p = level.own + level.backoff[context] * below[under]
        q, left = p**power, level.backoff**power
        more = np.maximum(q - left[context] * q_below[under], 0.0)  # rounding may leave less than nothing
        # the sum over each context's grams; reduceat gives an empty context the next one's first, hence the factor
        total = np.add.reduceat(np.append(more, 0.0), level.start[:-1]) * (np.diff(level.start) > 0)
        total = total + left * total_below[parent]
        own = more / total[context]
        backoff = left * total_below[parent] / total
        levels.append(Level(level.key, own, _running(own), level.start, backoff, level.shorter))
        below, q_below, total_below = p, q, total
    return Grams(tuple(levels), grams.words, grams.begin)


def _parents(grams: Grams, k: int) -> Array:
    """For each context of level k (a gram of level k - 1) its own shorter context."""
    return np.zeros(grams.words, np.int64) if k == 1 else grams.levels[k - 1].shorter


def _first(ids: Array, words: int, begin: int) -> tuple[Array, Array, Array]:
    """Level 1 holds every word, seen or not, so that a word's number is its gram's."""
    counts = np.bincount(ids, minlength=words)
    counts[begin] = 0
    return np.arange(words), counts, np.zeros(words, np.int64)


def _starts_a_passage(k: int, counted: list[tuple[Array, Array, Array]], words: int, begin: int) -> Array:
    """Whether each gram of a level starts with the beginning of a passage, before which no word can stand."""
    starts = np.arange(words) == begin
    for key, _, _ in counted[1 : k + 1]:
        starts = starts[key // words]
    return starts


def _continuations(counts: Array, longer: tuple[Array, Array, Array], starts: Array) -> Array:
    """In how many different contexts each gram occurs; grams that start a passage keep their counts."""
    different = np.bincount(longer[2], minlength=len(counts))  # each longer gram is one context before
    return np.where(starts, counts, different)


def _level(key: Array, counts: Array, shorter: Array, contexts: int, words: int, smoothing: Smoothing) -> Level:
    """One level's probabilities out of its counts (grams,)."""
    context = key // words
    start = np.searchsorted(context, np.arange(contexts + 1))
    total = np.bincount(context, counts, minlength=contexts)
    kinds = np.bincount(context, counts > 0, minlength=contexts)  # different words after each context
    if smoothing == "kneser-ney":
        kept = np.maximum(counts - _discounts(counts)[np.minimum(counts, 3)], 0.0)
        own = kept / np.maximum(total, 1)[context]
    elif smoothing == "witten-bell":
        own = counts / np.maximum(total + kinds, 1)[context]
    else:
        own = counts / np.maximum(total, 1)[context]
    left = 0.0 if smoothing == "counts" else np.clip(1.0 - np.bincount(context, own, minlength=contexts), 0.0, 1.0)
    backoff = np.where(total > 0, left, 1.0)
    return Level(key, own, _running(own), start, backoff, shorter)


def _discounts(counts: Array) -> Array:
    """The discounts of grams that occur 0, 1, 2 and 3 or more times.

    Text that a loop has thinned out may lack some of the counts that the three discounts are estimated from; then one
    discount n1 / (n1 + 2 n2) serves all (Ney et al. 1994), or ONE_DISCOUNT. None is below LEAST_DISCOUNT.
    """
    n1, n2, n3, n4 = (float(np.count_nonzero(counts == k)) for k in (1, 2, 3, 4))
    single = n1 / (n1 + 2 * n2) if n1 and n2 else ONE_DISCOUNT
    three = [single, single, single]
    if min(n1, n2, n3, n4) > 0:
        three = [1 - 2 * single * n2 / n1, 2 - 3 * single * n3 / n2, 3 - 4 * single * n4 / n3]
    most = np.arange(1, 4) - LEAST_DISCOUNT
    return np.concatenate([[0.0], np.clip(three, LEAST_DISCOUNT, most)])


def _running(own: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum(own)])


def probabilities(grams: Grams, ids: Array) -> Array:
    """p (n,) of each word of a text given the words before it in its passage; 1 for the beginnings themselves."""
    level = grams.levels[0]
    p = level.own[ids] + level.backoff[0] * grams.base[ids]
    gram = ids  # the gram of the level so far that ends at each place; -1 where it was not seen
    for level in grams.levels[1:]:
        if not len(level.key):
            break
        context = np.concatenate([[-1], gram[:-1]])
        gram = level.find(context, ids, grams.words)
        own = np.where(gram >= 0, level.own[gram], 0.0)
        p = np.where(context >= 0, own + level.backoff[context] * p, p)
    return np.where(ids == grams.begin, 1.0, p)


def step(grams: Grams, level: Array, context: Array, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """The next word (n,) of each passage, and the longest seen context after it, as its level and its gram there.

    A context of level k is a gram of k words. A word is drawn from the context's own mass or, with what that leaves,
    from the context without its first word, and so on down to the uniform base.
    """
    word, gram, drawn = np.full(len(level), -1), np.full(len(level), -1), np.zeros(len(level), np.int64)
    at, here = level.copy(), context.copy()
    waiting = np.arange(len(level))
    for k in range(grams.order - 1, -1, -1):
        now = waiting[at[waiting] == k]
        table, h = grams.levels[k], here[now]
        first, last = table.start[h], table.start[h + 1]
        whole = table.running[last] - table.running[first] + table.backoff[h]  # about 1, by the rounding of the sums
        place = np.searchsorted(table.running, table.running[first] + rng.random(len(now)) * whole, side="right") - 1
        hit = place < last
        done, missed = now[hit], now[~hit]
        word[done], gram[done], drawn[done] = table.key[place[hit]] % grams.words, place[hit], k + 1
        if k:
            at[missed] = k - 1
            here[missed] = shorter(grams, k, here[missed])
        else:
            other = rng.integers(grams.words - 1, size=len(missed))
            word[missed] = gram[missed] = other + (other >= grams.begin)  # all words but `begin`, equally likely
            drawn[missed] = 1
        waiting = waiting[word[waiting] < 0]
    return word, *_longest(grams, level, context, word, drawn, gram)


def behind(grams: Grams, ids: Array) -> tuple[Array, Array]:
    """The longest seen context, of at most order - 1 words, at the end of a text (n,): its level (1,) and gram (1,)."""
    for length in range(min(grams.order - 1, len(ids)), 0, -1):
        words = ids[len(ids) - length :]
        gram = words[:1]
        for level, word in zip(grams.levels[1:], words[1:], strict=False):
            gram = level.find(gram, np.array([word]), grams.words)
        if gram[0] >= 0:
            return np.array([length]), gram
    return np.zeros(1, np.int64), np.zeros(1, np.int64)


def shorter(grams: Grams, k: int, context: Array) -> Array:
    """Contexts of level k without their first word."""
    return np.zeros_like(context) if k == 1 else grams.levels[k - 1].shorter[context]


def _longest(grams: Grams, level: Array, context: Array, word: Array, drawn: Array, gram: Array) -> tuple[Array, Array]:
    """The longest seen gram, of at most order - 1 words, at the end of each context and word.

    A word that was drawn from a shorter context may have been seen after the longer ones, too.
    """
    open_ = np.flatnonzero(drawn <= level)
    at, here = level[open_], context[open_]
    for k in range(grams.order - 1, 0, -1):
        now = (at == k) & (drawn[open_] <= k)
        place = grams.levels[k].find(np.where(now, here, -1), word[open_], grams.words)
        hit = place >= 0
        gram[open_[hit]], drawn[open_[hit]] = place[hit], k + 1
        fall = now & ~hit
        here[fall], at[fall] = shorter(grams, k, here[fall]), k - 1
    full = np.flatnonzero(drawn == grams.order)
    drawn[full] -= 1
    gram[full] = grams.levels[-1].shorter[gram[full]]
    return drawn, gram
