"""What a generation comes to, in sentences."""

import math
from collections.abc import Mapping
from typing import Any

from ..statistics.intervals import Score, figure
from ..text.plural import plural
from .answers.summary import told
from .checks import NOT_NEW
from .made import ENOUGH
from .quotas import OVER
from .quotas import told as limited
from .trust import trust

FEW = 0.5  # of what was offered can be used, below which the writer mostly makes copies or nonsense
SHOWN = 4  # reasons that a sentence names


def verdict(document: Mapping[str, Any], ended: str) -> list[str]:
    """How many rows there are and what they cost; the short sentence first. `ended` says why it ended early, if so."""
    kept, wanted, calls = document["kept"], document["rows"], document["calls"]
    asked = sum(calls.values())
    share = document["yield"]["new"]["value"]
    first = f"{plural(kept, 'new row')} of {wanted:,} that were wanted, from {plural(asked, 'call')}"
    if share is not None:
        first += f": {share:.0%} of what the writer offered could be used"
    sentences = [f"{first}."]
    if share is not None and share < FEW:
        sentences.append(_waste(document["dropped"]))
    reasons = list(document["dropped"].items())
    if reasons:
        more = f" and {plural(len(reasons) - SHOWN, 'other reason')}" if len(reasons) > SHOWN else ""
        some = ", ".join(f"{reason} {count:,}" for reason, count in reasons[:SHOWN])
        sentences.append(f"Dropped: {some}{more}.")
    sentences += [
        f"{plural(count, 'row')} kept after mending: {what}." for what, count in document.get("mended", {}).items()
    ]
    sentences += told(document.get("answers"), document.get("format", ""), document["writer"])
    sentences += trust(document.get("verified", {}))
    sentences += [*_variety(document), _cost(document), *_outlook(document)]
    sentences += limited(document.get("quotas", {}))
    if ended:
        sentences.append(ended)
    unread = [f"{plural(calls[name], 'call')} {what}" for name, what in UNREAD.items() if calls[name]]
    if unread:
        sentences.append(f"{', '.join(unread)}: each is in calls.jsonl.")
    whose = "that of the seeds, which it has learnt" if document.get("fitted") else "its provider's"
    sentences.append(f"The licence of what {document['writer']} writes is {whose}: read it before you train.")
    return sentences


def _waste(dropped: Mapping[str, int]) -> str:
    """Why most of what came is no row, copies or faults, and what to do about it."""
    copies = dropped.get(NOT_NEW, 0)
    faulty = sum(count for reason, count in dropped.items() if reason != ENOUGH and not reason.startswith(OVER))
    if 2 * copies >= faulty:
        return (
            "Most of the rest are copies: more rows from these seeds will cost more and more; give other seeds, "
            "another recipe or another writer."
        )
    return "Most of the rest is faulty, not copied: another recipe or a stronger writer would waste fewer calls."


UNREAD = {
    "lost": "brought nothing that could be read",
    "failed": "failed",
    "unsettled": "were not sent any more",
}


def _cost(document: Mapping[str, Any]) -> str:
    sides = document["tokens"]
    into, out = ("an unknown number of" if side is None else f"{side:,.0f}" for side in sides)
    tokens = f"{into} tokens" + ("" if not any(sides) and None in sides else f" in and {out} out")
    money = f", {document['money']:,.2f} in money" if document["money"] is not None else ""
    seconds = plural(round(document["seconds"]), "second")
    whose = "the writer and the judge" if (document.get("answers") or {}).get("judge") else "the writer"
    return f"It took {tokens}, {seconds} of {whose}{money}."


LESS = {"vendi_score": "a Vendi score", "verb_noun_entropy": "an entropy of verbs and nouns"}


def _variety(document: Mapping[str, Any]) -> list[str]:
    """A warning where the rows are less varied than the seeds beyond the intervals of both."""
    table, found = document["variety"], []
    for name, title in LESS.items():
        made, seeds = (Score.read(table[name][side]) for side in ("made", "seeds"))
        if made.high < seeds.low:
            found.append(f"{title} of {figure(made.value)} to {figure(seeds.value)}")
    return [f"At as many rows they are less varied than the seeds: {' and '.join(found)}."] if found else []


def _outlook(document: Mapping[str, Any]) -> list[str]:
    """What more rows will cost, as far as it is known."""
    outlook = document["outlook"]
    share, calls, money = (
        Score.read(each) for each in (outlook["unseen_share"], *map(outlook["next_1000"].get, ("calls", "money")))
    )
    if not share.n:
        return []
    low, high = (f"{end:,.0f}" for end in (calls.low, calls.high))
    if math.isnan(calls.value):
        more = f"at least {low} calls; these were too few to say how many"
    else:
        more = f"about {calls.value:,.0f} calls ({low} {f'to {high}' if calls.high < math.inf else 'or more'})"
    if money.n and math.isfinite(known := money.low if math.isnan(money.value) else money.value):
        more = f"{'at least' if math.isnan(money.value) else 'about'} {known:,.2f} in money and {more}"
    return [
        f"Of the rows that the writer offers next, {share.value:.0%} ({share.low:.0%} to {share.high:.0%}) would be "
        f"new, if it goes on as until now; the next 1,000 rows would take {more}."
    ]
