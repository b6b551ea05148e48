"""The documents of the passages in a prompt, in their order, and those that hold the answer."""

from collections.abc import Iterable, Sequence

from ..core.questions import Answer, Question


def documents_of(passages: Iterable[str]) -> tuple[str, ...]:
    """The documents of ranked passages (`document#number`), each where it comes first."""
    return tuple(dict.fromkeys(passage.rpartition("#")[0] or passage for passage in passages))


def retrieved(question: Question, answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents of an answer's passages, and those of the evidence; none of these where nothing was looked up.

    A passage that stands in several documents is of those that are evidence, else of the one that it was found in.
    """
    copies = answer.copies or ((),) * len(answer.passages)
    shown = zip(answer.passages, copies, strict=True)
    documents = documents_of(name for own, also in shown for name in _evident(own, also, question.evidence))
    looked = answer.searched or bool(documents)
    return documents, question.evidence if looked else ()  # what was not looked for was not missed


def _evident(passage: str, copies: Sequence[str], evidence: Sequence[str]) -> Sequence[str]:
    """A passage or its copies, by which of them are of documents with evidence."""
    return [name for name in (passage, *copies) if name.rpartition("#")[0] in evidence] or [passage]
