"""The paragraphs that a file of questions brings with it, as SQuAD does: which of the documents hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.questions import Question
from ..core.samples import Samples

Placed = tuple[tuple[Question, ...], list[str]]


def placed(questions: Sequence[Question], paragraphs: Mapping[str, str], documents: Samples) -> Placed:
    """The questions with the documents that hold their paragraphs as evidence, and what is to be told of the others.

    A paragraph that is a document by its own name stays one.
    """
    known = set(documents.meta["document"].tolist())
    wanted = {name for question in questions for name in question.evidence if name in paragraphs} - known
    if not wanted:
        return tuple(questions), []
    texts = {str(name): _line(str(text)) for name, text in zip(documents.meta["document"], documents.x, strict=True)}
    holders = {name: _holding(_line(paragraphs[name]), texts) for name in wanted}
    found = tuple(replace(question, evidence=_evidence(question, holders)) for question in questions)
    lost = sum(bool(before.evidence) > bool(after.evidence) for before, after in zip(questions, found, strict=True))
    told = f"the paragraphs of {lost} of {len(found)} questions stand in none of the documents: they name no evidence."
    return found, [told] if lost else []


def _line(text: str) -> str:
    return " ".join(text.split())


def _holding(paragraph: str, texts: Mapping[str, str]) -> list[str]:
    return [name for name, text in texts.items() if paragraph and paragraph in text]


def _evidence(question: Question, holders: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(own for name in question.evidence for own in holders.get(name, [name])))
