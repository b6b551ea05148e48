"""Attaching instructions to a prompt: their sentences behind its text, their names to what its answer must obey."""

from collections.abc import Iterable
from dataclasses import replace

from ...core.questions import Question
from .combinations import RepeatThenAnswer
from .instruction import Instruction, parse


def attach(question: Question, instructions: Iterable[str | Instruction]) -> Question:
    """The question with the sentences of these instructions behind its text, and with their names.

    Instructions are given as texts, such as `no_comma` and `words:least=100`; `repeat` repeats the text of the question
    as it stands. Raises UsageError where there is no such
    instruction.
    """
    given = [parse(each) if isinstance(each, str) else each for each in instructions]
    added = [RepeatThenAnswer(question.text) if each == RepeatThenAnswer() else each for each in given]
    text = "\n".join([question.text, *(each.sentence for each in added)])
    return replace(question, text=text, instructions=(*question.instructions, *map(str, added)))
