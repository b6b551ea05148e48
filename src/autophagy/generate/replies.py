"""What calls and all that follows from them brought, read by the recipes that asked."""

from collections.abc import Mapping, Sequence

from ..core.recipe import Draft, PoolRow, Recipe, Refused, Request
from .begun import FACTS, TOLD, Begun
from .calls import Call, Ledger, Replied, first_call
from .made import Made, MadeRow

FOLLOWED = 8  # times that a call may be followed up


def brought_by(calls: Sequence[Call], recipes: Mapping[str, Recipe], ledger: Ledger) -> tuple[Made, list[MadeRow]]:
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


def _read(call: Call, reply: Replied, recipes: Mapping[str, Recipe]) -> list[Draft | Refused | Request]:
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
