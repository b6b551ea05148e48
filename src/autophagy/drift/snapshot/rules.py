"""Which rules mark the answers to a user's own prompts, strictly and leniently."""

from collections.abc import Sequence
from typing import NamedTuple

from ...core.errors import UsageError
from ...core.logged import Logged, Task
from ...core.parts import Part, did_you_mean
from ...core.questions import Answer, Question
from ...core.registry import entries
from ...data.logs.guess import guessed


class Rules(NamedTuple):
    """What marks an answer as it stands, and leniently."""

    strict: Part
    lenient: Part


LOOSER = ("lenient", "loose")  # the settings of rules that have a lenient form


def named_rules(rules: Sequence[Part]) -> Rules | None:
    """The rules that a user names, the second one by default the first in its lenient form; None where there is none.

    Raises UsageError where one is neither a reading nor a grader.
    """
    if not rules:
        return None
    known = entries("grader") | entries("reading")
    for part in rules:
        if part.name not in known:
            guess = did_you_mean(part.name, known)
            raise UsageError(
                f"there is no rule {part.name!r}{guess}: autophagy list readings and list graders show all."
            )
    strict, lenient = rules[0], rules[-1]
    own = known[strict.name].settings
    looser = next((name for name in LOOSER if name in own and name not in strict.settings), "")
    if len(rules) == 1 and looser:
        lenient = Part(strict.name, {**strict.settings, looser: True})
    return Rules(strict, lenient)


def task_of(name: str, questions: Sequence[Question], rules: Sequence[Part]) -> tuple[Task, str]:
    """The task of a file of prompts, and a sentence that says how it is marked, "" where its user says that.

    Choices are marked by their letters, leniently also by what they say; all else by what the prompts ask for and by
    the accepted answers.
    """
    named = named_rules(rules)
    if not named and all(question.choices for question in questions):
        named = Rules(Part("letter"), Part("choice"))
    if named:
        return Task(name, *named), ""
    return guessed(name, [Logged(name, question, Answer(question.id, ""), "") for question in questions])
