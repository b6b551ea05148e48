"""Searches per second through our index against the same requests put to the engine alone, in one process.

    python bench/search_overhead.py [--chunks 20000] [--dimensions 384] [--queries 400] [--rounds 5]

One query at a time, ten passages each with their payload; vectors are given, so that nothing is embedded. The engine
alone gets requests that were made before the clock starts, and the payloads of its points are read, for without them
there is no answer. Each round times both sides one after the other; the ratio is that of one round.
"""

import argparse
import statistics
import time

import numpy as np

from autophagy.context import open_index
from autophagy.context.store import DEPTH, WEIGHTS
from autophagy.context.store import K as PLACES
from search import Given, K, clustered, passage

MODES = ("dense", "bm25", "hybrid")


def made(store, text, row, mode):
    """What the engine alone is asked: to fuse a hybrid search itself, though it orders equal ones by chance."""
    if mode != "hybrid":
        return store._request(text, row, K, mode, None)
    engine, parts = store._engine, (store._by_words(text, None), store._by_meaning(row, None))
    both = [engine.Prefetch(limit=DEPTH, **part) for part in parts]
    fusion = engine.Fusion.Rrf(k=PLACES, weights=list(WEIGHTS))
    return engine.QueryRequest(limit=K, with_payload=True, prefetches=both, query=fusion)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rows = clustered(options.chunks + options.queries, options.dimensions, np.random.default_rng(1))
    asked = [str(i) for i in range(options.chunks, len(rows))]
    with open_index(None, embedder=Given(rows)) as index:
        index.add([passage(i) for i in range(options.chunks)])
        index.optimize()
        store = index.store
        for mode in MODES:
            requests = [made(store, text, rows[int(text)].tolist(), mode) for text in asked]
            ours, alone = [], []
            for _ in range(options.rounds):
                start = time.perf_counter()
                for text in asked:
                    index.search([text], K, mode)
                middle = time.perf_counter()
                for request in requests:
                    [point.payload for point in store._answers([request])[0]]
                end = time.perf_counter()
                ours.append(len(asked) / (middle - start))
                alone.append(len(asked) / (end - middle))
            ratios = sorted(engine / mine for mine, engine in zip(ours, alone, strict=True))
            print(
                f"{mode:7s} ours {statistics.median(ours):8,.0f}  engine alone {statistics.median(alone):8,.0f}  "
                f"engine / ours {statistics.median(ratios):.2f} ({ratios[0]:.2f} .. {ratios[-1]:.2f})"
            )


if __name__ == "__main__":
    main()
