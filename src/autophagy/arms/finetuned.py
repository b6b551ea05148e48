"""Arms that fine-tune the model on the documents: every weight or an adapter, alone or with passages beside it."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

import numpy as np

from ..core.decorators import arm, preset
from ..core.errors import DataError, must
from ..cost.energy import Energy
from ..data.dataset import Corpus
from .arm import Preparation, Ready, SharedModel
from .context import Context
from .rewriting import lessons
from .tuning import Tuning, tune


@dataclass(frozen=True)
class Finetuned(Tuning):
    """The model is fine-tuned on the documents and their rewritings.

    `rewritings` of each passage are learnt beside the passage itself, written by `writer`: "given" (a file of the
    user's, or the world's own), "templates" (sentences in other orders, each behind the title), "model" (the model
    itself), or another by folder, hub id or GGUF file, or as NAME@ADDRESS where it is served; "auto" takes what is
    given. Whatever the number of rewritings, each passage is read `exposures` times at most. With `passages` the model
    also reads as many passages that a search finds, by `mode`, as the arm context does.

    What is chosen is chosen on a rewriting of each passage that is held out, and charged to the arm: see `Tuning`.
    `learns` is what it learns from: the documents, or as a control other ones in the same style.
    """

    seeded: ClassVar[bool] = True
    rewritings: int = 10
    writer: str = "auto"
    passages: int = 0
    mode: Literal["auto", "hybrid", "dense", "bm25"] = "auto"
    learns: Literal["documents", "style"] = field(default="documents", kw_only=True)  # no setting: presets say it

    def __post_init__(self) -> None:
        super().__post_init__()
        must(0 <= self.rewritings <= 1000, "rewritings", self.rewritings, "at least 0 and at most 1000")
        must(0 <= self.passages <= 1000, "passages", self.passages, "at least 0 and at most 1000")

    @property
    def control(self) -> bool:
        """Whether it learns nothing of the documents."""
        return self.learns == "style"

    @property
    def needs(self) -> frozenset[str]:
        """Weights that can be tuned, and what the preset asks for beside them."""
        own = {"style": self.control, "embedder": self.passages, "cuda": self.method == "qlora"}
        return frozenset({"weights", *(need for need, asked in own.items() if asked)})

    def fit(self, base: SharedModel, corpus: Corpus, rng: np.random.Generator) -> Ready:
        """Write, search a learning rate, tune, and index the documents where passages are read too."""
        from ..answering.local import LocalModel

        learnt = corpus.style if self.control else corpus
        if learnt is None:
            raise DataError("there are no documents in the same style to learn from: name some with --style.")
        tuned = tune(base, lessons(learnt, self.rewritings, self.writer, base, rng), self, rng)
        name = f"{base.model} ({base.label})"
        begins = base.form.begins if self.passages else ""
        model = LocalModel(tuned.fitted.network(), tuned.fitted.base.tokenizer, name, begins=begins)
        ready = Ready(base, model, tuned.preparation)
        return self._reading(ready, corpus) if self.passages else ready

    def _reading(self, ready: Ready, corpus: Corpus) -> Ready:
        """The tuned arm with an index to read from."""
        context = Context(self.passages, self.mode)
        searched = context.search(ready.base, corpus.documents)
        preparation = _sum(ready.preparation, searched.preparation)
        return replace(ready, preparation=preparation, look=context.look(searched), close=searched.index.close)


def _sum(a: Preparation, b: Preparation) -> Preparation:
    """What two preparations cost together; joules only where one method found both."""
    energy = Energy(a.joules, a.seconds, a.method) + Energy(b.joules, b.seconds, b.method)
    return Preparation(
        seconds=energy.seconds,
        search_seconds=a.search_seconds + b.search_seconds,
        joules=energy.joules,
        method=energy.method,
        tokens_trained=a.tokens_trained + b.tokens_trained,
        tokens_read=a.tokens_read + b.tokens_read,
        tokens_written=a.tokens_written + b.tokens_written,
        bytes=a.bytes + b.bytes,
        complexity=a.complexity | b.complexity,
        details={**a.details, **b.details},
    )


PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "full": ("Every weight of the model is fine-tuned on the documents and their rewritings.", {"method": "full"}),
    "lora": (
        "An adapter of rank `rank` on every linear layer is fine-tuned on the documents and their rewritings.",
        {"method": "lora"},
    ),
    "qlora": ("An adapter is fine-tuned on a base in 4 bits, which needs a CUDA device.", {"method": "qlora"}),
    "full+context": (
        "Every weight is fine-tuned on the documents, and the model also reads passages.",
        {"method": "full", "passages": 3},
    ),
    "lora+context": (
        "An adapter is fine-tuned on the documents, and the model also reads passages.",
        {"method": "lora", "passages": 3},
    ),
    "format": (
        "Every weight is fine-tuned on other documents in the same style: what style is worth without the facts.",
        {"method": "full", "learns": "style"},
    ),
}

ALSO = {"full": ("finetune", "fine-tune", "finetuned", "fine-tuned", "sft"), "lora": ("peft",)}
for _name, (_caption, _settings) in PRESETS.items():
    arm(_name, also=ALSO.get(_name, ()))(preset(Finetuned, _name, _caption, **_settings))
