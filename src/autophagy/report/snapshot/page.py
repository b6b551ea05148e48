"""The page of a snapshot: what was asked and answered, how right and how noisy the answers are, and some of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ...charts.colours import colour
from ...core.logged import Logged
from ...drift.snapshot.record import SnapshotRecord
from ...drift.snapshot.result import SnapshotResult
from ...text.plural import plural
from ..bars import Bar, Slice, bars, portion
from ..plot import plot
from ..run_page import RunPage
from ..signs import cut, name, visible
from ..table import Cell, GroupedTable, Inline, table
from .words import number, same, share

PROMPTS, ANSWERS = 3, 2  # of a task that the page shows
LONG = 2_000  # characters of a prompt or an answer that the page holds


Looks = Callable[[str, Path], Mapping[str, Any] | None]  # what a page shows of the looks at a folder, by its key


def render(folders: Sequence[Path], looks: Looks = lambda key, folder: None) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    values = partial(_values, looks)
    page = RunPage("snapshot", "drift record", "snapshot", "What does the model answer?", values)
    return page.render([SnapshotResult(SnapshotRecord(folder)) for folder in folders])


def _values(looks: Looks, key: str, result: SnapshotResult) -> dict[str, Any]:
    """What is recorded until now, of a snapshot that goes on, too, and what the looks at it come to."""
    document = result.document
    drawn = result.charts().get("right")
    answers = document["answers"]
    return {
        "counts": [
            plural(len(document["tasks"]), "task"),
            plural(sum(task["prompts"] for task in document["tasks"]), "prompt"),
            f"{answers['settled']:,} of {plural(answers['wanted'], 'answer')}",
        ],
        "looks": looks(f"{key}-looks", result.folder),
        "tasks": _tasks(document["tasks"]) if document["tasks"] else None,
        "plot": plot(f"{key}-right", drawn) if drawn else None,
        "each": [_task(f"{key}-task-{place}", task, result.log.rows) for place, task in enumerate(document["tasks"])],
        "facts": [(visible(term), visible(value)) for term, value in _facts(document) if value],
    }


def _tasks(tasks: Sequence[Mapping[str, Any]]) -> GroupedTable:
    lines: list[list[Inline]] = [
        [
            Cell(task["title"], small=f"{task['prompts']:,} prompts, {task['answers']:,} answers"),
            share(task["strict"]),
            share(task["lenient"]),
            same(task),
            number(task["characters"]),
            number(task["tokens_out"]),
            number(task["seconds"]["median"], "{:.2f}"),
        ]
        for task in tasks
    ]
    head = ["Task", "Right", "In any format", "Identical", "Characters", "Tokens", "Seconds"]
    return table(head, lines, "Each task: shares with 95 % intervals, medians of answers", wraps=True)


def _task(key: str, task: Mapping[str, Any], every: Sequence[Logged]) -> dict[str, Any]:
    by_prompt: dict[str, list[Logged]] = {}
    for row in every:
        if row.task == task["task"]:
            by_prompt.setdefault(row.question.id, []).append(row)
    shown = [group for group in by_prompt.values() if not group[0].answer.error][:PROMPTS]
    total = task["answers"] or 1
    said = [
        Bar(
            name(answer, 40),
            [Slice("all", count / total, colour(0))],
            _count(count, total),
        )
        for answer, count in task["said"].items()
    ]
    return {
        "key": key,
        "title": task["title"],
        "rules": visible(f"Marked by {task['rules']['strict']}, and leniently by {task['rules']['lenient']}."),
        "classes": _classes(task["classes"]),
        "said": bars(said, "answer") if said else None,
        "prompts": [
            {
                "text": visible(cut(group[0].question.text, LONG)),
                "answers": [
                    visible(cut(row.answer.text, LONG) or row.answer.error or "(nothing)") for row in group[:ANSWERS]
                ],
            }
            for group in shown
        ],
    }


def _classes(classes: Mapping[str, Mapping[str, Any]]) -> GroupedTable | None:
    """The rates of each class of question; None where there is one alone."""
    lines: list[list[Inline]] = [
        [Cell(each, small=f"{rates['prompts']:,} prompts"), share(rates["strict"]), share(rates["lenient"])]
        for each, rates in classes.items()
    ]
    return table(["Class", "Right", "In any format"], lines, "Right answers by class", wraps=True) if lines else None


def _facts(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the model was asked with, and what its server says of itself."""
    decoding = document["decoding"] or {}
    tokens, money = document["tokens"], document["money"]
    return [
        ("Model", f"{document['model']}"),
        ("Name on its server", f"{document['reported'] or ''}"),
        ("Build", ", ".join(document["fingerprints"])),
        ("Decoding", ", ".join(f"{term} {value}" for term, value in decoding.items() if value is not None)),
        ("Asked", " to ".join(document["dates"])),
        ("Tokens", f"{number(tokens[0])} in, {number(tokens[1])} out"),
        ("Money", "" if money is None else f"{money:,.4f} {document['currency']}"),
        ("Seconds", f"{number(document['seconds']['p95'], '{:.2f}')} (95th percentile)"),
    ]


def _count(count: int, total: int) -> str:
    return f"{count:,} ({portion(count / total)})"
