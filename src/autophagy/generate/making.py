"""Who makes the rows of a run: the writer and the judge with the ledgers of their calls, the checks, and the flow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ..answering.endpoint import Endpoint
from ..answering.find import find_model, reach
from ..answering.fitted import FittedWriter
from ..core.errors import UsageError
from ..cost.prices import read_prices
from ..data.world.source import model_path
from ..text.plural import plural
from .answers.answering import Answering
from .answers.jury import Jury
from .budget import Budget
from .calls import Ledger
from .checks import Checks
from .flow import flow
from .inputs import GenerationInputs
from .panel import Panel
from .record import CALLS, JUDGED, WRITER
from .spec import GenerateSpec
from .summary import Harvest
from .verify import Verify
from .writer import find_writer

TEMPERATURE = 0.7  # of answers
USED_UP = "It stopped early because the last calls brought less than one new row in 20 calls."
FULL = "It stopped early because the quotas are full: raise them in another folder, or use the rows made so far."


@dataclass
class Making:
    """The rows of a spec as they are made in a folder; with `most_calls` it ends after so many, as a preview.

    `limits` are `connections` and `per_minute`, how hard a server is asked.
    """

    spec: GenerateSpec
    inputs: GenerationInputs
    folder: Path
    most_calls: int | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    tally: Harvest = field(default_factory=Harvest)

    @cached_property
    def ledger(self) -> Ledger:
        """The calls of the writer; raises UsageError where a budget in money has no price to hold by."""
        writer = find_writer(self.spec, self.inputs.pool, self.folder / WRITER, self.limits)
        prices = read_prices(self.spec.prices) if self.spec.prices else None
        budget = Budget.parse(self.spec.budget) if self.spec.budget else None
        return self._priced(Ledger(self.folder / CALLS, writer, self.spec.seed, prices, budget))

    @cached_property
    def checks(self) -> Checks:
        """What is checked of each row: verifiers too, but where answers are asked for, which they judge instead."""
        spec, verify = self.spec, None if self.spec.answers else self.verify
        return Checks(self.inputs.pool, float(spec.novelty), spec.curators, spec.against, spec.seed, verify)

    @cached_property
    def verify(self) -> Verify:
        """The verifiers; those that ask a model ask the judge, or where there is none the writer."""
        verify = self.inputs.verify
        if verify.asks:
            if not self.judging and isinstance(self.ledger.model, FittedWriter):
                raise UsageError(
                    f"{self.spec.model} only continues texts, so a verifier cannot ask it: name another with --judge."
                )
            verify.panel = Panel(self.judging or self.ledger)
        return verify

    @cached_property
    def judging(self) -> Ledger | None:
        """The calls of the judge, from the budget of the writer's; None where there is none."""
        spec, ours = self.spec, self.ledger
        if not spec.judge:
            return None
        if spec.judge_url:
            reach(Endpoint(spec.judge, spec.judge_url))  # before the writer is paid for what it could not judge
        name = spec.judge if spec.judge_url else model_path(spec.judge)
        judge = find_model(name, spec.judge_url or "", one_line=False, limits=self.limits)
        path = self.folder / JUDGED
        return self._priced(Ledger(path, judge, spec.seed, ours.prices, ours.budget, spent=ours.spent))

    @cached_property
    def answering(self) -> Answering | None:
        """Who answers the rows, and who judges the answers, from one budget; None where nobody asked for answers."""
        spec = self.spec
        if spec.answers is None:
            return None
        heat = TEMPERATURE if spec.answer_temperature is None else float(spec.answer_temperature)
        jury = Jury(self.judging) if self.judging and spec.answers > 1 else None
        verify = self.verify if spec.verifiers else None
        return Answering(self.ledger, spec.answers, heat, self.checks.alone, jury, verify)

    def run(self, progress: Callable[[str, int, int], None] | None = None) -> None:
        """Make all rows; `progress(what, done, total)` is told after each reply how many are kept so far."""
        spec, inputs = self.spec, self.inputs
        tell = partial(self._tell, progress) if progress else None
        for ledger in filter(None, (self.ledger, self.judging)):
            ledger.heard = tell
        made = flow(
            inputs.recipes,
            inputs.pool,
            self.ledger,
            self.checks,
            rows=spec.rows,
            seed=spec.seed,
            most_calls=self.most_calls,
            finish=self.answering or tuple,
            quotas=inputs.quotas,
        )
        for some in made:
            self.tally.add(some)
            if tell:
                tell()

    def _tell(self, progress: Callable[[str, int, int], None]) -> None:
        progress("rows", min(len(self.tally.kept), self.spec.rows), self.spec.rows)

    @property
    def ended(self) -> str:
        """Why it ended before there were enough rows, "" where there are."""
        if len(self.tally.kept) >= self.spec.rows:
            return ""
        if self.ledger.spent.over(self.ledger.budget):
            return f"It stopped at the budget of {self.spec.budget}: raise it in another folder, or use what is made."
        if self.most_calls and len(self.tally.begun) >= self.most_calls:
            return f"It stopped after {plural(self.tally.calls, 'call')}, as asked; --resume continues it."
        if not self.tally.calls:
            raise UsageError("no recipe had anything to ask: give more seeds or documents.")
        return FULL if self.inputs.quotas.ended else USED_UP

    def _priced(self, ledger: Ledger) -> Ledger:
        """A ledger; raises UsageError where a budget is in money and nobody knows what its calls cost."""
        name, budget = ledger.model.name, ledger.budget
        if budget and budget.unit == "money" and ledger.prices and name not in ledger.prices.models:
            raise UsageError(
                f"{self.spec.prices} has no price for {name}, so --budget {self.spec.budget} cannot be kept: add the "
                "price, or give a budget in tokens."
            )
        return ledger
