"""The tables of a comparison of answers: the tasks, the classes of a task, and what answers take."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...drift.finding import found
from ...statistics.intervals import Score
from ...text.line import unbroken
from ...text.percent import percent, percent_within
from ..table import Cell, GroupedTable, Inline, table
from .words import chance, moved, points

AMOUNTS = {
    "characters": ("Characters per answer", "{:z,.1f}"),
    "tokens": ("Tokens per answer", "{:z,.1f}"),
    "latency": ("Seconds, median", "{:z.2f}"),
    "latency_tail": ("Seconds, 95th percentile", "{:z.2f}"),
    "money": ("Money for 1,000 answers", "{:z,.2f}"),
}


def tasks_table(tasks: Sequence[Mapping[str, Any]]) -> GroupedTable:
    """Each task before and after, and what its change is."""
    lines: list[list[Inline]] = [
        [
            Cell(task["title"], small=f"{task['prompts']:,} prompts"),
            Cell(_moved(task)),
            Cell(_points(task["difference"])),
            unbroken(f"{task['up']:,} / {task['down']:,}"),
            chance(task),
            Cell(_moved(task["lenient"]), quiet=task["rules"]["strict"] == task["rules"]["lenient"]),
            _found(task),
        ]
        for task in tasks
    ]
    head = ["Task", "Right", "Difference", "Up / down", "p (Holm)", "In any format", "Found"]
    return table(head, lines, "Each task before and after; differences in points with 95 % intervals", wraps=True)


def _found(task: Mapping[str, Any]) -> Inline:
    names = found(task)
    return Cell(", ".join(names), bold=True) if names else Cell("no change", quiet=True)


def by_class(task: Mapping[str, Any]) -> GroupedTable | None:
    """The rates of each class of question; None where there is one alone."""
    if not task["classes"]:
        return None
    lines: list[list[Inline]] = [
        [
            Cell(name, small=f"{each['prompts']:,} prompts"),
            _moved(each),
            _points(each["difference"]),
            unbroken(f"{each['up']:,} / {each['down']:,}"),
        ]
        for name, each in task["classes"].items()
    ]
    caption = "Right answers by class, in the format asked for"
    if None not in task["balanced"]:
        before, after = task["balanced"]
        caption += f"; the mean of the classes went from {percent(before, 1)} to {percent(after, 1)}"
    return table(["Class", "Right", "Difference", "Up / down"], lines, caption, wraps=True)


def by_twin(task: Mapping[str, Any]) -> GroupedTable | None:
    """How often an answer that is right survives when its question is told otherwise; None without such twins."""
    lines: list[list[Inline]] = [
        [kind.replace("_", " "), *(_survived(sides[side]) for side in ("before", "after"))]
        for kind, sides in task["twins"].items()
    ]
    caption = "Share of rightly answered questions whose twin is answered rightly, too, with 95 % intervals"
    return table(["Twin", "Before", "After"], lines, caption, wraps=True) if lines else None


def _survived(side: Mapping[str, Any]) -> Inline:
    score = Score.read(side["survival"])
    told = f"{percent_within(score.value, score.low, score.high, 0)} of {score.n:,}"
    return unbroken(told) if score.n else Cell("no original was right", quiet=True)


def by_people(document: Mapping[str, Any]) -> GroupedTable | None:
    """What is right by the judge, by people, and by the judge corrected; None without labels."""
    found = document.get("labels")
    if not found:
        return None
    rows = [(each["arm"], each) for each in found["arms"]]
    rows += [(f"{each['a']} − {each['b']}", each) for each in found["pairs"]]
    lines: list[list[Inline]] = [
        [name, f"{each['people']['n']:,}", *(_share(each[by]) for by in ("judge", "people", "corrected"))]
        for name, each in rows
    ]
    head = ["", "Labels", "Judge alone", "People alone", "Corrected"]
    caption = f"Right answers by {found['judge']} and by {found['labels']:,} human labels, with 95 % intervals"
    return table(head, lines, caption, wraps=True)


def _share(recorded: Mapping[str, Any] | None) -> Inline:
    if recorded is None:
        return Cell("too few labels", quiet=True)
    score = Score.read(recorded)
    told = percent_within(score.value, score.low, score.high, 0)
    return unbroken(told) if score.n else Cell("unknown", quiet=True)


def amounts(task: Mapping[str, Any]) -> GroupedTable | None:
    """How long answers are, how long they took, and what they cost, where that is known."""
    lines = [line for name, (title, how) in AMOUNTS.items() if (line := _amount(task[name], title, how, name))]
    caption = "Length, time and money; differences with 95 % intervals"
    return table(["Amount", "Before", "After", "Difference"], lines, caption, wraps=True) if lines else None


def _amount(change: Mapping[str, Any], title: str, how: str, name: str) -> list[Inline]:
    before, after, difference = (Score.read(change[side]) for side in ("before", "after", "difference"))
    if not (before.n and after.n):
        return []
    times = 1000 if name == "money" else 1
    value = how.format(times * difference.value)
    if difference.n > 1:
        value += f" [{how.format(times * difference.low)}, {how.format(times * difference.high)}]"
    return [title, how.format(times * before.value), how.format(times * after.value), value]


def _moved(change: Mapping[str, Any]) -> str:
    return unbroken(moved(change).replace("->", "→"))


def _points(score: Mapping[str, Any]) -> str:
    return unbroken(points(score))
