"""The next step follows from the most telling finding, or from what could not be seen."""

import pytest

from autophagy.drift.advice import STEPS, advice
from autophagy.drift.finding import FINDINGS

SAME = {
    "title": "primes",
    "counts": "right",
    "prompts": 900,
    "detectable": 0.03,
    "constant": {"before": None, "after": None},
    "seen": {"lenient": False, "format": False, "refused": False, "cut_share": False, "characters": False},
    "lenient": {"difference": {"value": 0.0, "n": 900}},
    "verbosity": [10.0, 10.0],
}


def task(seen="", **more):
    return SAME | {"seen": SAME["seen"] | ({seen: True} if seen else {})} | more


WORSE = task("lenient", lenient={"difference": {"value": -0.2, "n": 900}})


def test_every_finding_has_a_step():
    assert set(STEPS) == set(FINDINGS)


@pytest.mark.parametrize(
    ("tasks", "step"),
    [
        ([SAME], ""),
        ([SAME, WORSE], "flips.jsonl"),
        ([WORSE, task("cut_share")], "--max-tokens"),
        ([WORSE, task(constant={"before": None, "after": {"answer": "no"}})], "each class"),
        ([task("format")], "mend the prompt"),
        ([task(detectable=0.2, prompts=40)], "four times the 40 of primes"),
        ([task(detectable=None, prompts=2), SAME], "four times the 2 of primes"),
        ([task(detectable=1.4, prompts=80, sources=2)], "more prompts of other sources before"),
        ([task(lenient={"difference": {"value": None, "n": 0}})], "--judge"),
    ],
)
def test_the_most_telling_finding_decides(tasks, step):
    said = advice(tasks)
    assert step in said
    assert bool(said) == bool(step) == said.startswith("Next: ")
