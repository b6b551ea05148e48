"""The texts that may hold an encoded run: told by their bytes, of which such a run has only some kinds in a row."""

from typing import Any

import numpy as np

from ...core.samples import Array
from ...text.column import content

# by byte: the letters of base64 and of hexadecimal digits, and the signs of the other encodings
LETTERS = bytes(byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-" for byte in range(256))
SIGNS = bytes(byte in b"0123456789ABCDEFabcdef %\\&#;:,xXu" for byte in range(256))
BLOCK = 24  # of 48 letters in a row some 24 stand in one block
PIECE = 18  # of 36 signs in a row, which the shortest run has, some 18 stand in one piece


def signed(whole: Any) -> Array:
    """The numbers of the texts that may hold 36 signs of a run that is not of letters alone.

    Some 18 of them fill a piece of bytes; three bytes rule most pieces out.
    """
    data, ends = content(whole)
    square = data[: len(data) // PIECE * PIECE].reshape(-1, PIECE)
    few = _among(square[:, 0], SIGNS) & _among(square[:, 8], SIGNS) & _among(square[:, 13], SIGNS)
    pieces = np.flatnonzero(few) * PIECE
    for place in range(PIECE):
        pieces = pieces[_among(data[pieces + place], SIGNS)]
    return np.unique(np.searchsorted(ends, pieces, side="right") - 1)


def lettered(whole: Any) -> list[int]:
    """The numbers of the texts that may hold 48 letters of base64 in a row.

    Some 24 of them fill a block of bytes, which has no blank: few blocks have none, and these are looked at.
    """
    data, ends = content(whole)
    room = len(data) // BLOCK * BLOCK
    blank = (data[:room] == ord(" ")).view(np.uint64).reshape(-1, BLOCK // 8)
    blocks = np.flatnonzero((blank[:, 0] | blank[:, 1] | blank[:, 2]) == 0) * BLOCK
    for place in (11, 3, 19, *range(BLOCK)):  # one byte after the other, of the blocks that are left
        blocks = blocks[_among(data[blocks + place], LETTERS)]
    steps = np.arange(BLOCK)
    around = _letters(data, blocks[:, None] + BLOCK + steps) + _letters(data, blocks[:, None] - 1 - steps)
    return np.unique(np.searchsorted(ends, blocks[around >= BLOCK], side="right") - 1).tolist()


def _letters(data: Array, at: Array) -> Array:
    """How many letters of base64 follow on each other from the first of the places (k, n) in each row of them."""
    inside = (at >= 0) & (at < len(data))
    letters = _among(data[np.where(inside, at, 0)], LETTERS) & inside
    found: Array = np.logical_and.accumulate(letters, axis=1).sum(axis=1)
    return found


def _among(data: Array, table: bytes) -> Array:
    """Whether each byte is one of a table's: by bytes.translate, four times as fast as NumPy looks them up."""
    return np.frombuffer(data.tobytes().translate(table), bool).reshape(data.shape)
