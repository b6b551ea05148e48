"""Traces: what a language model left in a text that was never meant to be read, with the place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...text.column import column
from ..likelihood import texts
from .phrases import PHRASES, Place

END = 240  # characters at the head and at the foot of a text in which openings, offers and tags are sought
FEW = 200  # texts
SHOWN = 3  # traces of one text that are put into words
PROMPTS = ("prompt", "instruction", "question", "query", "user_query", "input")  # columns that hold what was asked
ECHOED = 5  # words that a prompt must have, so that a text which begins with it repeats it and does not quote a name


@dataclass(frozen=True, slots=True)
class Trace:
    """One phrase that a model left: what kind it is, and the characters from `start` to `end` where it stands."""

    kind: str
    start: int
    end: int


@curator(
    "traces",
    of="text",
    title="Traces of language models",
    says="hold a phrase or a mark that a language model leaves in what it writes",
    advice="Look at the places: drop answers that speak of the model itself, and cut chat tags and openings off.",
    audits=True,
)
def traces(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find texts with a phrase that language models leave behind, such as "As an AI language model".

    Sought are sentences in which a model names itself, refuses, or says when its knowledge ends, in a dozen languages;
    marks of chat programs; and, at the head or the foot of a text alone, answers to an order ("Certainly! Here is"),
    orders, offers, chat tags, and a code fence around the whole. A row whose column `prompt`, `instruction` or
    `question` stands at its head repeats its prompt, unless all that follows stands in other columns, as where a
    question and its answer were joined to one text. The score (n,) is the number of traces. A trace is evidence about a
    corpus, not about an author: people quote such phrases too, and most texts of models hold none.
    """
    x = texts(batch, "traces")
    found = {row: _apart(some) for row, some in _found(x).items()}
    cells = [cell for cell in batch.meta.values() if cell.dtype.kind in "TU"]
    for row, prompt in enumerate(_prompts(batch)):
        end = _echo(text := str(x[row]), prompt)
        if end and not _is_joined(text[end:], [str(cell[row]) for cell in cells]):
            found.setdefault(row, []).insert(0, Trace("repeats its prompt", 0, end))
    score, spans = np.zeros(len(x)), np.full((len(x), 2), -1, np.int64)
    details = np.full(len(x), "", np.dtypes.StringDType())
    for row, each in found.items():
        score[row], spans[row], details[row] = len(each), (each[0].start, each[0].end), _words(str(x[row]), each)
    return Verdict(score == 0, score, "holds a trace of a language model", details, spans)


def find_traces(text: str) -> list[Trace]:
    """Every trace in one text, in the order of their places; of several that overlap the first and longest."""
    return _apart(_found([text]).get(0, []))


def _found(x: Array | Sequence[str]) -> dict[int, list[Trace]]:
    """The traces of each text. A linear-time engine (RE2) picks the texts, and Python's tells the places in them."""
    import pyarrow.compute as pc

    whole = column(x)
    parts: dict[Place, Any] = {
        "anywhere": whole,
        "head": pc.utf8_slice_codeunits(whole, 0, END),
        "foot": pc.utf8_slice_codeunits(whole, -END),
    }
    found: dict[int, list[Trace]] = {}
    for place, part in parts.items():
        kinds = {kind: "|".join(f"(?:{each})" for each in some) for kind, at, some in PHRASES if at == place}
        passed = _passed("|".join(kinds.values()), place, x, part)  # one pass over all texts, and few are left
        few = part.take(passed) if passed else part.slice(0, 0)
        for kind, union in kinds.items():
            hits = pc.match_substring_regex(few, union, ignore_case=True).to_numpy(zero_copy_only=False)
            for row in (passed[number] for number in np.flatnonzero(hits).tolist()):
                found.setdefault(row, []).extend(_places(kind, union, place, str(x[row])))
    return found


def _passed(union: str, place: Place, x: Array | Sequence[str], part: Any) -> list[int]:
    """The texts in which RE2 finds any of the phrases."""
    import pyarrow.compute as pc

    some = _possible(union, place, x)
    if not some:
        return []
    every = len(some) == len(x)
    hits = pc.match_substring_regex(part if every else part.take(list(some)), union, ignore_case=True)
    return [some[number] for number in np.flatnonzero(hits.to_numpy(zero_copy_only=False)).tolist()]


def _possible(union: str, place: Place, x: Array | Sequence[str]) -> Sequence[int]:
    """The texts that RE2 is to look at: all, but where only the ends of a few count, which Python sees more quickly.

    It takes RE2 longer to make its automaton than Python to search 200 ends, and no place is told that Python does not
    find.
    """
    if place == "anywhere" or len(x) > FEW:
        return range(len(x))
    return [row for row, text in enumerate(map(str, x)) if _compiled(union).search(_part(text, place)[1])]


def _places(kind: str, union: str, place: Place, text: str) -> Iterator[Trace]:
    """Where a kind of phrase stands in a text, the blanks around it left out."""
    offset, part = _part(text, place)
    for match in _compiled(union).finditer(part):
        phrase = match[0]
        start = offset + match.start() + len(phrase) - len(phrase.lstrip())
        yield Trace(kind, start, start + len(phrase.strip()))


def _part(text: str, place: Place) -> tuple[int, str]:
    """Where the part of a text begins in which a phrase is sought, and the part."""
    offset = max(len(text) - END, 0) if place == "foot" else 0
    return offset, text[:END] if place == "head" else text[offset:]


def _apart(found: list[Trace]) -> list[Trace]:
    """The traces in the order of their places, without those that overlap an earlier one."""
    apart: list[Trace] = []
    for trace in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or trace.start >= apart[-1].end:
            apart.append(trace)
    return apart


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _prompts(batch: Samples) -> list[str]:
    """What each row was asked, "" where no column says so."""
    names = {name.lower(): name for name in batch.meta if batch.meta[name].dtype.kind in "TU"}
    name = next((names[each] for each in PROMPTS if each in names), None)
    return [] if name is None else [str(each) for each in batch.meta[name].tolist()]


def _echo(text: str, prompt: str) -> int:
    """Where the prompt ends with which the text begins, however spaced and in any case; 0 where it does not."""
    words = prompt.split()
    if len(words) < ECHOED or len(prompt) > len(text) + END:
        return 0
    *start, rest = [*text.split(None, len(words)), ""][: len(words) + 1]
    if not rest or list(map(str.lower, start)) != list(map(str.lower, words)):
        return 0
    return len(text[: len(text) - len(rest)].rstrip())


def _is_joined(rest: str, cells: Sequence[str]) -> bool:
    """Whether what follows a prompt is made of other cells of the row: the reader joined them, the writer did not."""
    while rest := rest.strip():
        last = max((cell for cell in map(str.strip, cells) if rest.endswith(cell)), key=len, default="")
        if not last:
            return False
        rest = rest.removesuffix(last)
    return True


def _words(text: str, found: list[Trace]) -> str:
    """What was found, in words: the phrases themselves, each with its kind."""
    shown = [f"“{_excerpt(text[each.start : each.end])}” ({each.kind})" for each in found[:SHOWN]]
    more = len(found) - SHOWN
    return "; ".join(shown) + (f" and {more} more" if more > 0 else "")


def _excerpt(phrase: str) -> str:
    plain = " ".join(phrase.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."
