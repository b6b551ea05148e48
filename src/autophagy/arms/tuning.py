"""The tuning of an arm: a learning rate and an end found on held-out wordings, and the outcome kept for another arm."""

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..core.files import slug, writing
from ..core.samples import REAL, Samples
from ..cost.complexity import Complexity
from ..cost.energy import Meter
from ..models.pretrained.model import FittedPretrained, Pretrained
from .arm import Base, Setup
from .learning_rate import search_rate
from .rewriting import Lessons

if TYPE_CHECKING:
    from ..models.pretrained.watch import Watch

Method = Literal["full", "lora", "qlora"]
SMALL = 50_000_000  # parameters: below, a model bears ten times the learning rate
USUAL = {"full": 1e-4, "lora": 1e-3, "qlora": 1e-3}
SHORT = 4  # a search reads each wording so many times less often
STEPS_TO_REFRESH = ("write the changed document anew", "tune the model again", "put the tuned weights into service")


@dataclass(frozen=True)
class Plan:
    """How a model is tuned: the method, how often each document is read, and the sizes of a step."""

    method: Method
    exposures: int
    learning_rate: float | Literal["search"]
    gain: float
    patience: int
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
        loss = _held_out(base, written, plan)
        rate, searched = _search(base, written, plan, seed, loss)
        search = time.perf_counter() - begun
        epochs = _epochs(written, plan.exposures)
        watch = _watch(loss, plan.patience)
        fitted = _fit(base, written, plan, rate, epochs, seed, watch)
    reads = epochs * len(written.texts) / len(written.held_out)
    done, stopped = _stopped(watch, reads)
    trained = int(fitted.tokens(np.array(written.texts, dtype=np.dtypes.StringDType())).sum())
    facts = {
        "seconds": meter.energy.seconds + written.seconds,
        "search_seconds": search,
        "joules": meter.energy.joules,
        "method": meter.energy.method,
        "tokens_trained": round(done * epochs * trained),
        "tokens_read": written.tokens_read,
        "tokens_written": written.tokens_written,
        "details": {"learning_rate": rate, "epochs": epochs, **searched, **stopped, "writer": written.writer},
    }
    folder.mkdir(parents=True, exist_ok=True)
    fitted.save(folder)
    facts["bytes"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    with writing(folder / "setup.json") as file:
        file.write(json.dumps(facts).encode())
    return Tuned(fitted, _setup(facts))


def _search(
    base: Base, written: Lessons, plan: Plan, seed: int, loss: Callable[[Any], float]
) -> tuple[float, dict[str, Any]]:
    """The learning rate under which held-out wordings are likeliest after a short training, and what was tried."""
    if plan.learning_rate != "search":
        return plan.learning_rate, {"tried": {}, "bracketed": False}
    epochs = _epochs(written, max(1, plan.exposures // SHORT))
    usual = USUAL[plan.method] * (10 if _size(base) < SMALL else 1)
    found = search_rate(lambda rate: loss(_fit(base, written, plan, rate, epochs, seed).network()), usual, plan.gain)
    return found.rate, {"tried": _told(found.tried), "bracketed": found.bracketed}


def _held_out(base: Base, written: Lessons, plan: Plan) -> Callable[[Any], float]:
    """A function from a tuned module to its loss on the held-out wordings, in nats a token."""
    from ..models.pretrained.base import find_base
    from ..models.pretrained.draw import score

    its = find_base(base.trainable(), plan.method)
    rows = its.encode(written.held_out)
    tokens = sum(len(row) + 1 for row in rows)
    return lambda module: float(-score(its, module, rows, plan.context).sum() / tokens)


def _watch(loss: Callable[[Any], float], patience: int) -> "Watch | None":
    """What ends the training where held-out wordings become no likelier; None where it is to go to its end."""
    from ..models.pretrained.watch import Watch

    return Watch(loss, patience) if patience else None


def _stopped(watch: "Watch | None", reads: float) -> tuple[float, dict[str, Any]]:
    """The share of the training that was done, and how often a document was read at each look, the best and the end.

    `reads` is how often the whole training reads each document.
    """
    if watch is None:
        return 1.0, {"looks": {}, "best": reads, "stopped": reads}
    reads_at = {step: reads * step / watch.steps for step in watch.seen}
    looks = _told({reads_at[step]: loss for step, loss in watch.seen.items()})
    stopped = {"looks": looks, "best": reads_at[watch.best], "stopped": reads_at[watch.last]}
    return watch.last / watch.steps, stopped


def _told(losses: Mapping[float, float]) -> dict[str, float | None]:
    """Losses by what they were found at, as JSON holds them: None for one that is infinite."""
    return {f"{at:.4g}": loss if math.isfinite(loss) else None for at, loss in losses.items()}


def _fit(
    base: Base, written: Lessons, plan: Plan, rate: float, epochs: int, seed: int, watch: "Watch | None" = None
) -> FittedPretrained:
    texts = np.array(written.texts, dtype=np.dtypes.StringDType())
    rng = np.random.default_rng(seed)
    return _model(base, plan, rate, epochs).fit(Samples.of(texts, REAL, "fixed"), rng, watch=watch)


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
    from ..models.pretrained.base import find_base

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
