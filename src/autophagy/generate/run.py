"""A recorded generation: every reply is kept as it comes, and the rows are written at the end."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..answering.find import find_model
from ..answering.fitted import FittedWriter
from ..core.errors import UsageError
from ..core.files import read_lines, write_json, write_lines
from ..core.folder import close, mend, opened
from ..core.machine import available_cores, surroundings
from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build, find, load_plugin
from ..cost.footprint import metered
from ..cost.prices import read_prices
from ..data.stored.gather import digests
from ..data.world.source import model_path
from .answered import answers_of, calls_of
from .answers import Answering
from .asking import recipes_of
from .budget import Budget
from .calls import Ledger
from .checks import Checks
from .estimate import estimate, told
from .flow import flow
from .formats import fits, shaped
from .jury import Jury
from .labels import labels_of
from .map import map_of
from .openings import openings
from .outlook import outlook_of
from .quota import Quota
from .quotas import Quotas
from .record import CALLS, DROPPED, JUDGED, KEPT, ROWS, SUMMARY, WRITER, GenerationRecord
from .seeds import read_pool
from .spec import GenerateSpec
from .summary import Harvest, lines_of, summary
from .tables import write_table
from .tried import tried_rows
from .variety import variety
from .verdict import verdict
from .verify import Verify, finished
from .writer import find_writer

TEMPERATURE = 0.7  # of answers
USED_UP = "It ended because the last calls brought fewer than one new row in 20."
FULL = "It ended because the quotas are full: raise them in another folder, or take what there is."
Told = Callable[[str, Sequence[str]], None]


def run(
    spec: GenerateSpec,
    out: str | Path,
    *,
    resume: bool = False,
    most_calls: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    tell: Told | None = None,
) -> GenerationRecord:
    """Make rows by a spec and record them in the folder `out`.

    With `resume`, calls that are settled are not sent again. `most_calls` ends it after so many, as a preview.
    `progress(what, done, total)` is told of rows that are kept, `tell` of how seeds were read. Raises AutophagyError;
    every reply that came stays.
    """
    record = GenerationRecord(out)
    for path in spec.plugins:
        load_plugin(path)
    for part in spec.curators:
        build("curator", part)
        if find("curator", part.name).of == "pairs":
            raise UsageError(f"the curator {part.name} verifies answers: give it as --verifier {part}.")
    files = [path for path in (spec.seeds, spec.documents, spec.labels, *spec.against) if path is not None]
    environment = surroundings(spec.plugins, available_cores()) | {"files": digests(files)}
    pool, notes = read_pool(spec)
    verify = Verify(spec.verifiers, _passages(pool), spec.seed, tried_rows(spec))
    if tell:
        tell(spec.begun, notes)
    recipes = recipes_of(spec, pool)
    quotas = Quotas([Quota.parse(text) for text in spec.quotas], pool, labels_of(recipes))
    with opened(record, spec, environment, resume), metered(record):
        if record.done:
            return record
        mend(record.folder)
        document = _make(spec, record.folder, pool, recipes, verify, quotas, most_calls, progress)
        write_json(record.folder / SUMMARY, document | {"notes": notes})
        if document["kept"] >= spec.rows or {USED_UP, FULL} & {*document["verdict"]}:
            close(record)  # a preview and a pilot go on with --resume
    return record


def _make(
    spec: GenerateSpec,
    folder: Path,
    pool: list[PoolRow],
    recipes: list[Part],
    verify: Verify,
    quotas: Quotas,
    most_calls: int | None,
    progress: Callable[[str, int, int], None] | None,
) -> dict[str, Any]:
    model = find_writer(spec, pool, folder / WRITER)
    prices = read_prices(spec.prices) if spec.prices else None
    ledger = Ledger(folder / CALLS, model, spec.seed, prices, Budget.parse(spec.budget) if spec.budget else None)
    _priced(spec, ledger)
    checks = Checks(pool, float(spec.novelty), spec.curators, spec.against, spec.seed, None if spec.answers else verify)
    answering = _answering(spec, folder, ledger, checks)
    tally = Harvest()
    more: dict[str, Any] = {"most_calls": most_calls, "quotas": quotas}
    more["finish"] = finished(answering, verify) if answering else tuple
    for made in flow(recipes, pool, ledger, checks, rows=spec.rows, seed=spec.seed, **more):
        tally.add(made)
        if progress:
            progress("rows", min(len(tally.kept), spec.rows), spec.rows)
    kept = lines_of(tally.kept, model.name)
    write_table(folder / KEPT, kept)
    write_table(folder / DROPPED, lines_of(tally.dropped, model.name))
    write_lines(folder / ROWS, [shaped(line, spec.format) for line in kept if fits(line, spec.format)])
    further = calls_of(answering)
    document = summary(tally, ledger, spec.rows, model.name, further)
    document |= {"format": spec.format, "answers": answers_of(answering, tally.kept), "verified": verify.document()}
    document |= {"fitted": isinstance(model, FittedWriter)} | variety(tally.kept, pool, spec.seed)
    document["outlook"] = outlook_of(tally, document["money"], further.total() - further["unsettled"])
    document |= {"map": map_of(tally.kept, pool, spec.seed), "openings": openings(tally.kept)}
    document["quotas"] = quotas.json(document["dropped"])
    ended = verdict(document, _ended(spec, ledger, tally, quotas, most_calls))
    if most_calls and len(tally.kept) < spec.rows:
        lines = [*read_lines(ledger.path), *read_lines(folder / JUDGED)]
        document["estimate"] = estimate([*tally.kept, *tally.dropped], lines, spec.rows, spec.seed)
        ended[1:1] = told(document["estimate"], spec.rows)
    return document | {"verdict": ended}


def _answering(spec: GenerateSpec, folder: Path, ledger: Ledger, checks: Checks) -> Answering | None:
    """Who answers the rows, and who judges the answers, from the same budget; None where nobody asked for answers."""
    if spec.answers is None:
        return None
    jury = None
    if spec.judge:
        name = spec.judge if spec.judge_url else model_path(spec.judge)
        judge = find_model(name, spec.judge_url or "", one_line=False)
        judging = Ledger(folder / JUDGED, judge, spec.seed, ledger.prices, ledger.budget, spent=ledger.spent)
        _priced(spec, judging)
        jury = Jury(judging)
    heat = TEMPERATURE if spec.answer_temperature is None else float(spec.answer_temperature)
    return Answering(ledger, spec.answers, heat, checks.alone, jury)


def _priced(spec: GenerateSpec, ledger: Ledger) -> None:
    """Raise UsageError where a budget is in money and nobody knows what the calls of a ledger cost."""
    name, budget = ledger.model.name, ledger.budget
    if budget and budget.unit == "money" and ledger.prices and name not in ledger.prices.models:
        raise UsageError(
            f"{spec.prices} has no price of {name}, so --budget {spec.budget} cannot hold: add it, or give a "
            "budget in tokens."
        )


def _passages(pool: list[PoolRow]) -> dict[str, str]:
    """The passages of a pool by their ids."""
    return {row.id: row.instruction for row in pool if row.source}


def _ended(spec: GenerateSpec, ledger: Ledger, tally: Harvest, quotas: Quotas, most_calls: int | None) -> str:
    """Why it ended before there were enough rows, "" where there are."""
    if len(tally.kept) >= spec.rows:
        return ""
    if ledger.spent.over(ledger.budget):
        return f"It ended at the budget of {spec.budget}: raise it in another folder, or take what there is."
    if most_calls and tally.calls >= most_calls:
        return f"It ended after {tally.calls:,} calls, as was asked; --resume goes on."
    if not tally.calls:
        raise UsageError("no recipe had anything to ask: give more seeds or documents.")
    return FULL if quotas.ended else USED_UP
