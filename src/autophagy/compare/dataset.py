"""The data of a comparison, read from files or made as an invented world."""

from dataclasses import replace

from ..core.errors import DataError
from ..core.questions import Question
from ..core.samples import Samples
from ..data.dataset import Corpus, Dataset
from ..data.documents import read_documents
from ..data.questions import read_questions
from ..data.world.source import is_world, world
from .spec import CompareSpec

GENERAL = "general"  # questions that show what a model forgets


def load_dataset(spec: CompareSpec) -> Dataset:
    """What the spec names; raises DataError where a file cannot be used, or evidence names no document."""
    if is_world(spec.documents):
        return world(spec.documents, spec.seed)
    table = read_documents(spec.documents)
    questions, notes = read_questions(spec.questions)
    rewritings = _rewritings(spec.rewritings) if spec.rewritings else None
    style = Corpus(read_documents(spec.style).samples) if spec.style else None
    general, more = read_questions(spec.general) if spec.general else ((), [])
    general = tuple(replace(question, id=f"{GENERAL}/{question.id}") for question in general)
    _check(table.samples, questions, spec)
    return Dataset(Corpus(table.samples, rewritings, style), questions, general, (*table.notes, *notes, *more))


def _rewritings(path: str) -> Samples:
    """Rows that name the document they are of, several to a document."""
    samples = read_documents(path).samples
    columns = {**samples.meta, "document": samples.meta["original"]}
    return Samples(samples.x, samples.generation, samples.source, columns)


def _check(documents: Samples, questions: tuple[Question, ...], spec: CompareSpec) -> None:
    known = set(documents.meta["document"].tolist())
    named = {name for question in questions for name in question.evidence}
    if named and not named & known:
        raise DataError(
            f"the evidence of {spec.questions} names no document of {spec.documents}, such as {min(named)!r}: "
            f"call documents as they are called there, such as {min(known)!r}."
        )
