"""Onsets: where a text that runs on as the corpus does turns into one that does not.

Two words in a row are new where the corpus has them in no two texts of a sample. In prose a part of the pairs is new,
in gibberish and in another language nearly all are. The contrast of a place is the share of new pairs in the 16 after
it, less that in the 16 before it.
"""

import numpy as np

from ...core.samples import Array
from .tokens import Cut, once

WINDOW, LEAST = 16, 8  # pairs that are looked at on either side, and the fewest of them that say something
STEEP = 0.3  # contrast from which a place is an onset
NEAR = 2  # tokens before and after an onset at which the words begin that may have set it off
BITS = 1 << 26  # 8 MiB of bits
LENGTHS = (1, 2, 3)  # words of what may have set it off


def pairs(texts: Cut) -> Array:
    """The hashes of the pairs of tokens of each of up to 256 texts, each once a text."""
    whole = texts.whole(2)
    return once(texts.grams(2)[whole], texts.text[whole])


def marked(hashes: Array) -> Array:
    """The known pairs as bits (BITS / 8,) uint8, which one of sixty strange pairs shares with a million known ones."""
    table = np.zeros(BITS, bool)
    table[hashes & np.uint64(BITS - 1)] = True
    return np.packbits(table, bitorder="little")


def _is_marked(hashes: Array, table: Array) -> Array:
    bits = hashes & np.uint64(BITS - 1)
    return (table[bits >> np.uint64(3)] >> (bits & np.uint64(7)).astype(np.uint8) & 1).astype(bool)


class Newness:
    """The share of new pairs before and after each place of the texts, given the bits of the known pairs."""

    def __init__(self, texts: Cut, model: Array) -> None:
        whole = texts.whole(2)
        new = whole & ~_is_marked(texts.grams(2), model)
        self.texts = texts
        self.new, self.all = (np.append(0, np.cumsum(each)) for each in (new, whole))

    def around(self, start: Array, end: Array) -> tuple[Array, Array]:
        """The shares of new pairs before the tokens `start` and from the tokens `end` on; NaN where they are few."""
        text = self.texts.text[np.minimum(start, len(self.texts.text) - 1)]
        before = self._share(np.maximum(self.texts.first[text], start - 1 - WINDOW), start - 1)
        after = self._share(end, np.minimum(self.texts.first[text + 1] - 1, end + WINDOW))
        return before, after

    def _share(self, low: Array, high: Array) -> Array:
        high = np.maximum(low, high)
        count = self.all[high] - self.all[low]
        share = (self.new[high] - self.new[low]) / np.maximum(count, 1)
        return np.where(count >= LEAST, share, np.nan)


def onsets(texts: Cut, model: Array) -> Array:
    """The hashes of the words at the onsets of each of up to 256 texts, each once a text."""
    from scipy.ndimage import maximum_filter1d

    if not len(texts.hashes):
        return np.zeros(0, np.uint64)
    here = np.arange(len(texts.hashes))
    before, after = Newness(texts, model).around(here, here + 1)
    contrast = np.nan_to_num(after - before)
    highest = maximum_filter1d(contrast, 2 * LEAST + 1, mode="constant", cval=-1)
    places = np.flatnonzero((contrast >= STEEP) & (contrast == highest))
    found, owners = [], []
    for n in LENGTHS:
        for step in range(-NEAR, NEAR + 1):
            at = places + step
            inside = (at >= 0) & (at < len(texts.hashes))
            inside[inside] = texts.text[at[inside]] == texts.text[places[inside]]
            inside[inside] = texts.whole_at(at[inside], n)
            found.append(texts.grams_at(at[inside], n))
            owners.append(texts.text[at[inside]])
    return once(np.concatenate(found), np.concatenate(owners))
