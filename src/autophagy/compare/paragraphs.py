"""The paragraphs that a file of questions brings with it, as SQuAD does: which of the documents hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.questions import Question
from ..core.samples import Samples

QUOTED = 4  # blanks in evidence that is a text
Placed = tuple[tuple[Question, ...], list[str]]


def placed(questions: Sequence[Question], paragraphs: Mapping[str, str], documents: Samples) -> Placed:
    """The questions with the documents that hold their paragraphs as evidence, and what is to be told of the others.

    So has evidence that is a text and no name. A paragraph that is a document by its own name stays one.
    """
    known = set(documents.meta["document"].tolist())
    named = {name for question in questions for name in question.evidence} - known
    own, quoted = named & paragraphs.keys(), {name for name in named if name.count(" ") >= QUOTED} - paragraphs.keys()
    if not own and not quoted:
        return tuple(questions), []
    texts = {str(name): _line(str(text)) for name, text in zip(documents.meta["document"], documents.x, strict=True)}
    holders = {name: _holding(_line(paragraphs[name]), texts) for name in own}
    holders |= {name: held for name in quoted if (held := _holding(_line(name), texts))}
    found = tuple(_shown_by(question, holders) for question in questions)
    lost = sum(bool(before.evidence) > bool(after.evidence) for before, after in zip(questions, found, strict=True))
    told = f"the paragraphs of {lost} of {len(found)} questions stand in none of the documents: they name no evidence."
    return found, [told] if lost else []


def _line(text: str) -> str:
    return " ".join(text.split())


def _holding(paragraph: str, texts: Mapping[str, str]) -> list[str]:
    return [name for name, text in texts.items() if paragraph and paragraph in text]


def _shown_by(question: Question, holders: Mapping[str, Sequence[str]]) -> Question:
    evidence = tuple(dict.fromkeys(own for name in question.evidence for own in holders.get(name, [name])))
    clustered = question.document not in holders  # by a source of its own, and not by its evidence
    return replace(question, evidence=evidence, document=question.document if clustered else "")
