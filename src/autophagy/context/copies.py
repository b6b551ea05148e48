"""Copies: a text that stands in several places takes up one place among the passages that are shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ..text.chunks import Passage
from .store import Hit

Search = Callable[[Sequence[int], int], Sequence[Sequence[Hit]]]  # questions, and how many hits each


def wording(text: str) -> str:
    """A text without what copies may differ in: white space and capitals."""
    return " ".join(text.casefold().split())


def stands_in(passage: Passage, documents: Sequence[str]) -> bool:
    """Whether a passage or a copy of it is of one of the documents."""
    return any(name.rpartition("#")[0] in documents for name in (passage.id, *passage.copies))


def different(search: Search, questions: int, k: int) -> list[list[list[Hit]]]:
    """For each question the best k passages that are no copies of each other, each with its copies behind it.

    Copies with the same title come right behind each other, so that all of these were seen where one more passage was.
    """
    found: dict[int, list[list[Hit]]] = {}
    wanted = k + 1
    while todo := [question for question in range(questions) if question not in found]:
        for question, hits in zip(todo, search(todo, wanted), strict=True):
            groups = _grouped(hits)
            if len(groups) > k or len(hits) < wanted:
                found[question] = groups[:k]
        wanted *= 2
    return [found[question] for question in range(questions)]


def _grouped(hits: Sequence[Hit]) -> list[list[Hit]]:
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(wording(hit.passage.text), []).append(hit)
    return list(groups.values())


class CopiedPassages:
    """Which passages of a corpus are copies of each other."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._ids: dict[str, list[str]] = {}
        for passage in passages:
            self._ids.setdefault(wording(passage.text), []).append(passage.id)

    def once(self, passages: Iterable[Passage]) -> list[Passage]:
        """The passages, of copies the first, each with the ids of all its copies in the corpus."""
        found: dict[str, list[Passage]] = {}
        for passage in passages:
            found.setdefault(wording(passage.text), []).append(passage)
        return [replace(same[0], copies=self._others(text, same)) for text, same in found.items()]

    def _others(self, text: str, same: Sequence[Passage]) -> tuple[str, ...]:
        """The copies of the first, also of parts that were cut for an embedder, which the corpus does not know."""
        names = dict.fromkeys([*self._ids.get(text, ()), *(passage.id for passage in same)])
        return tuple(name for name in names if name != same[0].id)
