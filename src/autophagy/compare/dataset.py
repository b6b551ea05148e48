"""What a comparison is about: its documents, questions and controls, read from files or made as an invented world."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ..arms import Corpus
from ..core.errors import DataError
from ..core.parts import Part
from ..core.questions import Question
from ..core.samples import Samples
from ..data.documents import read_documents
from ..data.questions import read_questions
from ..data.world.library import Library, make_library
from ..data.world.source import WORLD, _people
from .spec import CompareSpec

GENERAL = "general"  # questions that show what a model forgets


@dataclass(frozen=True)
class Subject:
    """A corpus with the questions about it, questions on what the model knew before, and what was set aside."""

    corpus: Corpus
    questions: tuple[Question, ...]
    general: tuple[Question, ...]
    notes: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A SHA-256 of documents, wordings and questions."""
        parts = [self.corpus.documents, self.corpus.rewritings, self.corpus.style and self.corpus.style.documents]
        digests = [part.digest() if part else "" for part in parts]
        asked = [asdict(question) for question in (*self.questions, *self.general)]
        return hashlib.sha256(json.dumps([digests, asked], sort_keys=True).encode()).hexdigest()


def load_subject(spec: CompareSpec) -> Subject:
    """What the spec names; raises DataError where a file cannot be used, or evidence names no document."""
    part = Part.parse(spec.documents) if spec.documents.partition(":")[0] == WORLD else None
    if part and not Path(spec.documents).exists():
        library = make_library(_people(part), spec.seed)
        return Subject(_corpus(library), library.questions, library.general, ())
    table = read_documents(spec.documents)
    questions, notes = read_questions(spec.questions)
    rewritings = _with_documents(spec.rewritings) if spec.rewritings else None
    style = Corpus(read_documents(spec.style).samples) if spec.style else None
    general, more = read_questions(spec.general) if spec.general else ((), [])
    general = tuple(replace(question, id=f"{GENERAL}/{question.id}") for question in general)
    corpus = Corpus(table.samples, rewritings, style)
    _check(corpus.documents, questions, spec)
    return Subject(corpus, questions, general, (*table.notes, *notes, *more))


def _corpus(library: Library) -> Corpus:
    style = _corpus(library.style) if library.style else None
    return Corpus(library.documents, library.rewritings, style)


def _with_documents(path: str) -> Samples:
    """Rewritings: rows that name the document they are of, several to a document."""
    samples = read_documents(path).samples
    names = [str(name).rpartition(" (")[0] or str(name) for name in samples.meta["document"].tolist()]
    columns = {**samples.meta, "document": np.array(names, dtype=np.dtypes.StringDType())}
    return Samples(samples.x, samples.generation, samples.source, columns)


def _check(documents: Samples, questions: tuple[Question, ...], spec: CompareSpec) -> None:
    known = set(documents.meta["document"].tolist())
    named = {name for question in questions for name in question.evidence}
    if named and not named & known:
        raise DataError(
            f"the evidence of {spec.questions} names no document of {spec.documents}, such as {min(named)!r}: "
            f"call documents as they are there, such as {min(known)!r}."
        )
