"""What speaks for a passage: the words of the question that it holds, and how near it is to it in meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..context import Hit, Index
from ..context.store import written


@dataclass(frozen=True)
class Evidence:
    """`words` of the question that stand in a passage, and the cosine of the two, None where there is no embedder."""

    words: tuple[str, ...]
    cosine: float | None

    def told(self) -> str:
        """Both in a few words."""
        words = f"words: {', '.join(self.words)}" if self.words else "no word in common"
        return words if self.cosine is None else f"{words}; cosine {self.cosine:.2f}"


def weigh(index: Index, question: str, words: str, hits: Sequence[Hit]) -> list[Evidence]:
    """What speaks for each of the passages; `words` are those that were looked up."""
    shared = [tuple(index.store.shared(words, hit.passage)) for hit in hits]
    if not index.embedder or not hits:
        return [Evidence(each, None) for each in shared]
    (asked,) = index.embedder.encode([question], question=True)
    cosines = index.embedder.encode([written(hit.passage) for hit in hits]) @ asked
    return [Evidence(each, float(cosine)) for each, cosine in zip(shared, cosines, strict=True)]
