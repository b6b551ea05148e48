"""Runs of words: texts as numbered words, every run of n words as one number, and where a word stands in its text."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.ragged import Ragged
from ..core.samples import Array
from .chunks import WIDE
from .hashing import word_hashes
from .normalised import ARTICLES, normalised

WORD = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
PIECE = re.compile(r"\S+")
LOWER = bytes(code if code > 127 or chr(code).isalnum() else 0 for code in range(256)).lower()  # 0: between words
MARKS = string.punctuation.encode()
UNMARKED = bytes(code not in MARKS for code in range(256))
SPELT = np.frombuffer(b"a  an the" + bytes(8), np.uint8)
ARTICLES_HASHED = word_hashes(SPELT, np.array([0, 3, 6]), np.array([1, 2, 3]))
COMMON = 24  # characters of a piece between blanks that is likely to come again
MOST = 1 << 18  # pieces that a process remembers, some 40 MB
FACTOR = 0x9E3779B97F4A7C15  # an odd multiplier: 2^64 over the golden ratio
PUNCTUATION = frozenset(string.punctuation)

Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words in lower case, without ASCII punctuation and articles; curly quotes are straight.

    In scripts that are written without blanks each character is a word.
    """
    return tuple(WORD.findall(normalised(text.replace("’", "'"))))


def places(text: str) -> Array:
    """Where each of the text's words stands (words, 2), from its first character to behind its last."""
    if text.isascii():
        data = text.encode()
        index = np.flatnonzero(np.frombuffer(data.translate(UNMARKED), bool))
        begin, end, _ = _cut([data.translate(LOWER, MARKS)])
        return np.stack([index[begin - 1], index[end - 2] + 1], axis=1)
    plain, found, at = [], [], 0
    for part in text.split(" "):  # blanks part words for sure, and few parts between them are beyond ASCII
        if not part.isascii():
            found += [
                at + piece.start() + (places if piece[0].isascii() else _places_one_by_one)(piece[0])
                for piece in PIECE.finditer(part)
            ]
            part = " " * len(part)
        plain.append(part)
        at += len(part) + 1
    both = np.concatenate([places(" ".join(plain)), *found])
    return both[np.argsort(both[:, 0], kind="stable")]


def spans(texts: Sequence[str], start: Array, end: Array) -> Array:
    """The characters (n, 2) at which the words of each text from `start` (n,) to before `end` (n,) begin and end."""
    found = np.empty((len(texts), 2), np.int64)
    plain = np.fromiter((text.isascii() for text in texts), bool, len(texts))
    for row in np.flatnonzero(~plain).tolist():
        found[row] = places(texts[row])[start[row] : end[row]].reshape(-1)[[0, -1]]
    data = [texts[row].encode() for row in np.flatnonzero(plain).tolist()]
    spelt = [each.translate(LOWER, MARKS) for each in data]
    begin, behind, _ = _cut(spelt)
    lengths = np.fromiter(map(len, spelt), np.int64, len(spelt))
    zeros = np.arange(1, len(spelt) + 1)  # before each text
    first = np.searchsorted(begin, np.cumsum(lengths) - lengths + zeros)
    index = np.flatnonzero(np.frombuffer(b"".join(data).translate(UNMARKED), bool))
    sizes = np.fromiter(map(len, data), np.int64, len(data))
    found[plain, 0] = index[begin[first + start[plain]] - zeros]
    found[plain, 1] = index[behind[first + end[plain] - 1] - zeros - 1] + 1
    found[plain] -= (np.cumsum(sizes) - sizes)[:, None]
    return found


