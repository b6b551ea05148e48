"""What an embedder reads of a passage: longer ones are cut, so that nothing of them is left out of their vector."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..text.chunks import Passage, cut
from .store import written


@dataclass(frozen=True)
class TokenLimit:
    """The most tokens that an embedder reads of a text, and how it counts those of many; what is behind is not seen."""

    most: int
    count: Callable[[Sequence[str]], list[int]]


def fitting(passages: Sequence[Passage], limit: TokenLimit | None) -> list[Passage]:
    """The passages, those that are too long for the embedder in parts; a point and a number follow their id."""
    if limit is None:
        return list(passages)
    counts = limit.count([written(passage) for passage in passages])
    fitted: list[Passage] = []
    for passage, tokens in zip(passages, counts, strict=True):
        fitted += [passage] if tokens <= limit.most else _parts(passage, limit)
    return fitted


def _parts(passage: Passage, limit: TokenLimit) -> Iterator[Passage]:
    (alone,) = limit.count([""])  # the marks that every text has around it
    (head,) = limit.count([passage.title])
    while head > limit.most / 2:  # a title that would leave too little of the text
        passage = replace(passage, title=passage.title[: len(passage.title) // 2])
        (head,) = limit.count([passage.title])
    size = max(1, limit.most - max(head, alone))
    for number, (start, end) in enumerate(cut(passage.text, size, lambda text: limit.count([text])[0] - alone), 1):
        yield replace(
            passage,
            id=f"{passage.id}.{number}",
            text=passage.text[start:end],
            start=passage.start + start,
            end=passage.start + end,
        )
