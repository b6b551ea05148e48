"""Plain logs: a row an answer, whose columns are known by their names."""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...core.errors import UsageError
from ...core.logged import Log, Logged
from ...core.questions import LETTERS, Answer, Question
from ...text.plural import plural
from ..golds.cells import text_of, unpacked
from ..golds.instructed import ARGUMENTS, IDS, instructed
from ..golds.readings import any_way
from ..golds.rows import Asked, asked
from ..readers.records import Record
from .build import LogBuilder, LogFile, NotRead
from .cells import date_of, first, is_nan, name_of, number_of, stop_of

_ANSWER = """
response completion prediction model_answer model_output generated_text generated reply output answer
"""
ANSWER = _ANSWER.split()  # the first that is filled is taken; what another holds may be what is right
MODEL = ("model", "model_id", "model_name", "engine", "deployment")
ID = ("id", "question_id", "prompt_id", "custom_id", "example_id")
SOURCE = ("cluster", "cluster_id", "document_id", "doc_id", "document", "passage_id", "context_id")  # several prompts'
TASK = ("task", "suite", "dataset", "benchmark")
TYPE = ("type", "category", "class", "subject")
SAMPLE = ("sample", "trial", "repeat", "epoch", "trail")
SECONDS, THOUSANDTHS = ("seconds", "latency", "latency_s", "duration", "elapsed"), ("latency_ms", "duration_ms")
TOKENS_IN = ("tokens_in", "prompt_tokens", "input_tokens")
TOKENS_OUT = ("tokens_out", "completion_tokens", "output_tokens", "answer_token", "answer_tokens", "tokens")
MONEY = ("money", "cost", "cost_usd", "price")
DATE = ("date", "timestamp", "created_at", "created", "time", "day")
STOP = ("stop", "finish_reason", "stop_reason")
VERDICTS = ("correct", "is_correct", "right", "passed")  # marks that are 0 or 1
MARKS = (*VERDICTS, "score", "mark", "rating")
ALONE = "prompts"  # the task of a log that names none, so that two such logs hold the same task


def fits(row: Record) -> bool:
    """Whether a row has a column for an answer."""
    return any(str(name).strip().casefold() in ANSWER for name in row)


def read(files: Sequence[LogFile], where: str) -> Log:
    """The Log of files with a row an answer; raises DataError where none of their rows can be read."""
    found, reader = LogBuilder(), _Reader()
    for file in files:
        reader.file = file
        found.read(file, reader)
    found.notes += reader.told()
    found.guess(reader.rules)
    return found.log(where)


