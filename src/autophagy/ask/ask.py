"""A question to documents: the passages that may hold the answer, and the answer that a model reads out of them."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from ..answering.endpoint import Endpoint
from ..answering.find import find_model, reach
from ..answering.language_model import ANSWER, LanguageModel, cut
from ..answering.remedy import remedy
from ..answering.size import prompt_form
from ..context import Hit, Index, find_embedder, open_index
from ..context.copies import different
from ..context.prompt import ABSTENTION, AUTO, PromptForm
from ..context.store import payload
from ..core.errors import DataError, UsageError, must
from ..core.samples import Samples
from ..data.documents import read_documents
from ..data.load import RealRows
from ..data.world.source import is_world, model_path, world
from ..graders.abstained import abstains
from ..text.normalised import normalised
from ..text.searchable import asked
from .compounds import longer
from .evidence import Evidence, unread, weigh
from .ledger import LEDGER, SIZE, _bring_up_to_date
from .memory import Remembering
from .nearest import NEAR_SENTENCE, nearest

# The cosine to the question below which the best passage is about something else, unless the two share a word. By
# minilm, on three articles of SQuAD: 120 of 120 questions on them have a nearer passage, and 61 of 120 on other ones.
NEAR = 0.25
COMMON = "The question holds no word that is looked up, since nearly all texts hold such words: ask with a rarer one."
FEWER = "ask for fewer --passages, or another model"
EMPTY = (
    "The model said nothing at all, which does not show that the documents do not hold it: ask again for fewer "
    "--passages, or another model."
)
WORDLESS = "The question holds no word: ask in words."


@dataclass(frozen=True)
class Reply:
    """The passages for a question, the best first, and what a model read out of them, None without a model.

    `evidence` says of each what speaks for it. `found` says whether the documents seem to hold the answer, None where a
    model gave an empty one, which tells nothing of them; `documents` counts those that were searched, `unreadable`
    those that were set aside, which `notes` name. `prompt` is the form in which a model was asked.
    """

    question: str
    answer: str | None
    found: bool | None
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    documents: int
    unreadable: int
    notes: tuple[str, ...]
    seconds: float
    prompt: str | None = None

    @property
    def cited(self) -> tuple[Hit, ...]:
        """The passages in which the answer stands word for word; all of them where it stands in none."""
        words = f" {normalised(self.answer or '')} "
        return tuple(hit for hit in self.hits if words in f" {normalised(hit.passage.text)} ") or self.hits

    def document(self) -> dict[str, Any]:
        """The reply as the command line's JSON has it."""
        fields = ("question", "answer", "found", "documents", "unreadable", "notes", "seconds", "prompt")
        cited = {hit.passage.id for hit in self.cited} if self.found else set()
        passages = [
            {**payload(hit.passage), "score": hit.score, **asdict(why), "cited": hit.passage.id in cited}
            for hit, why in zip(self.hits, self.evidence, strict=True)
        ]
        return {**{name: getattr(self, name) for name in fields}, "passages": passages}


def ask(
    question: str,
    documents: str | Path | Sequence[str | Path],
    *,
    model: str | None = None,
    base_url: str | None = None,
    embedder: str = "minilm",
    passages: int = 3,
    max_tokens: int = ANSWER,
    prompt: str = AUTO,
    index: str | Path | None = None,
) -> Reply:
    """Ask documents (files or folders, or `world`) a question; a model, where one is named, answers from them alone.

    At most so many `passages` are shown, and an answer has at most `max_tokens`: one that is longer is cut, and none.
    `prompt` is how the model is asked: "instructed", "begun" or "auto". A model whose answers are begun reads only the
    sentences that are nearest to the question; where none is near, it is not asked, and there is no answer. The folder
    `index` keeps what was indexed for the next question. Raises DataError where documents, index or model cannot be
    used, or the model gives no answer.
    """
    begun = time.perf_counter()
    _check(question, passages, max_tokens, model, base_url)
    language_model, form = _model(model, base_url, prompt) if model else (None, None)
    table = _documents([str(each) for each in ([documents] if isinstance(documents, str | Path) else documents)])
    with _opened(index, embedder, table.samples) as opened:
        hits, why = _found(opened, question, passages, table.samples.x.tolist())
        texts = _texts(question, hits, opened if form and form.begins else None)
        common = not hits and not opened.store.looked_up(question)
        long = unread(question, opened.embedder)
    answer = None
    if language_model and form and texts:
        answer = _answer(language_model, form.ask(question, texts), max_tokens)
    empty = answer is not None and not answer.strip()
    silent = language_model is not None and (not (answer or "").strip(" \n.?-/") or abstains(answer or ""))
    return Reply(
        question=question,
        answer="" if empty else ABSTENTION if silent else answer,
        found=None if empty else bool(hits) and not silent,
        hits=hits,
        evidence=why,
        documents=len(table.samples),
        unreadable=table.unreadable,
        notes=(*table.notes, *long, *_asides(question, common, empty)),
        seconds=time.perf_counter() - begun,
        prompt=form.name if form else None,
    )


