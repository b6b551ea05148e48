"""The page of a comparison of answers: what changed, task by task, what is said, and the prompts that flipped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...charts.colours import colour
from ...drift.record import DriftRecord
from ...drift.result import DriftResult
from ...text.percent import percent
from ...text.plural import plural
from ...text.unseen import coded
from ..bars import Bar, Slice, bars, portion
from ..plot import plot
from ..run_page import RunPage
from ..signs import name, visible, words
from .flips import flips_of
from .tables import amounts, by_class, by_people, by_twin, tasks_table

GREY = "var(--quiet)"
SHORT = 2  # sentences that stand below the first one, all others fold


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    page = RunPage("drift", "drift", "comparison", "Is it still the model that was tested?", _values, resumes=False)
    return page.render([DriftResult(DriftRecord(folder)) for folder in folders])


def _values(key: str, result: DriftResult) -> dict[str, Any] | None:
    if not result.record.counted:
        return None
    rest = [words(sentence) for sentence in result.verdict[1:]]
    flipped = list(result.flips())
    charts = list(result.charts().values())
    return {
        "counts": _counts(result),
        "short": rest[:SHORT],
        "sentences": rest[SHORT:],
        "people": by_people(result.document),
        "pairs": [
            {
                "title": visible(old if old == new else f"{old} → {new}"),
                "table": tasks_table(result.tasks_of(old, new)),
                "plot": plot(f"{key}-right-{place}", charts[place], caption="A ring is before, a dot after."),
            }
            for place, (old, new) in enumerate(result.pairs)
        ],
        "tasks": [
            _task(f"{key}-task-{place}", task, flipped, several=len(result.pairs) > 1)
            for place, task in enumerate(result.tasks)
        ],
    }


def _counts(result: DriftResult) -> list[str]:
    prompts = sum(task["prompts"] for task in result.tasks)
    answers = sum(sum(task["answers"]) for task in result.tasks)
    tasks = len({task["task"] for task in result.tasks})
    return [plural(tasks, "task"), plural(prompts, "pair of prompts", "pairs of prompts"), plural(answers, "answer")]


def _task(key: str, task: dict[str, Any], flipped: list[dict[str, Any]], *, several: bool) -> dict[str, Any]:
    sides = ("before", "after")
    return {
        "key": key,
        "title": coded(f"{task['title']}: {task['model']}" if several else task["title"]),
        "says": visible(_says(task)),
        "classes": by_class(task),
        "twins": by_twin(task),
        "said": [(side.capitalize(), _bars(task, side)) for side in sides] if task["histogram"] else [],
        "amounts": amounts(task),
        "flips": flips_of(flipped, task),
    }


def _says(task: dict[str, Any]) -> str:
    """How the task was asked and marked, and what was set aside."""
    strict, lenient = task["rules"]["strict"], task["rules"]["lenient"]
    marked = f"marked by {strict}" + (f", leniently by {lenient}" if lenient != strict else "")
    before, after = task["repeats"]
    times = "one answer each" if before == after == 1 else f"up to {max(before, after)} answers each"
    parts = [f"{plural(task['prompts'], 'prompt')}, {times}, {marked}."]
    aside = task["set_aside"]
    left = [f"{count:,} {what}" for count, what in (
        (aside["only_before"], "asked before alone"), (aside["only_after"], "asked after alone"),
        (aside["changed"], "whose text changed"),
    ) if count]  # fmt: skip
    if left:
        parts.append(f"Not compared: {', '.join(left)}.")
    for what in ("failed", "cut"):
        if any(task[what]):
            parts.append(f"Answers that {'failed' if what == 'failed' else 'were cut'}: {task[what][0]:,} before and "
                         f"{task[what][1]:,} after; they count neither as right nor as wrong.")  # fmt: skip
    before, after = task.get("empty", (0, 0))  # older records do not count them
    if before or after:
        parts.append(f"Answers without a word: {before:,} before and {after:,} after.")
    if any(task["unreadable"]["strict"]):
        parts.append(f"Unreadable as they stand: {task['unreadable']['strict'][0]:,} answers before and "
                     f"{task['unreadable']['strict'][1]:,} after; leniently {task['unreadable']['lenient'][0]:,} and "
                     f"{task['unreadable']['lenient'][1]:,}.")  # fmt: skip
    mismatch, noise = task["mismatch"]["value"], task["noise"]["value"]
    if mismatch is not None:
        floor = f"; two answers of one side differ in {percent(noise, 1)}" if noise is not None else ""
        parts.append(f"An answer before and one after differ in {percent(mismatch, 1)} of cases{floor}.")
    return " ".join(parts)


def _bars(task: dict[str, Any], side: str) -> Any:
    """What was said on one side, as bars beside all answers of that side."""
    total = sum(row[side] for row in task["histogram"]) or 1
    shade = colour(0) if side == "after" else GREY
    drawn = [
        Bar(name(row["answer"], 40), [Slice(side, row[side] / total, shade)], _figures(row[side], total))
        for row in task["histogram"]
    ]
    return bars(drawn, "answer")


def _figures(count: int, total: int) -> str:
    return f"{count:,} ({portion(count / total)})"
