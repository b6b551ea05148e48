"""Records with named parts that a reply holds, as JSON objects or as lines with labels, however a model puts them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.recipe import Refused
from .replies import plain

MENDED = "JSON in prose"  # or with a comma too many
MOST = 1000  # openings at which JSON is looked for
JSON = re.compile(r"\{\s*(?:\"|\Z)")  # where an object begins, also one that was cut
OBJECT = re.compile(r"\{[^{}]*\}")  # an object without others in it
SPARE_COMMA = re.compile(r",(\s*[}\]])")  # "[1, 2, ]", which JSON does not take
DECODER = json.JSONDecoder(strict=False)  # which takes line ends within texts


@dataclass(frozen=True, slots=True)
class Labelled:
    """The parts of one record by name; `text` is what it was, and `mended` what had to be mended to read it."""

    parts: Mapping[str, str]
    text: str = ""
    mended: str = ""
    lacks: tuple[str, ...] = field(default=())


def records_of(reply: str, names: Sequence[str], cut: bool = False) -> list[Labelled | Refused]:
    """The records of a reply in their order; those that cannot be read, or were cut, with their reason.

    `names` are the parts that a record should have; it `lacks` those that are empty. What stands around records is a
    preamble and no item. Nothing is found where a reply has neither objects nor labels.
    """
    text = plain(reply)
    objects = list(_objects(text, names))
    if cut and objects and isinstance(objects[-1], Refused):
        objects[-1] = Refused("cut", objects[-1].text)
    if any(isinstance(each, Labelled) for each in objects):
        return objects
    return list(_lines(text, names, cut)) or objects


def _objects(text: str, names: Sequence[str]) -> Iterator[Labelled | Refused]:
    mended = "" if _is_json(text) else MENDED
    end, open_at = 0, -1
    for start in [match.start() for match in JSON.finditer(text)][:MOST]:
        if start < end:
            continue
        found, end = _object(text, start)
        if isinstance(found, Mapping):
            cells = {str(name).strip().lower(): _cell(value) for name, value in found.items()}
            if cells.keys() & set(names):
                yield _record(cells, names, text[start:end], mended)
            else:
                end = start + 1  # of an object around the records
        elif found is None and end > start:
            yield Refused("broken JSON", text[start:end])
        else:
            open_at = start
    if open_at >= end:
        yield Refused("broken JSON", text[open_at:])


def _object(text: str, start: int) -> tuple[Any, int]:
    """The object that begins there and where it ends; None where it cannot be read, with no end where it has none."""
    try:
        return DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        closed = OBJECT.match(text, start)
    if closed is None:
        return None, 0
    try:
        return DECODER.decode(SPARE_COMMA.sub(r"\1", closed[0])), closed.end()
    except ValueError:
        return None, closed.end()


def _is_json(text: str) -> bool:
    try:
        DECODER.decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _record(cells: Mapping[str, str], names: Sequence[str], text: str, mended: str = "") -> Labelled:
    parts = {name: cells.get(name, "") for name in names}
    return Labelled(parts, text, mended, tuple(name for name in names if not parts[name]))


def _lines(text: str, names: Sequence[str], cut: bool) -> Iterator[Labelled | Refused]:
    """Records whose parts stand behind labels, such as "Question 1:" or "**A:**"; the first label begins the next."""
    either = "|".join(f"{name}|{name[0]}" for name in names)
    label = re.compile(
        rf"^[^\w\n]*(?:\d+[^\w\n]+)?({either})(?:[ \t]*\d+)?[ \t*_]*:[ \t*_]*", re.IGNORECASE | re.MULTILINE
    )
    labels = list(label.finditer(text))
    ends = [*(match.start() for match in labels[1:]), len(text)][: len(labels)]
    records: list[tuple[int, dict[str, str]]] = []
    for match, end in zip(labels, ends, strict=True):
        name = next(name for name in names if match[1].lower() in (name, name[0]))
        if not records or name == names[0] or name in records[-1][1]:
            records.append((match.start(), {}))
        records[-1][1][name] = text[match.end() : end].strip().rstrip("*#-").strip()
    for number, (start, cells) in enumerate(records, 1):
        stop = records[number][0] if number < len(records) else len(text)
        whole = text[start:stop].strip()
        yield Refused("cut", whole) if cut and number == len(records) else _record(cells, names, whole)
