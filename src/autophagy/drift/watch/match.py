"""Matching: which of today's answers are to prompts of the bank, and were not counted in an earlier look."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mode

from ...core.logged import Logged
from ...text.plural import plural
from .bank import Marks, TaskBank, digest, plain


@dataclass(frozen=True)
class Fresh:
    """One of today's answers that counts: the id of its prompt in the bank, and its marks."""

    prompt: str
    marks: Marks
    row: Logged


@dataclass(frozen=True)
class Matched:
    """Today's answers that count, by task, and sentences on those that do not."""

    fresh: Mapping[str, Sequence[Fresh]]
    rows: Sequence[str]
    notes: tuple[str, ...]


def row_digest(row: Logged) -> str:
    """What tells an answer from all others, as far as its log does."""
    return digest([row.task, row.question.id, row.sample, row.answer.text, row.answer.error, row.date])


def match(banks: Mapping[str, TaskBank], rows: Sequence[Logged], counted: Collection[str]) -> Matched:
    """Match today's rows; `counted` are the digests of the recorded rows and of those of earlier looks.

    A dated answer is counted once. Answers without a date are all left out where all were counted before, and are all
    counted otherwise: were only those left out that are as they were, the changed ones alone would speak.
    """
    seen = set(counted)
    old = [row for row in rows if row_digest(row) in seen]
    nothing_new = all(row_digest(row) in seen for row in rows if not row.date)
    stale = {id(row) for row in old if row.date or nothing_new}
    alike = sum(not row.date for row in old) if len(stale) < len(old) else 0
    left = [row for row in rows if id(row) not in stale]
    fresh: dict[str, list[Fresh]] = {}
    aside: dict[str, int] = {}
    failures: list[str] = []
    for row in left:
        found = _of_bank(banks, row)
        if isinstance(found, str):
            aside[found] = aside.get(found, 0) + 1
        elif row.answer.error:
            failures.append(row.answer.error)
        else:
            name, prompt = found
            asked = banks[name].prompts[prompt].question  # what is right was recorded: a log of today may not say it
            marks = banks[name].marker.marks(replace(row, question=asked))
            if marks is None:
                aside["cut"] = aside.get("cut", 0) + 1
            else:
                fresh.setdefault(name, []).append(Fresh(prompt, marks, row))
    notes = (*_stale(len(stale), alike), *_aside(aside), *_failed(failures, len(rows)))
    return Matched(fresh, [row_digest(row) for row in left], notes)


def _of_bank(banks: Mapping[str, TaskBank], row: Logged) -> tuple[str, str] | str:
    """The task and the prompt of the bank that an answer is to; why there is none, in a word."""
    only = next(iter(banks)) if len(banks) == 1 else ""
    name = row.task if row.task in banks else only
    if not name:
        return "task"
    same = banks[name].ids.get(plain(row.question.text))
    if same is not None:
        return name, same
    return "changed" if row.question.id in banks[name].prompts else "prompt"


def _stale(stale: int, alike: int) -> list[str]:
    told = []
    if stale:
        told.append(f"{plural(stale, 'answer')} counted before, in an earlier look or in the baseline, were left out.")
    if alike:
        told.append(
            f"{plural(alike, 'answer')} without a date are, letter for letter, the same as before: if they are old, "
            "give the new ones alone."
        )
    return told


ASIDE = {
    "task": "of a task that was not recorded",
    "prompt": "to prompts that were not recorded, or have no recorded mark",
    "changed": "to prompts whose wording differs from the recorded ones; record a baseline for these",
    "cut": "cut before the end, or without a mark for another reason",
}


def _aside(aside: Mapping[str, int]) -> list[str]:
    return [f"Not counted: {plural(aside[why], 'answer')} {words}." for why, words in ASIDE.items() if why in aside]


def _failed(failures: Sequence[str], rows: int) -> list[str]:
    if not failures:
        return []
    most = mode(failures).rstrip(".")
    return [f"{len(failures):,} of {plural(rows, 'answer')} failed, which is no evidence either way ({most})."]
