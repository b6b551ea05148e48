"""The flow of a generation: ask, read, check, keep, and again, until there are as many rows as are wanted.

Prompts depend on the pool at fixed barriers only, every 20 calls, and replies are read in the order of their calls: the
same seed and the same replies give the same rows, however many calls are under way at a time.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.recipe import Adapting, Draft, PoolRow, Recipe, Refused, Request
from ..core.registry import build
from ..core.streams import stream
from .begun import FACTS, TOLD, Begun, brought
from .calls import Call, Ledger, Replied, first_call
from .quotas import OVER, Quotas

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
    of: Mapping[str, str] = field(default_factory=dict, hash=False)  # what its recipe said of it, by FACTS

    @property
    def new(self) -> bool:
        """Whether it passed every check, wanted or not."""
        return self.reason in ("", ENOUGH) or self.over

    @property
    def over(self) -> bool:
        """Whether it passed every check and went beyond a quota."""
        return self.reason.startswith(OVER)

    @property
    def facts(self) -> dict[str, str]:
        """What a quota may be of, beside what the row itself says."""
        return {**self.of, "recipe": self.recipe, "call": first_call(self.call)}

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
    quotas: Quotas | None = None,
) -> Iterator[Made]:
    """What was made, barrier by barrier, until `rows` are kept, the budget is spent, or nothing new comes.

    `check` judges rows in their order and remembers those that it lets pass. `finish` completes those that passed and
    are wanted, as with answers, or gives them a reason to be dropped. With `most_calls` it ends after so many and what
    follows from them, and with `quotas` where no row has room any more.
    """
    quotas = quotas or Quotas(())
    built = [(part, build("recipe", part)) for part in recipes]
    pool, kept, calls, hope = list(seeds), 0, 0, _Hope()
    begun: deque[list[Begun]] = deque(maxlen=RECENT)
    for number in range(10**9):
        asked = _next(built, begun, pool, quotas, number, seed)[: most_calls and most_calls - calls]
        if not asked or ledger.ended(asked):
            quotas.ended = not asked and quotas.closing(pool)
            return
        made, drafted = _made(asked, {str(part): recipe for part, recipe in built}, ledger)
        judged = [
            replace(row, reason=reason, score=score, nearest=nearest)
            for row, (reason, score, nearest) in zip(drafted, check(drafted), strict=True)
        ]
        for row in _finished(judged, rows - kept, finish, quotas):
            made.settle(row)
        kept += len(made.kept)
        begun.append(list(made.begun.values()))
        pool += [row.row for row in made.kept]
        calls += made.calls
        yield made
        quotas.ended = bool(quotas.full)
        if kept >= rows or (most_calls and calls >= most_calls) or quotas.ended or hope.lost(made):
            return


@dataclass
class _Hope:
    """Whether new rows still come: calls, and rows that they brought, since it was last asked of so many."""

    calls: int = 0
    rows: int = 0

    def lost(self, made: Made) -> bool:
        """Whether so many calls brought fewer than one row in 20, with those that were made just now."""
        self.calls, self.rows = self.calls + made.calls, self.rows + len(made.kept)
        if self.calls < HOPELESS:
            return False
        few = self.rows < HOPELESS // BARRIER
        self.calls = self.rows = 0
        return few


def _next(
    built: Sequence[tuple[Part, Recipe]],
    begun: Iterable[Sequence[Begun]],
    pool: Sequence[PoolRow],
    quotas: Quotas,
    number: int,
    seed: int,
) -> list[Call]:
    """The calls up to the next barrier: recipes of several parts know what each brought, and full quotas are out."""
    calls, closed = [each for some in begun for each in some], quotas.closed
    asking = [
        (part, recipe.adapted(brought(calls, str(part)), closed) if isinstance(recipe, Adapting) else recipe)
        for part, recipe in built
        if str(part) not in closed
    ]
    room = quotas.open(pool)
    try:
        return _plan(asking, room, number, seed)
    except UsageError:
        if len(room) == len(pool):
            raise
        return []  # what a recipe works on is full


def _finished(
    rows: Sequence[MadeRow], wanted: int, finish: Callable[[Sequence[MadeRow]], Sequence[MadeRow]], quotas: Quotas
) -> list[MadeRow]:
    """The rows in their order, of which as many as are wanted and within the quotas are finished.

    What is not kept in the end makes room for those behind it.
    """
    left = [row for row in rows if not row.reason]
    done: dict[str, MadeRow] = {}
    while left and wanted > 0:
        some, rest = _with_room(left, wanted, quotas)
        if not some:
            break
        for row in finish(some):
            done[row.row.id] = row
            wanted -= not row.reason
            if row.reason:
                quotas.take_back(row.row, row.facts, row.shown)
        left = rest
    for row in left:
        why = ENOUGH if wanted <= 0 else quotas.over(row.row, row.facts, row.shown)
        done[row.row.id] = replace(row, reason=why)
    return [done.get(row.row.id, row) for row in rows]


def _with_room(rows: Sequence[MadeRow], wanted: int, quotas: Quotas) -> tuple[list[MadeRow], list[MadeRow]]:
    """The first rows that have room, as many as are wanted, and all others."""
    some: list[MadeRow] = []
    rest: list[MadeRow] = []
    for row in rows:
        room = len(some) < wanted and not quotas.admit(row.row, row.facts, row.shown)
        (some if room else rest).append(row)
    return some, rest


def _plan(built: Sequence[tuple[Part, Recipe]], pool: Sequence[PoolRow], number: int, seed: int) -> list[Call]:
    """The calls up to the next barrier, shared evenly by the recipes, which take turns."""
    asked: list[list[Call]] = []
    for place, (part, recipe) in enumerate(built):
        n = BARRIER // len(built) + (place < BARRIER % len(built))
        rng = stream(seed, f"ask {part}", number)
        asked.append([Call("", part, request) for request in recipe.ask(pool, n, rng)])
    calls = [call for turn in zip_longest(*asked) for call in turn if call]
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
    return Begun(call.id, str(call.recipe), call.label, _told(call, TOLD))


def _told(call: Call, names: Sequence[str]) -> dict[str, str]:
    """What a recipe says of its request under these names."""
    return {name: call.request.of[name] for name in names if name in call.request.of}


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
        MadeRow(
            _row(f"{call.id}/{place}", draft),
            call.label,
            call.id,
            call.request.shown,
            mended=draft.mended,
            of=_told(call, FACTS),
        )
        for place, draft in enumerate((thing for thing in things if isinstance(thing, Draft)), 1)
    ]
    begun = made.begun[first_call(call.id)]
    begun.lost.update(thing.reason for thing in refused)
    begun.rows += len(rows)
    return rows


def _row(name: str, draft: Draft) -> PoolRow:
    return PoolRow(name, draft.instruction, draft.input, draft.output, True, draft.parent, draft.round)
