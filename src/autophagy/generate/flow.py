"""The flow of a generation: ask, read, check, keep, and again, until there are as many rows as are wanted.

Prompts depend on the pool at fixed barriers only, and replies are read in the order of their calls: the same seed and
the same replies give the same rows, however many calls are under way at a time.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build
from .begun import Begun
from .calls import Ledger
from .made import ENOUGH, Made, MadeRow
from .planned import BARRIER, Planning, calls_for
from .quotas import Quotas
from .replies import brought_by

RECENT = 200  # calls back to which it counts what a recipe brought: what was new once is not for ever
HOPELESS = 60  # calls that bring fewer than one row in 20, after which it ends

Checked = tuple[str, float, str]  # why a row is dropped ("" if it is kept), its largest ROUGE-L, and with which row


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
    planning = Planning([(part, build("recipe", part)) for part in recipes], quotas, seed)
    asking = {str(part): recipe for part, recipe in planning.recipes}
    pool, kept, begun, hope = list(seeds), 0, 0, _Hope()
    recent: deque[Begun] = deque(maxlen=RECENT)
    for number in count():
        n = calls_for(rows - kept, kept, begun)
        calls = planning.calls(n, pool, list(recent), number, begun)[: most_calls and most_calls - begun]
        if not calls or ledger.ended(calls):
            quotas.ended = not calls and quotas.closing(pool)
            return
        made, drafted = brought_by(calls, asking, ledger)
        judged = [
            replace(row, reason=reason, score=score, nearest=nearest)
            for row, (reason, score, nearest) in zip(drafted, check(drafted), strict=True)
        ]
        for row in _finished(judged, rows - kept, finish, quotas):
            made.settle(row)
        kept += len(made.kept)
        recent += made.begun.values()
        pool += [row.row for row in made.kept]
        begun += len(calls)
        yield made
        quotas.ended = bool(quotas.full)
        if kept >= rows or (most_calls and begun >= most_calls) or quotas.ended or hope.lost(made):
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
