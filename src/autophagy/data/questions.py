"""Files of questions with their accepted answers.

A file of questions is JSON lines, JSON (a list of objects, or the format of SQuAD), CSV or parquet, gzipped or not.
Its columns are `id`, `question` (or `text`), `answers` (or `answer`: a list, or one; empty where the documents do not
hold it), `evidence` (or `document`: the ids of the documents that hold the answer), `type` and `choices`.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError
from ..core.questions import LETTERS, UNANSWERABLE, Question
from ..core.samples import Samples
from .readers.records import Record, read_records
from .readers.unpack import content, without_packing

READ = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
MARK = b"\xef\xbb\xbf"  # the byte-order mark that spreadsheets write first


def read_questions(path: str | Path) -> tuple[tuple[Question, ...], list[str]]:
    """The questions of a file, and a sentence for each thing that was set aside or taken to mean something.

    Rows that hold no question are set aside and counted. Raises DataError where the file cannot be read, where an id
    occurs twice, and where no row has an answer.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"there is no file of questions {path}: check the path.")
    rows, told = _rows(content(path), path)
    parsed = [_question(row, number) for number, row in enumerate(rows, 1)]
    questions = tuple(question for question in parsed if question)
    _refuse(questions, path)
    return questions, [*told, *_notes(questions, len(rows))]


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
    triples = [(name, title, _text(paragraph.get("context"))) for name, title, paragraph in _paragraphs(articles)]
    names, titles, texts = (np.array(column, np.dtypes.StringDType()) for column in zip(*triples, strict=True))
    return Samples.of(texts, document=names, title=titles), questions, notes


def _rows(data: bytes, path: Path) -> tuple[list[Record | None], list[str]]:
    """One mapping a row, or None where a row is no mapping, and how the file was read."""
    name = without_packing(path.name)
    if not name.endswith(READ) and not data.startswith(b"PAR1"):
        raise DataError(f"{path} is no file of questions: give .jsonl, .json, .csv or .parquet.")
    articles = _articles(_json(data)) if name.endswith(".json") else None
    if articles is not None:
        return list(_squad(articles)), []
    records = read_records(data, str(path))
    return list(records), records.notes


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
        title = _text(fields.get("title")) or f"article-{number}"
        paragraphs = fields.get("paragraphs")
        for place, paragraph in enumerate(paragraphs if isinstance(paragraphs, list) else []):
            yield f"{title}/{place}", title, paragraph if isinstance(paragraph, dict) else {}


def _squad(articles: Sequence[Any]) -> Iterator[Record | None]:
    for name, title, paragraph in _paragraphs(articles):
        rows = paragraph.get("qas")
        for row in rows if isinstance(rows, list) else []:
            if not isinstance(row, dict) or not isinstance(row.get("answers", []), list):
                yield None
                continue
            golds = [gold.get("text") for gold in row.get("answers", []) if isinstance(gold, dict)]
            answers = [] if row.get("is_impossible") else golds
            yield {**row, "answers": answers, "evidence": [name], "source": title}


def _question(row: Record | None, number: int) -> Question | None:
    """The question of a row, or None where it holds none."""
    cells = {str(name).strip().lower(): cell for name, cell in (row or {}).items()}
    text = _text(_first(cells, "question", "text"))
    choices, answers = _several(cells.get("choices")), _several(_first(cells, "answers", "answer"))
    evidence = _several(_first(cells, "evidence", "document"))
    if not text or choices is None or answers is None or evidence is None:
        return None
    chosen = _chosen(answers, choices) if choices else answers
    if chosen is None:
        return None
    type_ = _text(cells.get("type")) or ("one-fact" if chosen else UNANSWERABLE)
    name = _text(cells.get("id")) or str(number)
    return Question(name, text, chosen, evidence, type_, choices, _text(cells.get("source")))


def _first(cells: Mapping[str, Any], *names: str) -> Any:
    return next((cells[name] for name in names if cells.get(name) is not None), None)


def _text(cell: Any) -> str:
    """The cell as one text; a number as it is written, empty where there is none."""
    if isinstance(cell, str):
        return cell.strip()
    known = isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)
    return f"{cell}" if known else ""


def _several(cell: Any) -> tuple[str, ...] | None:
    """The cell as texts without repetitions: a list, a list in JSON, or one; None where it is something else."""
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        listed = _json(cell.encode())
        cell = listed if isinstance(listed, list) else cell
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ()
    cells = cell if isinstance(cell, list) else [cell]
    texts = [_text(part) for part in cells]
    broken = any(not text and part is not None and part != "" for part, text in zip(cells, texts, strict=True))
    return None if broken else tuple(dict.fromkeys(filter(None, texts)))


def _chosen(answers: tuple[str, ...], choices: tuple[str, ...]) -> tuple[str, ...] | None:
    """The answers as they stand among the choices, given in full, by letter or by place from 0; None if one does not.

    A word that is a choice is that choice, even where it is a letter or a number.
    """
    places = {str(place): choice for place, choice in enumerate(choices)}
    names = dict(zip(LETTERS, choices, strict=False)) | places | {choice: choice for choice in choices}
    return tuple(names[answer] for answer in answers) if all(answer in names for answer in answers) else None


def _refuse(questions: Sequence[Question], path: Path) -> None:
    if not questions:
        raise DataError(f"{path} holds no question: give rows with the columns question and answers.")
    if not any(question.answers for question in questions):
        raise DataError(f"{path} holds questions without answers: add a column answers with what is right.")
    name, times = Counter(question.id for question in questions).most_common(1)[0]
    if times > 1:
        raise DataError(f"{path} has {times} questions with the id {name!r}: give each an id of its own.")


def _notes(questions: Sequence[Question], rows: int) -> list[str]:
    bad, empty = rows - len(questions), sum(not question.answers for question in questions)
    notes = [f"{bad} rows were set aside because they hold no readable question."] if bad else []
    if empty:
        notes.append(f"{empty} questions have no answer: they count as questions that the documents do not answer.")
    return notes
