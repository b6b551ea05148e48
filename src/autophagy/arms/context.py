"""Arms that put passages into the prompt: those that a search finds, the right one, and a wrong one."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Literal

import numpy as np

from ..context import Index, Passage, open_index
from ..context.copies import CopiedPassages, different, stands_in
from ..core.decorators import arm
from ..core.errors import must
from ..core.questions import Question
from ..core.samples import Samples
from ..cost.complexity import Complexity
from ..cost.energy import Meter
from ..data.dataset import Corpus
from ..text.chunks import chunk
from .arm import Look, Preparation, Ready, SharedModel

STEPS = ("put the changed document into the index",)


@dataclass(frozen=True)
class Searched:
    """An index over the documents of a comparison, and what it cost to make."""

    index: Index
    preparation: Preparation
    copies: CopiedPassages


@arm("context", also=("rag", "retrieval"))
@dataclass(frozen=True)
class Context:
    """The model reads the passages that a search finds for the question.

    `passages` of at most `size` words, `overlap` of which two neighbours share, by `mode`: "bm25" (words), "dense"
    (meaning), "hybrid" (both, fused by rank) or "auto" (hybrid where there is an embedder). A text that stands in
    several documents takes up one place, and counts as found in all of them.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"embedder"})
    passages: int = 3
    mode: Literal["auto", "hybrid", "dense", "bm25"] = "auto"
    size: int = 160
    overlap: int = 0

    def __post_init__(self) -> None:
        must(1 <= self.passages <= 1000, "passages", self.passages, "at least 1 and at most 1000")

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Cut the documents, embed and index them, in the folder of the comparison."""
        made = self.search(base, corpus.documents)
        return Ready(base, base.language_model(reads=True), made.preparation, self.look(made), made.index.close)

    def search(self, base: SharedModel, documents: Samples) -> Searched:
        """The index of the documents, which puts one document in anew to measure how long a change takes."""
        passages = chunk(documents, self.size, self.overlap)
        with Meter() as meter:
            index = open_index(
                base.folder / f"index-{self.size}-{self.overlap}",
                embedder=base.embedder,
                chunks=f"{self.size}/{self.overlap}",
            )
            index.add(passages)
            index.optimize()
        refresh = _seconds(lambda: index.add([p for p in passages if p.document == passages[0].document]))
        facts = Complexity(artifacts=("index",), settings=(), steps=STEPS, seconds=refresh)
        energy = meter.energy
        preparation = Preparation(
            seconds=energy.seconds,
            joules=energy.joules,
            method=energy.method,
            bytes=index.bytes,
            complexity=facts,
            details={"passages": len(passages), "embedder": index.embedder.name if index.embedder else "none"},
        )
        return Searched(index, preparation, CopiedPassages(passages))

    def look(self, searched: Searched) -> Look:
        """The passages of an index for each question, the best first."""
        mode = None if self.mode == "auto" else self.mode

        def look(questions: Sequence[Question]) -> list[list[Passage]]:
            texts = [question.text for question in questions]
            found = different(
                lambda asked, wanted: searched.index.search([texts[i] for i in asked], wanted, mode),
                len(texts),
                self.passages,
            )
            return [searched.copies.once(hit.passage for copies in groups for hit in copies) for groups in found]

        return look


@arm("oracle", also=("gold", "open-book"))
@dataclass(frozen=True)
class Oracle:
    """The model reads the documents that contain the answer: what perfect retrieval would give.

    A question that no document answers gets a passage of another document. `size` is the most words of a passage.
    """

    control: ClassVar[bool] = True
    size: int = 160

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Cut the documents; the questions name their evidence."""
        passages = chunk(corpus.documents, self.size)
        copies, by_document = CopiedPassages(passages), _by_document(passages)
        everything = list(by_document)
        place = {name: int(i) for name, i in zip(everything, rng.permutation(len(everything)), strict=True)}

        def look(questions: Sequence[Question]) -> list[list[Passage]]:
            shown = []
            for number, question in enumerate(questions):
                right = [p for name in question.evidence for p in by_document.get(name, [])]
                other = everything[place[everything[number % len(everything)]]]
                shown.append(copies.once(right or by_document[other][:1]))
            return shown

        return Ready(base, base.language_model(reads=True), Preparation(), look)


@arm("random")
@dataclass(frozen=True)
class UnrelatedPassages:
    """The model reads passages that have nothing to do with the question: how much irrelevant context distracts.

    `passages` of at most `size` words, of documents that are no evidence for it, and that do not stand in any that is.
    """

    seeded: ClassVar[bool] = True
    control: ClassVar[bool] = True
    passages: int = 1
    size: int = 160

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Cut the documents; which passages a question gets is drawn from `rng`."""
        passages = chunk(corpus.documents, self.size)
        passages = CopiedPassages(passages).once(passages)
        order = rng.permutation(len(passages))

        def look(questions: Sequence[Question]) -> list[list[Passage]]:
            shown = []
            for number, question in enumerate(questions):
                turned = np.roll(order, -number * self.passages)
                wrong = (passages[i] for i in turned if not stands_in(passages[i], question.evidence))
                shown.append(list(islice(wrong, self.passages)))
            return shown

        return Ready(base, base.language_model(reads=True), Preparation(), look)


def _by_document(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    passages_of: dict[str, list[Passage]] = {}
    for passage in passages:
        passages_of.setdefault(passage.document, []).append(passage)
    return passages_of


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
