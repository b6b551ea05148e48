"""Intervals of numbers, in brackets or as relations: [0, 1), 0 <= x < 1, and x in [0, 1) are one."""

import math
import re
from dataclasses import dataclass
from itertools import islice

from .algebra import worked_out
from .signs import ABOUT, plain_signs

_END = r"[-+]?\s?(?:∞|[\d.√π/*^()]{1,20})"
_IN = r"(?:(?P<name>[a-zA-Z])\s*(?:∈|=|in\b)\s*)?"
BRACKETS = re.compile(rf"{_IN}(?P<open>[(\[])\s*(?P<low>{_END})\s*[,;]\s*(?P<high>{_END})\s*(?P<close>[)\]])")
BETWEEN = re.compile(rf"(?P<low>{_END})\s*(?P<over>[<≤])\s*(?P<name>[a-zA-Z])\s*(?P<under>[<≤])\s*(?P<high>{_END})")
ONE_SIDED = re.compile(rf"(?P<name>[a-zA-Z])\s*(?P<over>[<>≤≥])\s*(?P<low>{_END})")
TURNED = re.compile(rf"(?P<low>{_END})\s*(?P<over>[<>≤≥])\s*(?P<name>[a-zA-Z])(?![a-zA-Z])")
UNION = re.compile(r"\s*(?:∪|\bU\b|\bor\b)\s*")
MIRRORED = str.maketrans("<>≤≥", "><≥≤")
SIGNS = frozenset("<≤+-*/^")
HINT = re.compile(r"[\[(<>≤≥]|\\[lgi]")  # without any of these it is no interval
MOST = 20  # intervals of a text that are looked at


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval with its ends, whether each belongs to it, and whether it is written as a relation of a letter."""

    low: float
    high: float
    with_low: bool
    with_high: bool
    relation: bool
    name: str = ""

    @property
    def extent(self) -> tuple[float, float, bool, bool]:
        """What two intervals have in common that are one."""
        return self.low, self.high, self.with_low, self.with_high


def one_interval(gold: str, said: str) -> bool | None:
    """Whether a text gives the interval that a gold is, or its union of several; None where either is none.

    A sentence gives it as the last of its intervals, and None is said of one that names another behind it. What is in
    brackets may as well be a pair of numbers.
    """
    wanted = _union(gold) if HINT.search(gold) else None
    if wanted is None:
        return None
    whole = _union(said)
    if whole is not None:
        return len(wanted) == len(whole) and all(map(_alike, wanted, whole))
    held = [_alike(wanted[0], one) for one in _within(said)] if len(wanted) == 1 else []
    return None if not held or (any(held) and not held[-1]) else held[-1]


def _alike(one: Interval, other: Interval) -> bool:
    named = {one.name, other.name} - {""}
    close = all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(one.extent[:2], other.extent[:2], strict=True))
    return close and one.extent[2:] == other.extent[2:] and len(named) < 2


def _union(text: str) -> list[Interval] | None:
    """The intervals of a text that is nothing else, in their order."""
    parts = UNION.split(plain_signs(text))
    found = [_whole(part) for part in parts]
    known = [one for one in found if one is not None]
    return sorted(known, key=lambda one: one.extent) if len(known) == len(parts) else None


def _within(text: str) -> list[Interval]:
    """The intervals in a text, in their order."""
    plain = plain_signs(text)
    found = [match for pattern in (BRACKETS, BETWEEN, ONE_SIDED) for match in islice(pattern.finditer(plain), MOST)]
    known = [(match.end(), one) for match in found if (one := _read(match)) is not None and _free(plain, match)]
    return [one for _, one in sorted(known, key=lambda pair: pair[0])]


def _free(plain: str, match: re.Match[str]) -> bool:
    """Whether no word, number or sign leads on from an interval: f(0, 1), x < 3 + y."""
    before, behind = plain[max(0, match.start() - 2) : match.start()], plain[match.end() : match.end() + 2].lstrip(" ")
    return not (before[-1:].isalnum() or before.rstrip(" ")[-1:] in {*SIGNS, "="} or behind[:1] in SIGNS)


def _whole(part: str) -> Interval | None:
    for pattern in (BRACKETS, BETWEEN, ONE_SIDED, TURNED):
        found = pattern.fullmatch(part.strip(ABOUT))
        if found:
            return _read(found)
    return None


def _read(found: re.Match[str]) -> Interval | None:
    """The interval that is written; None where an end is no number, or it holds nothing."""
    groups = found.groupdict()
    name, first = (groups["name"] or ""), _end(groups["low"])
    second = _end(groups["high"]) if groups.get("high") else None
    if first is None or (groups.get("high") and second is None):
        return None
    if "open" in groups:
        made = Interval(first, second or 0.0, groups["open"] == "[", groups["close"] == "]", False, name)
    elif second is not None:
        made = Interval(first, second, groups["over"] == "≤", groups["under"] == "≤", True, name)
    else:
        over = groups["over"] if found.start("name") < found.start("low") else groups["over"].translate(MIRRORED)
        below, closed = over in "<≤", over in "≤≥"
        ends = (-math.inf, first) if below else (first, math.inf)
        made = Interval(*ends, closed and not below, closed and below, True, name)
    return made


def _end(written: str) -> float | None:
    plain = re.sub(r"\s", "", written)
    return (-math.inf if plain[0] == "-" else math.inf) if "∞" in plain else worked_out(plain)
