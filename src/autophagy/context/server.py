"""Server: a collection on a Qdrant server, reached by its URL."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from time import sleep
from typing import Any

from ..core.errors import AutophagyError, DataError, UsageError, need
from ..core.samples import Array
from ..text.chunks import Passage
from .search import PassageSearch
from .store import DENSE, OVERSAMPLING, WORDS, PointId, Settings, bm25, check, payload, point

BATCH = 128  # searches, or points, that go in one request
PATIENCE = 0.2  # seconds between two looks at whether the server has done its work


def connect(url: str, settings: Settings) -> "Server":
    """The collection that the last part of the URL names; raises UsageError where it names none."""
    library = need("qdrant_client", "an index on a server")
    address, _, collection = url.rstrip("/").rpartition("/")
    if "://" not in address:
        raise UsageError(f"the address {url} names no collection: give http://host:6333/collection.")
    client = library.QdrantClient(url=address, api_key=os.environ.get("QDRANT_API_KEY"), check_compatibility=False)
    return Server(client, collection, address, settings)


class Server(PassageSearch):
    """A collection of a Qdrant server, made where there is none; its metadata say what it was made with.

    Raises DataError where the collection is of something else or the server does not answer.
    """

    batch = BATCH
    far = True

    def __init__(self, client: Any, collection: str, address: str, settings: Settings) -> None:
        self._models: Any = need("qdrant_client", "an index on a server").models
        self._client, self._name, self._address = client, collection, address
        self._words = bm25(settings.language)
        with self._telling():
            if not client.collection_exists(collection):
                self._make(settings)
            kept = client.get_collection(collection).config.metadata or {}
        check(f"{collection} on {address}", kept, settings)

    def put(self, passages: Sequence[Passage], vectors: Array | None) -> None:
        """Keep passages with their vectors (n, d); those whose ids are there already are replaced."""
        points = [
            self._models.PointStruct(id=point(passage.id), vector=vector, payload=payload(passage))
            for passage, vector in zip(passages, self._vectors(passages, vectors), strict=True)
        ]
        with self._telling():
            for i in range(0, len(points), BATCH):
                self._client.upsert(self._name, points[i : i + BATCH], wait=True)

    def points(self, documents: Sequence[str]) -> set[PointId]:
        """The points of all passages of the documents."""
        ids: set[PointId] = set()
        offset, more = None, True
        with self._telling():
            while more:
                records, offset = self._client.scroll(
                    self._name, self._of(documents), limit=10_000, offset=offset, with_payload=False
                )
                ids |= {record.id for record in records}
                more = offset is not None
        return ids

    def drop(self, points: Collection[PointId]) -> None:
        """Remove points."""
        if points:
            with self._telling():
                self._client.delete(self._name, self._models.PointIdsList(points=list(points)), wait=True)

    def _by_words(self, text: str, condition: Any) -> dict[str, Any]:
        return {"query": self._asked(text), "using": WORDS, "filter": condition}

    def _by_meaning(self, row: list[float] | None, condition: Any) -> dict[str, Any]:
        quantized = self._models.QuantizationSearchParams(rescore=True, oversampling=OVERSAMPLING)
        params = self._models.SearchParams(quantization=quantized)
        return {"query": row, "using": DENSE, "filter": condition, "params": params}

    def _single(self, k: int, part: dict[str, Any], whole: bool) -> Any:
        return self._models.QueryRequest(limit=k, with_payload=whole, **part)

    def _payloads(self, keys: Sequence[Any]) -> dict[Any, Any]:
        found = self._client.retrieve(self._name, keys, with_payload=True)
        return {each.id: each.payload for each in found}

    def _answers(self, requests: list[Any]) -> Iterable[Iterable[Any]]:
        return [answer.points for answer in self._client.query_batch_points(self._name, requests)]

    def optimize(self) -> None:
        """Wait until the server, which builds its graphs on its own, has nothing left to do."""
        with self._telling():
            while self._client.get_collection(self._name).status != self._models.CollectionStatus.GREEN:
                sleep(PATIENCE)

    def count(self) -> int:
        """The number of passages."""
        with self._telling():
            return int(self._client.count(self._name, exact=True).count)

    def disk(self) -> float:
        """NaN: what the server takes on its disk is not known here."""
        return float("nan")

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _sparse(self, vector: Any) -> Any:
        return self._models.SparseVector(indices=vector.indices, values=vector.values)

    def _of(self, documents: Sequence[str]) -> Any:
        models = self._models
        match = models.FieldCondition(key="document", match=models.MatchAny(any=list(documents)))
        return models.Filter(must=[match])

    def _make(self, settings: Settings) -> None:
        models, size = self._models, settings.dimension
        self._client.create_collection(
            self._name,
            vectors_config={DENSE: models.VectorParams(size=size, distance=models.Distance.DOT)} if size else {},
            sparse_vectors_config={WORDS: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            quantization_config=models.ScalarQuantization(scalar=models.ScalarQuantizationConfig(type="int8")),
            metadata=asdict(settings),
        )
        self._client.create_payload_index(self._name, "document", models.PayloadSchemaType.KEYWORD)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn what the client raises into one sentence."""
        from qdrant_client.http.exceptions import ApiException

        try:
            yield
        except (ApiException, ValueError, OSError) as error:
            if isinstance(error, AutophagyError):
                raise
            reason = " ".join(str(error).split())[:200].rstrip(".")
            raise DataError(
                f"the Qdrant server {self._address} cannot be used ({reason}): check the address, the key in "
                "QDRANT_API_KEY and the collection."
            ) from error
