"""Our own snapshots: the lines of prompts.jsonl and of answers.jsonl, and the Log that a folder of them is."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from ...core.errors import DataError, RecordError
from ...core.files import Line, read_lines
from ...core.known import or_nan, or_null
from ...core.logged import Log, Logged, Task
from ...core.parts import Part
from ...core.questions import Answer, Question

PROMPTS, ANSWERS = "prompts.jsonl", "answers.jsonl"
Key = tuple[str, str, int]  # a task, the id of a prompt, and the number of an answer to it
COUNTED = ("seconds", "tokens_in", "tokens_out")


def is_snapshot(path: str | Path) -> bool:
    """Whether a path is a folder that `autophagy drift record` wrote."""
    return (Path(path) / PROMPTS).is_file()


def prompt_line(task: Task, question: Question) -> Line:
    """A prompt as a line: the question, the rules of its task, and the digest of what is asked."""
    asked = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(question).items()}
    rules = {"strict": str(task.strict), "lenient": str(task.lenient), "title": task.title, "counts": task.counts}
    return {"task": task.name, **asked, **rules, "digest": prompt_digest(question)}


def prompt_digest(question: Question) -> str:
    """A SHA-256 of the text that is sent."""
    return hashlib.sha256(question.text.encode("utf-8", "replace")).hexdigest()


def read_prompt(line: Line) -> tuple[Task, Question]:
    """What `prompt_line` made."""
    cells = {each.name: line[each.name] for each in fields(Question)}
    known: dict[str, Any] = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in cells.items()}
    question = Question(**known)
    rules = Part.parse(line["strict"]), Part.parse(line["lenient"])
    return Task(line["task"], *rules, line["title"], line["counts"]), question


def answer_line(row: Logged, seed: int) -> Line:
    """An answer as a line; `seed` is what it was drawn with."""
    answer = row.answer
    return {
        "task": row.task,
        "id": row.question.id,
        "sample": row.sample,
        "text": answer.text,
        "stop": answer.stop,
        "error": answer.error,
        "model": row.model,
        "fingerprint": row.fingerprint,
        "date": row.date,
        **{name: or_null(getattr(answer, name)) for name in COUNTED},
        "money": or_null(row.money),
        "seed": seed,
    }


def key_of(line: Line) -> Key:
    """Which answer a line holds."""
    return line["task"], line["id"], line["sample"]


def settled(line: Line) -> bool:
    """Whether a line holds what the model said, if only that it was cut or blocked, and no failure on the way."""
    return not line["error"] or bool(line["stop"])


def last_lines(lines: Iterable[Line]) -> dict[Key, Line]:
    """The line that counts of each answer: the last one, for what failed is asked again."""
    return {key_of(line): line for line in lines}


def read_snapshot(folder: str | Path) -> Log:
    """The answers of a snapshot folder, finished or not, in the order of its prompts.

    Raises DataError where there is no answer yet or a line is not one of a snapshot, RecordError where one is damaged.
    """
    folder = Path(folder)
    try:
        prompts = [read_prompt(line) for line in read_lines(folder / PROMPTS)]
        lines = last_lines(read_lines(folder / ANSWERS))
        asked = {(task.name, question.id): question for task, question in prompts}
        order = {name: place for place, name in enumerate(asked)}
        ranked = sorted(lines.values(), key=lambda line: (order[line["task"], line["id"]], line["sample"]))
        rows = [_logged(line, asked[line["task"], line["id"]]) for line in ranked]
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{folder} has a line that is none of a snapshot ({error}): record it once more.") from error
    if not rows:
        raise DataError(f"{folder} holds no answer yet: go on with autophagy drift record --resume --out {folder}.")
    used = {row.task for row in rows}
    tasks = {task.name: task for task, _ in prompts if task.name in used}
    return Log(tasks, rows, 0, tuple(_notes(folder, lines.values(), prompts)))


def _logged(line: Line, question: Question) -> Logged:
    counted: dict[str, Any] = {name: or_nan(line[name]) for name in COUNTED}
    answer = Answer(line["id"], line["text"], error=line["error"], stop=line["stop"], **counted)
    money = or_nan(line["money"])
    sample, date = line["sample"], line["date"]
    return Logged(line["task"], question, answer, line["model"], sample, money, date, line["fingerprint"])


def _notes(folder: Path, lines: Iterable[Line], prompts: list[Any]) -> list[str]:
    """What must be known of the answers beside what they say."""
    failed = Counter(line["error"] for line in lines if not settled(line))
    unasked = len(prompts) - len({key_of(line)[:2] for line in lines})
    told = []
    if failed:
        why, _ = failed.most_common(1)[0]
        told.append(f"{failed.total():,} answers of {folder} failed, most of them so: {why}.")
    if unasked:
        told.append(f"{unasked:,} of {len(prompts):,} prompts of {folder} have not been asked yet.")
    return told
