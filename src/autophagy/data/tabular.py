"""Tables -> documents: one of each row, of the column that is called a text, or of all its cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..core.errors import Unreadable
from .readers.encodings import composed
from .readers.names import INDEX_NAMES, TEXTS, first_named, liked
from .readers.objects import common, flat
from .readers.prose import prose
from .readers.records import PARTED, read_records
from .readers.spreadsheet import WORKBOOKS
from .readers.turns import TURNS, Talk
from .readers.unpack import without_packing
from .stream.worded import Record, cell_text
from .stream.wording import Wording, wording

TEXT_NAMES = (*TEXTS, "context", *TURNS, "x")
ID_NAMES = ("id", "_id", "doc_id", "custom_id", "uuid", "document", "key", "url", "path", "name")
TITLE_NAMES = ("title", "heading", "headline", "subject", "name")
WHOLE = "No column is called text, so each row was read whole, its cells behind the names of their columns."
SHEETS = (*PARTED, *WORKBOOKS)  # what people keep facts in, where JSON lines and parquet hold texts
Document = tuple[str, str, str]  # id, title, text; without a text, the title says why


def documents_of_table(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    """The documents of a table: which columns are their text, id and title is told by their names.

    A row of a sheet in which none is called as a text is read whole, since people keep facts in it.

    A row that cannot be read comes out as a document without text, whose title says why.
    """
    rows = read_records(data, name)
    told += rows.notes
    flattened, rare = common(
        [None if row is None else {column: _written(cell) for column, cell in flat(row).items()} for row in rows]
    )
    told += rare
    good = [row for row in flattened if row is not None]
    if not good:
        raise Unreadable(name, "holds no JSON objects" if ".js" in name else "holds no rows", "write one a line")
    columns = list(dict.fromkeys(column for row in good for column in row))
    texts = [column for column in columns if any(_is_text(row.get(column)) for row in good)]
    worded = _worded(columns, texts, good)
    if worded is None:
        raise Unreadable(name, "has no column of texts", "call one text")
    sheet = worded.guessed and (without_packing(name.lower()).endswith(SHEETS) or _is_part(worded.called, texts, good))
    facts = [column for column in columns if column in texts or column.lower() not in INDEX_NAMES] if sheet else []
    whole = len(facts) > 1
    if whole or worded.told:
        told.append(WHOLE if whole else worded.told)
    rest = [column for column in columns if whole or column not in worded.columns]
    id_, title = first_named(ID_NAMES, rest), first_named(TITLE_NAMES, rest)
    for number, (row, place) in enumerate(zip(flattened, rows.places, strict=True), 1):
        if row is None:
            yield f"{name}:{number}", rows.reason(place), ""
            continue
        document = str(row.get(id_) or f"{name}:{number}") if id_ else f"{name}:{number}"
        cell = _row(row, facts) if whole else worded.of(row) if len(worded.columns) > 1 else row.get(worded.called)
        good_text = composed(cell) if isinstance(cell, str) else ""
        yield document, str(row.get(title) or "") if title and good_text.strip() else "", good_text


def _worded(columns: Sequence[str], texts: Sequence[str], rows: Sequence[Record]) -> Wording | None:
    """Which of the columns are the text; None where none is."""
    full = [name for name in texts if 2 * sum(bool(row.get(name)) for row in rows) >= len(rows)]
    within = [name for name in full if "." in name]  # such as answers.text, which is no text beside a context
    known = first_named(TEXT_NAMES, [name for name in full if name not in within]) or first_named(TEXT_NAMES, within)
    if known and not any(isinstance(row.get(known), Talk) for row in rows):  # a talk may go on in a column beside it
        return Wording((known,))
    return wording(columns, rows) if texts else None


def _is_part(column: str, texts: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether a column holds less than half of the words of rows beside their id and title: it stands for none."""
    beside = {first_named(ID_NAMES, texts), first_named(TITLE_NAMES, texts)} - {column}
    words = {name: prose(row.get(name) for row in rows)[0] for name in liked(texts) if name not in beside}
    return 2 * words.get(column, 0) < sum(words.values())


def _row(row: Record, columns: Sequence[str]) -> str:
    """What stands in these columns of a row, each cell on a line behind the name of its column."""
    cells = {name: cell_text(row.get(name)) for name in columns}
    return "\n".join(f"{name}: {cell}" if name else cell for name, cell in cells.items() if cell and cell.strip())


def _written(cell: Any) -> Any:
    """The paragraphs, sections or pages of a document as one text; any other cell as it is."""
    if not isinstance(cell, list) or not cell:
        return cell
    parts = [part if isinstance(part, str) else _part(part) for part in cell]
    return "\n\n".join(filter(None, parts)) if all(part is not None for part in parts) else cell


def _part(part: Any) -> str | None:
    """A part of a document: its heading and its text; None where it has no text."""
    if not isinstance(part, dict):
        return None
    words = [name for name in part if isinstance(part[name], str)]
    text = first_named(TEXT_NAMES, words)
    heading = first_named(TITLE_NAMES, [name for name in words if name != text])
    return "\n".join(filter(None, [part[heading] if heading else "", part[text]])) if text else None


def _is_text(cell: Any) -> bool:
    """Whether a cell holds words: in a CSV numbers are strings too."""
    return isinstance(cell, str) and any(map(str.isalpha, cell))
