"""How far a run has come, as often as its files change: what the server sends while it goes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from ...core.errors import AutophagyError
from ...loop.record import Record
from ...runs.open import record_of
from .listing import Listing, stamp_of

EVERY = 0.5  # seconds between two looks at a folder
SHOWN = 12  # figures


async def events(listing: Listing, key: str, stopping: Callable[[], bool]) -> AsyncIterator[str]:
    """Server-sent events: the state of a run now, and again whenever it is another, until the server stops."""
    from starlette.concurrency import run_in_threadpool

    last, quiet, stamp, told = "", 0, None, dict[str, Any]()
    while not stopping():
        run = await run_in_threadpool(listing.run, key)
        if run is None:
            yield _event({"state": "gone", "reached": "", "figures": [], "version": ""})
            return
        now = stamp_of(run.folder)
        if now != stamp:
            told = await run_in_threadpool(progress, run.folder)
        stamp, text = now, _event({**told, "state": run.state, "version": version_of(run.folder)})
        if text != last or quiet >= 30:  # now and then the same once more, so that a line that is cut is noticed
            yield text
            last, quiet = text, 0
        quiet += 1
        await asyncio.sleep(EVERY)


def version_of(folder: Path) -> str:
    """A text that is another whenever a file of the folder is."""
    return str(hash(stamp_of(folder)))


def progress(folder: Path) -> dict[str, Any]:
    """How many generations are done, and the headline figure of each regime or arm where it stands now."""
    try:
        record = record_of(folder)
        return {"reached": _reached(record), "figures": _figures(record)}
    except (AutophagyError, ValueError, TypeError, KeyError, AttributeError):  # a record that another program wrote
        return {"reached": "", "figures": []}


def _reached(record: Any) -> str:
    if not isinstance(record, Record):
        return ""
    spec = record.spec()
    done = {(line["regime"], line["generation"]) for line in record.readable()[0]}
    return f"{len(done)} of {len(spec.regimes) * spec.generations} generations"


def _figures(record: Any) -> list[dict[str, str]]:
    ends = record.result().ends()
    first = [each for each in ends if each.metric == ends[0].metric]
    return [
        {"of": ", ".join(str(part) for _, part in each.of), "at": str(each.where.get("generation", "")),
         "figure": each.title, "value": str(each.score)}
        for each in first[:SHOWN]
    ]  # fmt: skip


def _event(document: dict[str, Any]) -> str:
    return f"data: {json.dumps(document)}\n\n"