def _asides(question: str, common: bool, empty: bool) -> Iterator[str]:
    """What is to be said of a question with common words alone, and of an answer without any."""
    if common:
        yield COMMON if asked(question) else WORDLESS
    if empty:
        yield EMPTY


def _check(question: str, passages: int, max_tokens: int, model: str | None, base_url: str | None) -> None:
    """Raise UsageError where the words of a question cannot be followed."""
    if not question.strip():
        raise UsageError("the question is empty: ask one in quotes, such as 'Who wrote the report?'.")
    must(isinstance(passages, int) and 1 <= passages <= 1000, "passages", passages, "at least 1 and at most 1000")
    if base_url and not model:
        raise UsageError("there is an address and no model: name the server's model with --model.")
    must(isinstance(max_tokens, int) and max_tokens >= 1, "max_tokens", max_tokens, "a count, 1 or more")


def _model(model: str, base_url: str | None, prompt: str) -> tuple[LanguageModel, PromptForm]:
    """The model that answers, and how it is asked."""
    if base_url:
        reach(Endpoint(model, base_url))
    form = prompt_form(prompt, model, base_url)
    return find_model(model if base_url else model_path(model), base_url or "", begins=form.begins), form


def _texts(question: str, hits: Sequence[Hit], index: Index | None) -> list[str]:
    """What a model reads: the passages, or the nearest sentences of them where a small one has an index to tell."""
    texts = [hit.passage.text for hit in hits]
    if not index or not index.embedder or not texts:
        return texts
    text, cosine = nearest(question, texts, index.embedder)
    return [text] if cosine >= NEAR_SENTENCE else []


def _answer(model: LanguageModel, prompt: str, max_tokens: int) -> str:
    """What the model says to a prompt; raises DataError where that is no whole answer."""
    (completion,) = model.complete([prompt], max_tokens=max_tokens)
    if cut(completion):
        think = "" if completion.text else ", or turn thinking off at the server"
        raise DataError(f"{model.name} gave no whole answer ({completion.error}): give it more --max-tokens{think}.")
    if completion.error:
        reason = completion.error.rstrip(".")
        raise DataError(f"{model.name} gave no answer ({reason}): {remedy(reason, FEWER)}.")
    return completion.text


def _documents(names: list[str]) -> RealRows:
    if not any(map(is_world, names)):
        return read_documents(*names)
    if len(names) > 1:
        raise UsageError(f"{names[0]} is an invented set, which goes with no other: give --documents once.")
    return RealRows(names[0], world(names[0]).corpus.documents, "text", 0, [])


def _found(index: Index, question: str, k: int, texts: list[str]) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
    """The passages that share a word with the question or are at least about the same thing, and what speaks for them.

    Where some share words, those are left out that are neither.
    """
    words = " ".join([question, *longer(index, question, texts)])
    if not index.search([words], 1, "bm25")[0]:
        best = index.search([question], 1, "dense")[0] if index.embedder else []
        if not best or best[0].score < NEAR:
            return (), ()
    (groups,) = different(lambda _, wanted: index.search([question], wanted, words=[words]), 1, k)
    hits, why = [hit for hit, *_ in groups], weigh(index, question, words, groups)
    if any(each.words for each in why):
        near = [bool(each.words) or (each.cosine or 0.0) >= NEAR for each in why]
        hits, why = list(compress(hits, near)), list(compress(why, near))
    return tuple(hits), tuple(why)


def _opened(where: str | Path | None, embedder: str, documents: Samples) -> Index:
    """The index with these documents in it and no others; only those that changed are put in."""
    if where is not None and "://" in str(where):
        raise UsageError(f"the index {where} is an address: give a folder, which keeps what was put in.")
    found = find_embedder(embedder)
    index = open_index(where, embedder=Remembering(found) if found else embedder, chunks=f"{SIZE}/0")
    try:
        _bring_up_to_date(index, None if where is None else Path(where).expanduser() / LEDGER, documents)
    except BaseException:
        index.close()
        raise
    return index
