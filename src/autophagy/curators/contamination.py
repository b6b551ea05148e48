"""Contamination: rows that hold items of an evaluation set, so that a model trained on them has seen the test."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from ..core.chunked import Chunked, Facts
from ..core.decorators import curator
from ..core.errors import DataError, UsageError, must
from ..core.memory import InMemory
from ..core.names import Files, names_in
from ..core.plugin import Verdict
from ..core.samples import Array, Samples
from ..data.evaluations import Evaluations, Item, read_evaluations
from ..text.line import cut
from ..text.percent import percent
from ..text.plural import plural
from ..text.runs import places
from .sought import FEWEST, RUN, Occurrence, Sought

NEAR = 0.8  # share of an item's words in a row in which it is told although some words were replaced
SHOWN = 80  # characters of what was found
TEXT = np.dtypes.StringDType()


def _aside(against: str = "", words: int = RUN, near: float = NEAR, **_: Any) -> Sequence[str]:
    """What was set aside in the evaluation sets, or guessed, and which items cannot be looked for."""
    sought, evaluations = _sought(against, words, near)
    return [*evaluations.notes, *_too_short(sought, evaluations.items)]


@curator(
    "contamination",
    also=("decontamination", "leakage"),
    of="text",
    title="Contamination",
    says="hold questions or answers of an evaluation set",
    advice="Take them out before training: a model that has seen the test scores too well on it.",
    reads=_aside,
)
def contamination(
    batch: Samples,
    reference: Samples,
    rng: np.random.Generator,
    *,
    against: Files = "",
    words: int = RUN,
    near: float = NEAR,
) -> Verdict:
    """Drop rows that hold an item of the evaluation files `against`, or a near copy of one.

    Several files or folders are parted by |. An item is found by any `words` of its words in a row, compared word by
    word without case, ASCII punctuation and articles; a question of 5 to `words` - 1 words by all of them. A near copy,
    of an item of at least `words` words, has at least the share `near` of them in their order (0 looks for none): it
    is proposed by runs of 5 words, so that one with an edit in every fifth word is missed. The score is the largest
    share of an item's words that the row holds. Items that are too short are counted and told; where all are, it is an
    error.

    Ref: Brown et al. 2020, appendix C (13-grams).
    """
    sought, evaluations = _sought(against, words, near)
    texts = batch.x.tolist()
    best: dict[int, Occurrence] = {}
    others: dict[int, set[int]] = {}
    for hit in sought.find(texts):
        others.setdefault(hit.row, set()).add(hit.item)
        if hit.row not in best or (hit.share, hit.size) > (best[hit.row].share, best[hit.row].size):
            best[hit.row] = hit
    score, details, spans = np.zeros(len(texts)), np.full(len(texts), "", TEXT), np.full((len(texts), 2), -1)
    for row, hit in best.items():
        where = places(texts[row])[hit.start : hit.start + hit.size]
        spans[row] = where[0, 0], where[-1, 1]
        more = len({_item(evaluations.items[item]) for item in others[row]}) - 1
        found = cut(texts[row][slice(*spans[row])], SHOWN)
        score[row] = hit.share
        details[row] = _told(hit, evaluations.items[hit.item], found) + (f"; and {more:,} more items" if more else "")
    return Verdict(score == 0, score, _reason(words), details, spans)


@dataclass(frozen=True, slots=True)
class Contaminated:
    """An item of an evaluation set, by its file and name there, and how many rows of a corpus hold it."""

    file: str
    name: str
    rows: int


def contaminated_items(
    corpus: Chunked, *, against: str, words: int = RUN, near: float = NEAR
) -> tuple[list[Contaminated], int]:
    """The items of evaluation files that rows of a corpus hold, the most frequent first, and how many were looked for.

    The settings are those of the curator; an item is a row of the evaluation set, whichever of its columns was found.
    """
    items = _sought(against, words, near)[1].items
    names = {_item(item): place for place, item in reversed(list(enumerate(items)))}
    counts = np.zeros(len(items), np.int64)
    task = partial(_held, against=against, words=words, near=near)
    for facts in corpus.each("contaminated-items", task):
        counts[facts["item"]] += facts["rows"]
    found = [Contaminated(*name, int(counts[place])) for name, place in names.items() if counts[place]]
    looked = _looked_for(_sought(against, words, near)[0], items)
    return sorted(found, key=lambda each: (-each.rows, each.file, each.name)), len(looked)


def _held(rows: Samples, first: int, *, against: str, words: int, near: float) -> Facts:
    """The items that the rows hold, each by its first text, and how many rows hold it."""
    sought, evaluations = _sought(against, words, near)
    places: dict[tuple[str, str], int] = {}
    for place, item in enumerate(evaluations.items):
        places.setdefault(_item(item), place)
    pairs = {(hit.row, places[_item(evaluations.items[hit.item])]) for hit in sought.find(rows.x.tolist())}
    held, times = np.unique(np.array([item for _, item in pairs], np.int64), return_counts=True)
    return {"item": held, "rows": times}


@lru_cache(maxsize=4)
def _sought(against: str, words: int, near: float) -> tuple[Sought, Evaluations]:
    """The items of the files, read once in each process."""
    paths = [path if isinstance(path, InMemory) else path.strip() for path in names_in(against) if path.strip()]
    if not paths:
        raise UsageError("contamination needs an evaluation set: give against=FILE, or --against FILE.")
    must(words >= FEWEST, "words", words, f"at least {FEWEST}")
    must(0 <= near <= 1, "near", near, "a share from 0 to 1")
    evaluations = read_evaluations(*paths)
    texts: Sequence[str] = [item.text for item in evaluations.items]
    asks: Array = np.array([item.asks for item in evaluations.items])
    sought = Sought(texts, asks, words, near)
    if sought.short.all():
        files = ", ".join(dict.fromkeys(item.file for item in evaluations.items))
        raise DataError(
            f"nothing in {files} can be looked for: none of {plural(len(texts), 'text')} is long enough (a question "
            f"needs {min(FEWEST, words)} words, any other text {words}); give the questions of an evaluation set."
        )
    return sought, evaluations


def _item(item: Item) -> tuple[str, str]:
    return item.file, item.name


def _told(hit: Occurrence, item: Item, found: str) -> str:
    """What was found in a row, and whose it is."""
    whose = f"of {item.file}, {item.name}, {item.column}"
    if hit.near:
        return f"a near copy, with {percent(hit.share, 0)} of the words, {whose}: {found}"
    if hit.share == 1:
        return f"all {hit.size} words {whose}: {found}"
    return f"{hit.size} words in a row {whose}: {found}"


def _reason(words: int) -> str:
    return f"holds {words} words in a row of an evaluation item, all of a shorter one, or a near copy"


def _looked_for(sought: Sought, items: Sequence[Item]) -> set[tuple[str, str]]:
    return {_item(item) for item, short in zip(items, sought.short.tolist(), strict=True) if not short}


def _too_short(sought: Sought, items: Sequence[Item]) -> list[str]:
    """A sentence for each file that holds items of too few words, whose presence in the rows stays unknown."""
    looked, every = _looked_for(sought, items), dict.fromkeys(map(_item, items))
    left_out = Counter(file for file, name in every if (file, name) not in looked)
    of = Counter(file for file, _ in every)
    return [
        f"{file}: {short:,} of {plural(of[file], 'item')} {'has' if short == 1 else 'have'} too few words to be "
        "looked for"
        for file, short in left_out.items()
    ]
