"""A comparison in the terminal: progress by arm, the table of the arms, and the verdict."""

import logging
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...compare.compare import Outcome, Trial
from ...compare.diagnosis import MUTE
from ...text.plural import plural
from ..console import open_console
from ..terminal import Progress

LOG = logging.getLogger(__name__)
ALMOST_NOTHING = 0.0005  # half of the last digit that a share is shown with
EVERY = 10  # seconds between two lines of progress where there is no terminal
SHORT, LONGEST = 8, 24  # characters of a heading and of a setting, where the terminal is narrow


@dataclass(frozen=True)
class Column:
    """A heading and what stands below it, an entry for each arm."""

    head: str
    cells: Sequence[str]

    @property
    def width(self) -> int:
        """The characters that it takes, with the blanks behind it."""
        return 2 + max(len(line) for cell in (self.head, *self.cells) for line in cell.split("\n"))

    @property
    def shorter(self) -> "Column":
        """The same under a heading that is cut."""
        return Column(self.head if len(self.head) <= SHORT else f"{self.head[: SHORT - 1]}…", self.cells)


class ArmProgress(Progress):
    """A bar over the trials of arms, with the time left; plain lines where there is no terminal."""

    _answering: tuple[Trial, str] | None = None  # with its first count, when that was, and when it was last told of
    _first, _begun, _said = 0, 0.0, 0.0

    def told(self, outcome: Outcome | None, done: int, total: int) -> None:
        """Told once before the first trial how many are done and how many there are, then of each."""
        if outcome is None:
            self._bar.reset(self._task, total=total, completed=done, description="first arm")
        else:
            self._advance(f"{outcome.arm}, seed {outcome.seed}", total)

    @property
    def ears(self) -> Mapping[str, Any]:
        """What a comparison tells besides its trials: how its data were read, and each answer."""
        return {"tell": self.reading, "asked": self.asked}

    def asked(self, trial: Trial, done: int, total: int, counted: str) -> None:
        """Told of a trial before it is prepared, and of each answer; off a terminal, a line every ten seconds."""
        if done == 0:
            self._bar.update(self._task, description=f"{trial.arm}, seed {trial.seed}: preparing")
            if not self._console.is_terminal:
                LOG.info("%s, seed %d: preparing", trial.arm, trial.seed)
            return
        now = time.monotonic()
        if self._answering != (trial, counted):  # its first answer: what came before was no answering
            self._answering, self._first, self._begun, self._said = (trial, counted), done, now, now
        what = f"{trial.arm}, seed {trial.seed}: {done} of {total} {counted}"
        self._bar.update(self._task, description=what)
        if not self._console.is_terminal and now - self._said >= EVERY and self._first < done < total:
            self._said = now
            left = (now - self._begun) / (done - self._first) * (total - done)
            LOG.info("%s, about %.0f s left", what, left)


def print_comparison(found: Mapping[str, Any], told: Sequence[str] = ()) -> None:
    """What is found and what to do next, the arms with their figures, and what must be known of them.

    Notes that were `told` before are not told again.
    """
    console = open_console()
    _findings(console, found)
    if found["arms"]:
        _tables(console, found)
    lines = [
        f"{pair['a']} against {pair['b']}: not decisive, {points(pair)}."
        for pair in found["pairs"]
        if found["diagnosis"] not in MUTE and not pair["decisive"] and worth_telling(pair, found["arms"])
    ]
    for line in (
        *lines,
        *unanswered(found["arms"]),
        *copied(found["arms"]),
        *(note for note in found["notes"] if note not in told),
        found["support"],
        *(found["labels"] or {"verdict": ()})["verdict"],
    ):
        console.print(Text(line))


def _findings(console: Console, found: Mapping[str, Any]) -> None:
    """The gravest finding with the line to type next, then the others."""
    first, *others = found["findings"]
    console.print(Text(first["says"], "bold"))
    console.print(Text(first["next"]))
    console.print(Text(f"  {first['command']}"), soft_wrap=True)
    for finding in others:
        console.print(Text(finding["says"]))
    console.print()


