"""The bigram table of a real text, and what a chain of words does with it.

Rows of the table are the words, its entries the pairs that the text shows, in one flat array: row r has the entries
starts[r]:starts[r + 1].
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....core.errors import DataError, UsageError
from ...plan import Floats
from ..discrete.draws import Counts, multinomial, scatter

WORD = re.compile(r"\w+|[^\w\s]")  # a word, or a sign by itself


@dataclass(frozen=True, eq=False)
class BigramTable:
    """The real chain: word shares (words,), and next-word shares (pairs,) where rows start and where they lead."""

    first: Floats
    follow: Floats
    starts: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]

    @property
    def words(self) -> int:
        """How many different words there are."""
        return len(self.first)


def table_of(path: str) -> BigramTable:
    """Count the pairs of neighbouring words of a text file, document by document; case is dropped.

    Raises UsageError where no path is given and DataError where the file holds no text of two words.
    """
    if not path:
        raise UsageError("the family ngram needs a text: give it as ngram:text=PATH.")
    file = Path(path).expanduser()
    return _counted(path, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _counted(path: str, changed: int) -> BigramTable:
    from ....data.load import Density, load

    data = load(path)
    if isinstance(data, Density) or data.kind != "text":
        raise DataError(f"{path} holds no text: give a file of plain text.")
    numbers: dict[str, int] = {}
    documents = [
        [numbers.setdefault(word, len(numbers)) for word in WORD.findall(text.lower())]
        for text in data.samples.x.tolist()
    ]
    tokens = np.array([token for document in documents for token in document], np.int64)
    ends = np.cumsum([len(document) for document in documents])[:-1] - 1  # the last word of every document but the last
    inside = np.ones(max(len(tokens) - 1, 0), bool)
    # no pair reaches from one document into the next
    inside[ends[(ends >= 0) & (ends < len(inside))]] = False
    words = len(numbers)
    pairs, counts = np.unique((tokens[:-1] * words + tokens[1:])[inside], return_counts=True)
    if not len(pairs):
        raise DataError(f"{path} has no two words beside each other: give a longer text.")
    source, target = pairs // words, pairs % words
    starts = np.searchsorted(source, np.arange(words + 1))
    return BigramTable(np.bincount(tokens) / len(tokens), _shares(counts, starts, source), starts, source, target)


def expected(table: BigramTable, length: int) -> Floats:
    """How often each pair (pairs,) comes in one passage of `length` words on average."""
    now, pairs = table.first, np.zeros(len(table.follow))
    for _ in range(length - 1):
        flow = now[table.source] * table.follow  # (pairs,), the chance to stand at a word and take that pair
        pairs += flow
        now = np.bincount(table.target, flow, minlength=table.words).astype(np.float64)
    return pairs


def write(
    table: BigramTable, first: Floats, follow: Floats, passages: int, length: int, rng: np.random.Generator
) -> tuple[Counts, Counts]:
    """First words (chains, words) and pairs (chains, pairs) of so many passages, without writing one of them.

    Passages are independent walks, so those that stand at one word part into the next words by one multinomial
    draw: position by position this is exact. A passage ends early at a word that nothing follows.
    """
    chains = len(first)
    rows, pairs = table.words, len(table.follow)
    # all chains as one long table, whose rows are the words of each chain in turn
    starts = (np.arange(chains)[:, None] * pairs + table.starts[:-1]).reshape(-1)
    starts = np.append(starts, chains * pairs)
    target = (np.arange(chains)[:, None] * rows + table.target).reshape(-1)
    leads = row_sums(follow, table).reshape(-1) > 0  # whether a word is ever followed, (chains * words,)
    begun = multinomial(np.full(chains, passages, np.int64), first, rng)
    now, seen = begun.reshape(-1), np.zeros(chains * pairs, np.int64)
    for _ in range(length - 1):
        drawn = scatter(np.where(leads, now, 0), follow.reshape(-1), starts, rng)  # (chains * pairs,)
        seen += drawn
        used = np.flatnonzero(drawn)
        now = np.zeros(chains * rows, np.int64)
        np.add.at(now, target[used], drawn[used])
    return begun, seen.reshape(chains, pairs)


def row_sums(values: NDArray[Any], table: BigramTable) -> NDArray[Any]:
    """The sum of each row (chains, words) of values by pair (chains, pairs)."""
    sums = np.zeros((len(values), table.words), values.dtype)
    filled = np.flatnonzero(np.diff(table.starts))
    sums[:, filled] = np.add.reduceat(values, table.starts[filled], axis=1)
    return sums


def follows(pairs: Counts, table: BigramTable) -> Floats:
    """Next-word shares (chains, pairs); 0 throughout in the row of a word that nothing follows."""
    sums = row_sums(pairs, table)[:, table.source]
    return np.divide(pairs, sums, out=np.zeros(pairs.shape), where=sums > 0)


def _shares(counts: Counts, starts: NDArray[np.int64], source: NDArray[np.int64]) -> Floats:
    running = np.concatenate([[0], np.cumsum(counts)])
    return counts / np.diff(running[starts])[source]
