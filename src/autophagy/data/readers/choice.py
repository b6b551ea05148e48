"""Which columns of a table are the data, which is the label, and why the others stay out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from ...core.errors import DataError
from .days import are_days
from .names import (
    CODE,
    FOOTNOTES,
    GLUED,
    IDENTIFIER,
    INDEX,
    INDEX_NAMES,
    LABEL_NAMES,
    LIST_NAMES,
    NO_IDS,
    NUMBERED,
    TARGET_NAMES,
    TEXT_NAMES,
    VERSION,
    X_NAMES,
    first_named,
    is_added,
    liked,
)
from .notes import clip, listed
from .numbers import EXACT
from .pictures import SUFFIXES
from .prose import prose
from .turns import Talk
from .typed import PADDED, Typed, are_arrays

SEVERAL = re.compile(r"\d{1,2}(?:, ?\d{1,2})*")
CODED = 1_000  # from where on a number may be a code: what is 0 or 1 under the name mobile says yes or no
PHRASE = 3  # words at most of a category
RUN = 10  # rows that show that a column counts
PASSAGE = 8  # words at least of most cells of a column of passages
# objects that say what is known of a row, or what somebody answered about it
ABOUT = ("metadata.", "meta.", "_meta.", "suggestions.", "responses.")
REPLIES = "answers."  # what is right, as SQuAD has it beside the passage


@dataclass
class Choice:
    """Which columns are what, and why the others stay out."""

    chosen: list[str] = field(default_factory=list)
    kind: str = "numbers"
    label: str | None = None
    left: dict[str, str] = field(default_factory=dict)


def choose(columns: Mapping[str, Typed], where: str, guess: bool) -> Choice:
    """Tell what each column is for; a label that has no name of one is only taken where we may `guess`."""
    choice = Choice()
    free = {name: column for name, column in columns.items() if not _aside(name, column, choice, columns)}
    choice.label = _label(free, guess)
    if choice.label is not None:
        free.pop(choice.label)
    lists = [name for name in _of(free, "lists") if are_arrays(free[name].cells) and not name.startswith(REPLIES)]
    words = _of(free, "words")
    numbers = [name for name in _of(free, "numbers") if _is_full(name, free[name], choice)]
    nested = first_named(X_NAMES, lists)
    named = [name for name in words if not (numbers and _is_category(free[name])) and not name.startswith(REPLIES)]
    talks = [name for name in words if any(isinstance(cell, Talk) for cell in free[name].as_written)]
    text = (
        first_named(TEXT_NAMES, named)
        or max(liked(talks), key=lambda name: prose(free[name].cells), default=None)
        or _judged(free, words, [*numbers, *filter(None, [choice.label])])
    )
    if not nested and not text:
        nested = first_named(LIST_NAMES, lists) or (None if numbers else next(iter(lists), None))
    choice.kind = "lists" if nested else "texts" if text else "numbers"
    choice.chosen = [name for name in (nested or text,) if name] or numbers
    if not choice.chosen:
        choice.kind, choice.chosen = "texts", [_longest(free, words, choice, where)]
    for name in free:
        if name not in choice.chosen:
            choice.left.setdefault(name, _reason(free[name], choice.kind))
    return choice


def _aside(name: str, column: Typed, choice: Choice, columns: Mapping[str, Typed]) -> bool:
    """Whether a column numbers or names the rows, or holds nothing."""
    if column.kind == "nothing":
        choice.left[name] = "holds nothing"
    elif name.lower() in INDEX_NAMES and (name or name == next(iter(columns)) or _counts(column)):
        choice.left[name] = "numbers or names the rows"
    elif INDEX.fullmatch(name.lower()) and _counts(column):
        choice.left[name] = "counts the rows"
    elif column.kind == "numbers" and are_days(name, np.asarray(column.cells, np.float64)):
        choice.left[name] = "dates"
    elif (_is_distinct(column) and _is_named_as_id(name, column)) or _is_key(column):
        choice.left[name] = "numbers or names the rows"
    elif column.kind == "numbers" and _is_code(name, column):
        choice.left[name] = "codes and no quantities"
    elif column.kind == "numbers" and is_added(name, columns):
        choice.left[name] = "is called as what programs add"
    return name in choice.left


def _is_whole(column: Typed) -> bool:
    return not np.any(np.nan_to_num(column.cells) % 1)


def _is_code(name: str, column: Typed) -> bool:
    """Whether numbers are called an id, a code, a version or footnotes, of which a cell may hold several, as 1,2."""
    low = name.lower()
    if VERSION.fullmatch(low):
        return True
    if FOOTNOTES.fullmatch(low):
        cells = [cell for cell in column.as_written if cell not in (None, "")]
        return _is_whole(column) or all(isinstance(cell, str) and SEVERAL.fullmatch(cell.strip()) for cell in cells)
    if not _is_whole(column) or IDENTIFIER.fullmatch(name):
        return _is_whole(column)
    long = bool(np.any(np.abs(np.nan_to_num(column.cells)) >= CODED))
    padded = any(isinstance(cell, str) and PADDED.fullmatch(cell.strip()) for cell in column.as_written)
    return (long or padded) and CODE.fullmatch(low) is not None


def _is_named_as_id(name: str, column: Typed) -> bool:
    """Whether what is different in each row is called an id, or the number of something and goes one way."""
    if IDENTIFIER.fullmatch(name):
        return True
    if column.kind != "numbers":
        return False
    if GLUED.fullmatch(name.lower()) and not NO_IDS.fullmatch(name.lower()):
        return True
    steps = np.diff(np.asarray(column.cells, np.float64))
    return NUMBERED.fullmatch(name.lower()) is not None and bool(np.all(steps > 0) or np.all(steps < 0))


def _is_distinct(column: Typed) -> bool:
    whole = column.kind == "words" or (column.kind == "numbers" and _is_whole(column))
    cells = [cell for cell, gap in zip(column.cells, column.missing, strict=True) if not gap] if whole else []
    return len(cells) > 1 and len(set(cells)) == len(cells)


def _is_key(column: Typed) -> bool:
    """Whether each row has another whole number and most are longer than float64 can tell apart, as keys are."""
    if column.kind != "numbers" or not np.any(np.abs(np.nan_to_num(column.cells)) >= EXACT):
        return False
    written = [f"{cell}" for cell, gap in zip(column.as_written, column.missing, strict=True) if not gap]
    long = sum(cell.isdecimal() and int(cell) >= EXACT for cell in written)
    return 2 * long > len(written) > 1 and len(set(written)) == len(written)


def _counts(column: Typed) -> bool:
    """Whether a column without a name counts 0, 1, 2 ... or 1, 2, 3 ..."""
    if column.kind != "numbers" or len(column.cells) < 3:
        return False
    cells = np.asarray(column.cells, np.float64)
    return bool(cells[0] in (0, 1) and np.all(np.diff(cells) == 1))


def _runs_on(column: Typed) -> bool:
    """Whether a column counts on by one from row to row, from wherever it begins."""
    cells = np.asarray(column.cells, np.float64)
    return len(cells) >= RUN and bool(np.isfinite(cells).all() and np.all(np.diff(cells) == 1))


def _of(columns: Mapping[str, Typed], kind: str) -> list[str]:
    return [name for name, column in columns.items() if column.kind == kind]


def _is_full(name: str, column: Typed, choice: Choice) -> bool:
    gaps = int(column.missing.sum())
    if 2 * gaps >= len(column.cells):
        choice.left[name] = f"{gaps:,} of {len(column.cells):,} cells are missing"
        return False
    return True


def _label(free: Mapping[str, Typed], guess: bool) -> str | None:
    """The column of classes, by its name or, as a guess, as words in the last place."""
    named = [name for name in free if name.lower() in LABEL_NAMES and _is_classes(free[name], at_least=10)]
    last = [name for name in list(free)[-1:] if guess and free[name].kind == "words" and _is_classes(free[name])]
    last = [name for name in last if 2 * free[name].missing.sum() < len(free[name].cells)]  # else a remark on few rows
    return next(iter(named + last), None) if len(free) > 1 else None


def _is_classes(column: Typed, at_least: int = 0) -> bool:
    """Whether the cells are words or whole numbers of two kinds or more, and few enough kinds.

    Few enough are `at_least`, or half as many as there are cells.
    """
    if column.kind not in ("words", "numbers"):
        return False
    cells = [cell for cell, gap in zip(column.cells, column.missing, strict=True) if not gap]
    plain = column.kind == "words" or all(float(cell).is_integer() and abs(cell) < 2**53 for cell in cells)
    return plain and 1 < len(set(cells)) <= max(at_least, len(cells) // 2)


def _longest(free: Mapping[str, Typed], words: Sequence[str], choice: Choice, where: str) -> str:
    """The column of words with the most letters; raises DataError where all are categories."""
    written = [name for name in words if any(any(map(str.isalpha, cell or "")) for cell in free[name].cells)]
    texts = [name for name in written if not _is_category(free[name])]
    if texts:
        longest = max(liked(texts), key=lambda name: prose(free[name].cells))
        return _not_paths(longest, free[longest], where)
    if written or choice.label:
        names = listed([*written, *filter(None, [choice.label])], 6)
        raise DataError(
            f"{where} holds categories alone ({names}), and neither numbers nor texts: "
            "give columns of numbers beside them, or call a column text to have it read as texts."
        )
    for name in _of(free, "dates"):
        choice.left.setdefault(name, "holds dates")
    for name in _of(free, "lists"):
        choice.left.setdefault(name, "holds lists that are no arrays of numbers")
    left = "; ".join(f"{name or '(no name)'} {why}" for name, why in list(choice.left.items())[:6])
    why = f" ({clip(left, 200)})" if left else ""
    raise DataError(f"{where} has no column of numbers and none of texts{why}: give one of them.")


def _judged(free: Mapping[str, Typed], words: Sequence[str], numbers: Sequence[str]) -> str | None:
    """The only column of passages, where all numbers beside it say what somebody thought of them, or count them."""
    if not numbers or not all(_is_said(name, free) for name in numbers):
        return None
    least = PHRASE + 1 if all(map(_is_about, numbers)) else PASSAGE
    free = {name: free[name] for name in words if not _is_about(name)}
    passages = [name for name in free if median([len(cell.split()) for cell in free[name].cells if cell]) >= least]
    return passages[0] if len(passages) == 1 else None


def _is_said(name: str, free: Mapping[str, Typed]) -> bool:
    """Whether a column says what somebody thought of a text, what is known of it, counts the texts, or says nothing."""
    if name.lower() in TARGET_NAMES or _is_about(name):
        return True
    return name in free and (_runs_on(free[name]) or len(set(free[name].cells)) == 1)


def _is_about(name: str) -> bool:
    return name.lower().startswith(ABOUT)


def _not_paths(name: str, column: Typed, where: str) -> str:
    """The name of a column of texts; raises DataError where it holds the paths of images."""
    cells = [cell for cell in column.cells if cell is not None]
    if sum(cell.lower().endswith(tuple(SUFFIXES)) for cell in cells) > 0.9 * len(cells):
        raise DataError(f"{where} holds the paths of images ({clip(name)}) and not the images: give their folder.")
    return name


def _is_category(column: Typed) -> bool:
    """Whether words come again and again and are short: half as many kinds as cells at most, of three words at most."""
    cells = [cell for cell in column.cells if cell is not None]
    return 2 * len(set(cells)) <= len(cells) and max(len(cell.split()) for cell in cells) <= PHRASE


def _reason(column: Typed, kind: str) -> str:
    """Why a column is not among the rows, whose columns are of another kind."""
    if column.kind == "words":
        return "categories" if _is_category(column) else "words"
    return {"numbers": "numbers", "lists": "lists", "dates": "dates"}[column.kind]
