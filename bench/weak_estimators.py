"""Does a weak estimator beat none? Estimators of stated accuracy curate each generation of a loop, against no curation.

Run: python bench/weak_estimators.py [--seeds 10] [--generations 6] [--data digits|text]
The estimator knows which half of the rows is the better one (examples/oracle.py) and errs at random; at accuracy .5 it
guesses. Every generation learns from as many rows, curated or not: `replace` makes twice as many and cuts the training
set, `augment` (real rows beside) makes twice as many where half of them go.
All loops of one kind of data have common random numbers, so the differences from no curation are paired by seed.
"""

import argparse
import time
from pathlib import Path

import numpy as np

import autophagy
from autophagy.loop.loop import loop
from autophagy.statistics.intervals import interval

ORACLE = Path(__file__).parents[1] / "examples" / "oracle.py"
ARMS = {"none": (), **{f"{accuracy:g}": (f"oracle:accuracy={accuracy}",) for accuracy in (0.5, 0.55, 0.7, 0.9, 1)}}
ROWS = {"digits": 600, "text": 150}  # that each generation learns from
KINDS = {
    "digits": ({"data": "digits", "model": "kde", "features": "pca:16"}, ("precision", "recall", "frechet", "vendi")),
    "text": ({"data": "python-reference", "model": "ngram:order=2"}, ("cross_entropy", "types", "surprise")),
}
SHOWN = ("precision", "recall", "frechet", "vendi", "perplexity", "types", "hapax", "surprise_q50")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--generations", type=int, default=8)
    parser.add_argument("--data", choices=KINDS)
    parser.add_argument("--regime", action="append")
    options = parser.parse_args()
    for kind in [options.data] if options.data else KINDS:
        for regime in options.regime or ("replace", "augment"):
            show(kind, regime, options)


def show(kind, regime, options):
    """The last generation of each loop, with the difference from no curation."""
    fields, metrics = KINDS[kind]
    print(f"\n{kind}, {fields['model']}, {regime}, generation {options.generations}, {options.seeds} seeds")
    base = {}
    for arm, curators in ARMS.items():
        started = time.process_time()
        spec = autophagy.LoopSpec(
            **fields,
            samples=ROWS[kind] * (2 if curators or regime == "replace" else 1),
            fixed=None if regime == "replace" else ROWS[kind],
            budget=ROWS[kind] if regime == "replace" else None,
            regimes=(regime,),
            generations=options.generations,
            seeds=options.seeds,
            metrics=metrics,
            curators=curators,
            plugins=(str(ORACLE),),
        )
        steps = list(loop(spec))
        last = {step.seed: step for step in steps if step.index == options.generations}
        kept = np.mean([len(step.kept) / (len(step.kept) + len(step.dropped)) for step in steps])
        names = [name for name in SHOWN if name in next(iter(last.values())).scores]
        scores = {name: {seed: step.scores[name] for seed, step in last.items()} for name in names}
        base = base or scores
        for name in names:
            difference = interval([scores[name][seed] - base[name][seed] for seed in last])
            print(f"  {arm:5} kept {kept:4.0%} {name:18} {interval(scores[name].values())!s:28} {difference}")
        mixture = next(iter(last.values())).mixture
        print(f"        {mixture} {time.process_time() - started:.0f} CPU-s", flush=True)


if __name__ == "__main__":
    main()
