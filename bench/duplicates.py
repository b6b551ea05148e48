"""Near copies among texts: ours, verified, beside datasketch, rensa, gaoya and Daft where they are installed.

    python bench/duplicates.py [--corpus DIR] [--rounds 3] [--only autophagy]

DIR holds corpus.jsonl (a `text` a line) and truth.json (`pairs`: row, row, tier, Jaccard index; `boiler`: rows that
share a block of text and are no copies). Without it a corpus is made of words drawn by Zipf's law, with planted copies.
One process, one core; the peers take 14 bands of 8 rows, the setting of FineWeb, and word 5-grams made in Python, but
for gaoya and Daft, which read the texts themselves. Processor seconds, the median of the rounds. A row goes wrongly
where its Jaccard index with every other row of its cluster is below .75.
"""

import argparse
import importlib.util
import json
import os
import re
import statistics
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from autophagy.curators.duplicates import kernels, pairs

BANDS, ROWS, N = 14, 8, 5


# --- the corpus


def grams(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + N]) for at in range(max(1, len(words) - N + 1))}


def jaccard(first, second):
    return len(first & second) / len(first | second)


def planted(documents, rng):
    """Texts, and the planted pairs (row, row, tier): exact copies, other case and marks, and blocks of other words."""
    words = np.array(
        ["".join(chr(97 + each) for each in rng.integers(0, 26, rng.integers(2, 11))) for _ in range(50_000)]
    )
    drawn = [np.minimum(rng.zipf(1.3, rng.integers(100, 400)), 50_000) - 1 for _ in range(documents)]
    texts = [" ".join(words[each]) for each in drawn]
    truth = []
    for row in range(documents // 4):
        tier, share = (("exact", 0), ("format", 0), ("j90", 0.05), ("j80", 0.11))[row % 4]
        other = drawn[row].copy()
        size = max(0, int(len(other) * share) - (N - 1))
        at = rng.integers(0, len(other) - size)
        other[at : at + size] = rng.integers(0, 50_000, size)
        truth.append((row, len(texts), tier))
        text = " ".join(words[other])
        texts.append(text.title().replace(" ", "  ") + "." if tier == "format" else text)
    return texts, truth, set()


def read(folder):
    texts = [json.loads(line)["text"] for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return texts, [each[:3] for each in truth["pairs"]], {int(row) for row in truth["boiler"]}


# --- the tools: texts -> pairs


def tokens(text):
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + N]) for at in range(max(1, len(words) - N + 1))]


def datasketch(texts):
    import xxhash
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=0.75, num_perm=BANDS * ROWS, params=(BANDS, ROWS)), []
    for start in range(0, len(texts), 2_000):
        shingles = [[each.encode() for each in tokens(text)] for text in texts[start : start + 2_000]]
        sketches = MinHash.generator(shingles, num_perm=BANDS * ROWS, hashfunc=xxhash.xxh32_intdigest)
        for row, sketch in enumerate(sketches, start):
            found += [(other, row) for other in index.query(sketch)]
            index.insert(row, sketch, check_duplication=False)
    return found


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH

    index, found = RMinHashLSH(0.7, BANDS * ROWS, BANDS), []
    for start in range(0, len(texts), 4_000):
        some = [tokens(text) for text in texts[start : start + 4_000]]
        for row, sketch in enumerate(RMinHash.from_token_sets(some, num_perm=BANDS * ROWS, seed=42), start):
            found += [(other, row) for other in index.query(sketch)]
            index.insert(row, sketch)
    return found


def gaoya(texts):
    from gaoya.minhash import MinHashStringIndex

    shape = {"num_bands": BANDS, "band_size": ROWS, "ngram_range": (N, N), "id_container": "smallvec"}
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.7, analyzer="word", lowercase=True, **shape)
    for row, text in enumerate(texts):
        index.insert_document(row, text)
    return [(other, row) for row, text in enumerate(texts) for other in index.query(text) if other < row]


