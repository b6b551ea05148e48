"""Totals: what all jobs read, put together, and the words where none could be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.errors import DataError, UsageError
from ...core.memory import told
from ...text.plural import plural
from ..readers.notes import listed
from .faults import in_row
from .schema import union, unpacked_schema

Facts = Mapping[str, Any]  # what `ingest` says of a job
FileFacts = Mapping[str, Any]  # and of one of its files


@dataclass(frozen=True)
class Totals:
    """What was read: `rows` in chunks, `unreadable` ones by their `reasons`, and `notes`, a sentence each.

    A reason is a dict of `reason`, `count`, and the `file`, `row` and `example` of the first. `schema` is that of all
    chunks, into which `conform` brings each.
    """

    rows: int
    unreadable: int
    reasons: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    schema: Any


def totals(facts: Sequence[Facts], column: str | None = None) -> Totals:
    """What all jobs read; the order of the facts does not matter.

    Raises UsageError where no file has the column that was asked for, and DataError where no row could be read.
    """
    facts = sorted(facts, key=lambda each: each["job"])
    files = [file for each in facts for file in each["files"]]
    rows, unreadable = (sum(each[name] for each in facts) for name in ("rows", "unreadable"))
    reasons: dict[str, dict[str, Any]] = {}
    for each in files:
        for fact in each["reasons"]:
            first = reasons.setdefault(fact["reason"], {**fact, "file": each["file"], "count": 0})
            first["count"] += fact["count"]
    ranked = tuple(sorted(reasons.values(), key=lambda fact: -fact["count"]))
    if not rows:
        _refuse(files, ranked, column)
    schema = union([unpacked_schema(each["schema"]) for each in facts])
    return Totals(rows, unreadable, ranked, tuple(_notes(files)), schema)


def _refuse(files: Sequence[FileFacts], reasons: Sequence[dict[str, Any]], column: str | None) -> None:
    names = list(dict.fromkeys(name for each in files for name in each["lacking"] or []))
    if column is not None and names:
        raise UsageError(f"no file has a column {column}: give one of {listed(names)}.")
    if names:
        found = next(each["file"] for each in files if each["lacking"])
        called = f"the {told(found)}" if told(found) != found else found
        raise DataError(
            f"{called} has no column of words, only {listed(names)}: give texts, or name one with --column."
        )
    first = reasons[0] if reasons else None
    why = f"the first reason is {first['reason']}, in {first['file']}{in_row(first)}" if first else "all are empty"
    raise DataError(
        f"none of {plural(len({each['file'] for each in files}), 'file')} has a row to read ({why}): give others."
    )


def _notes(files: Sequence[FileFacts]) -> list[str]:
    """Each sentence once, behind the first file that it is true of and how many others."""
    found: dict[str, dict[str, int]] = {}
    for each in files:
        for sentence, count in each["notes"]:
            of = found.setdefault(sentence, {})
            of[each["file"]] = of.get(each["file"], 0) + count
    notes = []
    for sentence, of in found.items():
        texts = sum(of.values())
        more = f" and {plural(len(of) - 1, 'more file')}" if len(of) > 1 else ""
        notes.append(f"{next(iter(of))}{more}: {plural(texts, 'text') + ' ' if texts else ''}{sentence}")
    return notes
