"""Personal data: e-mail, phone, keys, and numbers of payment and identity, whoever wrote them."""

import logging
from bisect import bisect
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np

from ...core.decorators import curator
from ...core.errors import MissingExtra
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...text.column import column
from ..found import Place, verdict_of
from .addresses import addresses
from .forms import ADDRESS, CUES, UNCUED, Value
from .phones import ABROAD, AMERICAN, ANYWHERE, CALLED, CUE, check_region, phones
from .shortlist import Shortlist, shortlist, starting
from .values import values

LOG = logging.getLogger(__name__)


@curator(
    "personal",
    also=("pii", "privacy"),
    of="text",
    title="Personal data",
    says="hold personal data or secrets",
    advice="Mask the values or drop the rows; revoke the keys. A number that a model invented is still somebody's.",
    audits=True,
    private=True,
)
def personal(batch: Samples, reference: Samples, rng: np.random.Generator, *, region: str = "US") -> Verdict:
    """Find e-mail addresses, phone numbers, keys, payment cards, bank accounts and numbers of identity.

    Numbers must pass their check digits: Luhn and the issuers' ranges for cards, modulo 97 for IBANs, the rules of the
    country for numbers of identity (US, NL, ES, BR, IN, SE, PL, FR, DE, IT, CN, CH, GB, CA), most of which count only
    behind a cue word. Phone numbers are checked by phonenumbers; those without a country's code are taken for numbers
    of `region`, or of several such as "DE;AT", where a cue word stands before them. Values are masked in the details,
    and rows that a model wrote are said to be so. Mail addresses of nobody, such as those at example.com, are passed
    over; network and postal addresses and names are not looked for. The score counts the kinds.
    """
    check_region(region)
    found = found_values(batch.x, column(batch.x), region)
    places = {row: _by_kind(str(batch.x[row]), some) for row, some in found.items()}
    for row, some in places.items():
        if batch.generation[row] > 0:
            some.append(Place(-1, -1, f"written by the model of generation {batch.generation[row]}"))
    return verdict_of(places, len(batch), "holds personal data or secrets")


def found_values(texts: Array | Sequence[str], known: Any, region: str = "US") -> dict[int, list[Value]]:
    """By the number of a text its values of all kinds, none of which overlap; `known` is the column of the texts."""
    addressed, others = starting(known)
    found: dict[int, list[Value]] = {}
    for row in addressed:
        if some := [Value(start, end, ADDRESS) for start, end in addresses(str(texts[row]))]:
            found[row] = some
    every = shortlist(texts, others, known, (*UNCUED, ABROAD.rough, AMERICAN.rough, CUES, CALLED))
    plain, cued = every.holding("|".join([*UNCUED, ANYWHERE])), every.holding(f"{CUES}|{CUE}")
    mixed = set()
    for row, value in chain(values(plain, cued), _phones(plain, cued.holding(CALLED), region)):
        found.setdefault(row, []).append(value)
        mixed.add(row)
    return {row: _apart(some) if row in mixed else some for row, some in found.items()}


def _phones(plain: Shortlist, called: Shortlist, region: str) -> list[tuple[int, Value]]:
    try:
        return list(phones(plain, called, region))
    except MissingExtra as error:
        LOG.warning("phone numbers were not looked for: %s", error)
        return []


def _apart(found: list[Value]) -> list[Value]:
    """Values that do not overlap: of two the one whose kind was looked for first."""
    kept: list[Value] = []
    starts: list[int] = []  # of those that are kept, in their order
    ends: list[int] = []
    for value in found:
        place = bisect(starts, value.start)
        if (not place or ends[place - 1] <= value.start) and (place == len(starts) or value.end <= starts[place]):
            kept.append(value)
            starts.insert(place, value.start)
            ends.insert(place, value.end)
    return kept


def _by_kind(text: str, found: list[Value]) -> list[Place]:
    """A place for each kind, at its first value, that says how many there are."""
    kinds: dict[str, list[Value]] = {}
    for value in sorted(found, key=itemgetter(0)):
        kinds.setdefault(value.form.one, []).append(value)
    return [_place(text, same) for same in kinds.values()]


def _place(text: str, same: list[Value]) -> Place:
    first = same[0]
    kind = first.form.many if len(same) > 1 else first.form.one
    return Place(first.start, first.end, f"{len(same)} {kind} ({masked(text[first.start : first.end])})")


def masked(value: str) -> str:
    """The first and the last two letters of a value, one of each where it has fewer than nine."""
    shown = 2 if len(value) > 8 else 1
    return f"{value[:shown]}…{value[-shown:]}"
