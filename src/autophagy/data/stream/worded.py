"""What a cell of a record holds: words, a conversation, or a list of texts; and its text."""

from collections.abc import Mapping
from typing import Any

from ..readers.turns import Talk, conversation, spans

Record = Mapping[str, Any]


def cell_of(record: Record, name: str) -> Any:
    """The cell of a column, or where its name has dots what stands there within objects, such as answer.text."""
    if name in record or "." not in name:
        return record.get(name)
    first, _, rest = name.partition(".")
    inner = record.get(first)
    return cell_of(inner, rest) if isinstance(inner, Mapping) else None


def cell_text(cell: Any) -> str | None:
    """A cell as text: words, a number, the turns of a conversation or the words of a list; None where it is none."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return cell.decode(errors="replace")
    if isinstance(cell, bool | int | float):
        return str(cell)
    if parts := _parts(cell):
        return ("\n\n" if any(" " in part for part in parts) else " ").join(parts)  # texts, or the words of one
    return conversation(cell) or spans(cell)


def is_text(cell: Any) -> bool:
    """Whether a cell is a text, be it empty or a number."""
    return isinstance(cell, str | bytes)


def is_words(cell: Any) -> bool:
    """Whether a cell holds words: in a CSV numbers are texts too."""
    return isinstance(cell, bytes) or (isinstance(cell, str) and (not cell or any(map(str.isalpha, cell))))


def is_list(cell: Any) -> bool:
    """Whether a cell is a list of texts or of words, between which there may be marks."""
    return any(map(is_words, filter(None, _parts(cell))))


def _parts(cell: Any) -> list[str]:
    """The texts of a list, of which one may be a list of its words; none where it holds anything else."""
    if not isinstance(cell, list):
        return []
    parts = [" ".join(_parts(part)) if isinstance(part, list) else part for part in cell]
    return parts if all(isinstance(part, str) for part in parts) else []


def is_talk(cell: Any) -> bool:
    """Whether a cell is a conversation, or was one before it became a text."""
    return isinstance(cell, Talk) or bool(conversation(cell))
