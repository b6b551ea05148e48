"""Recorded and daily answers for tests of daily looks: prompts that are answered rightly with odds of their own."""

import json

import numpy as np

from autophagy.core.logged import Log, Logged, Task
from autophagy.core.parts import Part
from autophagy.core.questions import Answer, Question
from autophagy.drift.watch.bank import bank_of
from autophagy.drift.watch.look import LookSettings, look
from autophagy.drift.watch.looks import Looks
from autophagy.drift.watch.match import row_digest

TASK = Task("primes", Part.parse("bracketed"), Part.parse("bracketed:lenient=true"))


def rows(rights, date, formatted=1.0, task="primes", model="m", first=0, **more):
    """Answers that are right where `rights` (prompts, answers) is 1, of which such a share is in brackets."""
    rng, found = np.random.default_rng(0), []
    for place, each in enumerate(rights):
        question = Question(f"q{place}", f"Is {place} one?", ("yes",))
        for sample, right in enumerate(each, first):
            word = "yes" if right else "no"
            text = f"[{word}]" if rng.random() < formatted else word
            found.append(Logged(task, question, Answer(question.id, text), model, sample, date=date, **more))
    return found


class Watching:
    """A bank and the looks at it, each line kept as the file would keep it."""

    def __init__(self, recorded, tasks=(TASK,), **asked):
        self.recorded, self.asked = recorded, asked
        self.banks = bank_of(Log({task.name: task for task in tasks}, recorded), "the test")
        self.history = Looks([])

    def look(self, answers, date="2026-01-02", **asked):
        """The line of a look, which is kept."""
        seen = [row_digest(row) for row in self.recorded]
        line = look(self.banks, self.history, answers, LookSettings(date, **{**self.asked, **asked}), seen)
        line = json.loads(json.dumps(line, allow_nan=False))
        self.history = Looks([*self.history.lines, line])
        return line

    def standing(self, kind="right", task="primes"):
        return self.history.standings[task, kind]
