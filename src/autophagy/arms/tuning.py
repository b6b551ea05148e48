"""The tuning of an arm: a learning rate searched on held-out wordings, then the whole of it, kept for a second arm."""

import json
import time
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from ..complexity import Complexity
from ..energy import Meter
from ..errors import Diverged
from ..files import slug, writing
from ..models.pretrained import FittedPretrained, Pretrained
from ..samples import REAL, Samples
from .given import Base, Setup
from .writing import Lessons

Method = Literal["full", "lora", "qlora"]
SMALL = 50_000_000  # parameters: below, a model bears ten times the learning rate
USUAL = {"full": 1e-4, "lora": 1e-3, "qlora": 1e-3}
STEPS = (1 / 3, 1.0, 3.0)
SHORT = 4  # a search reads each wording so many times less often
STEPS_TO_REFRESH = ("write the changed document anew", "tune the model again", "put the tuned weights into service")


@dataclass(frozen=True)
class Plan:
    """How a model is tuned: the method, how often each document is read, and the sizes of a step."""

    method: Method
    exposures: int
    learning_rate: float | Literal["search"]
    batch: int
    context: int
    rank: int


@dataclass(frozen=True)
class Tuned:
    """A tuned model and what it cost."""

    fitted: FittedPretrained
    setup: Setup


def tune(base: Base, written: Lessons, plan: Plan, rng: np.random.Generator) -> Tuned:
    """The model tuned on the lessons; one that was tuned in this comparison with the same plan is taken up again.

    Its seconds and joules are those that it took when it was made. Raises Diverged where no learning rate holds.
    """
    seed = int(rng.integers(2**63))
    folder = base.folder / "tuned" / slug(f"{plan.method}-{len(written.texts)}-{seed:x}-{_digest(written, plan)}")
    if (folder / "setup.json").exists():
        facts = json.loads((folder / "setup.json").read_text(encoding="utf-8"))
        model = _model(base, plan, facts["details"]["learning_rate"], facts["details"]["epochs"])
        return Tuned(model.load(folder), _setup(facts))
    begun = time.perf_counter()
    with Meter() as meter:
        rate, tried = _rate(base, written, plan, seed)
        search = time.perf_counter() - begun
        epochs = _epochs(written, plan.exposures)
        fitted = _fit(base, written, plan, rate, epochs, seed)
    trained = int(fitted.tokens(np.array(written.texts, dtype=np.dtypes.StringDType())).sum())
    facts = {
        "seconds": meter.energy.seconds + written.seconds,
        "search_seconds": search,
        "joules": meter.energy.joules,
        "method": meter.energy.method,
        "tokens_trained": epochs * trained,
        "tokens_read": written.tokens_read,
        "tokens_written": written.tokens_written,
        "details": {"learning_rate": rate, "epochs": epochs, "tried": tried, "writer": written.writer},
    }
    folder.mkdir(parents=True, exist_ok=True)
    fitted.save(folder)
    facts["bytes"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    with writing(folder / "setup.json") as file:
        file.write(json.dumps(facts).encode())
    return Tuned(fitted, _setup(facts))


def _rate(base: Base, written: Lessons, plan: Plan, seed: int) -> tuple[float, dict[str, float | None]]:
    """The learning rate under which held-out wordings are likeliest after a short training, and what was tried."""
    if plan.learning_rate != "search":
        return plan.learning_rate, {}
    held_out = np.array(written.held_out, dtype=np.dtypes.StringDType())
    tried: dict[str, float | None] = {}
    for rate in (USUAL[plan.method] * (10 if _size(base) < SMALL else 1) * step for step in STEPS):
        try:
            fitted = _fit(base, written, plan, rate, _epochs(written, max(1, plan.exposures // SHORT)), seed)
            tried[f"{rate:.2g}"] = float(-fitted.log_prob(held_out).sum() / fitted.tokens(held_out).sum())
        except Diverged:
            tried[f"{rate:.2g}"] = None
    known = {rate: loss for rate, loss in tried.items() if loss is not None and np.isfinite(loss)}
    if not known:
        raise Diverged("the tuning diverged at every learning rate that was tried: set learning_rate lower.")
    return float(min(known, key=known.__getitem__)), tried


def _fit(base: Base, written: Lessons, plan: Plan, rate: float, epochs: int, seed: int) -> FittedPretrained:
    texts = np.array(written.texts, dtype=np.dtypes.StringDType())
    return _model(base, plan, rate, epochs).fit(Samples.of(texts, REAL, "fixed"), np.random.default_rng(seed))


def _model(base: Base, plan: Plan, rate: float, epochs: int) -> Pretrained:
    return Pretrained(
        base=base.trainable(),
        method=plan.method,
        epochs=epochs,
        learning_rate=rate,
        batch=plan.batch,
        context=plan.context,
        rank=plan.rank,
        alpha=2.0 * plan.rank,
    )


def _epochs(written: Lessons, exposures: int) -> int:
    """How often all wordings are read such that each document is read `exposures` times."""
    wordings = len(written.texts) / len(written.held_out)
    return max(1, round(exposures / wordings))


def _size(base: Base) -> int:
    from ..models.pretrained_base import find_base

    return sum(weight.numel() for weight in find_base(base.trainable(), "full").model.parameters())


def _digest(written: Lessons, plan: Plan) -> str:
    import hashlib

    whole = json.dumps([written.texts, asdict(plan)])
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _setup(facts: dict[str, Any]) -> Setup:
    details = facts["details"]
    return Setup(
        **facts,
        complexity=Complexity(
            artifacts=("tuned weights", "rewritings") if details["writer"] else ("tuned weights",),
            settings=("learning_rate",) if details["tried"] else (),
            steps=STEPS_TO_REFRESH,
            seconds=facts["seconds"] - facts["search_seconds"],
        ),
    )
