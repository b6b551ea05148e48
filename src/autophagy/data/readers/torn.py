"""JSON that is no single value: an object a line, values one after the other, or a list that is broken or cut off."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .notes import Aside

PRINTED = ("{'", "[{'")  # how objects begin as Python prints them
NAMED = re.compile(r'\{\s*"(?:[^"\\]|\\.)*"\s*:')  # how an object begins, with its first name
FIELD = re.compile(r'"(?:[^"\\]|\\.)*"\s*:')  # how a line begins that is a part of an object
BETWEEN = re.compile(r"[\s,]*")  # what may stand between two values
BEHIND = "standing behind broken JSON"
DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True)
class Mistake:
    """Where a value breaks (`line`, and `cut` where the text ends there), and what is wrong."""

    line: int
    wrong: str
    cut: bool = False


def parsed(text: str) -> Any:
    """The one value of a text, as JSON or as Python prints it; None where it holds none or several."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _printed(text) if text.startswith(PRINTED) else None


def torn(text: str, bad: Aside, more: Aside) -> tuple[list[tuple[int, Any]], str]:
    """Each value of a text that is not one alone, None where it is none, and what the places are counted in.

    `bad` counts the values that are none, and `more` the rest that cannot be told apart behind one of them.
    """
    lines = [(number, line.strip().rstrip(",")) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(number, line) for number, line in lines if line and line not in "[]"]
    each = [(number, parsed(line)) for number, line in lines]
    if 2 * sum(isinstance(value, dict | list) for _, value in each) < len(lines):  # objects may go over several lines
        values = list(_following(text))
        if any(isinstance(value, dict | list) for value in values) or (len(values) > 1 and isinstance(values[0], str)):
            return _placed(values, bad, more), "row"
        if any(FIELD.match(line) for (_, line), (_, value) in zip(lines, each, strict=True) if value is None):
            whole, _ = _decoded(text, 0)
            bad.why = f"being broken JSON (line {whole.line:,}, {whole.wrong})"
            bad.add(0)
            return [(0, None)], "line"
    for (number, line), (_, value) in zip(lines, each, strict=True):
        if value is None:
            bad.add(number, line)
    return each, "line"


def opening(text: str, begin: int) -> str:
    """How the value at a place begins, by which the next is found: an object by its first name, or else by its line."""
    found = NAMED.match(text, begin)
    return found[0] if found else f"\n{text[:begin].rpartition(chr(10))[2]}{text[begin : begin + 1]}"


def _printed(text: str) -> Any:
    """A value as Python prints it, with single quotes, True and None; nothing of it is run."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _following(text: str) -> Iterator[Any]:
    """Values that follow on one another, or those of a list that is broken, whose brackets are passed over.

    Behind one that is broken it goes on with the next that begins as the first did; where there is none but more text,
    None stands for the rest.
    """
    within = text.startswith("[") and isinstance(_decoded(text, 0)[0], Mistake)
    place, mark = int(within), ""
    while (place := _past(text, place)) < len(text):
        if within and text[place] == "]":
            within, place = False, place + 1
            continue
        mark = mark or opening(text, place)
        value, end = _decoded(text, place)
        yield value
        place = end
        if isinstance(value, Mistake):
            place = text.find(mark, end + 1)
            if place < 0:
                if not value.cut:
                    yield None
                return


def _past(text: str, place: int) -> int:
    """The place behind blanks and commas."""
    found = BETWEEN.match(text, place)
    return found.end() if found else place


def _decoded(text: str, place: int) -> tuple[Any, int]:
    """The value at a place and where it ends; one that is broken ends where it begins."""
    try:
        return DECODER.raw_decode(text, place)
    except RecursionError:
        return Mistake(text.count("\n", 0, place) + 1, "it is too deep"), place
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text) - 1 or error.msg.startswith("Unterminated")
        shown = " ".join(text[error.pos : error.pos + 20].split())
        wrong = f"{error.msg[0].lower()}{error.msg[1:].removesuffix(' at')} at {shown or 'its end'}"
        return Mistake(error.lineno, wrong, cut), place


def _placed(values: list[Any], bad: Aside, more: Aside) -> list[tuple[int, Any]]:
    """Each value by its number, None where it is broken or the rest behind one that is."""
    for number, value in enumerate(values, 1):
        if isinstance(value, Mistake):
            bad.add(number, f"line {value.line:,}, {value.wrong}")
        elif value is None:
            more.add(number)
    return [(number, None if isinstance(value, Mistake) else value) for number, value in enumerate(values, 1)]
