"""The index: passages go in, and those that answer a question come out."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType

from ..core.errors import UsageError, must
from ..text.chunks import Passage
from .embed import DEFAULT, NONE, Embedder, find_embedder, limit_of
from .limit import fitting
from .store import MODES, Hit, Mode, Settings, Store, point, written

BATCH = 1_000  # passages that are embedded and stored at a time


class Index:
    """Passages that are found by their words, by their meaning, or by both, the two orders fused by rank.

    Ref: Robertson and Zaragoza, 2009 (BM25); Cormack, Clarke and Büttcher, 2009 (reciprocal rank fusion).
    """

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self.store = store
        self.embedder = embedder

    def add(self, passages: Sequence[Passage]) -> None:
        """Store passages, which are found from now on; they replace all that was stored of their documents.

        Those of more tokens than the embedder reads are stored in parts.
        """
        passages = fitting(passages, limit_of(self.embedder))
        documents = list(dict.fromkeys(passage.document for passage in passages))
        before = self.store.points(documents) if len(self) else set()
        for i in range(0, len(passages), BATCH):
            batch = passages[i : i + BATCH]
            vectors = self.embedder.encode([written(passage) for passage in batch]) if self.embedder else None
            self.store.put(batch, vectors)
        self.store.drop(before - {point(passage.id) for passage in passages})

    def remove(self, documents: Sequence[str]) -> None:
        """Remove all passages of the documents."""
        self.store.drop(self.store.points(documents))

    def search(
        self,
        texts: Sequence[str],
        k: int = 5,
        mode: Mode | None = None,
        documents: Sequence[str] | None = None,
        words: Sequence[str] | None = None,
    ) -> list[list[Hit]]:
        """The k best passages for each text, the best first; of these documents alone, where some are given.

        `mode` is "bm25" for words, "dense" for meaning, or "hybrid" for both, which is the default where there is an
        embedder. `words` are what is looked up by words, where that is not the texts. By words, a passage that shares
        none with the text is not found. Raises UsageError where the index has no embedder for the mode.
        """
        mode = mode or ("hybrid" if self.embedder else "bm25")
        must(k >= 1, "k", k, "at least 1")
        must(mode in MODES, "mode", mode, f"one of {', '.join(MODES)}")
        if mode != "bm25" and not self.embedder:
            raise UsageError(f"this index has no embedder, which the mode {mode} needs: give the mode bm25.")
        if not texts or (documents is not None and not documents):
            return [[] for _ in texts]
        vectors = self.embedder.encode(texts, question=True) if self.embedder and mode != "bm25" else None
        asked = words or texts
        return [in_order(hits)[:k] for hits in self.store.find(asked, vectors, k, mode, documents)]

    def optimize(self) -> float:
        """Build what makes the search fast; returns the seconds that it took."""
        start = perf_counter()
        self.store.optimize()
        return perf_counter() - start

    def __len__(self) -> int:
        return self.store.count()

    @property
    def bytes(self) -> float:
        """The bytes that the index takes on this machine's disk; NaN where it lies elsewhere."""
        return self.store.disk()

    def close(self) -> None:
        """Write everything down and let go of the folder."""
        self.store.close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def in_order(hits: Sequence[Hit]) -> list[Hit]:
    """Hits from the best; of equal ones that whose id comes first."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def open_index(
    where: str | Path | None = None,
    *,
    embedder: str | Embedder = DEFAULT,
    language: str = "english",
    chunks: str = "",
) -> Index:
    """The index in a folder, made where there is none; None keeps it in a temporary folder until it is closed.

    The URL http://host:port/collection stands for a collection on a Qdrant server, whose key is taken from the
    environment variable QDRANT_API_KEY. `embedder` is a name (see `find_embedder`), "none" for words alone, or an
    embedder; `language` is that of the words; `chunks` says how the passages are cut. Raises DataError for an index
    that was made with others of these, is in use, or cannot be read.
    """
    model = find_embedder(embedder)
    settings = Settings(model.name if model else NONE, model.dimension if model else 0, language, chunks)
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        from .server import connect

        return Index(connect(where, settings), model)
    from .edge import Edge

    return Index(Edge(where, settings), model)
