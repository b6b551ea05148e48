"""Stores: what an index asks of the place where passages and their vectors are kept."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol, get_args
from uuid import UUID

from ..core.errors import DataError, UsageError, need
from ..core.samples import Array
from ..text.chunks import Passage

Mode = Literal["hybrid", "dense", "bm25"]
MODES: tuple[Mode, ...] = get_args(Mode)
PointId = int | str | UUID

DENSE, WORDS = "dense", "words"  # the names of the two vectors of a passage
OVERSAMPLING = 3.0  # times k vectors are found as int8, and the best k of them by float32
DEPTH = 50  # passages of each order that are fused, or k where that is more
# Of rank fusion, the constant and the weights of words and of meaning: a sum of 1 / (place / weight + K - 1). They are
# the middle of where the figures are flat (weights 1.4 to 1.8) on the even articles of SQuAD: bench/retrieval.py.
K, WEIGHTS = 1, (1.6, 1.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and its score, which orders the hits of one search and means nothing beyond it."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index is made with and keeps.

    `embedder` is its name, "none" for words alone, and `dimension` the length of its vectors; `language` is that of
    the stop words and stems of BM25; `chunks` says how the passages were cut, or nothing.
    """

    embedder: str
    dimension: int
    language: str
    chunks: str = ""


class Store(Protocol):
    """The Qdrant engine in this process, or a Qdrant server."""

    def put(self, passages: Sequence[Passage], vectors: Array | None) -> None:
        """Keep passages with their vectors (n, d); those whose ids are there already are replaced."""

    def points(self, documents: Sequence[str]) -> set[PointId]:
        """The points (see `point`) of all passages of the documents."""

    def drop(self, points: Collection[PointId]) -> None:
        """Remove points."""

    def find(
        self, texts: Sequence[str], vectors: Array | None, k: int, mode: Mode, documents: Sequence[str] | None
    ) -> list[list[Hit]]:
        """The k best passages for each text with its vector, and those that equal the last, in any order."""

    def shared(self, text: str, passage: Passage) -> list[str]:
        """The words of a question that a passage holds."""

    def looked_up(self, text: str) -> list[str]:
        """The words of a question that are looked up."""

    def optimize(self) -> None:
        """Build what makes the search fast, and return when it is there."""

    def count(self) -> int:
        """The number of passages."""

    def disk(self) -> float:
        """The bytes that it takes on this machine's disk; NaN where it lies elsewhere."""

    def close(self) -> None:
        """Write everything down and let go of it."""


def point(passage: str) -> int:
    """The number that the passage of this id has as a point, for Qdrant takes no words: 64 bits of its digest.

    Two of ten million passages share one with a probability of 3 in a million. The engine hands out numbers in a tenth
    of the time of UUIDs; an index whose points are UUIDs, as they were before, is read and written as it is.
    """
    return int.from_bytes(hashlib.blake2b(passage.encode(), digest_size=8).digest(), "big")


def written(passage: Passage) -> str:
    """What of a passage is embedded and whose words are counted: its title and headings, then its text."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def payload(passage: Passage) -> dict[str, Any]:
    """The passage as a point carries it."""
    return {name: value for name, value in asdict(passage).items() if name != "copies"}  # of a prompt, not of a text


def hit(payload: Mapping[str, Any], score: float) -> Hit:
    """The passage of a point that was found."""
    return Hit(Passage(**payload), float(score))


def bm25(language: str) -> Any:
    """The engine's encoder of words: a text -> a sparse vector, to which the search adds how rare each word is.

    Raises UsageError for a language that it does not know.
    """
    engine = need("qdrant_edge", "an index")
    try:
        return engine.Bm25(engine.Bm25Config(language=language))
    except ValueError as error:
        raise UsageError(f"BM25 knows no language {language!r}: give one such as english, german or french.") from error


def check(where: str, kept: Mapping[str, Any], asked: Settings) -> None:
    """Raise DataError where an index is not what is asked for, by the names of both."""
    for name, value in asdict(asked).items():
        if name not in kept:
            raise DataError(
                f"the index {where} does not say its {name}, so it may be damaged: make a new one elsewhere."
            )
        if value != kept[name] and value:
            raise DataError(
                f"the index {where} was made with the {name} {kept[name]}, not with {value}: "
                f"open it with {kept[name]}, or make a new index elsewhere."
            )
