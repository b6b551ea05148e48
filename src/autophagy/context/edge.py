"""Edge: the Qdrant engine in this process, with its data in a folder."""

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..core.errors import AutophagyError, DataError, need
from ..core.samples import Array
from ..text.chunks import Passage
from .search import PassageSearch
from .store import DENSE, OVERSAMPLING, WORDS, PointId, Settings, bm25, check, payload, point

MANIFEST = "index.json"  # written last: a folder without it was never finished
SHARD = "shard"
FORMAT = 2  # words are counted in the form that `searchable` gives them


class Edge(PassageSearch):
    """A folder with the engine's shard and the manifest `index.json`, which says what it was made with.

    Vectors are kept as float32 and, from 10 MB of them on, found by a graph of int8 vectors once `optimize` has built
    it. One process at a time has it open. Raises DataError where the folder is of something else, in use or damaged.
    """

    batch = 256  # searches that are planned together
    far = False

    def __init__(self, folder: str | Path | None, settings: Settings) -> None:
        self._engine: Any = need("qdrant_edge", "an index")
        self._words = bm25(settings.language)
        self._temporary = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="autophagy-index-") if folder is None else folder).expanduser()
        with self._telling():
            if not self._made(settings):
                self._make(settings)
            self._shard = self._engine.EdgeShard.load(str(self.folder / SHARD))

    def put(self, passages: Sequence[Passage], vectors: Array | None) -> None:
        """Keep passages with their vectors (n, d); those whose ids are there already are replaced."""
        points = [
            self._engine.Point(point(passage.id), vector, payload(passage))
            for passage, vector in zip(passages, self._vectors(passages, vectors), strict=True)
        ]
        with self._telling():
            self._shard.update(self._engine.UpdateOperation.upsert_points(points))

    def points(self, documents: Sequence[str]) -> set[PointId]:
        """The points of all passages of the documents."""
        with self._telling():
            return set(self._scroll(self._of(documents)))

    def _scroll(self, condition: Any) -> Iterator[PointId]:
        offset = None
        while True:
            request = self._engine.ScrollRequest(offset=offset, limit=10_000, filter=condition, with_payload=False)
            records, offset = self._shard.scroll(request)
            yield from (record.id for record in records)
            if offset is None:
                return

    def drop(self, points: Collection[PointId]) -> None:
        """Remove points."""
        if points:
            with self._telling():
                self._shard.update(self._engine.UpdateOperation.delete_points(list(points)))

    def _by_words(self, text: str, condition: Any) -> dict[str, Any]:
        return {"query": self._engine.Query.Nearest(self._asked(text), using=WORDS), "filter": condition}

    def _by_meaning(self, row: list[float] | None, condition: Any) -> dict[str, Any]:
        engine = self._engine
        quantized = engine.QuantizationSearchParams(rescore=True, oversampling=OVERSAMPLING)
        query = engine.Query.Nearest(row, using=DENSE)
        return {"query": query, "filter": condition, "params": engine.SearchParams(quantization=quantized)}

    def _single(self, k: int, part: dict[str, Any], whole: bool) -> Any:
        return self._engine.QueryRequest(limit=k, with_payload=whole, **part)

    def _payloads(self, keys: Sequence[Any]) -> dict[Any, Any]:
        return {each.id: each.payload for each in self._shard.retrieve(list(keys), True, False)}

    def _answers(self, requests: list[Any]) -> Iterable[Iterable[Any]]:
        answers: Iterable[Iterable[Any]] = self._shard.query_batch(self._engine.QueryBatchRequest(requests))
        return answers

    def optimize(self) -> None:
        """Merge what was added, and build the graph of int8 vectors where there are enough of them."""
        with self._telling():
            self._shard.optimize()

    def count(self) -> int:
        """The number of passages."""
        with self._telling():
            return int(self._shard.count(self._engine.CountRequest()))

    def disk(self) -> float:
        """The bytes that the folder takes on the disk, which are fewer than its files seem to have."""
        with self._telling():
            self._shard.flush()
            return float(sum(path.stat().st_blocks * 512 for path in self.folder.rglob("*") if path.is_file()))

    def close(self) -> None:
        """Write everything down and let go of the folder, which is removed if it is temporary."""
        with self._telling():
            self._shard.close()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _of(self, documents: Sequence[str]) -> Any:
        engine = self._engine
        match = engine.FieldCondition("document", match=engine.MatchAny(list(documents)))
        return engine.Filter(must=[match])

    def _made(self, settings: Settings) -> bool:
        """Whether the index is there already; raises DataError where it is another, or the folder no index."""
        path = self.folder / MANIFEST
        if not path.exists():
            foreign = self.folder.is_file() or (
                self.folder.exists()
                and any(each.name not in (SHARD, f"{MANIFEST}.part") for each in self.folder.iterdir())
            )
            if foreign:
                raise DataError(f"{self.folder} is there and is no index: give a new folder, or that of an index.")
            return False
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            known = kept.pop("format") == FORMAT
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise DataError(f"{path} is damaged: make a new index in another folder.") from error
        if not known:
            raise DataError(f"{path} was written by another version of Autophagy: make a new index in another folder.")
        check(str(self.folder), kept, settings)
        return True

    def _make(self, settings: Settings) -> None:
        engine, shard, part = self._engine, self.folder / SHARD, self.folder / f"{MANIFEST}.part"
        shutil.rmtree(shard, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        size = settings.dimension
        config = engine.EdgeConfig(
            vectors={DENSE: engine.EdgeVectorParams(size=size, distance=engine.Distance.Dot)} if size else None,
            sparse_vectors={WORDS: engine.EdgeSparseVectorParams(modifier=engine.Modifier.Idf)},
            quantization_config=engine.ScalarQuantizationConfig(type=engine.ScalarType.Int8),
        )
        made = engine.EdgeShard.create(str(shard), config)
        made.update(engine.UpdateOperation.create_field_index("document", engine.PayloadSchemaType.Keyword))
        made.close()
        part.write_text(json.dumps({"format": FORMAT, **asdict(settings)}, indent=1), encoding="utf-8")
        os.replace(part, self.folder / MANIFEST)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn what the engine raises, which is a bare Exception, into one sentence."""
        try:
            yield
        except (AutophagyError, MemoryError):
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200].rstrip(".")
            if "WouldBlock" in reason:
                raise DataError(f"the index {self.folder} is in use by another process: wait for it to end.") from error
            raise DataError(
                f"the index {self.folder} cannot be used ({reason}): free space, or make a new one in another folder."
            ) from error
