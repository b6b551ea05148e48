"""The values in texts that have the form of a kind, pass its check and stand by its cue."""

from collections.abc import Iterator

from .forms import CUES, FORMS, Value
from .shortlist import Shortlist


def values(plain: Shortlist, cued: Shortlist) -> Iterator[tuple[int, Value]]:
    """Each value with its text's number, kind after kind.

    `plain` are the texts that may hold a form without a cue, `cued` those that may hold one with a cue.
    """
    named = cued.holding(CUES)
    for form in FORMS:
        for number, start, end in (named if form.cue else plain).matches(form):
            yield number, Value(start, end, form)
