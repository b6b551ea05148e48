"""Excerpts: documents cut into the pieces that language models learn from and make."""

import re
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from ..core.samples import Samples
from .chunks import cut as places
from .chunks import words as count_words
from .scripts import UNSPACED

# where a sentence ends, in Latin, Chinese, Indic and Arabic writing
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？｡])|(?<=[।۔؟])\s*")
GLUED = re.compile(r"(?<=[。！？｡]) ")  # where a sentence was cut that no blank follows
LONGEST_WORD = 200  # characters; what has no blank in more than these is cut there

Cut = Callable[[str], Iterable[str]]


def excerpts(documents: Samples, words: int) -> Samples:
    """Each document (n,) as excerpts (m,) of at most `words` words, with the number of its document in `document`.

    They end where a line ends, where a sentence ends if a line is too long, and between words otherwise. Documents
    without a word give none.
    """
    pieces = [list(cut(text, words)) for text in documents.x.tolist()]
    number = np.repeat(np.arange(len(documents)), list(map(len, pieces)))
    texts = np.array([piece for each in pieces for piece in each], dtype=np.dtypes.StringDType())
    meta = {name: column[number] for name, column in documents.meta.items()}
    return Samples(texts, documents.generation[number], documents.source[number], {**meta, "document": number})


def cut(text: str, words: int) -> Iterator[str]:
    """The excerpts of one document, in its order."""
    cuts: tuple[tuple[Cut, str], ...] = ((str.splitlines, "\n"), (SENTENCE.split, " "), (_words, " "))
    yield from filter(None, (GLUED.sub("", piece).strip() for piece in _gathered(text, words, cuts)))


def _gathered(text: str, words: int, cuts: tuple[tuple[Cut, str], ...]) -> Iterator[str]:
    """Parts put together for as long as they have at most `words` words; a part that has more is cut more finely."""
    if UNSPACED.search(text) and len(cuts) == 1:
        yield from (text[start:end] for start, end in places(text, words))
        return
    (parts_of, glue), finer = cuts[0], cuts[1:]
    held: list[str] = []
    size = 0
    for part in parts_of(text):
        count = _count(part) if finer else 1
        if held and size + count > words:
            yield glue.join(held)
            held, size = [], 0
        if count > words or (finer and _too_long(part)):
            yield from [glue.join(held)] if held else []
            yield from _gathered(part, words, finer)
            held, size = [], 0
        else:
            held.append(part)
            size += count
    if held:
        yield glue.join(held)


def _count(part: str) -> int:
    """The words that blanks part; where a script has none, what stands for words in it."""
    return count_words(part) if UNSPACED.search(part) else len(part.split())


def _too_long(part: str) -> bool:
    return len(part) > LONGEST_WORD and any(len(word) > LONGEST_WORD for word in part.split())


def _words(text: str) -> Iterator[str]:
    for word in text.split():
        yield from (word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))
