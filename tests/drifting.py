"""Logs of scripted models, for the tests of drift."""

import numpy as np

from autophagy.core.logged import Log, Logged, Task
from autophagy.core.parts import Part
from autophagy.core.questions import Answer, Question

YES = Task("primes", Part.parse("bracketed"), Part.parse("bracketed:lenient=true"), "Primes")


def question(place, gold="yes", kind="", **more):
    return Question(f"q{place}", f"Is {place} so?", (gold,), type=kind or gold, **more)


def said(text, place, gold="yes", model="m", sample=0, **more):
    known = question(place, gold)
    return Logged("primes", known, Answer(known.id, text, **more), model, sample)


def log(rows, task=YES):
    return Log({task.name: task}, tuple(rows))


def model(seed, right=0.8, n=100, name="m", samples=1, format="[{}]", difficulty=None):
    """A model that answers each of n questions rightly with the same odds, or with those of `difficulty`."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(n):
        gold = ("yes", "no")[place % 2]
        for sample in range(samples):
            odds = right if difficulty is None else difficulty[place]
            answer = gold if rng.random() < odds else {"yes": "no", "no": "yes"}[gold]
            rows.append(said(format.format(answer), place, gold, name, sample))
    return rows
