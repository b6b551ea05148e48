"""What a generation comes to, in sentences."""

import math
from collections.abc import Mapping
from typing import Any

from ..statistics.intervals import Score, figure
from ..text.percent import percent
from ..text.plural import plural
from .advice import FEW, NO_EMPTY, advice, copies_most
from .answers.summary import told
from .quotas import told as limited
from .trust import trust

SHOWN = 4  # reasons that a sentence names


def verdict(document: Mapping[str, Any], ended: str, stopped: bool = False) -> list[str]:
    """How many rows there are and what they cost; the short sentence first.

    `ended` says why it ended early, if so, and `stopped` whether somebody wanted that, who is told there how to go on.
    """
    kept, wanted, calls = document["kept"], document["rows"], document["calls"]
    asked = sum(calls.values())
    share = document["yield"]["new"]["value"]
    first = f"{kept:,} of the {wanted:,} rows wanted are made, in {plural(asked, 'call')}"
    if share is not None:
        first += f": {percent(share, 0)} of what the writer offered was new and usable"
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
    of = "answer" if document.get("answers") else "row"
    sentences += trust(document.get("verified", {}), document["writer"], of)
    less = _variety(document)
    sentences += [*less, _cost(document), *_outlook(document)]
    sentences += limited(document.get("quotas", {}))
    if ended:
        sentences.append(ended)
    why = {"failed": f" ({failure.rstrip('.')})"} if (failure := document.get("failure", "")) else {}
    if (empty := document.get("empty", NO_EMPTY))["calls"]:
        why["lost"] = f", {empty['calls']:,} of them no text ({empty['reason']})"
    unread = [
        f"{plural(calls[name], 'call')} {what}{why.get(name, '')}" for name, what in UNREAD.items() if calls[name]
    ]
    if unread:
        sentences.append(f"{', '.join(unread)}: calls.jsonl has every reply and every failure.")
    todo = advice(document, bool(less), stopped)
    sentences += [todo] if todo else []
    whose = "the licence of the seeds, from which it learnt" if document.get("fitted") else "its provider's licence"
    sentences.append(f"What {document['writer']} writes is under {whose}: read it before you train on it.")
    return sentences


def _waste(dropped: Mapping[str, int]) -> str:
    """Why most of what came is no row: copies or faults."""
    return "Most of the rest are copies." if copies_most(dropped) else "Most of the rest is faulty, not copied."


UNREAD = {
    "lost": "brought nothing readable",
    "failed": "failed",
    "unsettled": "not sent",
}


def _cost(document: Mapping[str, Any]) -> str:
    sides = document["tokens"]
    into, out = ("an unknown number of" if side is None else f"{side:,.0f}" for side in sides)
    tokens = f"{into} tokens" if not any(sides) and None in sides else f"{into} input and {out} output tokens"
    money = f", and cost {document['money']:,.2f} by the price file" if document["money"] is not None else ""
    seconds = plural(round(document["seconds"]), "second")
    judged = " and judging" if (document.get("answers") or {}).get("judge") else ""
    return f"It took {tokens}, {seconds} of generation{judged}{money}."


LESS = {"vendi_score": "Vendi score", "verb_noun_entropy": "entropy of verb-noun pairs"}


def _variety(document: Mapping[str, Any]) -> list[str]:
    """A warning where the rows are less varied than the seeds beyond the intervals of both."""
    table, found = document["variety"], []
    for name, title in LESS.items():
        made, seeds = (Score.read(table[name][side]) for side in ("made", "seeds"))
        if made.high < seeds.low:
            found.append(f"{title} {figure(made.value)} instead of {figure(seeds.value)}")
    return [f"The rows are less varied than as many seeds: {' and '.join(found)}."] if found else []


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
        more = f"at least {low} calls (there were too few to say more)"
    else:
        more = f"about {calls.value:,.0f} calls ({low} {f'to {high}' if calls.high < math.inf else 'or more'})"
    if money.n and math.isfinite(known := money.low if math.isnan(money.value) else money.value):
        more = f"{'at least' if math.isnan(money.value) else 'about'} {known:,.2f} in money and {more}"
    return [
        f"If the writer goes on like this, {percent(share.value, 0)} ({percent(share.low, 0)} to "
        f"{percent(share.high, 0)}) of its next rows will be new, and 1,000 more new rows will take {more}."
    ]
