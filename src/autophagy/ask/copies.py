"""Copies: documents that stand there twice take up one place among the passages that are shown."""

from collections.abc import Callable, Sequence

from ..context import Hit


def different(search: Callable[[int], Sequence[Hit]], k: int) -> list[list[Hit]]:
    """The best k passages that differ by more than white space and capitals, each with the copies of it behind it.

    Copies come right behind each other, so that all have been seen where one more passage has.
    """
    wanted = k + 1
    while True:
        hits = search(wanted)
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault(" ".join(hit.passage.text.casefold().split()), []).append(hit)
        if len(groups) > k or len(hits) < wanted:
            return list(groups.values())[:k]
        wanted *= 2