def _places_one_by_one(text: str) -> Array:
    """The same, character by character, for any script."""
    index, lower = [], []  # the characters that words are made of, and the place of each
    for place, character in enumerate(text.replace("’", "'")):
        for small in character.lower():
            if small not in PUNCTUATION:
                index.append(place)
                lower.append(small)
    bare = ARTICLES.sub(lambda found: " " * len(found[0]), "".join(lower))
    ends = [(index[found.start()], index[found.end() - 1] + 1) for found in WORD.finditer(bare)]
    return np.array(ends, np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class Numbered(Ragged):
    """Texts as numbers: `hashes` (w,) uint64 of all their words, of which text i has `bounds[i]` to `bounds[i + 1]`."""

    hashes: Array
    bounds: Array

    def runs(self, size: int, factor: int = FACTOR) -> tuple[Array, Array]:
        """The number of each run of `size` words within one text, and the place (among all words) where it begins.

        Another odd `factor` gives other numbers, which agree by chance where these do as rarely as any two.
        """
        total, done = self.hashes, 1  # the numbers of runs of `done` words
        for bit in f"{size:b}"[1:]:
            total, done = total[:-done] * np.uint64(pow(factor, done, 1 << 64)) + total[done:], 2 * done
            if bit == "1":
                total, done = total[:-1] * np.uint64(factor) + self.hashes[done:], done + 1
        whole = len(total)
        room = np.repeat(self.bounds[1:], self.lengths)[:whole]  # where the text of each word ends
        starts = np.flatnonzero(np.arange(whole) + size <= room)
        return _mixed(total[starts]), starts

    def owners(self, places: Array) -> Array:
        """The text to which each word belongs."""
        return np.searchsorted(self.bounds, places, side="right") - 1


def numbered(texts: Sequence[str]) -> Numbered:
    """The words of the texts (see words) as numbers: equal words have equal ones."""
    # blanks part words for sure, and what stands between two of them and is beyond ASCII comes again and again
    plain = [
        text if text.isascii() else " ".join(each if each.isascii() else MEMORY[each] for each in text.split())
        for text in texts
    ]
    spelt = [text.encode(errors="surrogatepass").translate(LOWER, MARKS) for text in plain]
    begin, _, hashes = _cut(spelt)
    ends = np.cumsum(np.fromiter(map(len, spelt), np.int64, len(spelt)) + 1)
    return Numbered(hashes, np.append(0, np.searchsorted(begin, ends)))


def _cut(spelt: Sequence[bytes]) -> tuple[Array, Array, Array]:
    """Where the words of the texts begin and end, without articles, among all bytes with one zero before each text."""
    data = np.frombuffer(b"\0".join([b"", *spelt, bytes(9)]), np.uint8)
    inside = data != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # where words begin and end, in turn
    begin, end = edges[::2], edges[1::2]
    hashes = word_hashes(data, begin, end - begin)
    bare = (end - begin > 3) | ~np.isin(hashes, ARTICLES_HASHED)
    return begin[bare], end[bare], hashes[bare]


class _Memory(dict[str, str]):
    """The words of each piece of a text beyond ASCII, with blanks between them, remembered where it is short."""

    def __missing__(self, piece: str) -> str:
        # an "a" that is no article, beside a letter that is a word of its own, gets a mark that no word has
        found = " ".join(f"\x80{word}" if ARTICLES.fullmatch(word) else word for word in words(piece))
        if len(piece) <= COMMON and len(self) < MOST:
            self[piece] = found
        return found


MEMORY = _Memory()


def _mixed(numbers: Array) -> Array:
    """The numbers with all bits spread over all others (the finalizer of MurmurHash3), one for one."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(33))


def common(first: Sequence[object], second: Sequence[object]) -> int:
    """The length of the longest common subsequence of two sequences.

    Ref: Hyyrö (2004), bit-parallel LCS-length computation revisited.
    """
    where: dict[object, int] = {}
    for place, item in enumerate(first):
        where[item] = where.get(item, 0) | 1 << place
    full = row = (1 << len(first)) - 1
    for item in second:
        hit = row & where.get(item, 0)
        row = (row + hit | row - hit) & full
    return len(first) - row.bit_count()
