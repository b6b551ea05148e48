"""What is right among the choices: one way of writing it is found for a whole file, and said."""

from collections.abc import Callable, Sequence

from ...core.questions import LETTERS
from .rows import Asked

Reading = Callable[[str, Asked], str | None]


def by_text(answer: str, row: Asked) -> str | None:
    """The choice that is written out."""
    low = {choice.casefold(): choice for choice in reversed(row.choices)}
    return answer if answer in row.choices else low.get(answer.casefold()) if len(low) == len(row.choices) else None


def by_label(answer: str, row: Asked) -> str | None:
    """The choice whose label is written."""
    places = {label: place for place, label in enumerate(row.labels)}
    return row.choices[places[answer]] if places.get(answer, len(row.choices)) < len(row.choices) else None


def by_letter(answer: str, row: Asked) -> str | None:
    """The choice whose letter is written: B, (B) or b."""
    letter = answer.strip("()[]. ").upper()
    place = LETTERS.find(letter) if len(letter) == 1 else -1
    return row.choices[place] if 0 <= place < len(row.choices) else None


def from_0(answer: str, row: Asked) -> str | None:
    """The choice at the place that is written, counted from 0."""
    return _at(answer, row, 0)


def from_1(answer: str, row: Asked) -> str | None:
    """The choice at the place that is written, counted from 1."""
    return _at(answer, row, 1)


TEXTS: dict[str, Reading] = {
    "the choices as they are written": by_text,
    "the labels of the choices": by_label,
    "the letters of the choices": by_letter,
    "places among the choices, counted from 0": from_0,
    "places among the choices, counted from 1": from_1,
}
NUMBERS = dict(sorted(TEXTS.items(), key=lambda way: way[1] not in (from_0, from_1)))  # a JSON number is a place first


def way_of(rows: Sequence[Asked]) -> tuple[str, Reading]:
    """The reading that fits the most rows, and of those that fit as many the first; its name says what it is."""
    placed = all(row.numbers for row in rows if row.answers) and not any(_numeric(row) for row in rows)
    fits = {
        name: sum(all(way(answer, row) is not None for answer in row.answers) for row in rows)
        for name, way in (NUMBERS if placed else TEXTS).items()
    }
    best = max(fits, key=lambda name: fits[name])
    if fits[best] < len(rows) and _mixed(rows) > fits[best]:
        return "choices, letters or places from 0, whichever fits", any_way
    return best, TEXTS[best]


def any_way(answer: str, row: Asked) -> str | None:
    """The choice by whichever reading fits first."""
    return next((found for way in TEXTS.values() if (found := way(answer, row)) is not None), None)


def _mixed(rows: Sequence[Asked]) -> int:
    return sum(all(any_way(answer, row) is not None for answer in row.answers) for row in rows)


def _numeric(row: Asked) -> bool:
    """Whether the choices of a row were written as numbers, so that a number may be one of them."""
    cell = row.cells.get("choices", row.cells.get("options"))
    return isinstance(cell, list) and any(isinstance(one, int | float) and not isinstance(one, bool) for one in cell)


def _at(answer: str, row: Asked, first: int) -> str | None:
    whole = answer.removesuffix(".0")
    place = int(whole) - first if whole.isascii() and whole.isdigit() else -1
    return row.choices[place] if 0 <= place < len(row.choices) else None
