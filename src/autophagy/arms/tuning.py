"""The tuning of an arm: a learning rate and an end found on held-out rewritings, and the result kept for other arms."""

import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..core.errors import must
from ..core.files import slug, writing
from ..core.samples import REAL, Samples
from ..cost.complexity import Complexity
from ..cost.energy import Meter
from ..models.pretrained.model import FittedPretrained, Pretrained
from .arm import Preparation, SharedModel
from .learning_rate import search_rate
from .rewriting import Lessons

if TYPE_CHECKING:
    from ..models.pretrained.watch import Watch

Method = Literal["full", "lora", "qlora"]
SMALL = 50_000_000  # parameters: below, a model bears ten times the learning rate
USUAL = {"full": 1e-4, "lora": 1e-3, "qlora": 1e-3}  # learning rates that the search begins with
SHORT = 4  # a search reads each wording so many times less often
STEPS_TO_REFRESH = ("write the changed document anew", "tune the model again", "put the tuned weights into service")


@dataclass(frozen=True)
class Tuning:
    """How a model is tuned: how often each document is read, at which learning rate, and in steps of what size.

    Each passage is read `exposures` times at most. `learning_rate` "search" goes from the usual rate up or down in
    factors of 3 until a worse one is found on either side. A rate above the usual one must lower the loss on held-out
    rewritings by the share `gain`: a higher rate forgets more of how to answer, which that loss does not see (on the
    world, where 0 takes a rate three times higher still, far fewer answers are right). Every eighth of the training is
    followed by a look: after `patience` looks without a better one it ends, and the best weights are taken; with 0 all
    exposures are trained. A step reads `batch` rows of `context` tokens; `rank` is that of an adapter.
    """

    exposures: int = 40
    learning_rate: float | Literal["search"] = "search"
    gain: float = 0.15
    patience: int = 3
    batch: int = 8
    context: int = 128
    rank: int = 8
    method: Method = field(default="full", kw_only=True)  # no setting: presets say it

    def __post_init__(self) -> None:
        must(1 <= self.exposures <= 10**6, "exposures", self.exposures, "at least 1 and at most a million")
        rate = self.learning_rate
        must(rate == "search" or 0 < float(rate) < 10, "learning_rate", rate, "search, or above 0 and below 10")
        must(0 <= self.gain < 1, "gain", self.gain, "at least 0 and below 1")
        must(0 <= self.patience <= 10**6, "patience", self.patience, "at least 0 and at most a million")
        for name in ("batch", "context", "rank"):
            must(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")


@dataclass(frozen=True)
class Tuned:
    """A tuned model and what it cost."""

    fitted: FittedPretrained
    preparation: Preparation


def tune(base: SharedModel, written: Lessons, settings: Tuning, rng: np.random.Generator) -> Tuned:
    """The model tuned on the lessons; one that was tuned in this comparison with the same settings is taken up again.

    Its seconds and joules are those that it took when it was made. Raises Diverged where no learning rate holds.
    """
    seed = int(rng.integers(2**63))
    folder = (
        base.folder / "tuned" / slug(f"{settings.method}-{len(written.texts)}-{seed:x}-{_digest(written, settings)}")
    )
    if (folder / "preparation.json").exists():
        facts = json.loads((folder / "preparation.json").read_text(encoding="utf-8"))
        model = _model(base, settings, facts["details"]["learning_rate"], facts["details"]["epochs"])
        return Tuned(model.load(folder), _preparation(facts))
    with Meter() as meter:
        begun = time.perf_counter()  # the first meter of a process takes a second to start, which is no search
        loss = _held_out(base, written, settings)
        rate, searched = _search(base, written, settings, seed, loss)
        search = time.perf_counter() - begun
        epochs = _epochs(written, settings.exposures)
        watch = _watch(loss, settings.patience)
        fitted = _fit(base, written, settings, rate, epochs, seed, watch)
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
    with writing(folder / "preparation.json") as file:
        file.write(json.dumps(facts).encode())
    return Tuned(fitted, _preparation(facts))


def _search(
    base: SharedModel, written: Lessons, settings: Tuning, seed: int, loss: Callable[[Any], float]
) -> tuple[float, dict[str, Any]]:
    """The learning rate under which held-out rewritings are likeliest after a short training, and what was tried."""
    if settings.learning_rate != "search":
        return settings.learning_rate, {"tried": {}, "bracketed": False}
    epochs = _epochs(written, max(1, settings.exposures // SHORT))
    usual = USUAL[settings.method] * (10 if _size(base) < SMALL else 1)
    searched = search_rate(
        lambda rate: loss(_fit(base, written, settings, rate, epochs, seed).network()), usual, settings.gain
    )
    return searched.rate, {"tried": _plain(searched.tried), "bracketed": searched.bracketed}


def _held_out(base: SharedModel, written: Lessons, settings: Tuning) -> Callable[[Any], float]:
    """A function from a tuned module to its loss on the held-out rewritings, in nats a token."""
    from ..models.pretrained.base import find_base
    from ..models.pretrained.draw import score

    pretrained = find_base(base.trainable(), settings.method)
    rows = pretrained.encode(written.held_out)
    tokens = sum(len(row) + 1 for row in rows)
    return lambda module: float(-score(pretrained, module, rows, settings.context).sum() / tokens)


def _watch(loss: Callable[[Any], float], patience: int) -> "Watch | None":
    """What ends the training where held-out rewritings become no likelier; None where it is to go to its end."""
    from ..models.pretrained.watch import Watch

    return Watch(loss, patience) if patience else None


def _stopped(watch: "Watch | None", reads: float) -> tuple[float, dict[str, Any]]:
    """The share of the training that was done, and how often a document was read at each look, the best and the end.

    `reads` is how often the whole training reads each document.
    """
    if watch is None:
        return 1.0, {"looks": {}, "best": reads, "stopped": reads}
    reads_at = {step: reads * step / watch.steps for step in watch.seen}
    looks = _plain({reads_at[step]: loss for step, loss in watch.seen.items()})
    stopped = {"looks": looks, "best": reads_at[watch.best], "stopped": reads_at[watch.last]}
    return watch.last / watch.steps, stopped


def _plain(losses: Mapping[float, float]) -> dict[str, float | None]:
    """Losses by the rate or the reading that they belong to, as JSON holds them: None for one that is infinite."""
    return {f"{at:.4g}": loss if math.isfinite(loss) else None for at, loss in losses.items()}


def _fit(
    base: SharedModel,
    written: Lessons,
    settings: Tuning,
    rate: float,
    epochs: int,
    seed: int,
    watch: "Watch | None" = None,
) -> FittedPretrained:
    texts = np.array(written.texts, dtype=np.dtypes.StringDType())
    rng = np.random.default_rng(seed)
    return _model(base, settings, rate, epochs).fit(Samples.of(texts, REAL, "fixed"), rng, watch=watch)


def _model(base: SharedModel, settings: Tuning, rate: float, epochs: int) -> Pretrained:
    return Pretrained(
        base=base.trainable(),
        method=settings.method,
        epochs=epochs,
        learning_rate=rate,
        batch=settings.batch,
        context=settings.context,
        rank=settings.rank,
        alpha=2.0 * settings.rank,
    )


def _epochs(written: Lessons, exposures: int) -> int:
    """How often all wordings are read such that each document is read `exposures` times."""
    wordings = len(written.texts) / len(written.held_out)
    return max(1, round(exposures / wordings))


def _size(base: SharedModel) -> int:
    from ..models.pretrained.base import find_base

    return sum(weight.numel() for weight in find_base(base.trainable(), "full").model.parameters())


def _digest(written: Lessons, settings: Tuning) -> str:
    whole = json.dumps([written.texts, {f.name: getattr(settings, f.name) for f in fields(Tuning)}])
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _preparation(facts: dict[str, Any]) -> Preparation:
    details = facts["details"]
    return Preparation(
        **facts,
        complexity=Complexity(
            artifacts=("tuned weights", "rewritings") if details["writer"] else ("tuned weights",),
            settings=("learning_rate",) if details["tried"] else (),
            steps=STEPS_TO_REFRESH,
            seconds=facts["seconds"] - facts["search_seconds"],
        ),
    )
