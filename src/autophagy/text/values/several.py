"""Several values in one formula, each compared by what it comes to: x = 1 or x = 2, the set {1, 2}, a point."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .algebra import alike, worked_out
from .signs import plain_signs

# what a value is the value of: x, x_1, f(x), |AB|, V_1:V_2, (p, q); but not 2x + z
NAME = re.compile(r"[a-zA-Zα-ωΑ-Ω∠△|():/,\s'{}\\]{1,40}")
INDEX = re.compile(r"_(?:\{\w+\}|\w)")
WORD = re.compile(r"[a-zA-Z]{7}")
EQUALS = re.compile(r"\s*(?<![<>≤≥!])[=≈]\s*")
ELEMENT = re.compile(r"[a-zA-Z]\s*∈\s*(?=\{)")
JOINT = re.compile(r"\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|(?<=[)\d])(?:and|or)(?=[\s(\d-])")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{2,3})*,\d{3}(?![\d,])")
FEWEST = re.compile(r"[,;=≈±]|\band\b|\bor\b|\)or\(|\\pm|\\approx|\\text")  # without one of these it is a single value
DECIMAL = re.compile(r"[$€£]?-?\d[\d. ]*,\d+%?")  # a decimal comma, or that of a list
LONGEST = 300  # characters of a text that is read
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Values with the name of each, "" where it has none; a tuple is the only value whose parts have an order."""

    names: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def ordered(self) -> bool:
        """Whether it is one tuple, or each value is that of another letter."""
        return self.point or (len({_letter(name) for name in self.names}) == len(self.names) > 1 and all(self.names))

    @property
    def point(self) -> bool:
        """Whether it is one tuple."""
        return len(self.values) == 1 and isinstance(self.values[0], tuple)

    @property
    def parts(self) -> tuple[Value, ...]:
        """The values, or the parts of the one tuple."""
        return tuple(self.values[0]) if self.point else self.values

    @property
    def in_order(self) -> tuple[Value, ...]:
        """The parts, those of several letters by the alphabet: y = 3, x = 2 is the point (2, 3)."""
        named = all(self.names) and not self.point
        return tuple(value for _, value in sorted(_with_names(self), key=lambda pair: pair[0])) if named else self.parts

    @property
    def figures(self) -> bool:
        """Whether all values are numbers, or tuples of them."""
        return all(worked_out(part) is not None for value in self.values for part in _parts(value))


def same_values(gold: str, said: str) -> bool | None:
    """Whether two texts give the same values; None where one is no formula of values, or both are single ones.

    The order of a tuple counts, and so does that of values of several letters which only one of the texts names.
    Values with letters in them may be one where this is not seen, so that they are never told to differ.
    """
    if not (FEWEST.search(gold) or FEWEST.search(said)):
        return None
    one, other = several(gold), several(said)
    if one is None or other is None:
        return None
    if len(one.parts) == len(other.parts) == 1:
        return (any((*one.names, *other.names)) and _agree(one, other)) or None
    return _agree(one, other) or (False if one.figures and other.figures else None)


def many_numbers(text: str) -> bool:
    """Whether a text is several different numbers and nothing else: (0, 1), but not 0,1, which may be a decimal."""
    found = several(text) if any(sign in text for sign in ",;") else None
    if found is None or any(found.names) or not found.figures:
        return False
    return len({worked_out(part) for part in found.parts if isinstance(part, str)}) > 1


def _agree(one: Several, other: Several) -> bool:
    if all(one.names) and all(other.names) and set(one.names) == set(other.names):
        return _unordered(_with_names(one), _with_names(other), lambda a, b: a[0] == b[0] and _same(a[1], b[1]))
    if one.ordered or other.ordered or len(one.parts) == 1:
        free = not (one.point or other.point)
        return _in_order(one.in_order, other.in_order) or (free and _in_order(one.parts, other.parts))
    return _unordered(one.values, other.values, _same)


@lru_cache(maxsize=512)
def several(text: str) -> Several | None:
    """The values that a text is, and nothing else; None of any other."""
    if len(text) > LONGEST or DECIMAL.fullmatch(text.strip(" $.")):
        return None
    plain = THOUSANDS.sub(lambda number: number[0].replace(",", ""), ELEMENT.sub("", plain_signs(text)))
    plain = plain[1:-1] if plain[:1] == "{" and plain[-1:] == "}" and "{" not in plain[1:] else plain
    names, values = list[str](), list[Value]()
    for item in filter(None, _split(plain)):
        name, written = _named(item)
        value = _value(written)
        if value is None:
            return None
        for each in _both_signs(value):
            names.append(name)
            values.append(each)
    return Several(tuple(names), tuple(values)) if values else None


def _split(plain: str) -> list[str]:
    """A text at its commas, semicolons, ands and ors outside of brackets."""
    parts, start, depth = [], 0, 0
    joints = {found.start(): found.end() for found in JOINT.finditer(plain)}
    for place, sign in enumerate(plain):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and place >= start and place in joints:
            parts.append(plain[start:place])
            start = joints[place]
    return [part.strip(" $.") for part in (*parts, plain[start:])]


def unnamed(text: str) -> str | None:
    """The value of a text that names what it is the value of: 1 of f(x) = 1, but none of 2x + z = 1."""
    if "=" not in text or len(text) > LONGEST:
        return None
    name, value = _named(plain_signs(text))
    return value if name else None


def _named(item: str) -> tuple[str, str]:
    """A value with what it is the value of; the last of a chain of equals counts: x = 3 + 4 = 7."""
    name, *rest = EQUALS.split(item)
    letters = INDEX.sub("", name)
    if not (rest and rest[-1] and NAME.fullmatch(letters) and re.search("[a-zA-Zα-ω]", name)) or WORD.search(letters):
        return "", item
    return re.sub(r"[\s{}]", "", name), rest[-1]


def _value(written: str) -> Value | None:
    """A number, an expression, or a tuple of them; None of any other text."""
    if written[:1] in "([" and written[-1:] in ")]" and len(parts := _split(written[1:-1])) > 1:
        return tuple(parts) if all(_value(part) is not None for part in parts) else None
    known = worked_out(written.replace("±", "+")) is not None or alike(written, written) is not None
    return written if known else None


def _parts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _both_signs(value: Value) -> Sequence[Value]:
    if isinstance(value, tuple) or value.count("±") != 1:
        return [value]
    return [value.replace("±", "+").removeprefix("+"), value.replace("±", "-")]


def _letter(name: str) -> str:
    """A name without its index: x_1 and x_2 are two solutions for one letter."""
    return re.sub(r"_.*", "", name)


def _with_names(found: Several) -> list[tuple[str, Value]]:
    return list(zip(found.names, found.values, strict=True))


def _in_order(one: Sequence[Value], other: Sequence[Value]) -> bool:
    return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) or isinstance(other, tuple):
        pair = isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)
        return pair and all(_same(a, b) for a, b in zip(one, other, strict=True))
    a, b = worked_out(one), worked_out(other)
    if a is not None and b is not None:
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    return alike(one, other) is True


def _unordered(one: Sequence[Any], other: Sequence[Any], same: Callable[[Any, Any], bool]) -> bool:
    """Whether each of the one is among the others, and the other way round."""
    return all(any(same(a, b) for b in other) for a in one) and all(any(same(a, b) for a in one) for b in other)
