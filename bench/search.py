"""Our index against the local mode of qdrant-client and against exact search, in one process.

    python bench/search.py [--chunks 100000] [--dimensions 384] [--rounds 5] [--queries 500] [--local-queries 10]

Vectors are of unit length in clusters of 200 with noise of rank 32, one query at a time, ten passages each with their
payload. Each round times both sides one after the other, so that a busy machine hurts both; ratios are of one round.
Recall is the share of the ten exact neighbours that come back. The last figures are one more document of ten passages:
the seconds from `add` until a search finds it, its vectors given, and the seconds that embedding ten passages takes.
"""

import argparse
import time
import warnings
from collections.abc import Sequence

import numpy as np
from qdrant_client import QdrantClient, models

from autophagy.context import Index, Passage, find_embedder, open_index
from autophagy.core.samples import Array

K, EACH = 10, 10  # passages found for a query, passages of a document


class Given:
    """An embedder whose texts are numbers of rows, so that indexing is timed without embedding."""

    name = "given"

    def __init__(self, rows: Array) -> None:
        self.rows, self.dimension = rows, rows.shape[1]

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The rows of those numbers."""
        return self.rows[[int(text) for text in texts]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--local-queries", type=int, default=10)
    options = parser.parse_args()
    n, rounds = options.chunks, options.rounds
    rows = clustered(n + EACH + options.queries, options.dimensions, np.random.default_rng(1))
    chunks, queries = rows[:n], range(n + EACH, len(rows))
    truth = exact(chunks, rows[n + EACH :])

    with open_index(None, embedder=Given(rows)) as index:
        start = time.perf_counter()
        index.add([passage(i) for i in range(n)])
        added, optimized = time.perf_counter() - start, index.optimize()
        print(f"{n:,} chunks of {options.dimensions} dimensions, k = {K}")
        print(
            f"  ours: stored in {added:.1f} s, optimized in {optimized:.1f} s, {index.bytes / 2**20:,.0f} MiB on disk"
        )
        client = local(chunks)
        ours, theirs, products, recalls = [], [], [], []
        for _ in range(rounds):
            results, seconds = timed(lambda i: find(index, i), queries)
            recalls.append(recall(results, truth))
            ours.append(len(queries) / seconds)
            few = queries[: options.local_queries]
            results, seconds = timed(lambda i: find_local(client, rows[i]), few)
            theirs.append(len(few) / seconds)
            assert recall(results, truth[: len(few)]) == 1
            _, seconds = timed(lambda i: np.argpartition(chunks @ rows[i], -K)[-K:], few)
            products.append(len(few) / seconds)
        print(f"  recall@{K} of ours against exact search   {np.median(recalls):.4f}")
        for name, rates in (("ours", ours), ("qdrant-client local mode", theirs), ("one NumPy product", products)):
            print(f"  queries per second, {name:25s} {np.median(rates):9.1f}   ({min(rates):.1f} .. {max(rates):.1f})")
        ratios = np.array(ours) / np.array(theirs)
        print(f"  ours / local mode, a round {np.median(ratios):.0f}   ({ratios.min():.0f} .. {ratios.max():.0f})")
        seconds = [more(index, n + i) for i in range(rounds)]
        print(f"  one more document, until found {np.median(seconds):.4f} s   (at most {max(seconds):.4f})")
        print(f"  embedding its ten passages     {embedding():.4f} s")


def clustered(n: int, d: int, rng: np.random.Generator) -> Array:
    """Unit vectors (n, d) float32 around n / 200 centres, with noise of rank 32."""
    centres = rng.standard_normal((max(1, n // 200), d), np.float32)
    noise = rng.standard_normal((n, 32), np.float32) @ rng.standard_normal((32, d), np.float32) / np.float32(8)
    rows = centres[rng.integers(len(centres), size=n)] + noise
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def exact(chunks: Array, queries: Array) -> list[set[int]]:
    """The numbers of the K nearest chunks of each query."""
    best = [np.argpartition(chunks @ query, -K)[-K:] for query in queries]
    return [set(each.tolist()) for each in best]


def passage(i: int) -> Passage:
    """The chunk of that number; its text says which row is its vector."""
    return Passage(f"{i // EACH}#{i}", str(i // EACH), "", str(i), 0, len(str(i)))


def local(chunks: Array) -> QdrantClient:
    """The same chunks in the local mode of qdrant-client."""
    client = QdrantClient(":memory:")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it advises against so many points
        client.create_collection("c", models.VectorParams(size=chunks.shape[1], distance=models.Distance.DOT))
        for i in range(0, len(chunks), 1_000):
            part = range(i, min(i + 1_000, len(chunks)))
            points = [models.PointStruct(id=j, vector=chunks[j].tolist(), payload={"text": str(j)}) for j in part]
            client.upsert("c", points)
    return client


def find(index: Index, i: int) -> set[int]:
    return {int(hit.passage.text) for hit in index.search([str(i)], K, "dense")[0]}


def find_local(client: QdrantClient, query: Array) -> set[int]:
    return {int(point.payload["text"]) for point in client.query_points("c", query.tolist(), limit=K).points}


def timed(act, numbers: Sequence[int]) -> tuple[list, float]:
    """What comes back for each number, and the seconds that all of them took."""
    start = time.perf_counter()
    results = [act(i) for i in numbers]
    return results, time.perf_counter() - start


def recall(results: Sequence[set[int]], truth: Sequence[set[int]]) -> float:
    return float(np.mean([len(a & b) / K for a, b in zip(results, truth, strict=True)]))


def more(index: Index, row: int) -> float:
    """The seconds from adding a document until a search for it finds it first."""
    new = [Passage(f"new {row}#{i}", f"new {row}", "", str(row), 0, 1) for i in range(EACH)]
    start = time.perf_counter()
    index.add(new)
    while index.search([str(row)], 1, "dense")[0][0].passage.document != f"new {row}":
        pass
    return time.perf_counter() - start


def embedding() -> float:
    embedder = find_embedder()
    texts = [" ".join(f"word {i}" for i in range(80))] * EACH
    embedder.encode(texts)
    return timed(lambda _: embedder.encode(texts), [0])[1]


if __name__ == "__main__":
    main()
