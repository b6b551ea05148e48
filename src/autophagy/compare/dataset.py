"""The data of a comparison, read from files or made as an invented world."""

from dataclasses import replace

from ..core.errors import DataError
from ..core.parts import did_you_mean
from ..core.questions import Question
from ..core.samples import Samples
from ..data.dataset import Corpus, Dataset
from ..data.documents import read_documents
from ..data.load import RealRows
from ..data.questions import read_paragraphs, read_questions
from ..data.world.source import is_world, world
from ..text.plural import plural
from .paragraphs import placed
from .spec import CompareSpec

GENERAL = "general"  # questions that show what a model forgets


def load_dataset(spec: CompareSpec) -> Dataset:
    """What the spec names; raises DataError where a file cannot be used, or evidence names no document."""
    if is_world(spec.documents):
        return world(spec.documents, spec.seed)
    table = read_documents(spec.documents)
    questions, notes = read_questions(spec.questions)
    questions, unplaced = placed(questions, read_paragraphs(spec.questions), table.samples)
    rewritings = _rewritings(spec.rewritings) if spec.rewritings else None
    style = read_documents(spec.style) if spec.style else None
    general, more = read_questions(spec.general) if spec.general else ((), [])
    beside = {spec.questions: [*notes, *unplaced], spec.rewritings: rewritings and rewritings.notes}
    beside |= {spec.style: style and style.notes, spec.general: more}
    told = [f"{path}: {note}" for path, own in beside.items() for note in own or ()]
    general = tuple(replace(question, id=f"{GENERAL}/{question.id}") for question in general)
    known = set(table.samples.meta["document"].tolist())
    _check(known, questions, spec)
    rewritten = rewritings.samples if rewritings else None
    corpus = Corpus(table.samples, rewritten, Corpus(style.samples) if style else None)
    return Dataset(corpus, questions, general, (*table.notes, *told, *_unshown(spec, questions, known)))


def _unshown(spec: CompareSpec, questions: tuple[Question, ...], known: set[str]) -> list[str]:
    """What oracle cannot show and no search is seen to find: questions without a document, or with an unknown one."""
    asked = [question for question in questions if question.answers]
    bare = sum(not question.evidence for question in asked)
    unknown = [name for question in asked for name in question.evidence if name not in known]
    told = []
    if bare and any(part.name == "oracle" for part in spec.arms):
        told.append(
            f"{bare:,} of {len(asked):,} questions with an answer name no document that holds it, so oracle reads an "
            "unrelated passage there: add a column document, or leave that arm out."
        )
    if unknown:
        told.append(
            f"{plural(len(unknown), 'document')} that a question names {'is' if len(unknown) == 1 else 'are'} not "
            f"there, such as {unknown[0]!r}{did_you_mean(unknown[0], known)}."
        )
    return [f"{spec.questions}: {sentence}" for sentence in told]


def _rewritings(path: str) -> RealRows:
    """Rows that name the document they are of, several to a document."""
    table = read_documents(path)
    samples = table.samples
    columns = {**samples.meta, "document": samples.meta["original"]}
    return replace(table, samples=Samples(samples.x, samples.generation, samples.source, columns))


def _check(known: set[str], questions: tuple[Question, ...], spec: CompareSpec) -> None:
    named = {name for question in questions for name in question.evidence}
    if named and not named & known:
        raise DataError(
            f"the evidence of {spec.questions} names no document of {spec.documents}, such as {min(named)!r}: "
            f"call documents as they are called there, such as {min(known)!r}."
        )
