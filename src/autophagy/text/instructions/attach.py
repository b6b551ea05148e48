"""Attaching instructions to a prompt: their sentences behind its text, their names to what its answer must obey."""

from collections.abc import Iterable
from dataclasses import replace

from ...core.questions import Question
from .instruction import Instruction, parse


def attach(question: Question, instructions: Iterable[str | Instruction]) -> Question:
    """The question with the sentences of these instructions behind its text, and with their names.

    Instructions are given as texts, such as `no_comma` and `words:least=100`. Raises UsageError where there is no such
    instruction.
    """
    added = [parse(each) if isinstance(each, str) else each for each in instructions]
    text = "\n".join([question.text, *(each.sentence for each in added)])
    return replace(question, text=text, instructions=(*question.instructions, *map(str, added)))
