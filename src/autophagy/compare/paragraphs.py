"""The paragraphs that a file of questions brings with it, as SQuAD does: which of the documents hold them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..core.questions import Question
from ..core.samples import Samples

QUOTED = 4  # blanks in evidence that is a text
BEGINNING = 32  # letters of a paragraph by which it is looked up
BEGIN = re.compile(r"(?<![A-Za-z0-9])(?=\S)")  # where a word may begin; in Chinese and the like at every sign
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
    sought = {name: _line(paragraphs[name]) for name in own} | {name: _line(name) for name in quoted}
    pairs = zip(documents.meta["document"], documents.x, strict=True)
    held = _held(sought.values(), {str(name): _line(str(text)) for name, text in pairs})
    holders = {name: held.get(text, []) for name, text in sought.items() if name in own or text in held}
    found = tuple(_shown_by(question, holders) for question in questions)
    lost = sum(bool(before.evidence) > bool(after.evidence) for before, after in zip(questions, found, strict=True))
    told = f"the paragraphs of {lost} of {len(found)} questions stand in none of the documents: they name no evidence."
    return found, [told] if lost else []


def _line(text: str) -> str:
    return " ".join(text.split())


def _held(paragraphs: Iterable[str], texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of the texts that hold each paragraph, which begins where a word may.

    The texts are read once, however many paragraphs there are: at each word, for those that begin alike.
    """
    alike: dict[str, list[str]] = {}
    for paragraph in filter(None, dict.fromkeys(paragraphs)):
        alike.setdefault(paragraph[:BEGINNING], []).append(paragraph)
    lengths = sorted({len(beginning) for beginning in alike})
    held: dict[str, list[str]] = {}
    for name, text in texts.items():
        for start in (found.start() for found in BEGIN.finditer(text)):
            for paragraph in (each for length in lengths for each in alike.get(text[start : start + length], ())):
                if text.startswith(paragraph, start) and name not in held.get(paragraph, ()):
                    held.setdefault(paragraph, []).append(name)
    return held


def _shown_by(question: Question, holders: Mapping[str, Sequence[str]]) -> Question:
    evidence = tuple(dict.fromkeys(own for name in question.evidence for own in holders.get(name, [name])))
    clustered = question.document not in holders  # by a source of its own, and not by its evidence
    return replace(question, evidence=evidence, document=question.document if clustered else "")
