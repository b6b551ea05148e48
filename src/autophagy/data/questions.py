"""Files of questions with their accepted answers.

A file of questions is JSON lines, JSON (a list of objects, or the format of SQuAD), CSV or parquet, gzipped or not.
Its columns are `id`, `question` (or `text`), `answers` (or `answer`: a list, or one; empty where the documents do not
hold it), `evidence` (or `document`: the ids of the documents that hold the answer), `type` and `choices`. What an
answer must obey stands in `instructions`, or in IFEval's `instruction_id_list` and `kwargs`; those in `attach` are also
added to the question, each as a sentence.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError, UsageError
from ..core.memory import InMemory
from ..core.questions import UNANSWERABLE, Question
from ..core.samples import Samples
from ..text.instructions import attach
from ..text.plural import plural
from .golds.cells import Broken, text_of, texts_of
from .golds.instructed import ATTACHED, IDS, instructed
from .golds.judged import judged
from .golds.readings import Reading, by_text, way_of
from .golds.rows import Asked, asked
from .golds.unnamed import with_names
from .readers.notes import clip
from .readers.records import Record, read_records
from .readers.spreadsheet import WORKBOOKS
from .readers.unpack import content, without_packing

PROMPT = "prompt"  # the type of a prompt without an accepted answer, of which a rule may say what is right
READ = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", *WORKBOOKS)
NO_ROW = "it is no row of columns"
MARK = b"\xef\xbb\xbf"  # the byte-order mark that spreadsheets write first


def read_questions(path: str | Path) -> tuple[tuple[Question, ...], list[str]]:
    """The questions of a file, and a sentence for each thing that was set aside or taken to mean something.

    Rows that hold no question are set aside and counted. Raises DataError where the file cannot be read, where an id
    occurs twice, and where no row has an answer.
    """
    questions, notes = _read(path, UNANSWERABLE)
    if not any(question.answers or question.ruled for question in questions):
        raise DataError(f"{path} holds questions without answers: add a column answers with what is right.")
    return questions, [*notes, *_unanswered(questions)]


def read_prompts(path: str | Path) -> tuple[tuple[Question, ...], list[str]]:
    """The prompts of a file, with the accepted answers where they are known, and the notes.

    A file of questions is one of prompts. Their columns may also be `instructions`, which an answer must obey, and
    `tests`, the Python code that one must pass. Raises DataError as read_questions does, but for missing answers.
    """
    questions, notes = _read(path, PROMPT)
    bare = sum(not (question.answers or question.ruled) for question in questions)
    if 0 < bare < len(questions):
        notes.append(f"{bare} of {len(questions)} prompts have no accepted answer: nothing says what is right there.")
    return questions, notes


def _read(path: str | Path, bare: str) -> tuple[tuple[Question, ...], list[str]]:
    """The questions of a file and the notes; `bare` is the type of those without an answer and a type of their own."""
    where = f"{path}"
    if isinstance(path, InMemory):
        rows, told = _rows(path.content(), Path(path), where)
    elif not Path(path).is_file():
        raise DataError(f"there is no file of questions {path}: check the path.")
    else:
        rows, told = _rows(content(Path(path)), Path(path), where)
    questions, notes = _questions(rows, bare)
    _refuse(questions, where, notes)
    return questions, [*told, *notes]


def read_squad(path: str | Path) -> tuple[Samples, tuple[Question, ...], list[str]]:
    """The paragraphs of a SQuAD file as documents (columns `document` and `title`), its questions, and the notes.

    A document's id is the title of its article and the number of the paragraph in it; questions are clustered by
    article. Raises DataError as read_questions does.

    Ref: Rajpurkar, Zhang, Lopyrev and Liang (2016); Rajpurkar, Jia and Liang (2018).
    """
    questions, notes = read_questions(path)
    articles = _articles(_json(content(Path(path))))
    if articles is None:
        raise DataError(f"{path} is not in the format of SQuAD: give a file with data, paragraphs and qas.")
    triples = [(name, title, text_of(paragraph.get("context"))) for name, title, paragraph in _paragraphs(articles)]
    names, titles, texts = (np.array(column, np.dtypes.StringDType()) for column in zip(*triples, strict=True))
    return Samples.of(texts, document=names, title=titles), questions, notes


def read_paragraphs(path: str | Path) -> dict[str, str]:
    """The paragraphs of a SQuAD file by their ids; none where it is no such file."""
    if isinstance(path, InMemory) or not without_packing(Path(path).name).endswith(".json"):
        return {}
    articles = _articles(_json(content(Path(path)))) or []
    return {name: text_of(paragraph.get("context")) for name, _, paragraph in _paragraphs(articles)}


def _rows(data: bytes, path: Path, where: str) -> tuple[list[Record | str], list[str]]:
    """One mapping a row, or why a row is none, and how the file was read."""
    name = without_packing(path.name)
    if not name.endswith(READ) and not data.startswith(b"PAR1"):
        raise DataError(f"{where} is no file of questions: give .jsonl, .json, .csv, .xlsx or .parquet.")
    articles = _articles(_json(data)) if name.endswith(".json") else None
    if articles is not None:
        return list(_squad(articles)), []
    data, told = with_names(data) if name.endswith(".csv") else (data, [])
    records = read_records(data, where if data.startswith(b"PAR1") else str(path))
    placed = zip(records.places, records, strict=True)
    rows = [f"{NO_ROW}{records.shown(place)}" if row is None else row for place, row in placed]
    rows, marked = judged(rows)
    return rows, [*told, *records.notes, *marked]


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.removeprefix(MARK))
    except (ValueError, RecursionError):
        return None


def _articles(whole: Any) -> list[Any] | None:
    """The articles of a document in the format of SQuAD, or None where it is something else."""
    articles = whole.get("data") if isinstance(whole, dict) else None
    return articles if isinstance(articles, list) else None


def _paragraphs(articles: Sequence[Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each paragraph with its id and the title of its article."""
    for number, article in enumerate(articles):
        fields = article if isinstance(article, dict) else {}
        title = text_of(fields.get("title")) or f"article-{number}"
        paragraphs = fields.get("paragraphs")
        for place, paragraph in enumerate(paragraphs if isinstance(paragraphs, list) else []):
            yield f"{title}/{place}", title, paragraph if isinstance(paragraph, dict) else {}


