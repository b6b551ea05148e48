"""Which columns are the text: the one that was named, known names, a question with its answer, or the longest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..readers import names
from ..readers.names import first_named, liked
from ..readers.objects import flat
from ..readers.prose import prose
from ..readers.turns import TURNS, Talk, conversation
from .worded import Record, cell_of, cell_text, is_list, is_talk, is_text, is_words

TEXTS = (*names.TEXTS[1:], "context", *TURNS)  # text itself goes before conversations
SAID = (
    "abstract",
    "transcript",
    "tweet",
    "message",
    "review",
    "comment",
    "description",
    "summary",
)  # the longest of them
ASKED = ("instruction", "prompt", "question", "query", "user_input", "input", "input_text", *names.ASKED)
FURTHER = ("input",)  # what an instruction is about
ANSWERED = (
    *("output", "response", "answer", "completion", "chosen", "preferred_output", "answers", "output_text"),
    *names.ANSWERED,
)
TIMES = 3  # a list with so many times the prose of the longest words beside it is the text, and they are its title
FEWEST = 10  # one row in so many has words in a column that is the text, of those that the fullest has


@dataclass(frozen=True)
class Wording:
    """The columns that make the text of a row, parted by blank lines where they are several, and how it is told.

    It is `guessed` where no column is called a text, though one may be a description of what stands beside it.
    """

    columns: tuple[str, ...]
    told: str = ""
    guessed: bool = False

    @property
    def called(self) -> str:
        """The columns by name."""
        return " + ".join(self.columns)

    def of(self, record: Record) -> str | None:
        """The text of a row; None where it has none."""
        cells = [cell_text(cell_of(record, name)) for name in self.columns]
        if len(cells) == 1:
            return cells[0]
        return "\n\n".join(filter(None, cells)) if any(cell is not None for cell in cells) else None


def wording(columns: Sequence[str], sample: Sequence[Record], column: str | None = None) -> Wording | None:
    """The columns that make the text of rows such as the sample; None where there are none.

    It is the `column` that was named; else `text`; the turns of a conversation; a question or an instruction with its
    answer; a column of words called content, body or the like; each of these also within objects; or the column with
    most prose.
    """
    if column is not None:
        inside = any(cell_of(row, column) is not None for row in sample)
        return Wording((column,)) if column in columns or inside else None
    flattened = [flat(row) for row in sample]
    within = [name for name in dict.fromkeys(name for row in flattened for name in row) if "." in name]
    return (
        _known(columns, sample)
        or _known([name for name in within if name not in columns], flattened)
        or _longest([*columns, *(name for name in within if name not in columns)], sample)
        or _listed(columns, sample)
    )


def _known(columns: Sequence[str], sample: Sequence[Record]) -> Wording | None:
    """The columns of the text by what they are called, or by holding conversations."""
    filled = {name: sum(bool(row.get(name)) and is_words(row.get(name)) for row in sample) for name in columns}
    most = max(filled.values(), default=0)
    worded = [name for name in columns if filled[name] and FEWEST * filled[name] >= most]
    if text := first_named(("text",), [*_holding(is_text, columns, sample), *_holding(is_list, columns, sample)]):
        return Wording((text,), f"The text is the column {text}." if "." in text else "")
    if turns := _holding(is_talk, columns, sample):
        return _talks(turns, sample)
    if first_named(TURNS, _holding(is_list, columns, sample)):
        return _listed(columns, sample)
    asked, answered = _meant(ASKED, worded), _meant(ANSWERED, columns)
    if asked and answered and asked != answered:
        inputs = first_named(FURTHER, columns) if asked.lower() == ASKED[0] else None
        pair = tuple(filter(None, (asked, inputs, answered)))
        return _several(pair)
    said = [name for name in worded if first_named(SAID, [name])]
    longest = max(liked(said), key=lambda name: prose(row.get(name) for row in sample), default=None)
    text = first_named(TEXTS, worded)
    if called := text or longest:
        return Wording((called,), f"The text is the column {called}.", guessed=not text)
    return None


def _talks(turns: Sequence[str], sample: Sequence[Record]) -> Wording:
    """The column of conversations, and the answer that was chosen where it stands in a column of its own."""
    good = liked(turns)
    first = first_named((*TURNS, *ASKED), good) or good[0]
    answer = first_named(ANSWERED, [name for name in good if name != first])
    pairs = [(_talk(row.get(first)), _talk(row.get(answer))) for row in sample] if answer else []
    if answer and pairs and not any(talk and reply in talk for talk, reply in pairs):
        if not any(talk and reply.startswith(talk) for talk, reply in pairs):
            return _several((first, answer))
        first = answer
    return Wording((first,), f"The text is the column {first}, each turn behind its role.")


def _talk(cell: Any) -> str:
    return cell if isinstance(cell, Talk) else conversation(cell)


def _several(columns: tuple[str, ...]) -> Wording:
    return Wording(columns, f"The text is the columns {', '.join(columns)} with blank lines between them.")


def _longest(columns: Sequence[str], sample: Sequence[Record]) -> Wording | None:
    """The column with most prose, where any holds words."""
    cells = {name: [cell_of(row, name) for row in sample] for name in columns}
    filled = {name: sum(map(is_words, filter(None, cells[name]))) for name in columns}
    worded = [name for name in columns if 2 * filled[name] >= max(filled.values()) > 0]  # and not a remark on few rows
    if not worded:
        return None
    longest = max(liked(worded), key=lambda name: prose(cells[name]))
    more = ", which holds the longest texts" if len(worded) > 1 else ", the only one of words"
    listed = _holding(is_list, columns, sample)
    if len(listed) == 1 and _letters(cells[listed[0]]) > TIMES * _letters(cells[longest]):
        return _listed(columns, sample)
    beside = f" (but for {' and '.join(listed)}, of lists)" if listed else ""
    called = longest or "(no name)"
    return Wording(
        (longest,),
        f"The text is the column {called}{more}{beside}: if you mean another, call that one text.",
        guessed=True,
    )


def _listed(columns: Sequence[str], sample: Sequence[Record]) -> Wording | None:
    """The column of lists of texts: one that is called a conversation, or the one with most prose."""
    lists = _holding(is_list, columns, sample)
    if not lists:
        return None
    longest = max(lists, key=lambda name: _letters(row.get(name) for row in sample))
    called = first_named(TURNS, lists) or longest
    return Wording((called,), f"The text is the column {called}, where the texts of a list are joined.")


def _letters(cells: Iterable[Any]) -> int:
    return prose(map(cell_text, cells))[0]


def _holding(what: Callable[[Any], bool], columns: Sequence[str], sample: Sequence[Record]) -> list[str]:
    """The columns of which a cell or more is that."""
    return [name for name in columns if any(what(row.get(name)) for row in sample)]


def _meant(meant: Sequence[str], columns: Sequence[str]) -> str | None:
    """The column of the first of the names, or the only one whose last word is one of them, such as user_query."""
    ending = [column for column in columns if column.lower().rpartition("_")[2] in meant]
    return first_named(meant, columns) or (ending[0] if len(ending) == 1 else None)