class _Reader:
    """Rows to answers; what was guessed on the way is counted."""

    def __init__(self) -> None:
        self.file = LogFile("", (), ())
        self.rules: dict[str, tuple[str, str]] = {}
        self._columns: Counter[tuple[str, str]] = Counter()
        self._samples: Counter[tuple[str, str, str]] = Counter()
        self._texts: dict[tuple[str, str], str] = {}
        self._repeats = 0
        self._unnamed: Counter[str] = Counter()

    def __call__(self, record: Record) -> Iterator[Logged]:
        cells = {str(name).strip().casefold(): cell for name, cell in record.items()}
        by, text = self._answer(cells)
        task = text_of(first(cells, TASK)) or ALONE
        question = self._question(cells, by, task)
        if first(cells, ("strict",)):
            strict = str(cells["strict"])
            self.rules.setdefault(task, (strict, str(first(cells, ("lenient",)) or strict)))
        model = text_of(first(cells, MODEL))
        if not model:
            model = self.file.stem
            self._unnamed[model] += 1
        seconds, thousandths = number_of(first(cells, SECONDS)), number_of(first(cells, THOUSANDTHS))
        answer = Answer(
            question.id,
            text,
            tokens_in=number_of(first(cells, TOKENS_IN)),
            tokens_out=number_of(first(cells, TOKENS_OUT)),
            seconds=thousandths / 1000 if is_nan(seconds) else seconds,
            error=text_of(first(cells, ("error",))),
            stop=stop_of(first(cells, STOP)),
        )
        yield Logged(
            task,
            question,
            answer,
            model,
            self._sample(cells, (task, question.id, model)),
            money=number_of(first(cells, MONEY)),
            date=date_of(first(cells, DATE)),
            fingerprint=text_of(first(cells, ("fingerprint", "system_fingerprint"))),
            marks=_marks(cells),
        )

    def _answer(self, cells: Mapping[str, Any]) -> tuple[str, str]:
        """The column of the answer, and the answer: "" where there is an error instead."""
        by = next((name for name in ANSWER if cells.get(name) is not None and not is_nan(cells[name])), "")
        if not by and not first(cells, ("error",)):
            raise NotRead(f"it has no answer in {', '.join(ANSWER)}")
        self._columns[by, "answer"] += by not in ("", "answer")
        cell = cells.get(by, "")
        return by, cell if isinstance(cell, str) else text_of(cell) or json.dumps(cell, default=str)

    def _question(self, cells: Mapping[str, Any], by: str, task: str) -> Question:
        """The question, by its id, or by what it asks where it has none."""
        rest = {name: cell for name, cell in cells.items() if name != by and is_nan(_mark(name, cell))}
        name = text_of(first(cells, ID))
        row = asked(rest)
        if isinstance(row, str):
            if not name:
                raise NotRead(row)
            row = Asked("", ())
        for column, what in row.columns:
            self._columns[column, "prompt" if what == "question" else "answer that is right"] += 1
        name = f"{task}/{(name or name_of(row.text)).removeprefix(f'{task}/')}"
        if self._texts.setdefault((task, name), row.text) != row.text:
            raise NotRead(f"its id {name!r} is that of another prompt")
        type_, tests = text_of(first(cells, TYPE)) or task, text_of(cells.get("tests"))
        source = next((column for column in SOURCE if first(cells, (column,)) is not None), "")
        self._columns[source, "source that prompts share"] += bool(source)
        document = text_of(cells.get(source))
        return Question(name, row.text, _golds(row), (), type_, row.choices, document, _instructions(cells), tests)

    def _sample(self, cells: Mapping[str, Any], key: tuple[str, str, str]) -> int:
        """The number that the row gives, else how many answers to the question there were before it."""
        number = number_of(first(cells, SAMPLE))
        if not is_nan(number):
            return int(number)
        self._samples[key] += 1
        self._repeats += self._samples[key] > 1
        return self._samples[key] - 1

    def told(self) -> Iterator[str]:
        """A sentence for each thing that was guessed."""
        for (column, what), times in self._columns.items():
            if times:
                yield f"the column {column!r} was read as the {what} of {plural(times, 'row')}."
        for model, times in self._unnamed.items():
            yield f"{plural(times, 'answer')} without a model taken to be of {model!r}, after the file."
        if self._repeats:
            yield f"{plural(self._repeats, 'answer')} to a question that was answered before: further samples of it."


def _instructions(cells: Mapping[str, Any]) -> tuple[str, ...]:
    """What the answer must obey; IFEval's ids say nothing without their arguments."""
    known = {name: cell for name, cell in cells.items() if name != IDS or ARGUMENTS in cells}
    try:
        return instructed(known)
    except UsageError as why:
        raise NotRead(f"{why}".removesuffix(".")) from None


def _golds(row: Asked) -> tuple[str, ...]:
    """What is right; of choices their letters where a prompt shows these, else the choices themselves."""
    if not row.choices:
        return row.answers
    found = [any_way(gold, row) for gold in row.answers]
    if None in found:
        return row.answers
    right = [choice for choice in found if choice is not None]
    shown = all(f"({letter})" in row.text for letter in LETTERS[: len(row.choices)])
    return tuple(LETTERS[row.choices.index(choice)] for choice in right) if shown else tuple(right)


def _marks(cells: Mapping[str, Any]) -> Mapping[str, float]:
    """The marks that a row holds: a column of marks by name, and those that are called correct, score or the like."""
    given = unpacked(cells.get("marks"))
    marks = {str(name): number_of(mark) for name, mark in given.items()} if isinstance(given, Mapping) else {}
    written = {name: _mark(name, cell) for name, cell in cells.items()}
    return {**marks, **{name: mark for name, mark in written.items() if not is_nan(mark)}}


def _mark(name: str, cell: Any) -> float:
    """The mark of a column, NaN where it holds none, as a column called correct that names an option."""
    if name not in MARKS:
        return math.nan
    words = {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}
    mark = words.get(cell.strip().casefold(), number_of(cell)) if isinstance(cell, str) else number_of(cell)
    return mark if name not in VERDICTS or mark in (0, 1) else math.nan
