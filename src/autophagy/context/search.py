"""A search as Qdrant has it: texts become requests by words or by meaning, and points become hits.

The engine in this process and the server's client call the parts of a request by other names, and are alike otherwise.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from ..core.samples import Array
from ..text.chunks import Passage
from ..text.searchable import asked, searchable
from .fusion import Order, fused
from .store import DENSE, DEPTH, WORDS, Hit, Mode, hit, written


class PassageSearch(ABC):
    """What both do alike; `_words` encodes texts for BM25, and `batch` searches go in one request."""

    batch: ClassVar[int]
    _words: Any

    def find(
        self, texts: Sequence[str], vectors: Array | None, k: int, mode: Mode, documents: Sequence[str] | None
    ) -> list[list[Hit]]:
        """The k best passages for each text with its vector, the best first."""
        rows = [None] * len(texts) if vectors is None else vectors.tolist()
        condition = None if documents is None else self._of(documents)
        hits: list[list[Hit]] = []
        with self._telling():
            for i in range(0, len(texts), self.batch):
                pairs = zip(texts[i : i + self.batch], rows[i : i + self.batch], strict=True)
                answers = self._answers([self._request(text, row, k, mode, condition) for text, row in pairs])
                hits += [[hit(scored.payload, scored.score) for scored in answer] for answer in answers]
        return hits

    def fuse(self, texts: Sequence[str], vectors: Array, k: int, documents: Sequence[str] | None) -> list[list[Hit]]:
        """The k best passages for each text by words and by meaning, and those that equal the last."""
        condition = None if documents is None else self._of(documents)
        depth, hits, rows = max(k, DEPTH), list[list[Hit]](), vectors.tolist()
        with self._telling():
            for i in range(0, len(texts), self.batch):
                words = [self._by_words(text, condition) for text in texts[i : i + self.batch]]
                meanings = [self._by_meaning(row, condition) for row in rows[i : i + self.batch]]
                parts = [*words, *meanings]
                orders = self._orders([self._single(depth + 1, part, payload=False) for part in parts])
                whole = [self._whole(part, order, depth) for part, order in zip(parts, orders, strict=True)]
                scored = [fused(both, k) for both in zip(whole[: len(words)], whole[len(words) :], strict=True)]
                passages = self._payloads(list({key for each in scored for key in each}))
                hits += [[hit(passages[key], score) for key, score in each.items()] for each in scored]
        return hits

    def _whole(self, part: dict[str, Any], order: Order[Any], depth: int) -> Order[Any]:
        """An order down to the last that equals the one at that depth, asked for anew where it does not reach there."""
        wanted = depth
        while len(order.scores) > wanted and order.scores[wanted] == order.scores[depth - 1]:
            wanted *= 4
            (order,) = self._orders([self._single(wanted + 1, part, payload=False)])
        return order.above(order.scores[depth - 1]) if len(order.scores) > depth else order

    def shared(self, text: str, passage: Passage) -> list[str]:
        """The words of a question that a passage holds, in whatever form."""
        held = {*self._words.embed_document(searchable(written(passage))).indices}
        return [word for word in asked(text) if held & {*self._words.embed_query(searchable(word, True)).indices}]

    def looked_up(self, text: str) -> list[str]:
        """The words of a question that are looked up: those that nearly every text holds, such as `the`, are not."""
        return [word for word in asked(text) if self._words.embed_query(searchable(word, True)).indices]

    def _request(self, text: str, row: list[float] | None, k: int, mode: Mode, condition: Any) -> Any:
        return self._single(k, self._by_words(text, condition) if mode == "bm25" else self._by_meaning(row, condition))

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
    def _single(self, k: int, part: dict[str, Any], payload: bool = True) -> Any:
        """The request for the k best of one ranking, with or without their passages."""

    @abstractmethod
    def _orders(self, requests: list[Any]) -> list[Order[Any]]:
        """The points of each request, by what stands for each among others, with their scores."""

    @abstractmethod
    def _payloads(self, keys: Sequence[Any]) -> dict[Any, Any]:
        """The payload of each of these points."""

    @abstractmethod
    def _answers(self, requests: list[Any]) -> Iterable[Iterable[Any]]:
        """The scored points of each request."""
