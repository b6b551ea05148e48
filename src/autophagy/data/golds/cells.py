"""One cell as texts, however it is nested: a text, a number, a list, or the mappings that the hub serves."""

import ast
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

ARRAY = re.compile(r"\barray\((\[.*?\])(?:,\s*dtype=[\w.<>'\"]+)?\)", re.DOTALL)  # as pandas prints an array in a CSV
NUMPY = re.compile(r"(?<=['\"])\s+(?=['\"])")  # ['a' 'b'], as NumPy prints one
WITHIN = (
    "text",
    "texts",
    "value",
    "answer",
    "answers",
    "spans",
    "span",
    "short_answers",
    "aliases",
    "input_text",
    "content",
)
MARKED = re.compile(r"\n####\s*(.+?)\s*$")  # "#### 42", the last line of a solution of GSM8K
# \boxed{...} of MATH, with up to two levels of braces in it
BOXED = re.compile(r"\\boxed\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")


class Broken(ValueError):
    """A cell that holds neither texts nor numbers."""


def text_of(cell: Any) -> str:
    """The cell as one text; a number as it is written, empty where there is none."""
    if isinstance(cell, str):
        return cell.strip()
    known = isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)
    return f"{cell}" if known else ""


def unpacked(cell: Any) -> Any:
    """A list or a mapping that is written as text, as JSON or as Python prints it; anything else as it stands."""
    if not (isinstance(cell, str) and cell.lstrip()[:1] in ("[", "{")):
        return cell
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        pass
    try:
        found = ast.literal_eval(NUMPY.sub(", ", ARRAY.sub(r"\1", cell.strip())))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return cell
    return found if isinstance(found, list | dict) else cell


def texts_of(cell: Any) -> list[str]:
    """The texts of a cell without repetitions, from whatever it is nested in; raises Broken where it holds none."""
    return list(dict.fromkeys(_texts(unpacked(cell))))


def _texts(cell: Any) -> Iterator[str]:
    if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, list | tuple):
        for part in cell:
            yield from _texts(part)
    elif isinstance(cell, Mapping):
        low = {str(key).lower(): value for key, value in cell.items()}
        names = [name for name in WITHIN if name in low]
        if not names:
            raise Broken
        yield from [text for name in names for text in _texts(low[name])] or _counted(low)
    elif isinstance(cell, bool):
        yield "yes" if cell else "no"
    elif text := text_of(cell):
        yield text
    elif not isinstance(cell, str):
        raise Broken


def _counted(cell: Mapping[str, Any]) -> list[str]:
    """The number or the date of an answer that is no span of a text, as DROP writes it."""
    date = cell.get("date")
    parts = [text_of(date.get(part)) for part in ("day", "month", "year")] if isinstance(date, Mapping) else []
    return list(filter(None, [text_of(cell.get("number")) or " ".join(filter(None, parts))]))


def solved(answer: str) -> str:
    """What a worked solution comes to: behind #### (GSM8K), or in the last box (MATH); any other answer as it is."""
    if found := MARKED.search(f"\n{answer}"):
        return found[1]
    boxed = BOXED.findall(answer)
    return boxed[-1].strip() if boxed else answer
