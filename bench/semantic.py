"""Reworded texts among real ones: how many the semantic curator tells, and which real ones it takes for copies.

    python bench/semantic.py [--data DIR] [--stories 300] [--reworded 60] [--questions 1000] [--seed 0]

Stories are of TinyStories; reworded ones have their two halves exchanged and every fifth word left out, so that no runs
of five words are left for near-copy detection, which is counted beside it. The questions are of SQuAD, as they are.
The thresholds are what the curator learns from each set; nothing was chosen on either.
"""

import argparse
import gzip
import json
import os
import re
import time
from pathlib import Path

import numpy as np

from autophagy.core.chunked import Batch
from autophagy.core.samples import Samples
from autophagy.curators.duplicates import pairs
from autophagy.curators.semantic import semantic

SENTENCES = re.compile(r"(?<=[.!?])\s+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    for name, value in (("stories", 300), ("reworded", 60), ("questions", 1_000), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    arguments = parser.parse_args()
    with gzip.open(arguments.data / "tinystories-sample" / "tinystories_sample.txt.gz", "rt", encoding="utf-8") as file:
        found = dict.fromkeys(story.strip() for story in file.read().split("<|endoftext|>"))
    stories = [story for story in found if story][: arguments.stories]
    again = [reworded(story) for story in stories[: arguments.reworded]]
    keep = judge("stories and reworded ones", [*stories, *again])
    kept = keep[: len(again)] & keep[len(stories) :]  # of each pair one goes
    others = (~keep[len(again) : len(stories)]).sum()
    print(f"    reworded, told: {1 - kept.mean():.3f} of {len(again)}; others dropped: {others}")
    near = {row for pair in pairs([*stories, *again]) for row in pair}
    print(f"    near copies tell {len(near & set(range(len(stories), len(stories) + len(again))))} of them")
    with gzip.open(arguments.data / "squad" / "squad-dev-v2.0.json.gz") as file:
        articles = json.load(file)["data"]
    asked = [one["question"].strip() for article in articles for part in article["paragraphs"] for one in part["qas"]]
    some = np.random.default_rng(arguments.seed).choice(len(asked), arguments.questions, replace=False)
    judge("questions of SQuAD", [asked[row] for row in some])


def judge(name, texts):
    start = time.process_time()
    rows = Samples.of(np.array(texts, "T"))
    (verdict,) = semantic(Batch(rows), Batch(rows.take(slice(0, 0))), np.random.default_rng(0))
    seconds = time.process_time() - start
    print(f"{name}: {(~verdict.keep).sum()} of {len(texts):,} dropped; {verdict.reason}")
    print(f"    {len(texts) / seconds:.1f} texts a CPU-second")
    for row in np.flatnonzero(~verdict.keep)[:8]:
        partner = int(verdict.partners[row])
        print(f"    {verdict.score[row]:.3f} {texts[row][:90]!r}\n          {texts[partner][:90]!r}")
    return verdict.keep


def reworded(story):
    sentences = SENTENCES.split(story)
    half = len(sentences) // 2
    words = " ".join(sentences[half:] + sentences[:half]).split()
    return " ".join(word for place, word in enumerate(words) if place % 5)


if __name__ == "__main__":
    main()
