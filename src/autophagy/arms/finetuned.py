"""Arms that tune the model on the documents: every weight or an adapter, alone or with passages beside it."""

from dataclasses import dataclass, fields, replace
from typing import ClassVar, Literal

import numpy as np

from ..core.errors import DataError, must
from ..core.registry import arm
from .arm import Base, Corpus, Ready, Setup
from .context import Context
from .rewriting import lessons
from .tuning import Method, Plan, tune


@dataclass(frozen=True)
class Tuning:
    """The settings that all tuned arms share.

    `rewritings` of each passage are learnt beside the passage itself, written by `writer`: "given" (a file of the
    user's, or the world's own), "templates" (sentences in other orders, each behind the title), "model" (the model
    itself), or another by folder or hub id, or as NAME@ADDRESS where it is served; "auto" takes what is given. Whatever
    the number of wordings, each passage is read `exposures` times at most.

    What is chosen is chosen on a wording of each passage that is held out, and charged to the arm. `learning_rate`
    "search" goes from the usual rate up or down in factors of 3 until a worse one is found on either side. A rate
    above the usual one must lower the loss by the share `gain`: a higher rate forgets more of how to answer, which that
    loss does not see (on the world, where 0 takes a rate three times higher still, far fewer answers are right). Every
    eighth of the training is followed by a look: after `patience` looks without a better one it ends, and the best
    weights are taken; with 0 all exposures are trained.
    """

    seeded: ClassVar[bool] = True
    rewritings: int = 10
    writer: str = "auto"
    exposures: int = 40
    learning_rate: float | Literal["search"] = "search"
    gain: float = 0.15
    patience: int = 3
    batch: int = 8
    context: int = 128
    rank: int = 8

    def __post_init__(self) -> None:
        must(0 <= self.rewritings <= 1000, "rewritings", self.rewritings, "at least 0 and at most 1000")
        must(1 <= self.exposures <= 10**6, "exposures", self.exposures, "at least 1 and at most a million")
        rate = self.learning_rate
        must(rate == "search" or 0 < float(rate) < 10, "learning_rate", rate, "search, or above 0 and below 10")
        must(0 <= self.gain < 1, "gain", self.gain, "at least 0 and below 1")
        must(0 <= self.patience <= 10**6, "patience", self.patience, "at least 0 and at most a million")
        for name in ("batch", "context", "rank"):
            must(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")

    def learn(self, base: Base, corpus: Corpus, rng: np.random.Generator, method: Method) -> Ready:
        """The model tuned on every wording of the documents, which answers without context."""
        from ..answering.local import LocalReader

        written = lessons(corpus, self.rewritings, self.writer, base, rng)
        plan = Plan(
            method, self.exposures, self.learning_rate, self.gain, self.patience, self.batch, self.context, self.rank
        )
        tuned = tune(base, written, plan, rng)
        reader = LocalReader(tuned.fitted.network(), tuned.fitted.base.tokenizer, f"{base.model} ({base.label})")
        return Ready(base, reader, tuned.setup)


@arm("full")
@dataclass(frozen=True)
class Full(Tuning):
    """Every weight of the model is tuned on the documents and their rewritings."""

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Write, search a learning rate, tune."""
        return self.learn(base, corpus, rng, "full")


@arm("lora")
@dataclass(frozen=True)
class Lora(Tuning):
    """An adapter of rank `rank` on every linear layer is tuned on the documents and their rewritings."""

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Write, search a learning rate, tune."""
        return self.learn(base, corpus, rng, "lora")


@arm("qlora")
@dataclass(frozen=True)
class Qlora(Tuning):
    """An adapter is tuned on a base in 4 bits, which needs a CUDA device."""

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Write, search a learning rate, tune."""
        return self.learn(base, corpus, rng, "qlora")


@arm("format")
@dataclass(frozen=True)
class Format(Tuning):
    """Every weight is tuned on another corpus in the same question style: what the style is worth without the facts."""

    control: ClassVar[bool] = True

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Write, search a learning rate, tune, on the other corpus alone."""
        if corpus.style is None:
            raise DataError("the arm format needs another corpus in the same question style: name it with --style.")
        return self.learn(base, corpus.style, rng, "full")


@dataclass(frozen=True)
class Both(Tuning):
    """A tuned model that reads passages as well; `passages` and `mode` are those of the arm context."""

    passages: int = 3
    mode: Literal["auto", "hybrid", "dense", "bm25"] = "auto"

    def together(self, base: Base, corpus: Corpus, rng: np.random.Generator, method: Method) -> Ready:
        """The model tuned as without context, and the index searched as without tuning."""
        tuned = self.learn(base, corpus, rng, method)
        search = Context(self.passages, self.mode)
        found = search.search(base, corpus.documents)
        setup, look = _sum(tuned.setup, found.setup), search.look(found.index)
        return replace(tuned, setup=setup, look=look, close=found.index.close)


@arm("full+context")
@dataclass(frozen=True)
class FullContext(Both):
    """Every weight is tuned on the documents, and the model reads passages as well."""

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """As full, then as context."""
        return self.together(base, corpus, rng, "full")


@arm("lora+context")
@dataclass(frozen=True)
class LoraContext(Both):
    """An adapter is tuned on the documents, and the model reads passages as well."""

    def fit(self, base: Base, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """As lora, then as context."""
        return self.together(base, corpus, rng, "lora")


def _sum(a: Setup, b: Setup) -> Setup:
    """What two preparations cost together; joules only where one method found both."""
    from ..cost.energy import Energy

    energy = Energy(a.joules, a.seconds, a.method) + Energy(b.joules, b.seconds, b.method)
    added = {
        name: getattr(a, name) + getattr(b, name)
        for name in (field.name for field in fields(Setup))
        if name in ("search_seconds", "tokens_trained", "tokens_read", "tokens_written", "bytes")
    }
    details = {**a.details, **b.details}
    return Setup(
        energy.seconds,
        joules=energy.joules,
        method=energy.method,
        complexity=a.complexity | b.complexity,
        details=details,
        **added,
    )
