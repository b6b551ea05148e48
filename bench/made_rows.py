"""What training on made rows does, with novelty on and off, at equal numbers of rows.

`python bench/made_rows.py TEXTS [--writer ngram:order=5,smoothing=witten-bell] [--learner ngram] [--rows 300]
[--seeds 12] [--made FOLDER]` takes a file with one real text a line, or `squad` or `tinystories` for the first 4,000
questions, or sentences of 5 to 25 words, of those files in the folder AUTOPHAGY_DATA. For each seed, 600 of them are
what the writer learns, and the others are the real rows of the loop. The writer's texts in the order of their calls are
the rows without novelty, and those of them that a pool of ROUGE-L .7 lets pass are the rows with it; `among
themselves` are those that are new beside each other alone, so that copies of what the writer learnt may stay. As many
rows of each, and as many of what the writer learnt, are the teacher of a loop that trains on its own output for five
generations. Printed are the figures of each, and the differences from the rows without novelty, paired by seed, with
95 % intervals.

With `--beside` the loop learns all that the writer learnt, too: `real` are then rows of these a second time. With
`--made` the texts are those of a run folder of `autophagy generate` by any writer, kept ones and those that were
dropped for want of novelty, drawn anew for each seed; --rows is then at most nine tenths of the kept ones.
"""

import argparse
import gzip
import json
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import autophagy
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.curators.pool import Pool
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import NOT_NEW
from autophagy.generate.flow import flow
from autophagy.generate.record import DROPPED, GenerationRecord
from autophagy.generate.spec import GenerateSpec
from autophagy.generate.writer import find_writer
from autophagy.statistics.intervals import interval

LEARNT, GENERATIONS, NOVELTY, MOST = 600, 5, 0.7, 4_000
METRICS = ("cross_entropy", "types", "distinct", "tail")
FIGURES = ("perplexity", "types_ratio", "tail_types", "distinct_2")
ARMS = ("real", "off", ".7", "among themselves")
RECIPE = Part("continue", {"opening": 0})


def real_texts(name: str) -> list[str]:
    """The first 4,000 real texts, each once."""
    folder = Path(os.environ.get("AUTOPHAGY_DATA", "."))
    if name == "squad":
        with gzip.open(folder / "squad" / "squad-dev-v1.1.json.gz", "rt", encoding="utf-8") as file:
            data = json.load(file)["data"]
        texts = [qa["question"] for page in data for paragraph in page["paragraphs"] for qa in paragraph["qas"]]
    elif name == "tinystories":
        with gzip.open(folder / "tinystories-sample" / "tinystories_sample.txt.gz", "rt", encoding="utf-8") as file:
            stories = file.read().split("<|endoftext|>")
        parts = [part for story in stories for part in re.split(r"(?<=[.!?])\s+", " ".join(story.split()))]
        texts = [part for part in parts if 5 <= len(part.split()) <= 25]
    else:
        texts = Path(name).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(filter(None, (" ".join(text.split()) for text in texts[:MOST]))))


def written(seeds: Sequence[str], writer: str, rows: int, seed: int, folder: Path) -> list[list[str]]:
    """A writer's first texts, its first new ones, and its first that are new among themselves."""
    pool = [PoolRow(f"s{place}", text) for place, text in enumerate(seeds)]
    spec = GenerateSpec(seeds="-", model=writer, recipes=(RECIPE,), seed=seed)
    ledger = Ledger(folder / "calls.jsonl", find_writer(spec, pool, folder / "writer"), seed)
    seen, alone = Pool(NOVELTY), Pool(NOVELTY)
    seen.extend(list(seeds))
    every: list[str] = []
    new: list[str] = []
    apart: list[str] = []

    def check(made):
        for row in made:
            every.append(row.row.output)
            for pool_of, rows_of in ((seen, new), (alone, apart)):
                if pool_of.admit([row.row.output]).novel[0]:
                    rows_of.append(row.row.output)
        return [("" if len(new) < rows else "enough", 0.0, "")] * len(made)

    for _ in flow([RECIPE], pool, ledger, check, rows=10**6, seed=seed, most_calls=40 * rows):
        if len(new) >= rows:
            break
    return [every[:rows], new[:rows], apart[:rows]]


def recorded(folder: str, rows: int, rng: np.random.Generator) -> list[list[str]]:
    """Of a run folder rows of all that were new or copies, and of the new ones, drawn at random."""
    record = GenerationRecord(folder)
    new = record.table().column("text").to_pylist()
    dropped = record.table(DROPPED).to_pylist()
    every = new + [row["text"] for row in dropped if row["reason"] == NOT_NEW]
    return [[texts[place] for place in rng.permutation(len(texts))[:rows]] for texts in (every, new)]


def looped(real: Sequence[str], taught: Sequence[str], learner: str, rows: int, seed: int, folder: Path):
    """The figures of each generation: {figure: [value]}."""
    files = {}
    for name, texts in {"real": real, "taught": taught}.items():
        files[name] = folder / f"{name}.txt"
        files[name].write_text("<|endoftext|>".join(texts), encoding="utf-8")
    spec = autophagy.LoopSpec(
        str(files["real"]), teacher=str(files["taught"]), model=learner, regimes=("replace",), seeds=1, seed=seed,
        generations=GENERATIONS, samples=int(0.85 * rows), metrics=METRICS,
    )  # fmt: skip
    found = defaultdict(list)
    for generation in autophagy.loop(spec):
        for name in FIGURES:
            found[name].append(generation.scores.get(name, float("nan")))
    return found


def main() -> None:
    """Print the figures of both kinds of rows, and their differences."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("--writer", default="ngram:order=5,smoothing=witten-bell")
    parser.add_argument("--learner", default="ngram")
    parser.add_argument("--made", default="")
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=12)
    given = parser.parse_args()
    texts = real_texts(given.texts)
    figures = defaultdict(lambda: defaultdict(list))  # arm -> figure -> (seeds, generations)
    begun, copies = time.process_time(), []
    for seed in range(given.seeds):
        order = np.random.default_rng(seed).permutation(len(texts))
        learnt, real = ([texts[place] for place in part] for part in (order[:LEARNT], order[LEARNT:]))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if given.made:
                made = recorded(given.made, given.rows, np.random.default_rng(seed))
            else:
                made = written(learnt, given.writer, given.rows, seed, folder)
            copies.append(1 - len(set(made[0]) & set(made[1])) / len(made[0]))
            for arm, rows in zip(ARMS, [learnt[: given.rows], *made], strict=False):
                if len(rows) < given.rows:
                    raise SystemExit(f"{arm}: {len(rows)} rows of {given.rows}")
                taught = [*rows, *learnt] if given.beside else rows
                for figure, values in looped(real, taught, given.learner, len(taught), seed, folder).items():
                    figures[arm][figure].append(values)
    print(
        f"{given.rows} rows an arm, {given.seeds} seeds; of the rows without novelty {np.mean(copies):.0%} are copies"
    )
    for figure in FIGURES:
        for generation in (1, GENERATIONS):
            values = {arm: np.array(found[figure])[:, generation - 1] for arm, found in figures.items()}
            print(f"{figure}, generation {generation}:")
            for arm, each in values.items():
                paired = interval((each - values["off"]).tolist())
                print(f"  {arm:16} {interval(each.tolist())}" + (f", less off {paired}" if arm != "off" else ""))
    print(f"{time.process_time() - begun:.0f} CPU seconds")


if __name__ == "__main__":
    main()
