"""What an estimator of quality is worth with few labels: its cross-validated AUC beside that on rows that are new.

Run: python bench/quality.py [--data ../shared/data]
Good rows are stories of TinyStories; in bad ones a quarter of the words are of other stories. The features by number of
labels and the strength of the regression were settled on paragraphs of WikiText with words of stories.
"""

import argparse
import gzip
import os
import time
from pathlib import Path

import numpy as np

from autophagy.curators.quality import LabelledTexts, fit, report
from autophagy.statistics.auc import auc

NEW, CUT = 1000, 500


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    folder = parser.parse_args().data / "tinystories-sample"
    with gzip.open(folder / "tinystories_sample.txt.gz", "rt", encoding="utf-8") as file:
        stories = [line.strip()[:CUT] for line in file if len(line) > 200]
    rng = np.random.default_rng(0)
    rng.shuffle(stories)
    print("labels features     AUC, cross-validated  AUC, new rows         calibration error, new   fit, texts a CPU-s")
    for labels in (50, 200, 1000):
        for features in ("words", "characters", "embeddings")[: 3 if labels < 1000 else 2]:
            show(stories[:labels], stories[-NEW:], features, rng)


def show(known, new, features, rng):
    started = time.process_time()
    estimator = fit(LabelledTexts(*spoilt(known, rng)), features)
    fitted = time.process_time() - started
    texts, good = spoilt(new[: 300 if features == "embeddings" else NEW], rng)
    started = time.process_time()
    margins = estimator.margin(texts)
    rate = len(texts) / (time.process_time() - started)
    found, chances = report(estimator), estimator.probability(margins)
    bins = np.array_split(np.argsort(chances), 10)
    error = np.mean([abs(chances[each].mean() - good[each].mean()) for each in bins])
    print(
        f"{len(known):6} {features:12} {found.auc!s:21} {auc(margins, good)!s:21} "
        f"{found.error:.3f}, {error:.3f} {fitted:20.1f} s, {rate:,.0f}",
        flush=True,
    )


def spoilt(stories, rng):
    """The texts, every second one with foreign words, and which are whole (n,)."""
    texts = []
    for number, story in enumerate(stories):
        words = story.split()
        if number % 2:
            others = " ".join(stories[place] for place in rng.integers(len(stories), size=3)).split()
            for place in rng.choice(len(words), max(1, len(words) // 4), replace=False):
                words[place] = others[rng.integers(len(others))]
        texts.append(" ".join(words))
    return tuple(texts), np.arange(len(texts)) % 2 == 0


if __name__ == "__main__":
    main()
