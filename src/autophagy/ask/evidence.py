"""What speaks for a passage: the words of the question that it holds, and how near it is to it in meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..context import Embedder, Hit, Index
from ..context.embed import limit_of
from ..context.store import written


@dataclass(frozen=True)
class Evidence:
    """`words` of the question that stand in a passage, and the cosine of the two, None where there is no embedder.

    `also` names the other documents that hold the same text.
    """

    words: tuple[str, ...]
    cosine: float | None
    also: tuple[str, ...] = ()

    def told(self) -> str:
        """All in a few words."""
        words = f"words: {', '.join(self.words)}" if self.words else "no word in common"
        cosine = "" if self.cosine is None else f"; cosine {self.cosine:.2f}"
        return f"{words}{cosine}" + (f"; also in {', '.join(self.also)}" if self.also else "")


def weigh(index: Index, question: str, words: str, groups: Sequence[Sequence[Hit]]) -> list[Evidence]:
    """What speaks for the first passage of each group of the same text; `words` are those that were looked up."""
    shared = [tuple(index.store.shared(words, hit.passage)) for hit, *_ in groups]
    also = [tuple(dict.fromkeys(each.passage.document for each in copies)) for _, *copies in groups]
    if not index.embedder or not groups:
        return [Evidence(each, None, others) for each, others in zip(shared, also, strict=True)]
    (asked,) = index.embedder.encode([question], question=True)
    cosines = index.embedder.encode([written(hit.passage) for hit, *_ in groups]) @ asked
    return [Evidence(each, float(cosine), others) for each, cosine, others in zip(shared, cosines, also, strict=True)]


def unread(question: str, embedder: Embedder | None) -> list[str]:
    """A sentence where a question is longer than the embedder reads, whose end is then looked up by words alone."""
    limit = limit_of(embedder)
    tokens = limit.count([question])[0] if limit else 0
    if not limit or tokens <= limit.most:
        return []
    return [
        f"The question has {tokens:,} tokens, of which meaning is told from the first {limit.most:,}: ask it in fewer "
        "words, or put the matter first."
    ]
