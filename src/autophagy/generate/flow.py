"""The flow of a generation: ask, read, check, keep, and again, until there are as many rows as are wanted.

Prompts depend on the pool at fixed barriers only, every 20 calls, and replies are read in the order of their calls: the
same seed and the same replies give the same rows, however many calls are under way at a time.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.parts import Part
from ..core.recipe import Adapting, Draft, PoolRow, Recipe, Refused, Request
from ..core.registry import build
from ..core.streams import stream
from .begun import TOLD, Begun, brought
from .calls import Call, Ledger, Replied, first_call

BARRIER = 20  # calls between two looks at the pool
FOLLOWED = 8  # times that a call may be followed up
RECENT = 10  # barriers back to which it counts what a recipe brought: what was new once is not for ever
ENOUGH = "more than were wanted"
HOPELESS = 60  # calls that bring fewer than one row in 20, after which it ends

Checked = tuple[str, float, str]  # why a row is dropped ("" if it is kept), its largest ROUGE-L, and with which row


@dataclass(frozen=True, slots=True)
class MadeRow:
    """A row that was made: what it says, where it comes from, and why it was dropped, "" where it was kept.

    `answers` are those that could be chosen as its output, `chosen_by` says how that was done ("" where nobody was
    asked), and `rejected` is one that the output is better than; `unpaired` says why there is none.
    """

    row: PoolRow
    recipe: str
    call: str
    shown: tuple[str, ...]
    reason: str = ""
    score: float = 0.0
    nearest: str = ""
    mended: str = ""
    answers: tuple[str, ...] = ()
    chosen_by: str = ""
    rejected: str = ""
    unpaired: str = ""

    @property
    def new(self) -> bool:
        """Whether it passed every check, wanted or not."""
        return self.reason in ("", ENOUGH)

    def line(self, model: str) -> dict[str, Any]:
        """The row with its origin as rows.parquet has it."""
        return {
            "id": self.row.id,
            "text": "\n\n".join(filter(None, (self.row.instruction, self.row.input, self.row.output))),
            "instruction": self.row.instruction,
            "input": self.row.input,
            "output": self.row.output,
            "recipe": self.recipe,
            "call": self.call,
            "parent": self.row.parent,
            "round": self.row.round,
            "shown": " ".join(self.shown),
            "nearest": self.nearest,
            "rouge_l": self.score,
            "mended": self.mended,
            "answers": json.dumps(self.answers, ensure_ascii=False),
            "chosen_by": self.chosen_by,
            "rejected": self.rejected,
            "generation": 1,
            "source": model,
        }


@dataclass
class Made:
    """What was made between two barriers: rows that were kept and dropped, items that were no row, and the calls."""

    kept: list[MadeRow] = field(default_factory=list)
    dropped: list[MadeRow] = field(default_factory=list)
    refused: list[tuple[str, str, Refused]] = field(default_factory=list)  # the recipe, the call, and what it was
    calls: int = 0
    failed: int = 0
    unsettled: int = 0
    lost: int = 0
    begun: dict[str, Begun] = field(default_factory=dict)  # by the id of the call

    def settle(self, row: MadeRow) -> None:
        """Put a row that was judged where it belongs."""
        (self.dropped if row.reason else self.kept).append(row)
        begun = self.begun[first_call(row.call)]
        begun.kept += not row.reason
        begun.new += row.new
        begun.lost.update([row.reason] if row.reason else [])


def flow(
    recipes: Sequence[Part],
    seeds: Sequence[PoolRow],
    ledger: Ledger,
    check: Callable[[Sequence[MadeRow]], list[Checked]],
    *,
    rows: int,
    seed: int,
    most_calls: int | None = None,
    finish: Callable[[Sequence[MadeRow]], Sequence[MadeRow]] = tuple,
) -> Iterator[Made]:
    """What was made, barrier by barrier, until `rows` are kept, the budget is spent, or nothing new comes.

    `check` judges rows in their order and remembers those that it lets pass. `finish` completes those that passed and
    are wanted, as with answers, or gives them a reason to be dropped. With `most_calls` it ends after so many and what
    follows from them.
    """
    built = [(part, build("recipe", part)) for part in recipes]
    pool, kept, calls, recent = list(seeds), 0, 0, [0, 0]  # recent: calls and rows since the last new row in 20 calls
    begun: deque[list[Begun]] = deque(maxlen=RECENT)
    for number in range(10**9):
        asked = _plan(_adapted(built, begun), pool, number, seed)[: most_calls and most_calls - calls]
        if not asked or ledger.ended(asked):
            return
        made, drafted = _made(asked, {str(part): recipe for part, recipe in built}, ledger)
        judged = [
            replace(row, reason=reason, score=score, nearest=nearest)
            for row, (reason, score, nearest) in zip(drafted, check(drafted), strict=True)
        ]
        for row in _finished(judged, rows - kept, finish):
            made.settle(row)
        kept += len(made.kept)
        begun.append(list(made.begun.values()))
        pool += [row.row for row in made.kept]
        calls += made.calls
        recent = [recent[0] + made.calls, recent[1] + len(made.kept)]
        yield made
        if kept >= rows or (most_calls and calls >= most_calls):
            return
        if recent[0] >= HOPELESS:
            if recent[1] < HOPELESS // BARRIER:
                return
            recent = [0, 0]


def _adapted(built: Sequence[tuple[Part, Recipe]], begun: Iterable[Sequence[Begun]]) -> list[tuple[Part, Recipe]]:
    """The recipes that ask next: those of several parts are told what each part brought."""
    calls = [each for some in begun for each in some]
    return [
        (part, recipe.adapted(brought(calls, str(part)), ()) if isinstance(recipe, Adapting) else recipe)
        for part, recipe in built
    ]


def _finished(
    rows: Sequence[MadeRow], wanted: int, finish: Callable[[Sequence[MadeRow]], Sequence[MadeRow]]
) -> list[MadeRow]:
    """The rows in their order, of which as many as are wanted are finished, and the rest are more than that."""
    left = [row for row in rows if not row.reason]
    done: dict[str, MadeRow] = {}
    while left and wanted > 0:
        some, left = finish(left[:wanted]), left[wanted:]
        wanted -= sum(not row.reason for row in some)
        done |= {row.row.id: row for row in some}
    done |= {row.row.id: replace(row, reason=ENOUGH) for row in left}
    return [done.get(row.row.id, row) for row in rows]


def _plan(built: Sequence[tuple[Part, Recipe]], pool: Sequence[PoolRow], number: int, seed: int) -> list[Call]:
    """The calls up to the next barrier, shared evenly by the recipes."""
    calls: list[Call] = []
    for place, (part, recipe) in enumerate(built):
        n = BARRIER // len(built) + (place < BARRIER % len(built))
        rng = stream(seed, f"ask {part}", number)
        calls += [Call("", part, request) for request in recipe.ask(pool, n, rng)]
    return [replace(call, id=str(number * BARRIER + place)) for place, call in enumerate(calls)]


def _made(calls: Sequence[Call], recipes: dict[str, Recipe], ledger: Ledger) -> tuple[Made, list[MadeRow]]:
    """What some calls and all that follow from them brought, and their rows in the order of the calls, yet unjudged."""
    made, found, todo = Made(), {}, list(calls)
    made.begun = {call.id: _begun(call) for call in calls}
    for _ in range(FOLLOWED):
        replies = ledger.ask(todo)
        follow: list[Call] = []
        for call in todo:
            made.calls += 1
            reply = replies.get(call.id)
            _charge(made.begun[first_call(call.id)], reply)
            if reply is None:
                made.unsettled += 1
            elif reply.error:
                made.failed += 1
            else:
                found[call.id] = (call, _read(call, reply, recipes))
                follow += _followed(*found[call.id])
        todo = follow
        if not todo:
            break
    drafted: list[MadeRow] = []
    for call, things in (found[name] for name in sorted(found, key=_order)):
        drafted += _sorted(call, things, made)
    return made, drafted


def _begun(call: Call) -> Begun:
    told = {name: call.request.of[name] for name in TOLD if name in call.request.of}
    return Begun(call.id, str(call.recipe), call.label, told)


def _charge(begun: Begun, reply: Replied | None) -> None:
    """Add a call to those that it follows; what was not sent, or failed, has no cost."""
    begun.calls += 1
    if reply and not reply.error:
        begun.tokens_in += reply.tokens_in
        begun.tokens_out += reply.tokens_out
        begun.money += reply.money


def _read(call: Call, reply: Replied, recipes: dict[str, Recipe]) -> list[Draft | Refused | Request]:
    return recipes[str(call.recipe)].read(call.request, reply.text, cut=reply.cut)


def _followed(call: Call, things: Sequence[Draft | Refused | Request]) -> list[Call]:
    asked = [thing for thing in things if isinstance(thing, Request)]
    return [Call(f"{call.id}.{place}", call.recipe, request) for place, request in enumerate(asked, 1)]


def _order(name: str) -> list[int]:
    return [int(part) for part in name.split(".")]


def _sorted(call: Call, things: Sequence[Draft | Refused | Request], made: Made) -> list[MadeRow]:
    """The rows that a reply holds; a reply that holds neither row nor request is lost."""
    made.lost += not any(isinstance(thing, Draft | Request) for thing in things)
    refused = [thing for thing in things if isinstance(thing, Refused)]
    made.refused += [(call.label, call.id, thing) for thing in refused]
    rows = [
        MadeRow(_row(f"{call.id}/{place}", draft), call.label, call.id, call.request.shown, mended=draft.mended)
        for place, draft in enumerate((thing for thing in things if isinstance(thing, Draft)), 1)
    ]
    begun = made.begun[first_call(call.id)]
    begun.lost.update(thing.reason for thing in refused)
    begun.rows += len(rows)
    return rows


def _row(name: str, draft: Draft) -> PoolRow:
    return PoolRow(name, draft.instruction, draft.input, draft.output, True, draft.parent, draft.round)
