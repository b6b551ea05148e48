"""Curation by a verifier: the share of right solutions among four models' answers to gsm8k, before and after.

Run: python bench/verified.py [--data ../shared/data]
Intervals are clustered by problem: four models answer each. The patterns of the arithmetic were settled on the worked
solutions of the training problems; these are the test problems.
"""

import argparse
import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path

import numpy as np

from autophagy.core.samples import Samples
from autophagy.curators.verified import verified
from autophagy.statistics.paired import mean


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    rows = read(parser.parse_args().data / "gsm8k" / "example_model_solutions.jsonl.gz")
    texts, right, problem, answers, models = (np.array(column) for column in zip(*rows, strict=True))
    right = right.astype(bool)
    sums = verified(Samples.of(texts), Samples.of([""]), np.random.default_rng(0)).keep
    ends = np.array([ends_in_last_result(text, answer) for text, answer in zip(texts, answers, strict=True)])
    agreed = votes(problem, answers)
    print(f"{len(right):,} solutions of {len(set(problem)):,} problems by {len(set(models))} models")
    shows("all", right, np.ones(len(right), bool), problem)
    shows("arithmetic holds", right, sums, problem)
    shows("and the answer is the last result", right, sums & ends, problem)
    for least in (2, 3, 4):
        shows(f"{least} of 4 models agree", right, agreed >= least, problem)
        shows(f"{least} agree and arithmetic holds", right, (agreed >= least) & sums & ends, problem)
    for model in sorted(set(models)):
        one = models == model
        shows(f"{model}: all", right[one], np.ones(one.sum(), bool), problem[one])
        shows(f"{model}: arithmetic, last result", right[one], (sums & ends)[one], problem[one])
        shows(f"{model}: 2 of 4 agree", right[one], (agreed >= 2)[one], problem[one])


def read(path):
    """Each solution with its mark, its problem, its answer and its model."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            for name, found in json.loads(line).items():
                if isinstance(found, dict):
                    text = found["solution"]
                    yield text, found["is_correct"], number, plain(text.rpartition("A:")[2]), name


def plain(answer):
    return answer.strip().replace(",", "").replace("$", "").rstrip(".").removesuffix(".0")


def ends_in_last_result(text, answer):
    """Whether the answer is what the last calculation came to; true where there is none."""
    results = re.findall(r"=([^<>=]*)>>", text)
    try:
        return not results or float(results[-1]) == float(answer)
    except ValueError:
        return False


def votes(problem, answers):
    """How many of the problem's solutions give this answer, itself one of them (n,)."""
    counts = Counter(zip(problem.tolist(), answers.tolist(), strict=True))
    return np.array([counts[pair] for pair in zip(problem.tolist(), answers.tolist(), strict=True)])


def shows(name, right, kept, problem):
    share = mean(right[kept].astype(float), problem[kept])
    yielded = (right & kept).sum() / right.sum()
    print(f"{name:42} right {share!s:22} kept {kept.mean():6.1%}  of the right ones {yielded:6.1%}")


if __name__ == "__main__":
    main()
