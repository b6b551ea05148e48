"""Our ROUGE-L novelty filter against the package rouge_score, in one process.

    python bench/novelty.py [--data DIR] [--rows 52000] [--rounds 3] [--pairs 4000] [--decided 5000]
        [--workers 2] [--seed 0]

First the scores: random pairs of the seeds of Self-Instruct, the questions of gsm8k and of SQuAD, and pairs of a
question with an edited copy, by both. Then the filter: that many texts like instructions, made by exchanging words
between these questions, half of them alike enough to be filtered now and then; rouge_score's time is that of its pairs
a second times the pairs that the filter compared. Speeds are of processor seconds, medians over the rounds. Then what
`autophagy generate` does: 20 rows more against that pool, 20 times; and the keep or drop of each of the first 5,000
rows, by both.
"""

import argparse
import gzip
import json
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from autophagy.core.chunked import Batch
from autophagy.core.samples import Samples
from autophagy.curators.novelty import novelty
from autophagy.curators.pool import THRESHOLD, Pool, rouge_words

BATCH = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    for name, value in (
        ("rows", 52_000),
        ("rounds", 3),
        ("pairs", 4_000),
        ("decided", 5_000),
        ("workers", 2),
        ("seed", 0),
    ):
        parser.add_argument(f"--{name}", type=int, default=value)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    texts = real_texts(arguments.data)
    rate = compared_scores(texts, arguments.pairs, rng)
    rows = recombined(texts, arguments.rows, rng)
    seconds, walls = [], []
    for _ in range(arguments.rounds):
        wall, start = time.perf_counter(), time.process_time()
        pool = Pool(workers=arguments.workers)
        novel = pool.admit(rows).novel
        seconds.append(time.process_time() - start)
        walls.append(time.perf_counter() - wall)
    pairs = (len(rows) - 1) * len(rows) / 2 * novel.mean()  # about: each row with what was kept before it
    took = float(np.median(seconds))
    words = np.mean([len(text.split()) for text in rows])
    print(f"{len(rows):,} texts of {words:.1f} words on average, {novel.sum():,} are novel")
    each = ", ".join(f"{one:.1f}" for one in seconds)
    print(f"ours         {took:8.1f} s of processor ({each}), {pairs / took:,.0f} pairs a second")
    print(f"             {np.median(walls):8.1f} s of wall time with {arguments.workers} threads")
    print(f"rouge_score  {pairs / rate:8,.0f} s of processor by its rate: {pairs / rate / took:,.0f} times")
    batches(pool, recombined(texts, 20 * BATCH, rng))
    decisions(rows[: arguments.decided])
    start = time.process_time()
    batch = Batch(Samples.of(np.array(rows, "T")))
    (verdict,) = novelty(batch, Batch(Samples.of(np.array([], "T"))), rng)
    print(f"the curator, the longest first: {time.process_time() - start:.1f} s, {verdict.keep.sum():,} kept")


def batches(pool: Pool, rows: list[str]) -> None:
    """Print what it takes to judge 20 rows against a pool of so many."""
    size, seconds = len(pool), []
    for start in range(0, len(rows), BATCH):
        begin = time.process_time()
        pool.admit(rows[start : start + BATCH])
        seconds.append(time.process_time() - begin)
    middle, most = np.median(seconds), max(seconds)
    print(f"{BATCH} rows against {size:,}: {middle:.3f} s of processor, at most {most:.3f} s of {len(seconds)} batches")


def decisions(rows: list[str]) -> None:
    """Print whether the filter of Self-Instruct by rouge_score itself keeps and drops the same rows.

    Only pairs that can reach .7 are scored: with lengths a < b, ROUGE-L is at most 2 a / (a + b), and the words in
    common, counted with repeats, bound the common subsequence.
    """
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    ours = Pool(words="rouge").admit(rows).novel
    kept: list[tuple[str, Counter[str]]] = []
    theirs, scored = [], 0
    for row in rows:
        words = Counter(rouge_words(row))
        near = [text for text, other in kept
                if 2 * (words & other).total() > THRESHOLD * (words.total() + other.total()) - 1e-9]  # fmt: skip
        scored += len(near)
        theirs.append(all(scorer.score(text, row)["rougeL"].fmeasure <= THRESHOLD for text in near))
        kept += [(row, words)] if theirs[-1] else []
    differ = int((ours != np.array(theirs)).sum())
    print(f"{len(rows):,} rows: rouge_score keeps {sum(theirs):,} ({scored:,} pairs could reach .7), {differ} differ")


def real_texts(data: Path) -> list[str]:
    seeds = (data / "self-instruct-seeds" / "seed_tasks.jsonl").read_text(encoding="utf-8").splitlines()
    with gzip.open(data / "gsm8k" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        problems = [json.loads(line)["question"] for line in file]
    with gzip.open(data / "squad" / "squad-dev-v2.0.json.gz") as file:
        articles = json.load(file)["data"]
    asked = [one["question"] for article in articles for part in article["paragraphs"] for one in part["qas"]]
    return [*(json.loads(seed)["instruction"] for seed in seeds), *problems, *asked]


def compared_scores(texts: list[str], count: int, rng: np.random.Generator) -> float:
    """Print the largest difference of the two; returns the pairs a second of rouge_score."""
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    pairs = [(texts[a], texts[b]) for a, b in rng.integers(len(texts), size=(count // 2, 2))]
    pairs += [(text, edited(text, texts, rng)) for text in rng.choice(np.array(texts, object), count - len(pairs))]
    start = time.process_time()
    theirs = [scorer.score(a, b)["rougeL"].fmeasure for a, b in pairs]
    rate = count / (time.process_time() - start)
    ours = []
    for a, b in pairs:
        pool = Pool(words="rouge", workers=1)
        pool.extend([a])
        ours.append(float(pool.admit([b]).score[0]))
    gap = np.abs(np.array(ours) - theirs)
    above = np.mean((np.array(ours) > 0.7) != (np.array(theirs) > 0.7))
    print(f"{count:,} pairs: largest difference {gap.max():.1e}, other decisions at .7: {above:.1%}, ", end="")
    print(f"rouge_score {rate:,.0f} pairs a second")
    return rate


def edited(text: str, texts: list[str], rng: np.random.Generator) -> str:
    words = text.split()
    other = texts[rng.integers(len(texts))].split()
    for place in np.flatnonzero(rng.random(len(words)) < rng.uniform(0, 0.6)):
        words[place] = other[rng.integers(len(other))]
    return " ".join(words)


def recombined(texts: list[str], count: int, rng: np.random.Generator) -> list[str]:
    """Texts as a writer of instructions makes them: the first 30 words of a real one with some words of another."""
    short = [" ".join(text.split()[:30]) for text in texts]
    return [edited(short[place], short, rng) for place in rng.integers(len(short), size=count)]


if __name__ == "__main__":
    main()
