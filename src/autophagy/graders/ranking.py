"""The documents of the passages in a prompt, in their order, and those that hold the answer."""

from collections.abc import Iterable

from ..core.questions import Answer, Question


def documents_of(passages: Iterable[str]) -> tuple[str, ...]:
    """The documents of ranked passages (`document#number`), each where it comes first."""
    return tuple(dict.fromkeys(passage.rpartition("#")[0] or passage for passage in passages))


def retrieved(question: Question, answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents of an answer's passages, and those of the evidence; none of these where nothing was looked up."""
    documents = documents_of(answer.passages)
    looked = answer.searched or bool(documents)
    return documents, question.evidence if looked else ()  # what was not looked for was not missed
