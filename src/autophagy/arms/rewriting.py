"""What a tuned arm learns from: each passage of the documents, rewritings of it, and what they cost to write."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..answering.find import find_model
from ..answering.kept import clock
from ..answering.language_model import LanguageModel
from ..context import Passage
from ..core.errors import DataError
from ..core.samples import Samples
from ..data.dataset import Corpus
from ..text.chunks import chunk
from ..text.styles import STYLES
from .arm import SharedModel

SIZE = 160  # words of a passage
LONG = 512  # tokens of a rewriting at most
SENTENCE = re.compile(r"(?<=[.!?])\s+")  # where a sentence ends
Rewrite = Callable[[Sequence[Passage], int, np.random.Generator], list[list[str]]]


@dataclass(frozen=True)
class Lessons:
    """Texts to learn and one rewriting of each passage that is held out, with the cost of writing them."""

    texts: tuple[str, ...]
    held_out: tuple[str, ...]
    writer: str
    seconds: float
    tokens_read: float = 0
    tokens_written: float = 0


@dataclass
class Bill:
    """Tokens that a writer read and wrote, NaN where its server does not count them."""

    read: float = 0
    written: float = 0


def lessons(corpus: Corpus, rewritings: int, writer: str, base: SharedModel, rng: np.random.Generator) -> Lessons:
    """Every passage with so many rewritings of it, and one more that is held out.

    Raises DataError where the writer has too few rewritings of a document.
    """
    begun, bill = clock(), Bill()
    passages = chunk(corpus.documents, SIZE)
    named = ("given" if corpus.rewritings is not None else "templates") if writer == "auto" else writer
    rewritten = _writer(named, corpus, base, bill)(passages, rewritings + 1, rng)
    texts = [p.text for p in passages] + [text for row in rewritten for text in row[1:]]
    held_out = [row[0] for row in rewritten]
    return Lessons(tuple(texts), tuple(held_out), named, clock() - begun, bill.read, bill.written)


def _writer(name: str, corpus: Corpus, base: SharedModel, bill: Bill) -> Rewrite:
    if name == "templates":
        return _shuffled
    if name == "given":
        if corpus.rewritings is None:
            raise DataError("no rewritings were given: name their file with --rewritings, or take writer=templates.")
        return _given(corpus.rewritings)
    writer, _, address = (base.model, "", base.base_url) if name == "model" else name.partition("@")
    return _by_model(find_model(writer, address, one_line=False), bill)


def _given(rewritings: Samples) -> Rewrite:
    """Rewritings of whole documents that somebody wrote before, for each document in random order."""
    by_document: dict[str, list[str]] = {}
    for name, text in zip(rewritings.meta["document"].tolist(), rewritings.x.tolist(), strict=True):
        by_document.setdefault(name, []).append(text)

    def write(passages: Sequence[Passage], count: int, rng: np.random.Generator) -> list[list[str]]:
        rows = []
        for document in dict.fromkeys(passage.document for passage in passages):
            known = by_document.get(document, [])
            if len(known) < count:
                raise DataError(
                    f"the document {document} has {len(known)} rewritings and {count} are needed, one of them held "
                    "out: give more of them, or lower the setting rewritings."
                )
            rows.append([known[i] for i in rng.permutation(len(known))[:count]])
        return rows

    return write


def _shuffled(passages: Sequence[Passage], count: int, rng: np.random.Generator) -> list[list[str]]:
    """The sentences of a passage in other orders, each behind the title of its document."""
    rows = []
    for passage in passages:
        sentences = SENTENCE.split(passage.text.strip())
        about = f"{passage.title}: " if passage.title else ""
        orders = [rng.permutation(len(sentences)) for _ in range(count)]
        rows.append([" ".join(about + sentences[i] for i in order) for order in orders])
    return rows


def _by_model(model: LanguageModel, bill: Bill) -> Rewrite:
    """A model writes, each time in another style; what it fails to write is asked of it once more."""
    styles = list(STYLES.values())

    def write(passages: Sequence[Passage], count: int, rng: np.random.Generator) -> list[list[str]]:
        prompts = [_prompt(passage, styles[k % len(styles)]) for passage in passages for k in range(count)]
        replies = model.complete(prompts, max_tokens=LONG)
        bill.read += sum(reply.tokens_in for reply in replies)
        bill.written += sum(reply.tokens_out for reply in replies)
        failed = next((reply.error for reply in replies if reply.error or not reply.text.strip()), None)
        if failed is not None:
            raise DataError(f"the writer {model.name} wrote nothing ({failed or 'an empty text'}): try another writer.")
        texts = iter(reply.text for reply in replies)
        return [[next(texts) for _ in range(count)] for _ in passages]

    return write


def _prompt(passage: Passage, style: str) -> str:
    about = f" (from: {passage.title})" if passage.title else ""
    return f"Write this text{about} again {style}. Keep every fact, name and number.\n\n{passage.text}"
