"""JSON and JSON lines -> records: a list, an object a line, or one of the layouts in which libraries write tables."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...core.errors import Unreadable
from ...text.plural import plural
from .encodings import decode, whole
from .notes import Aside, clip
from .torn import BEHIND, PRINTED, parsed, torn
from .turns import conversation, is_chat, spans, unlisted

WRAPPERS = ("data", "rows", "records", "items", "examples", "results", "documents", "questions", "train")
DEEPEST = 3  # objects within objects become columns of their own down to here
TYPED = frozenset(
    ("$oid", "$date", "$uuid", *(f"$number{kind}" for kind in ("Int", "Long", "Double", "Decimal")))
)  # Mongo
CELLS = 10**7  # of a table, from which on a name that hardly any row has is no column
RARE = 0.01  # of the rows
Record = dict[str, Any]


class Records(list[Record | None]):
    """Records in order, None where there should be one; where each stands, and what is to be told."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.notes: list[str] = []
        self.aside: list[Aside] = []

    @property
    def told(self) -> list[str]:
        """What is to be told of how they were read: what was guessed or passed over, and what was set aside."""
        return [*self.notes, *(note for each in self.aside if (note := each.note(len(self))))]

    def reason(self, place: int) -> str:
        """Why there is no record at a place."""
        return next((each.why for each in self.aside if place in each.places), "being no record")

    def shown(self, place: int) -> str:
        """What stands at a place where there is no record, in brackets, of the first one; of the others nothing."""
        found = next((each.example or each.why for each in self.aside if each.place == place), "")
        return f" ({clip(found)})" if found else ""

    def put(self, place: int, record: Record | None) -> None:
        """Add one that stands at a place."""
        self.append(record)
        self.places.append(place)


def unbroken(records: Records, where: str) -> Records:
    """The same records; raises Unreadable where they are one broken object, of which no part is a row."""
    if records.aside and not records.aside[0].place:
        raise Unreadable(where, f"is {records.aside[0].why.removeprefix('being ')}", "mend it there")
    return records


def json_records(data: bytes, nested: bool = False) -> Records:
    """The records of JSON or JSON lines; None, with its line, for what is no record.

    Objects within a record become columns of their own, and conversations texts, unless `nested`.
    Half a character, which JSON can write and no file can hold, becomes U+FFFD.
    """
    text, notes = decode(data)
    bad, more = Aside("being no JSON object", "line"), Aside(BEHIND)
    text = text.strip("\ufeff \r\n\t")
    values, unit = _values(text, bad, more)
    if text.startswith(PRINTED):
        notes = [*notes, "Single quotes were read as those of JSON, since Python prints objects so."]
    values, changed = mended(values) if "\\ud" in text.lower() else (values, 0)
    found = _as_records(values, unit, bad, nested)
    found.aside += [more] if more.count else []
    halves = [f"{plural(changed, 'text')} held half a character, which became U+FFFD."] if changed else []
    found.notes = [*notes, *found.notes, *halves]
    return found


def _values(text: str, bad: Aside, more: Aside) -> tuple[list[tuple[int, Any]], str]:
    """Each value with where it stands; `bad` counts what holds none, and `more` the rest behind one that is broken."""
    value = parsed(text)
    return (list(enumerate(_expanded(value), 1)), "row") if value is not None else torn(text, bad, more)


def _expanded(value: Any) -> list[Any]:
    """The rows of one value: a list, a table in one of pandas' layouts, columns of lists, or one record."""
    if is_chat(value):
        return [{"messages": value}] if isinstance(value, list) else [value]
    if not isinstance(value, dict):
        return value if isinstance(value, list) else [value]
    data, names = value.get("data"), value.get("columns")
    if isinstance(data, list) and isinstance(names, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(_named, names), row, strict=False)) for row in data]
    wrapped = next((value[name] for name in WRAPPERS if is_rows(value.get(name))), None)
    if wrapped is not None:
        return list(wrapped)
    if any(is_chat(cell) for cell in value.values()):
        return [value]
    if is_rows(value.get("messages")):  # of people, beside who they are
        return list(value["messages"])
    lists = [name for name, cell in value.items() if isinstance(cell, list)]
    if len(lists) == 1 and is_rows(value[lists[0]]) and len(value[lists[0]]) > 1:
        return list(value[lists[0]])
    several = sum(is_rows(value[name]) for name in lists) > 1  # tables of their own, and no columns
    if (
        not several
        and len(lists) == len(value) > 0
        and len({len(value[name]) for name in lists}) == 1
        and (len(lists) > 1 or len(value[lists[0]]) > 1)  # one list of one thing may be anything
        and value[lists[0]]
    ):
        return [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]
    inner = list(value.values())
    deeper = [rows for cell in inner if isinstance(cell, dict) and len(rows := _expanded(cell)) > 1]
    if len(deeper) == 1 and 2 * _length(deeper[0]) > _length(value):
        return deeper[0]
    if (
        len(value) > 0
        and all(isinstance(cell, dict) and cell for cell in inner)
        and len({tuple(c) for c in inner}) == 1
    ):
        numbered = all(name.lstrip("-").isdigit() for name in inner[0])
        by_row = all(name.lstrip("-").isdigit() for name in value) or (not numbered and len(value) > len(inner[0]))
        return inner if by_row else [{name: value[name][row] for name in value} for row in inner[0]]
    return [value]


