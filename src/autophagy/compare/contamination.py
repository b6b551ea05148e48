"""Contamination: test questions that stand in the texts that a model is tuned on, word for word or in other words.

A document that holds an answer is what a comparison is about and contaminates nothing; one that asks the question does.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from ..context.embed import NONE, Embedder, find_embedder
from ..core.errors import MissingExtra
from ..core.questions import Question
from ..curators.sought import FEWEST, RUN, Sought
from ..data.dataset import Corpus
from ..text.runs import Words, words

REPLY = 30  # words behind a sentence that asks, in which its answer is looked for
LONGEST = 30  # characters of a word, beyond which no reply is read
ALIKE = 0.8  # cosine similarity from which two questions count as one (see find_contamination)
MOST = 2_000  # questions, and sentences that ask, that are compared by meaning
CLOSING = r"[\"'”’»*_]*"  # no brackets: [according to whom?] asks nothing
SENTENCE = re.compile(rf"[^\n]+?(?:(?:(?<=\w\w\w)\.|[!?؟]){CLOSING}(?=\s|\Z)|[。！？]|(?=\n)|\Z)")  # Dr. ends none
WRAP = re.compile(r"(?<=\w)[ \t]*\n[ \t]*(?=[a-zà-öø-ÿ])")  # a line that goes on in the next
MARK = re.compile("[?？؟]")  # question marks of Latin, Chinese and Arabic
ASKS = re.compile(rf"{MARK.pattern}{CLOSING}$")  # a text that ends in one, whatever closes behind it

Text = tuple[str, str, str]  # the part of the corpus, the document, the text


@dataclass(frozen=True, slots=True)
class Leak:
    """A question, by id and text, and where it stands: the part of the corpus, the document, the words there.

    `similarity` is the cosine of the two by meaning; NaN where they are the same words.
    """

    question: str
    text: str
    part: str
    document: str
    found: str
    similarity: float = math.nan


@dataclass(frozen=True, slots=True)
class Contamination:
    """The questions that leaked by their words and by their meaning, one entry each, and how much was looked at.

    `short` questions have too few words to be looked for. `embedder` is empty where meanings were not compared, and
    `left_out` counts the questions that there were too many of to be compared.
    """

    words: tuple[Leak, ...]
    meaning: tuple[Leak, ...]
    questions: int
    texts: int
    short: int = 0
    embedder: str = ""
    left_out: int = 0

    def notes(self) -> tuple[str, ...]:
        """Sentences on what leaked and on what was not looked for, none where there is neither."""
        of, remedy = f"of {self.questions:,} questions", "Ask other questions, or take these out of the texts."
        notes = []
        if self.words:
            leak, appear = self.words[0], "appears" if len(self.words) == 1 else "appear"
            notes.append(
                f"{len(self.words)} {of} {appear} in the training texts, word for word or with {RUN} words in a row, "
                f"such as {leak.text!r} in the {leak.part}, {leak.document}. {remedy}"
            )
        if self.meaning:
            leak = max(self.meaning, key=lambda leak: leak.similarity)
            are = "is" if len(self.meaning) == 1 else "are"
            notes.append(
                f"{len(self.meaning)} {of} {are} asked in other words and answered in the training texts, "
                f"such as {leak.text!r} as {leak.found!r} in the {leak.part}, {leak.document}. {remedy}"
            )
        if self.short:
            have = "has" if self.short == 1 else "have"
            notes.append(
                f"{self.short:,} {of} {have} fewer than {FEWEST} words and were not sought in the training texts."
            )
        if self.left_out:
            were = "was" if self.left_out == 1 else "were"
            notes.append(f"{self.left_out:,} {of} {were} not compared by meaning, since there were too many.")
        return tuple(notes)

    def json(self) -> dict[str, Any]:
        """All fields as JSON has them; an unknown similarity is null."""
        whole = asdict(self)
        for leak in (*whole["words"], *whole["meaning"]):
            leak["similarity"] = None if math.isnan(leak["similarity"]) else leak["similarity"]
        return whole | {name: list(whole[name]) for name in ("words", "meaning")}


def find_contamination(
    corpus: Corpus, questions: Sequence[Question], embedder: str | Embedder = NONE, alike: float = ALIKE
) -> Contamination:
    """The questions that stand in the corpus: its documents, their rewritings, and those of its style.

    By words: 13 words of a question in a row, or all of it where it has 5 to 12, without case, punctuation and
    articles. By meaning: a sentence that ends in a question mark, has an accepted answer in the 30 words behind it,
    and whose cosine similarity to the question is at least `alike`. The embedder is loaded only where such a sentence
    may be one, and done without where it is not installed.

    Measured on SQuAD 1.1 dev and the default embedder: of 10,570 questions against the paragraphs they are about, 24
    leak by words, long ones that quote a statement (0.23 %), and none by meaning. Beside question-and-answer lines
    with the other questions of their paragraph 29 of 703 do by meaning (4.1 %), and all but 3 of them because another
    annotator had asked the same. Found are 88 % of 547 questions that lost a word, and 90 % of 138 of the invented
    world in another wording. Of another embedder none of this is known.

    Ref: Brown et al. 2020, appendix C (13-grams).
    """
    texts = list(dict.fromkeys(_texts(corpus)))
    by_words = _by_words(texts, questions)
    rest = [question for question in questions if question.id not in by_words]
    asked = _candidates(texts, rest)
    model = _at_hand(embedder) if asked.pairs else None
    return Contamination(
        tuple(by_words.values()),
        tuple(_by_meaning(asked, rest, model, alike)) if model else (),
        len(questions),
        len(texts),
        sum(len(words(question.text)) < FEWEST for question in questions),
        model.name if model else "",
        len(asked.left_out) if model else 0,
    )


def _texts(corpus: Corpus, style: str = "") -> Iterator[Text]:
    """Every text that an arm may be tuned on."""
    for part, samples in (("documents", corpus.documents), ("rewritings", corpus.rewritings)):
        if samples is not None:
            for name, text in zip(samples.meta["document"].tolist(), samples.x.tolist(), strict=True):
                yield style + part, name, text
    if corpus.style:
        yield from _texts(corpus.style, "style's ")


class Runs:
    """Runs of words, each with the questions that it stands for by their place, to be found in texts."""

    def __init__(self, runs: Iterable[tuple[int, Words]]) -> None:
        self._places: dict[Words, list[int]] = {}
        for place, run in runs:
            self._places.setdefault(run, []).append(place)
        self._sizes = sorted({len(run) for run in self._places}) or [1]
        self._heads = {run[: self._sizes[0]] for run in self._places}

    def within(self, words: Words) -> Iterator[tuple[int, Words]]:
        """Each question of which a run stands in the words, with that run."""
        for start in range(len(words)):
            if words[start : start + self._sizes[0]] in self._heads:  # spares most words the other looks
                for run in (words[start : start + size] for size in self._sizes):
                    yield from ((place, run) for place in self._places.get(run, ()))


def _by_words(texts: Sequence[Text], questions: Sequence[Question]) -> dict[str, Leak]:
    """The first place of each question that stands there word for word, by its id."""
    sought = Sought([question.text for question in questions], np.ones(len(questions), bool))
    leaks: dict[str, Leak] = {}
    for hit in sought.find([text for _, _, text in texts]):
        question, (part, document, text) = questions[hit.item], texts[hit.row]
        if question.id not in leaks:
            run = words(text)[hit.start : hit.start + min(hit.size, RUN)]
            leaks[question.id] = Leak(question.id, question.text, part, document, " ".join(run))
    return leaks


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that ask, with where they stand, and for each question, by its place, those with an answer to it.

    `left_out` are the places of the questions for which there was no room.
    """

    sentences: dict[str, tuple[str, str]] = field(default_factory=dict)
    pairs: dict[int, list[str]] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)

    def add(self, place: int, sentence: str, where: tuple[str, str]) -> None:
        """Note that the sentence may ask the question, where there is room for both."""
        room = (place in self.pairs or len(self.pairs) < MOST) and (
            sentence in self.sentences or len(self.sentences) < MOST
        )
        if not room:
            self.left_out.add(place)
            return
        self.sentences.setdefault(sentence, where)
        self.pairs.setdefault(place, []).append(sentence)


