"""Seeds and passages that hold items of an evaluation set, which a writer is shown."""

from collections.abc import Sequence

from ..core.memory import apart
from ..core.names import one_setting
from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build
from ..core.streams import stream
from ..curators.curate import checked, judged
from ..text.plural import plural
from .checks import samples_of


def held_out(pool: Sequence[PoolRow], against: Sequence[str], seed: int) -> list[str]:
    """A sentence where rows of the pool hold an item of these files, none where they do not.

    They stay, since rows that copy the item are dropped, and those that are only like it cannot be told.
    """
    if not (pool and against):
        return []
    part = Part("contamination", {"against": one_setting(against)})
    batch = samples_of(pool)
    verdict = checked(str(part), judged(build("curator", part), batch, batch, stream(seed, f"check {part}")), len(pool))
    count = int((~verdict.keep.astype(bool)).sum())
    if not count:
        return []
    what = plural(count, "seed or passage holds", "seeds or passages hold")
    return [
        f"{what} an item of {', '.join(apart(against))}, which the writer is shown and may write rows like: "
        "take it out."
    ]
