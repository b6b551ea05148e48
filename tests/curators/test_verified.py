"""Verified: rows whose arithmetic is wrong go, with the place."""

import gzip
import json

import numpy as np

from autophagy.core.samples import Samples
from autophagy.curators.verified import verified


def judge(*texts, **settings):
    return verified(Samples.of(list(texts)), Samples.of([""]), np.random.default_rng(0), **settings)


def test_wrong_rows_go_with_the_place_and_the_right_value():
    verdict = judge("2 + 2 = 4", "First 2 + 2 = 4, then 3 * 3 = 8.", "no sum", "")
    assert verdict.keep.tolist() == [True, False, True, True]
    assert verdict.score.tolist() == [1, 0.5, 1, 1]
    assert verdict.details.tolist() == ["", "3 * 3 = 8, where the left side is 9", "", ""]
    assert verdict.spans.tolist() == [[-1, -1], [22, 31], [-1, -1], [-1, -1]]
    assert judge("2 + 2 = 4", "no sum", bare=False).keep.tolist() == [True, False]


def test_people_s_solutions_are_right(real_data):
    """The worked solutions of gsm8k's test problems: at most 1 in 100 is called wrong (some are)."""
    with gzip.open(real_data("gsm8k/test.jsonl.gz"), "rt", encoding="utf-8") as file:
        verdict = judge(*(json.loads(line)["answer"] for line in file))
    assert (~verdict.keep).mean() < 0.01


def test_a_changed_result_is_found(real_data):
    """One result of each solution is off by one: found wherever there is an equation of whole numbers."""
    with gzip.open(real_data("gsm8k/test.jsonl.gz"), "rt", encoding="utf-8") as file:
        answers = [json.loads(line)["answer"] for line in file][:300]
    cut = [answer.partition("=<<") for answer in answers]
    changed = []
    for before, mark, rest in cut:
        result, end, after = rest.partition(">>")
        sum_, _, value = result.rpartition("=")
        if mark and value.isdigit() and set(sum_) & set("+-*") and "/" not in sum_:
            changed.append(f"{before}{mark}{sum_}={int(value) + 1}{end}{after}")
    assert len(changed) > 20
    assert not judge(*changed).keep.any()
