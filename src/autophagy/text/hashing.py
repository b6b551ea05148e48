"""Hashes of words: stretches of bytes as numbers of 64 bits, by NumPy, without a look at each word.

A word is cut into pieces of 8 bytes; its hash is the sum of piece i times ODD ** i, mixed (the finaliser of MurmurHash3
in 64 bits, Appleby 2011). Words of up to 8 bytes never share a hash.
"""

from functools import lru_cache

import numpy as np

from ..core.samples import Array

ODD = np.uint64(0x9E3779B97F4A7C15)
MIX1, MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S29, S31, S32 = np.uint64(29), np.uint64(31), np.uint64(32)
MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # of the first bytes of a piece
PAGE = 1 << 16  # powers in a table


def mixed(x: Array) -> Array:
    """64 bits, each of which depends on all bits of x."""
    x = (x ^ (x >> S32)) * MIX1
    x = (x ^ (x >> S29)) * MIX2
    return x ^ (x >> S31)


def word_hashes(data: Array, begin: Array, length: Array) -> Array:
    """The hash of each word, which begins and is so long in bytes; eight more bytes stand behind the last word."""
    piece = pieces(data)
    total = piece[begin] & MASKS[np.minimum(length, 8)]
    long = np.flatnonzero(length > 8)
    for at in range(8, 64, 8):
        cell = piece[begin[long] + at] & MASKS[np.minimum(length[long] - at, 8)]
        total[long] += cell * powers(int(ODD), 8)[at // 8]
        long = long[length[long] > at + 8]
    for row in long.tolist():
        spell = data[begin[row] : begin[row] + length[row]]
        cells = np.frombuffer(spell.tobytes() + bytes(-len(spell) % 8), "<u8")
        total[row] = (cells * powers(int(ODD), len(cells))).sum()
    return mixed(total)


def pieces(data: Array) -> Array:
    """The 8 bytes from each place on, as one number."""
    return np.ndarray((max(0, len(data) - 7),), "<u8", data, strides=(1,))


def powers(odd: int, count: int) -> Array:
    """odd ** i, modulo 2 ** 64, for i below count."""
    table = _page(odd)
    if count <= PAGE:
        return table[:count]
    steps = np.array([pow(odd, PAGE * page, 1 << 64) for page in range(-(-count // PAGE))], np.uint64)
    return (steps[:, None] * table).reshape(-1)[:count]


@lru_cache(maxsize=8)
def _page(odd: int) -> Array:
    table = np.full(PAGE, odd, np.uint64)
    table[0] = 1
    return np.cumprod(table)
