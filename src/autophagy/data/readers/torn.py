"""JSON that is no single value: an object a line, values one after the other, or a list that is broken or cut off."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .notes import Aside

PRINTED = ("{'", "[{'")  # how objects begin as Python prints them
NAMED = re.compile(r'\{\s*"(?:[^"\\]|\\.)*"\s*:')  # how an object begins, with its first name
FIELD = re.compile(r'"(?:[^"\\]|\\.)*"\s*:')  # how a line begins that is a part of an object
BETWEEN = re.compile(r"[\s,]*")  # what may stand between two values
BEHIND = "standing behind broken JSON"
DECODER = json.JSONDecoder(strict=False)
WINDOW, WIDER = 2**12, 8  # letters in which a value is sought, and by how much more where it may go on behind them
LITERAL = 16  # letters at the end of a window that may be a part of a word or number, such as -Infinity
TOO_DEEP = "it is too deep"


@dataclass(frozen=True)
class Mistake:
    """In which `line` of a value it breaks, from 1 on, what is wrong, and whether it is `cut`: the text ends there."""

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
    or one is too deep, None stands for the rest. The line of a mistake is that of the text.
    """
    within = text.startswith("[") and isinstance(_decoded(text, 0)[0], Mistake)
    place, mark, lines, counted = int(within), "", 0, 0
    while (place := _past(text, place)) < len(text):
        if within and text[place] == "]":
            within, place = False, place + 1
            continue
        mark = mark or opening(text, place)
        value, end = _decoded(text, place)
        if isinstance(value, Mistake):
            lines, counted = lines + text.count("\n", counted, place), place
            yield replace(value, line=lines + value.line)
            end = -1 if value.wrong == TOO_DEEP else text.find(mark, place + 1)
            if end < 0:
                if not value.cut:
                    yield None
                return
        else:
            yield value
        place = end


def _past(text: str, place: int) -> int:
    """The place behind blanks and commas."""
    found = BETWEEN.match(text, place)
    return found.end() if found else place


def _decoded(text: str, place: int) -> tuple[Any, int]:
    """The value at a place and where it ends; one that is broken ends where it begins.

    It is sought in a window, since a decoder counts all lines before a mistake, which of many would take too long.
    """
    size = WINDOW
    while True:
        window, last = text[place : place + size], place + size >= len(text)
        try:
            value, end = DECODER.raw_decode(window)
        except RecursionError:
            return Mistake(1, TOO_DEEP), place
        except json.JSONDecodeError as error:
            cut = error.pos >= len(window) - LITERAL or error.msg.startswith("Unterminated")
            if last or not cut:
                return _mistake(text, place + error.pos, error), place
        else:
            if last or end < len(window) - LITERAL:  # 1.5e-3 may be cut to 1.5e
                return value, place + end
        size *= WIDER


def _mistake(text: str, at: int, error: json.JSONDecodeError) -> Mistake:
    cut = at >= len(text) - 1 or error.msg.startswith("Unterminated")
    shown = " ".join(text[at : at + 20].split()) or "its end"
    return Mistake(error.lineno, f"{error.msg[0].lower()}{error.msg[1:].removesuffix(' at')} at {shown}", cut)


def _placed(values: list[Any], bad: Aside, more: Aside) -> list[tuple[int, Any]]:
    """Each value by its number, None where it is broken or the rest behind one that is."""
    for number, value in enumerate(values, 1):
        if isinstance(value, Mistake):
            bad.add(number, f"line {value.line:,}, {value.wrong}")
        elif value is None:
            more.add(number)
    return [(number, None if isinstance(value, Mistake) else value) for number, value in enumerate(values, 1)]
