"""Searches per second through our index against the same requests put to the engine alone, in one process.

    python bench/search_overhead.py [--chunks 20000] [--dimensions 384] [--queries 400] [--rounds 5]

One query at a time, ten passages each with their payload; vectors are given, so that nothing is embedded. A passage has
80 words of a vocabulary of 20,000 with Zipf's shares and a question six of them, so that words find as many as meaning
does. The engine alone gets requests that were made before the clock starts, and the payloads of its points are read,
for without them there is no answer. Each round times both sides one after the other; the ratio is that of one round.
"""

import argparse
import statistics
import time

import numpy as np

from autophagy.context import Passage, open_index
from autophagy.context.store import DEPTH, WEIGHTS
from autophagy.context.store import K as PLACES
from search import EACH, K, clustered

MODES = ("dense", "bm25", "hybrid")
VOCABULARY, LONG, SHORT = 20_000, 80, 6  # words of the world, of a passage and of a question


class Known:
    """An embedder that was told the vector of every text."""

    name = "known"

    def __init__(self, texts, rows):
        self.rows, self.dimension = dict(zip(texts, rows, strict=True)), rows.shape[1]

    def encode(self, texts, question=False):
        """Their vectors (n, d)."""
        return np.stack([self.rows[text] for text in texts])


def worded(count, words, rng):
    """So many texts of so many words, the commoner the lower their number."""
    share = 1 / np.arange(1, VOCABULARY + 1)
    drawn = rng.choice(VOCABULARY, (count, words), p=share / share.sum())
    return [" ".join(f"word{number}" for number in row) for row in drawn.tolist()]


def passage(i, text):
    return Passage(f"{i // EACH}#{i}", str(i // EACH), "", text, 0, len(text))


def made(store, text, row, mode):
    """What the engine alone is asked: to fuse a hybrid search itself, though it orders equal ones by chance."""
    engine, words, meaning = store._engine, store._by_words(text, None), store._by_meaning(row, None)
    if mode != "hybrid":
        return engine.QueryRequest(limit=K, with_payload=True, **(words if mode == "bm25" else meaning))
    both = [engine.Prefetch(limit=DEPTH, **part) for part in (words, meaning)]
    fusion = engine.Fusion.Rrf(k=PLACES, weights=list(WEIGHTS))
    return engine.QueryRequest(limit=K, with_payload=True, prefetches=both, query=fusion)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    texts, asked = worded(options.chunks, LONG, rng), worded(options.queries, SHORT, rng)
    rows = clustered(options.chunks + options.queries, options.dimensions, rng)
    known = Known([*texts, *asked], rows)
    with open_index(None, embedder=known) as index:
        index.add([passage(i, text) for i, text in enumerate(texts)])
        index.optimize()
        store = index.store
        for mode in MODES:
            requests = [made(store, text, known.rows[text].tolist(), mode) for text in asked]
            ours, alone, found = [], [], 0
            for _ in range(options.rounds):
                start = time.perf_counter()
                for text in asked:
                    index.search([text], K, mode)
                middle = time.perf_counter()
                for request in requests:
                    found += len([point.payload for point in store._answers([request])[0]])
                end = time.perf_counter()
                ours.append(len(asked) / (middle - start))
                alone.append(len(asked) / (end - middle))
            ratios = sorted(engine / mine for mine, engine in zip(ours, alone, strict=True))
            print(
                f"{mode:7s} ours {statistics.median(ours):8,.0f}  engine alone {statistics.median(alone):8,.0f}  "
                f"engine / ours {statistics.median(ratios):.2f} ({ratios[0]:.2f} .. {ratios[-1]:.2f})  "
                f"{found / options.rounds / len(asked):.1f} passages a question"
            )


if __name__ == "__main__":
    main()
