"""A loop of SmolLM2: what a tenth of real data prevents, in a pretrained model that goes on learning from itself.

    python bench/smollm2_loop.py DATA OUT [--rows 40] [--generations 3] [--seeds 3] [--epochs 2] [--workers 1]

DATA holds tinyshakespeare/input.txt.gz. It is cut into pieces of 45 words, of which the last 80 are held out (40 to
measure on, 40 as what a perfect model would write). LoRA, one thread a process; a run that was killed goes on. At
the end: perplexity, surprise and the share of the words, and their differences seed by seed with 95 % intervals of
Student's t.
"""

import argparse
import gzip
import itertools
import json
import math
import os
import statistics
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from scipy.stats import t

from autophagy import LoopSpec
from autophagy.loop.record import Record
from autophagy.loop.run import run

WORDS, HELD = 45, 80
REGIMES = ["replace", "mix:fixed=0.1", "accumulate"]
METRICS = ["cross_entropy", "surprise", "types", "distinct", "token_entropy", "self_repetition", "longest_copy"]
SHOWN = ["perplexity", "surprise", "types_ratio", "distinct_2", "token_entropy"]


def pieces(data):
    """The text in pieces of so many words, each with its line breaks."""
    text = gzip.decompress((Path(data) / "tinyshakespeare" / "input.txt.gz").read_bytes()).decode()
    made, line_by_line, count = [], [], 0
    for line in text.splitlines():
        line_by_line.append(line)
        count += len(line.split())
        if count >= WORDS:
            made.append("\n".join(line_by_line).strip())
            line_by_line, count = [], 0
    return made


def write(path, texts):
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))


def interval(values):
    """The mean with its 95 % interval over seeds."""
    mean, n = statistics.fmean(values), len(values)
    half = t.ppf(0.975, n - 1) * statistics.stdev(values) / math.sqrt(n)
    return f"{mean:.3f} [{mean - half:.3f}, {mean + half:.3f}]"


def tell(record, generations):
    found = {}
    for line in record.lines():
        for figure in SHOWN:
            if figure in line["scores"]:
                found[figure, line["regime"], line["generation"], line["seed"]] = line["scores"][figure]
    for figure in SHOWN:
        seeds = sorted({key[3] for key in found if key[0] == figure})
        if not seeds:
            continue
        print(f"\n{figure}")
        for regime in REGIMES:
            rows = [[found[figure, regime, g, s] for s in seeds] for g in range(1, generations + 1)]
            print(f"  {regime:15}", "  ".join(map(interval, rows)))
        end = {regime: [found[figure, regime, generations, s] for s in seeds] for regime in REGIMES}
        for one, two in itertools.combinations(REGIMES, 2):
            print(f"  {one} - {two}:", interval([a - b for a, b in zip(end[one], end[two], strict=True)]))
        begin = [found[figure, "replace", 1, s] for s in seeds]
        for regime in REGIMES:
            print(f"  {regime}, last - first:", interval([b - a for a, b in zip(begin, end[regime], strict=True)]))


def tell_step(_, done, total):
    print(f"{done} of {total} generations", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--generations", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    texts = pieces(options.data)
    train, held = options.out / "train.jsonl", options.out / "held-out.jsonl"
    write(train, texts[:-HELD])
    write(held, texts[-HELD:])
    spec = LoopSpec(
        str(train),
        reference=str(held),
        model=f"pretrained:base=smollm2,method=lora,epochs={options.epochs},learning_rate=1e-3,batch=4,context=80",
        regimes=REGIMES,
        generations=options.generations,
        samples=options.rows,
        seeds=options.seeds,
        metrics=METRICS,
    )
    folder = options.out / "run"
    run(
        spec,
        folder,
        resume=folder.exists(),
        workers=options.workers,
        progress=lambda _, done, total: print(done, total, flush=True),
    )
    tell(Record(folder), options.generations)


if __name__ == "__main__":
    main()
