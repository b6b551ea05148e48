"""Passages put into clean documents: how many are found, how long that takes, and what a dictionary of windows finds.

    python bench/passages.py [--data DIR] [--planted 2000] [--rounds 3] [--seed 0]

Documents are TinyStories and the paragraphs of SQuAD and of WikiText-2. Into some of them goes a passage of 30 to 120
words of another one. A dictionary from every window of 50 words to where it stands, in Python, is the oracle: both must
name the same words of the same documents. Speeds are documents a processor second, medians over the rounds.
"""

import argparse
import os
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from autophagy.core.chunked import Batch
from autophagy.core.samples import Samples
from autophagy.curators.boilerplate import boilerplate
from autophagy.curators.passages import passages
from autophagy.curators.repeats import find_repeats
from autophagy.text.runs import words
from contamination import clean_documents

SIZE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    for name, value in (("planted", 2_000), ("rounds", 3), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    clean = [text for name, texts in clean_documents(arguments.data).items() if "gsm8k" not in name for text in texts]
    texts, sizes = planted(clean, arguments.planted, rng)
    corpus = Batch(Samples.of(np.array(texts, "T")))
    total = sum(len(text.split()) for text in texts)
    long = [row for row, size in sizes.items() if size >= SIZE]
    print(f"{len(texts):,} documents of {total:,} words, {len(long):,} passages of 50 words and more put in")
    start = time.process_time()
    want = oracle(texts)
    print(f"dictionary of windows: {len(texts) / (time.process_time() - start):,.0f} documents a second")
    took = []
    for _ in range(arguments.rounds):
        start = time.process_time()
        found = find_repeats(corpus, SIZE)
        took.append(len(texts) / (time.process_time() - start))
    ours = set(zip(found.row.tolist(), found.start.tolist(), strict=True))
    speed = f"{np.median(took):,.0f} ({min(took):,.0f} to {max(took):,.0f}) documents a second"
    print(f"ours: {speed}, the same windows: {ours == want}")
    rows = {row for row, _ in ours}
    print(f"found: {np.mean([row in rows for row in long]):.4f} of {len(long):,}")
    tracemalloc.start()
    (verdict,) = passages(corpus, Batch(corpus.rows.take(slice(0, 0))), rng)
    peak = tracemalloc.get_traced_memory()[1] / total
    print(f"dropped {(~verdict.keep).sum():,}, at most {peak:.0f} bytes a word in one chunk")
    tracemalloc.stop()
    (verdict,) = passages(Batch(Samples.of(np.array(clean, "T"))), Batch(corpus.rows.take(slice(0, 0))), rng)
    dropped, some = (~verdict.keep).sum(), (verdict.score > 0).sum()
    print(f"of the {len(clean):,} documents as they are: {dropped:,} dropped, {some:,} with a passage")
    for row in np.flatnonzero(~verdict.keep)[:5]:
        print(f"    {verdict.details[row]}: {clean[row][:70]!r}")
    for one in boilerplate(Batch(Samples.of(np.array(clean, "T"))), most=3):
        print(f"    {one.words} words in {one.documents} documents: {one.text[:70]!r}")


def planted(clean: Sequence[str], count: int, rng: np.random.Generator) -> tuple[list[str], dict[int, int]]:
    """The documents with passages of others in some of them, and how many words went into which."""
    texts, sizes = list(clean), {}
    long = [row for row, text in enumerate(clean) if len(words(text)) > 60]
    for row in rng.choice(len(clean), count, replace=False).tolist():
        source = clean[long[rng.integers(len(long))]].split()
        size = min(len(source), int(rng.integers(30, 121)))
        start = int(rng.integers(len(source) - size + 1))
        passage = " ".join(source[start : start + size])
        texts[row], sizes[row] = f"{clean[row]} {passage}", len(words(passage))
    return texts, sizes


def oracle(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Row and first word of every window that stands more than once."""
    where: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for row, text in enumerate(texts):
        found = words(text)
        for start in range(len(found) - SIZE + 1):
            where.setdefault(found[start : start + SIZE], []).append((row, start))
    return {place for places in where.values() if len(places) > 1 for place in places}


if __name__ == "__main__":
    main()
