"""A search as Qdrant has it: texts become requests by words or by meaning, and points become hits.

The engine in this process and the server's client call the parts of a request by other names, and are alike otherwise.
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from ..core.samples import Array
from ..text.chunks import Passage
from ..text.searchable import asked, searchable
from .fusion import Order, fused
from .store import DENSE, DEPTH, WORDS, Hit, Mode, hit, written

TIED = 8  # more points than wanted are asked for, since some may equal the last


class PassageSearch(ABC):
    """What both do alike; `_words` encodes texts for BM25, and `batch` searches go in one request.

    From a store that is `far` passages come with the places, since one more request takes longer.
    """

    batch: ClassVar[int]
    far: ClassVar[bool]
    _words: Any

    def find(
        self, texts: Sequence[str], vectors: Array | None, k: int, mode: Mode, documents: Sequence[str] | None
    ) -> list[list[Hit]]:
        """The k best passages for each text with its vector, and those that equal the last, in any order."""
        rows = [] if vectors is None else vectors.tolist()
        condition = None if documents is None else self._of(documents)
        depth = max(k, DEPTH) if mode == "hybrid" else k
        hits: list[list[Hit]] = []
        with self._telling():
            for i in range(0, len(texts), self.batch):
                words = [self._by_words(text, condition) for text in texts[i : i + self.batch] if mode != "dense"]
                meanings = [self._by_meaning(row, condition) for row in rows[i : i + self.batch] if mode != "bm25"]
                whole = self.far and mode != "hybrid"
                orders, passages = self._orders([*words, *meanings], depth, whole)
                if mode == "hybrid":
                    best = [fused(both, k) for both in zip(orders[: len(words)], orders[len(words) :], strict=True)]
                else:
                    best = [dict(zip(order.points, order.scores, strict=True)) for order in orders]
                if not whole:
                    passages = self._payloads(list({key for each in best for key in each}))
                hits += [[hit(passages[key], score) for key, score in each.items()] for each in best]
        return hits

    def _orders(
        self, parts: Sequence[dict[str, Any]], depth: int, whole: bool
    ) -> tuple[list[Order[Any]], dict[Any, Any]]:
        """What each part ranks, down to the last that equals the point at that depth; and the passages, if `whole`."""
        answers = self._answers([self._single(depth + TIED, part, whole) for part in parts])
        reached = [self._reached(part, list(answer), depth, whole) for part, answer in zip(parts, answers, strict=True)]
        orders = [Order([point.id for point in points], [point.score for point in points]) for points in reached]
        return orders, {point.id: point.payload for points in reached if whole for point in points}

    def _reached(self, part: dict[str, Any], points: Sequence[Any], depth: int, whole: bool) -> Sequence[Any]:
        wanted = depth + TIED
        while len(points) == wanted and points[-1].score == points[depth - 1].score:  # there may be more of its equals
            wanted *= 2
            points = [point for answer in self._answers([self._single(wanted, part, whole)]) for point in answer]
        if len(points) <= depth:
            return points
        return points[: bisect_right(points, -points[depth - 1].score, key=lambda point: -point.score)]

    def shared(self, text: str, passage: Passage) -> list[str]:
        """The words of a question that a passage holds, in whatever form."""
        held = {*self._words.embed_document(searchable(written(passage))).indices}
        return [word for word in asked(text) if held & {*self._words.embed_query(searchable(word, True)).indices}]

    def looked_up(self, text: str) -> list[str]:
        """The words of a question that are looked up: those that nearly every text holds, such as `the`, are not."""
        return [word for word in asked(text) if self._words.embed_query(searchable(word, True)).indices]

    def _vectors(self, passages: Sequence[Passage], vectors: Array | None) -> Iterator[dict[str, Any]]:
        """The vectors of each passage by their names; `vectors` (n, d) are those of meaning."""
        rows = [] if vectors is None else vectors.tolist()
        for i, passage in enumerate(passages):
            words = self._sparse(self._words.embed_document(searchable(written(passage))))
            yield {WORDS: words} | ({DENSE: rows[i]} if rows else {})

    def _asked(self, text: str) -> Any:
        """The words of a question."""
        return self._sparse(self._words.embed_query(searchable(text, question=True)))

    def _sparse(self, vector: Any) -> Any:
        """A vector of words as a request holds it."""
        return vector

    @abstractmethod
    def _telling(self) -> AbstractContextManager[None]:
        """Turn what the library raises into one sentence."""

    @abstractmethod
    def _of(self, documents: Sequence[str]) -> Any:
        """The condition that a passage is of one of the documents."""

    @abstractmethod
    def _by_words(self, text: str, condition: Any) -> dict[str, Any]:
        """The part of a request that ranks by words."""

    @abstractmethod
    def _by_meaning(self, row: list[float] | None, condition: Any) -> dict[str, Any]:
        """The part of a request that ranks by meaning."""

    @abstractmethod
    def _single(self, k: int, part: dict[str, Any], whole: bool) -> Any:
        """The request for the k best points of one ranking, with or without their passages."""

    @abstractmethod
    def _payloads(self, keys: Sequence[Any]) -> dict[Any, Any]:
        """The payload of each of these points."""

    @abstractmethod
    def _answers(self, requests: list[Any]) -> Iterable[Iterable[Any]]:
        """The scored points of each request."""