def unanswered(arms: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence for each arm of which answers were cut, never came, are empty, or lack the count of their tokens."""
    lines = []
    for arm in arms:
        cut, failed = arm["cut"], arm["errors"] - arm["cut"]
        if cut:
            lines.append(f"{arm['arm']}: {plural(cut, 'answer')} cut at the limit of tokens, and not scored.")
        if failed:
            lines.append(f"{arm['arm']}: {plural(failed, 'question')} without an answer, and not scored.")
        if arm["empty"]:
            lines.append(f"{arm['arm']}: {plural(arm['empty'], 'answer')} without a word, marked like any other.")
        if arm["tokens_unknown"]:
            told = plural(arm["tokens_unknown"], "answer")
            lines.append(f"{arm['arm']}: the server did not tell the tokens of {told}, which count in no mean.")
    return lines


def copied(arms: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence on the arms of which some prompts hold a passage that stands in several places of the documents."""
    counts = [f"{arm['arm']} in {plural(arm['copied'], 'prompt')}" for arm in arms if arm["copied"]]
    told = "A passage that stands in the documents more than once is shown once, and counts as found wherever it stands"
    return [f"{told}: {', '.join(counts)}."] if counts else []


def _tables(console: Console, found: Mapping[str, Any]) -> None:
    """One table where the terminal is wide, else one of quality and one of cost; what does not fit is counted."""
    arms, types = found["arms"], list(found["questions"])
    graders = {name: mark for name, mark in found["graders"].items() if mark["headline"]}
    name = Column("arm", [label(arm["arm"]) for arm in arms])
    quality = [Column("right", [interval(arm["correct"]) for arm in arms])]
    quality += [
        Column(mark["title"].lower(), [mean(arm["marks"][name], mark) for arm in arms])
        for name, mark in graders.items()
    ]
    quality += [Column(type_, [share(arm["types"][type_]) for arm in arms]) for type_ in types]
    cost = [
        Column("s/query", [number(arm["seconds_per_query"]) for arm in arms]),
        Column("tokens", [number(arm["tokens_per_query"]) for arm in arms]),
        Column("set-up s", [number(arm["setup_seconds"]) for arm in arms]),
        Column("complexity", [number(arm["complexity"].get("count")) for arm in arms]),
    ]
    asked = f"{plural(sum(found['questions'].values()), 'question')}, % right [95 % interval]"
    for place, (columns, left) in enumerate(laid_out(name, quality, cost, console.width)):
        table = Table(
            title=asked if place == 0 else "what it costs", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
        )
        for column in (name, *columns):
            table.add_column(column.head, justify="left" if column is name else "right", no_wrap=True)
        for cells in zip(name.cells, *(column.cells for column in columns), strict=True):
            table.add_row(*cells)
        console.print(table)
        if left:
            console.print(f"{left} more: a wider terminal, --json and autophagy report show them.", highlight=False)


def laid_out(
    name: Column, quality: Sequence[Column], cost: Sequence[Column], width: int
) -> list[tuple[Sequence[Column], int]]:
    """The columns of each table that fits the width beside the arms' names, and how many are left out of it."""
    room = width - name.width - 2
    together = [*quality, *cost]
    for columns in (together, [column.shorter for column in together[: len(quality)]] + list(cost)):
        if sum(column.width for column in columns) <= room:
            return [(columns, 0)]
    return [_fitting(columns, room) for columns in (quality, cost)]


def _fitting(columns: Sequence[Column], room: int) -> tuple[Sequence[Column], int]:
    """The columns with headings cut where need be, without the last ones where that is not enough."""
    if sum(column.width for column in columns) > room:
        columns = [column.shorter for column in columns]
    kept = list(columns)
    while len(kept) > 1 and sum(column.width for column in kept) > room:
        kept.pop()
    return kept, len(columns) - len(kept)


def label(arm: str) -> str:
    """An arm's name, and each of its settings on a line of its own."""
    name, _, settings = arm.partition(":")
    lines = [f"  {setting}" for setting in settings.split(",") if setting]
    return "\n".join([name, *(line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines)])


def worth_telling(pair: Mapping[str, Any], arms: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two arms that are no controls were both right now and then, so that a reader may have to choose."""
    known = {arm["arm"]: arm["correct"]["value"] or 0 for arm in arms if not arm["control"]}
    return all(known.get(arm, 0) > 0.1 for arm in (pair["a"], pair["b"]))


def points(pair: Mapping[str, Any]) -> str:
    """A difference in points with its interval."""
    d = pair["difference"]
    if d["value"] is None:
        return "unknown"
    if d["low"] is None or d["high"] is None:
        return f"{100 * d['value']:+.1f} points (interval unknown)"
    return f"{100 * d['value']:+.1f} points ({100 * d['low']:+.1f} to {100 * d['high']:+.1f})"


def interval(score: Mapping[str, Any]) -> str:
    """A share with its interval, in per cent."""
    if score["value"] is None:
        return "unknown"
    ends = (score["low"], score["high"])
    return f"{100 * score['value']:.1f}" + (f" [{100 * ends[0]:.0f}, {100 * ends[1]:.0f}]" if None not in ends else "")


def share(score: Mapping[str, Any]) -> str:
    """A share in per cent; a dash where there is none, as a closed book has no recall."""
    return "-" if score["value"] is None else f"{100 * score['value']:.0f}"


def mean(score: Mapping[str, Any], mark: Mapping[str, Any]) -> str:
    """A grader's mark: a share in per cent, any other as a number; a dash where it never applies."""
    return share(score) if mark["bounds"] == [0, 1] or score["value"] is None else number(score["value"])


def number(value: float | None) -> str:
    """A number with three digits that count."""
    if value is None:
        return "unknown"
    if value and abs(value) < ALMOST_NOTHING:
        return f"{value:.1e}"
    digits = 0 if value == int(value) else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"
