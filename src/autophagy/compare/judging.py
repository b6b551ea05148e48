"""What is looked at beside the questions: what servers honour, what a judge says, and orders hidden in passages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..answering.endpoint import EndpointReader
from ..answering.find import find_reader
from ..answering.language_model import Reader
from ..arms import Ready
from ..core.errors import DataError
from ..core.questions import Graded, Question
from ..core.streams import stream
from ..data.world.source import model_path
from ..graders.judge import judge
from .injection import Obeyed, Order, find_orders, obey, plant
from .spec import CompareSpec

REASON = 256  # tokens of a judge's reply: a short reason and the verdict
ATTACKS = 50  # questions in whose passages an order is hidden


def probe_all(spec: CompareSpec) -> dict[str, dict[str, Any]]:
    """What each address of a spec does with the options that it is sent, by model; each is asked a few times, once.

    Raises DataError where one does not answer at all.
    """
    served = {spec.model: spec.base_url, spec.judge: spec.judge_url}
    found = {}
    for model, address in served.items():
        if model and address:
            found[model] = EndpointReader(model, address).probe()
            if not found[model]["answers"]:
                raise DataError(
                    f"the model {model} at {address} does not answer ({found[model]['error']}): check the address and "
                    "what the server calls the model."
                )
    return found


@dataclass(frozen=True)
class Examiner:
    """The judge of a comparison, if it has one, and the orders, if any, that stand in its passages."""

    judge: Reader | None
    orders: tuple[Order, ...]

    @classmethod
    def of(cls, spec: CompareSpec) -> "Examiner":
        """The examiner that a spec names; raises DataError or UsageError where there is no such judge, or no orders."""
        found = None
        if spec.judge:
            name = spec.judge if spec.judge_url else model_path(spec.judge)
            found = find_reader(name, spec.judge_url or "", one_line=False)
        orders = find_orders(spec.orders, stream(spec.seed, "orders")) if spec.orders else ()
        return cls(found, orders)

    def judged(self, graded: Sequence[Graded], questions: Sequence[Question]) -> tuple[Graded, ...]:
        """The same answers with the marks `judge`, and `consistent`, whether it says the same in both orders."""
        reader = self.judge
        if reader is None:
            return tuple(graded)

        def ask(prompts: Sequence[str]) -> list[str | None]:
            return [None if said.error else said.text for said in reader.complete(prompts, max_tokens=REASON)]

        found = judge([(q, one.answer) for q, one in zip(questions, graded, strict=True)], ask)
        return tuple(
            replace(one, marks={**one.marks, "judge": verdict.mark, "consistent": verdict.consistent})
            for one, verdict in zip(graded, found.judgements, strict=True)
        )

    def attacked(self, ready: Ready, questions: Sequence[Question], rng: np.random.Generator) -> list[Obeyed]:
        """How an arm takes an order in one of its passages; nothing for an arm that reads none."""
        if not self.orders or ready.look is None:
            return []
        chosen = [questions[place] for place in rng.permutation(len(questions))[:ATTACKS]]
        passages = [[passage.text for passage in found] for found in ready.look(chosen)]
        attacks = plant(chosen, passages, self.orders, rng)
        return obey(ready.reader, attacks, max_tokens=ready.base.max_tokens)