def _squad(articles: Sequence[Any]) -> Iterator[Record | str]:
    for name, title, paragraph in _paragraphs(articles):
        rows = paragraph.get("qas")
        for row in rows if isinstance(rows, list) else []:
            if not isinstance(row, dict) or not isinstance(row.get("answers", []), list):
                yield NO_ROW
                continue
            golds = [gold.get("text") for gold in row.get("answers", []) if isinstance(gold, dict)]
            answers = [] if row.get("is_impossible") else golds
            yield {**row, "answers": answers, "evidence": [name], "source": title}


def _questions(rows: Sequence[Record | str], bare: str) -> tuple[tuple[Question, ...], list[str]]:
    """The questions of the rows, what is right read in one way through all of them, and how each thing was read."""
    read = [row if isinstance(row, str) else asked(row) for row in rows]
    chosen = [row for row in read if isinstance(row, Asked) and row.choices and row.answers]
    name, way = way_of(chosen) if chosen else ("", by_text)
    questions: list[Question] = []
    aside: list[tuple[int, str]] = []
    for number, row in enumerate(read, 1):
        found = _question(row, way, number, bare) if isinstance(row, Asked) else row
        if isinstance(found, Question):
            questions.append(found)
        else:
            aside.append((number, found))
    known = [row for row in read if isinstance(row, Asked)]
    return tuple(questions), [*_aside(aside, len(rows)), *_guesses(known), *_way(name, way, chosen)]


def _question(row: Asked, way: Reading, number: int, bare: str) -> Question | str:
    """The question of a row, or why it is none."""
    golds = row.answers
    if row.choices:
        places = [way(answer, row) for answer in row.answers]
        if None in places:
            return f"its answer {row.answers[places.index(None)]!r} is none of its choices"
        golds = tuple(dict.fromkeys(filter(None, places)))
    try:
        evidence = tuple(texts_of(row.evidence))
    except Broken:
        return "its evidence cannot be read"
    try:
        obeyed, added = instructed(row.cells), instructed(row.cells, ATTACHED)
    except UsageError as error:
        return f"{error}".removesuffix(".")
    source, tests = text_of(row.cells.get("source")), text_of(row.cells.get("tests"))
    type_ = text_of(row.cells.get("type")) or ("one-fact" if golds else PROMPT if obeyed or added or tests else bare)
    name = text_of(row.cells.get("id")) or (text_of(row.cells.get("key")) if row.cells.get(IDS) else "") or str(number)
    return attach(Question(name, row.text, golds, evidence, type_, row.choices, source, obeyed, tests), added)


def _aside(aside: Sequence[tuple[int, str]], rows: int) -> list[str]:
    if not aside:
        return []
    number, why = aside[0]
    one = len(aside) == 1
    told = f"{len(aside)} of {rows} rows {'was' if one else 'were'} set aside for holding no readable question"
    return [f"{told}; the first is row {number}: {why}."]


def _guesses(rows: Sequence[Asked]) -> list[str]:
    """A sentence for each unusual column, and for each way of writing an answer that was taken to mean another."""
    columns = Counter(pair for row in rows for pair in row.columns)
    notes = [
        f"the column {name!r} was read as the {what} of {plural(times, 'row')}."
        for (name, what), times in columns.items()
    ]
    if worked := sum(row.worked for row in rows):
        notes.append(f"of {worked} answers only the result was read, which stands behind #### or in the box.")
    if barred := sum("|" in answer for row in rows if not row.choices for answer in row.answers):
        notes.append(f'{plural(barred, "answer")} with a | was read as one: write several as a list, ["a", "b"].')
    if any(row.truth for row in rows):
        notes.append("true and false were read as the answers yes and no.")
    return notes


def _way(name: str, way: Reading, rows: Sequence[Asked]) -> list[str]:
    """How the answers of multiple-choice questions were read, unless they are the choices themselves."""
    if not rows or way is by_text:
        return []
    example = next((row for row in rows if way(row.answers[0], row) is not None), None)
    shown = f": the answer {example.answers[0]!r} is {way(example.answers[0], example)!r}" if example else ""
    return [f"the answers of {len(rows)} multiple-choice questions were read as {name}{shown}."]


def _refuse(questions: Sequence[Question], path: str, notes: Sequence[str]) -> None:
    if not questions:
        why = f" ({notes[0].rstrip('.')})" if notes else ""
        raise DataError(f"{path} holds no question{why}: give rows with the columns question and answers.")
    name, times = Counter(question.id for question in questions).most_common(1)[0]
    if times > 1:
        raise DataError(f"{path} has {times} questions with the id {name!r}: give each an id of its own.")


def _unanswered(questions: Sequence[Question]) -> list[str]:
    empty = [clip(question.text) for question in questions if not (question.answers or question.ruled)]
    if len(empty) == 1:
        return [f"1 question has no answer and counts as one that the documents do not answer: {empty[0]}"]
    many = f"{len(empty)} questions have no answer and count as ones that the documents do not answer, the first:"
    return [f"{many} {empty[0]}"] if empty else []