def daft(texts):
    import daft

    words = daft.col("text").normalize(remove_punct=True, lowercase=True, white_space=True)
    sketch = words.minhash(num_hashes=BANDS * ROWS, ngram_size=N, seed=42, hash_function="xxhash")
    table = daft.from_pydict({"row": list(range(len(texts))), "text": texts})
    held = table.with_column("sketch", sketch).select("row", "sketch").to_arrow()
    rows = np.asarray(held["row"])
    bands = np.asarray(held["sketch"].combine_chunks().flatten()).reshape(len(rows), BANDS, ROWS)
    found = set()
    for band in range(BANDS):
        _, which = np.unique(bands[:, band], axis=0, return_inverse=True)
        first = np.full(which.max() + 1, -1)
        first[which[::-1]] = np.arange(len(rows))[::-1]
        other = np.flatnonzero(first[which] != np.arange(len(rows)))
        found |= set(zip(rows[first[which[other]]].tolist(), rows[other].tolist(), strict=True))
    return list(found)


def compiled(texts):
    return from_so_many(0, texts)


def numpy_alone(texts):
    return from_so_many(len(texts) + 1, texts)


def from_so_many(least, texts):
    """The pairs, where compiled code is used from so many texts on."""
    before, kernels.LEAST = kernels.LEAST, least
    try:
        return pairs(texts)
    finally:
        kernels.LEAST = before


TOOLS = {
    "autophagy": (compiled, ("numba",)),
    "autophagy, NumPy alone": (numpy_alone, ()),
    "datasketch": (datasketch, ("datasketch", "xxhash")),
    "rensa": (rensa, ("rensa",)),
    "gaoya": (gaoya, ("gaoya",)),
    "daft": (daft, ("daft",)),
}


# --- what they found


def clusters(found, n):
    home = list(range(n))

    def root(row):
        while home[row] != row:
            home[row] = home[home[row]]
            row = home[row]
        return row

    for first, second in found:
        home[root(int(second))] = root(int(first))
    return [root(row) for row in range(n)]


def judged(found, texts, truth, boiler):
    """Recall by tier, the rows that go, those that go wrongly, and the clusters with two rows of boilerplate."""
    home = clusters(found, len(texts))
    hits, members = defaultdict(list), defaultdict(list)
    for first, second, tier in truth:
        hits[tier].append(home[first] == home[second])
    for row, where in enumerate(home):
        members[where].append(row)
    gone = wrong = merged = 0
    for rows in (each for each in members.values() if len(each) > 1):
        some = [grams(texts[row]) for row in rows[:200]]
        merged += len(boiler.intersection(rows)) > 1
        for at in range(1, len(some)):
            gone += 1
            wrong += max(jaccard(some[at], other) for place, other in enumerate(some) if place != at) < 0.75
    return {tier: round(float(np.mean(each)), 4) for tier, each in sorted(hits.items())}, gone, wrong, merged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--documents", type=int, default=40_000, help="of the corpus that is made")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=list(TOOLS))
    asked = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts, truth, boiler = read(asked.corpus) if asked.corpus else planted(asked.documents, np.random.default_rng(1))
    print(f"{len(texts):,} texts, {sum(map(len, texts)) / 1e6:.0f} million characters, {len(truth):,} planted copies")
    rates = {}
    for name in asked.only:
        tool, needs = TOOLS[name]
        if not all(map(importlib.util.find_spec, needs)):
            print(f"{name}: not installed")
            continue
        tool(texts[:50])  # imports and compilation are not timed, of any tool
        seconds = []
        for _ in range(asked.rounds):
            start = time.process_time()
            found = tool(texts)
            seconds.append(time.process_time() - start)
        rates[name] = len(texts) / statistics.median(seconds)
        recall, gone, wrong, merged = judged(found, texts, truth, boiler)
        spread = f"{len(texts) / max(seconds):,.0f} to {len(texts) / min(seconds):,.0f}"
        ratio = rates[next(iter(rates))] / rates[name]
        print(f"{name}: {rates[name]:,.0f} texts a processor second ({spread}); the first is {ratio:.1f} times as fast")
        print(f"  recall {recall}; {gone:,} go, {wrong:,} of them wrongly; {merged} groups of boilerplate merged")


if __name__ == "__main__":
    main()