def _length(value: Any) -> int:
    """How long a value is as JSON writes it."""
    return len(json.dumps(value, default=str))


def _named(name: Any) -> str:
    """The name of a column; where pandas has several levels of names, they are parted by points."""
    return ".".join(map(str, name)) if isinstance(name, list) else str(name)


def is_rows(cell: Any) -> bool:
    """Whether a cell is a list of objects."""
    return isinstance(cell, list) and bool(cell) and all(isinstance(row, dict) for row in cell)


def _as_records(values: Sequence[tuple[int, Any]], unit: str, bad: Aside, nested: bool) -> Records:
    """Objects as they are; without any, lists of numbers as `x`, other lists by place, and words as `text`."""
    values = [(place, row) for place, value in values for row in unlisted(value)]
    kinds = [type(value) if not isinstance(value, bool) else type(None) for _, value in values]
    objects = dict in kinds
    found = Records()
    bad.unit = unit
    for place, value in values:
        record = None if objects else _bare(value)
        if isinstance(value, dict):
            record = value if nested else flat(value)
        if record is None and value is not None:
            bad.add(place, json.dumps(value, default=str))
        found.put(place, record)
    found.aside = [bad] if bad.count else []
    if not nested:
        found[:], found.notes = common(found)
    return found


def _bare(value: Any) -> Record | None:
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"x": value}
    if isinstance(value, list) and value:
        if any(isinstance(cell, str) or cell is None for cell in value):
            return {f"column {place}": cell for place, cell in enumerate(value, 1)}
        return {"x": value}
    return None


def flat(record: Mapping[str, Any], before: str = "", depth: int = 1) -> Record:
    """Objects within a record as columns of their own, and the turns of a conversation as one text."""
    flattened: Record = {}
    for name, cell in record.items():
        while isinstance(cell, dict) and len(cell) == 1 and next(iter(cell)) in TYPED:
            cell = next(iter(cell.values()))  # a date may hold a number in turn
        if said := conversation(cell):
            flattened[before + str(name)] = said
        elif (whole_text := spans(cell)) is not None:
            flattened[before + str(name)] = whole_text
        elif isinstance(cell, dict) and cell and depth < DEEPEST and "bytes" not in cell:
            flattened |= flat(cell, f"{before}{name}.", depth + 1)
        else:
            flattened[before + str(name)] = cell
    return flattened


def common(records: Sequence[Record | None]) -> tuple[list[Record | None], list[str]]:
    """The records without the names that hardly any of them has, where all would make a table of too many cells.

    So it is where objects within rows stand under ids of their own, each of which would be a column.
    """
    times = Counter(name for record in records if record is not None for name in record)
    if len(times) * len(records) <= CELLS:
        return list(records), []
    usual = {name for name, count in times.items() if count >= RARE * len(records)}
    left = len(times) - len(usual)
    told = [f"Left out: {left:,} names that fewer than one row in a hundred has."] if left else []
    return [record and {name: cell for name, cell in record.items() if name in usual} for record in records], told


def mended(value: Any) -> tuple[Any, int]:
    """The value with whole characters only, and how many texts in it had to be mended."""
    if isinstance(value, str):
        good = whole(value)
        return good, int(good != value)
    if isinstance(value, list | tuple):
        parts = [mended(part) for part in value]
        return type(value)(part for part, _ in parts), sum(count for _, count in parts)
    if isinstance(value, dict):
        cells = [(whole(name), *mended(cell)) for name, cell in value.items()]
        return {name: cell for name, cell, _ in cells}, sum(count for _, _, count in cells)
    return value, 0
