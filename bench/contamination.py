"""Planted evaluation items: how many are found in clean documents, and how often a clean one is taken for one.

    python bench/contamination.py [--data DIR] [--seed 0] [--near 0.8]

Clean are TinyStories, the paragraphs of SQuAD and of WikiText-2, and the questions of gsm8k's training set, which are
of the same kind as the evaluation. Planted, one in a document, are the questions and the worked answers of gsm8k's test
set: as they stand, with case, marks and blanks changed, with words replaced by words of the document (a share of them,
at random), and with a block of words left out. Speed is in documents a CPU-second, reading the evaluation aside.
"""

import argparse
import gzip
import json
import os
import re
import time
from pathlib import Path

import numpy as np

from autophagy.core.samples import Samples
from autophagy.curators.contamination import contamination
from autophagy.data.questions import read_squad

NONE = Samples.of(np.array([], "T"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--near", type=float, default=0.8)
    arguments = parser.parse_args()
    data, rng = arguments.data, np.random.default_rng(arguments.seed)
    against = str(data / "gsm8k" / "test.jsonl.gz")
    judge([""], against, arguments.near)  # reads the evaluation
    clean = clean_documents(data)
    for name, texts in clean.items():
        start = time.process_time()
        found = judge(texts, against, arguments.near)
        seconds = time.process_time() - start
        alarms = int((~found.keep).sum())
        print(f"{name:22} {len(texts):6,} clean, {alarms} found, {1e4 * alarms / len(texts):5.1f} in 10,000, ", end="")
        print(f"{len(texts) / seconds:8,.0f} documents a CPU-second")
        for row in np.flatnonzero(~found.keep)[:5]:
            print(f"    {found.details[row]}")
    hosts = [text for name, texts in clean.items() if "gsm8k" not in name for text in texts]
    items = lines(data / "gsm8k" / "test.jsonl.gz")
    for column in ("question", "answer"):
        for how, edit in EDITS.items():
            texts = [planted(item[column], hosts[rng.integers(len(hosts))], edit, rng) for item in items]
            found = judge(texts, against, arguments.near)
            print(f"{column:9} {how:36} {(~found.keep).mean():.4f} of {len(texts):,} found")


def judge(texts, against, near):
    rng = np.random.default_rng(0)
    return contamination(Samples.of(np.array(texts, "T")), NONE, rng, against=against, near=near)


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def clean_documents(data):
    with gzip.open(data / "tinystories-sample" / "tinystories_sample.txt.gz", "rt", encoding="utf-8") as file:
        stories = [story for story in file.read().split("<|endoftext|>") if story.strip()]
    wiki = []
    for part in ("valid", "test"):
        with gzip.open(data / "wikitext-2-valid-test" / f"{part}.txt.gz", "rt", encoding="utf-8") as file:
            wiki += [line for line in file if len(line.split()) > 20]
    squad = read_squad(data / "squad" / "squad-dev-v2.0.json.gz")[0].x.tolist()
    train = [row["question"] for row in lines(data / "gsm8k" / "train.jsonl.gz")]
    return {"TinyStories": stories, "WikiText-2": wiki, "SQuAD": squad, "gsm8k train questions": train}


def planted(item, host, edit, rng):
    words = host.split()
    place = int(rng.integers(len(words) + 1))
    return " ".join([*words[:place], edit(item, words, rng), *words[place:]])


def same(item, words, rng):
    return item


def restyled(item, words, rng):
    return re.sub(r"[.,?!]", " ", item.upper()).replace(" ", "  ")


def replaced(share):
    def edit(item, words, rng):
        out = item.split()
        for place in rng.choice(len(out), round(share * len(out)), replace=False):
            out[place] = words[rng.integers(len(words))]
        return " ".join(out)

    return edit


def shortened(item, words, rng):
    out = item.split()
    size = len(out) // 8
    place = int(rng.integers(len(out) - size))
    return " ".join(out[:place] + out[place + size :])


EDITS = {
    "as it stands": same,
    "case, marks and blanks changed": restyled,
    "a block of an eighth left out": shortened,
    "5 % of the words replaced": replaced(0.05),
    "10 % of the words replaced": replaced(0.1),
    "15 % of the words replaced": replaced(0.15),
    "20 % of the words replaced": replaced(0.2),
    "30 % of the words replaced": replaced(0.3),
}

if __name__ == "__main__":
    main()