def _candidates(texts: Sequence[Text], questions: Sequence[Question]) -> Candidates:
    """The sentences that ask and have an answer to a question behind them."""
    answers = (
        (place, words(answer)[:REPLY]) for place, question in enumerate(questions) for answer in question.answers
    )
    known, asked = Runs((place, answer) for place, answer in answers if answer), Candidates()
    for part, document, text in texts:
        for sentence, reply in _replies(text):
            for place in {place for place, _ in known.within(reply)}:
                asked.add(place, sentence, (part, document))
    return asked


def _replies(text: str) -> Iterator[tuple[str, Words]]:
    """Each sentence of the text that asks, with the words behind it up to the next one that does."""
    if not MARK.search(text):
        return
    asking, reply = "", ""
    for sentence in [match[0].strip() for match in SENTENCE.finditer(WRAP.sub(" ", text))]:
        if ASKS.search(sentence):
            yield from [(asking, words(reply)[:REPLY])] if asking else []
            asking, reply = sentence, ""
        elif len(reply) < REPLY * LONGEST:
            reply += " " + sentence
    yield from [(asking, words(reply)[:REPLY])] if asking else []


def _at_hand(embedder: str | Embedder) -> Embedder | None:
    try:
        return find_embedder(embedder)
    except MissingExtra:
        return None


def _by_meaning(asked: Candidates, questions: Sequence[Question], model: Embedder, alike: float) -> Iterator[Leak]:
    """The questions that are like a sentence that may ask them, each with the one that is most alike."""
    rows = {sentence: row for row, sentence in enumerate(asked.sentences)}
    sentences = model.encode(list(rows))  # both sides are encoded alike, for both are questions
    asking = model.encode([questions[place].text for place in asked.pairs])
    for (place, candidates), vector in zip(asked.pairs.items(), asking, strict=True):
        similarities = sentences[[rows[sentence] for sentence in candidates]] @ vector  # (candidates,)
        best = int(np.argmax(similarities))
        if similarities[best] >= alike:
            question, sentence = questions[place], candidates[best]
            where = asked.sentences[sentence]
            yield Leak(question.id, question.text, *where, sentence, float(similarities[best]))
