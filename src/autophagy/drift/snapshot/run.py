"""A recorded snapshot: every answer is written to the run folder as it comes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ...core.files import append, write_lines
from ...core.folder import close, opened
from ...core.machine import available_cores, surroundings
from ...core.registry import load_plugin
from ...cost.footprint import metered
from ...cost.prices import Prices, read_prices
from ...data.logs.snapshot import ANSWERS, PROMPTS, answer_line, prompt_line
from .asking import ask
from .model import AT_ONCE, SnapshotModel
from .prompts import Bank, find_prompts
from .record import SnapshotRecord
from .spec import SnapshotSpec

ANSWERING = "answers"  # what the progress is of


def run(
    spec: SnapshotSpec,
    out: str | Path,
    *,
    resume: bool = False,
    connections: int = AT_ONCE,
    per_minute: float = 0.0,
    progress: Callable[[str, int, int], None] | None = None,
    tell: Callable[[str, Sequence[str]], None] | None = None,
) -> SnapshotRecord:
    """Record a snapshot in the folder `out`; with `resume`, ask only for the answers that are not there, or failed.

    A server is sent `connections` requests at a time, and at most `per_minute` in a minute (0: no limit).
    `progress(what, done, total)` is told of each answer, `tell` of how each file was read, before any.
    Raises AutophagyError; every answer that came stays in the folder.
    """
    for path in spec.plugins:
        load_plugin(path)
    bank = find_prompts(spec)
    for name, notes in bank.notes.items() if tell else ():
        tell(name, notes)  # type: ignore[misc]
    prices = read_prices(spec.prices) if spec.prices else None
    model = SnapshotModel(spec, connections, per_minute)
    record = SnapshotRecord(out)
    environment = surroundings(spec.plugins, available_cores())
    environment |= {"digests": bank.digests, "weights": model.weights}
    begin = partial(_begin, record, spec, bank, model, prices)
    with opened(record, spec, environment, resume, begin), metered(record):
        _go_on(record, spec, bank, model, prices, progress)
    return record


def _begin(
    record: SnapshotRecord, spec: SnapshotSpec, bank: Bank, model: SnapshotModel, prices: Prices | None
) -> dict[str, Any]:
    """Keep the prompts, and find out what the server calls itself and which options it honours."""
    write_lines(record.folder / PROMPTS, [prompt_line(each.task, each.question) for each in bank.prompts])
    facts = model.facts()
    drawn = _drawn(facts["probe"])
    return {
        **facts,
        "prompts": len(bank.prompts),
        "answers": len(bank.prompts) * spec.repetitions,
        "decoding": {
            "temperature": spec.temperature,
            "max_tokens": spec.max_tokens,
            "seed": spec.seed,
            "system": spec.system,
        },
        "prices": {"date": str(prices.date), "currency": prices.currency} if prices else None,
        "notes": [*(f"{name}: {note}" for name, notes in bank.notes.items() for note in notes), *drawn],
    }


def _drawn(honoured: Mapping[str, Any]) -> Iterator[str]:
    """What of the decoding a server does not hold still."""
    if "temperature" in honoured.get("manners", {}).get("refused", ()):
        yield "The server takes no temperature, so how it samples is not known."
    elif honoured.get("greedy") is False:
        yield "The server gives different answers to one prompt at temperature 0: no setting makes it repeat itself."
    if honoured.get("seed") is False:
        yield "The server does not honour seeds, so two snapshots of it differ by chance."


def _go_on(
    record: SnapshotRecord,
    spec: SnapshotSpec,
    bank: Bank,
    model: SnapshotModel,
    prices: Prices | None,
    progress: Callable[[str, int, int], None] | None,
) -> None:
    """Ask for what is not there; a model is looked for where something is left to ask."""
    done, total = record.settled(), len(bank.prompts) * spec.repetitions
    if progress:
        progress(ANSWERING, len(done), total)
    if len(done) < total:
        samples, decoding = range(spec.repetitions), spec.decoding
        for count, row in enumerate(ask(model.find(), bank.prompts, samples, decoding, done=done, prices=prices), 1):
            seed = decoding.seed_of(row.task, row.question.id, row.sample)
            append(record.folder / ANSWERS, [answer_line(row, seed)])
            if progress:
                progress(ANSWERING, len(done) + count, total)
    close(record)
