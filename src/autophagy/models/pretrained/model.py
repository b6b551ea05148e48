"""Any causal language model, fine-tuned on each generation's passages."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ...core.decorators import model
from ...core.errors import Diverged, FitError, RecordError, UsageError, must, need
from ...core.samples import Array, Samples
from ..neural.checkpoint import Checkpoint

if TYPE_CHECKING:
    from ..neural.training import Weights
    from .base import CausalLM
    from .watch import Watch

MOST = 10**9  # of a setting that counts something; more is a slip
FACTS = "pretrained.json"
# Peak learning rates: that of transformers' TrainingArguments, and that of Dettmers et al. 2023 for models up to 13B.
RATES = {"full": 5e-5, "lora": 2e-4, "qlora": 2e-4}


@dataclass(frozen=True, eq=False)
class FittedPretrained:
    """What each run changed of the base: its weights after a full fine-tuning, or its adapter.

    `prompts` holds the first tokens of real passages for each run, (runs, m) lists, which `sample` continues. Runs in
    `diverged` are as they were before a training that ran away.
    """

    settings: "Pretrained"
    changes: "tuple[Weights, ...]"
    prompts: tuple[list[list[int]], ...]
    diverged: tuple[int, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.changes)

    @property
    def base(self) -> "CausalLM":
        """What the changes are made to, with its tokenizer."""
        return _base(self.settings, self.settings.method)

    @property
    def spelling(self) -> "CausalLM":
        """What knows whether the tokens say all of a text."""
        return self.base

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n passages of each run, (runs * n,) of StringDType, at temperature `bias`; the likeliest at 0."""
        from .draw import Sampling, draw

        if not 0 <= bias < np.inf:
            raise UsageError(f"the model pretrained takes a bias (temperature) of 0 or more, not {bias}.")
        settings, base = self.settings, self.base
        sampling = Sampling(bias, settings.top_p, settings.top_k, settings.repetition_penalty, settings.beams)
        texts: list[str] = []
        for run, seed in enumerate(rng.integers(2**63, size=self.runs).tolist()):
            prompts = [[base.start, *row] for row in _choose(self.prompts[run], n, seed)]
            new = settings.new or settings.context - 1 - settings.prompt
            texts += base.decode(draw(base, self.network(run), prompts, new, not settings.new, sampling, seed))
        return np.array(texts, dtype=np.dtypes.StringDType())

    def complete(
        self, prompts: Sequence[str], rngs: Sequence[np.random.Generator], *, longest: int, bias: float = 1.0
    ) -> list[tuple[str, bool]]:
        """What the first run writes behind the beginning of each passage, and whether it came to its end.

        Of a prompt it reads as much as half the context holds.
        """
        from .draw import Sampling, draw

        settings, base, module = self.settings, self.base, self.network()
        sampling = Sampling(bias, settings.top_p, settings.top_k, settings.repetition_penalty)
        found = []
        for row, rng in zip(base.encode(prompts), rngs, strict=True):
            start = [base.start, *row[-(settings.context // 2) :]]
            room = max(1, min(longest, settings.context - len(start)))
            (made,) = draw(base, module, [start], room, True, sampling, int(rng.integers(2**63)))
            found.append((str(base.decode([made])[0]), len(made) < room))
        return found

    def log_prob(self, x: Array, run: int = 0) -> Array:
        """Natural-log probability (n,) of each whole passage with its end under one run's model, unbiased."""
        from .draw import score

        return score(self.base, self.network(run), self.base.encode(x), self.settings.context)

    def tokens(self, x: Array) -> Array:
        """How many tokens (n,) each passage has, its end counted."""
        return np.array([len(row) + 1 for row in self.base.encode(x)], int)

    def network(self, run: int = 0) -> Any:
        """One run's model as a module of transformers or, with an adapter, of peft; it shares the base's weights."""
        return _network(self.settings, self.base, self.changes[run])

    def save(self, folder: Path) -> None:
        """Write what changed: a model that transformers loads, or an adapter that peft loads.

        One run is written into the folder itself, several into its folders 0, 1 and so on.
        """
        from .adapter import write_adapter
        from .base import write_model

        settings, base = self.settings, self.base
        for run, part in enumerate(_parts(folder, self.runs)):
            part.mkdir(parents=True, exist_ok=True)
            if settings.method == "full":
                write_model(base, self.network(run), part)
            else:
                write_adapter(base, settings.rank, settings.alpha, self.changes[run], part)
        plain = {name: value for name, value in asdict(settings).items() if name != "prompts"}
        facts = {"settings": plain, "runs": self.runs, "prompts": self.prompts}
        (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")

    def merge(self, folder: Path, run: int = 0) -> None:
        """Write one run as a plain model, with its tokenizer, that needs neither the base nor an adapter."""
        from .adapter import merged
        from .base import write_model

        settings, base = self.settings, _base(self.settings, "full")
        folder.mkdir(parents=True, exist_ok=True)
        if settings.method == "full":
            write_model(base, self.network(run), folder)
        else:
            write_model(base, merged(base, settings.rank, settings.alpha, self.changes[run]), folder)


@model("pretrained", of="text", also=("llm", "hf", "gpt2"))
@dataclass(frozen=True)
class Pretrained:
    """Any causal language model, from a folder or a hub id, fine-tuned on each generation's passages.

    `base` is the path of its folder, its hub id, or that of a GGUF file, whose weights are taken out of their few bits
    once (`smollm2` is a small one in a package). Only weights in safetensors are read, and no code of a hub id is
    run. `method` is "full" (all weights are trained), "lora" (adapters of rank `rank` and scale `alpha` / `rank` on
    every linear layer are trained) or "qlora" (the same, on a base in 4 bits, which needs a GPU). The base's weights
    are loaded once; a fit holds only what it changed. Without a start, each generation begins at the base.

    Training goes through the passages `epochs` times. They are packed into blocks of `context` tokens and read in
    batches of `batch` blocks. `learning_rate` is the highest of the training (none: 5e-5, and 2e-4 for adapters).

    Sampling bias is the temperature. `top_p` and `top_k` (0: all) cut off unlikely tokens, `repetition_penalty` makes
    tokens that have occurred less likely, and `beams` above 1 searches for likely passages.

    In every generation, the model continues the first `prompt` tokens of real passages (half of a shorter one), and
    what it adds is the new passage: up to its end token, as far as the `context` reaches, or exactly `new` tokens where
    `new` is not 0. With a `prompt` of 0 it writes from its start token, about whatever it was trained on before.

    Ref: Shumailov et al. 2024, section "Language models" (`prompt=64,new=64`); Hu et al. 2021 (LoRA); Dettmers et al.
    2023 (QLoRA).
    """

    base: str = ""
    method: Literal["full", "lora", "qlora"] = "full"
    epochs: int = 3
    learning_rate: float | None = None
    batch: int = 8
    context: int = 256
    rank: int = 8
    alpha: float = 16.0
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    beams: int = 1
    prompt: int = 16
    new: int = 0
    prompts: list[list[int]] | None = field(default=None, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        must(self.method in RATES, "method", self.method, "full, lora or qlora")
        for name, least in {"epochs": 1, "batch": 1, "context": 2, "rank": 1, "top_k": 0, "beams": 1}.items():
            value = getattr(self, name)
            must(least <= value <= MOST, name, value, f"at least {least} and at most {MOST}")
        rate = self.learning_rate
        must(rate is None or 0 <= rate < np.inf, "learning_rate", rate, "none, or at least 0 and finite")
        must(0 < self.alpha < np.inf, "alpha", self.alpha, "above 0 and finite")
        must(0 < self.top_p <= 1, "top_p", self.top_p, "above 0 and at most 1")
        must(0 < self.repetition_penalty < np.inf, "repetition_penalty", self.repetition_penalty, "above 0 and finite")
        room = self.context - 1  # the start token is in it as well
        must(0 <= self.prompt < room, "prompt", self.prompt, f"at least 0 and below {room}, which the context leaves")
        most = room - self.prompt
        must(0 <= self.new <= most, "new", self.new, f"0, or at most {most}, which the context and the prompt leave")

    def prepare(self, real: Samples, rng: np.random.Generator) -> "Pretrained":
        """The same model with the prompts that all generations continue: those of the real passages."""
        return replace(self, prompts=self._prompts(_base(self, self.method).encode(real.x)))

    def _prompts(self, rows: list[list[int]]) -> list[list[int]]:
        """The first tokens of each passage; half of a short one, or there would be nothing to go on with."""
        if not self.prompt:
            return []
        return [row[: self.prompt if self.new else min(self.prompt, len(row) // 2)] for row in rows]

    def fit(
        self,
        train: Samples,
        rng: np.random.Generator,
        *,
        start: FittedPretrained | None = None,
        runs: int = 1,
        checkpoint: Checkpoint | None = None,
        watch: "Watch | None" = None,
    ) -> FittedPretrained:
        """Continue the base, or `start`, on the passages (runs * n,), each run on its own.

        A long training saves its state in `checkpoint`. A `watch` may end the training of a single run early, which
        then has no checkpoint. Raises FitError where the rows are no texts, Diverged where the training of every run
        ran away, UsageError and DataError where there is no such base.
        """
        if train.x.dtype.kind != "T":
            raise FitError(f"the model pretrained learns texts, and these rows are {train.x.dtype}: give it texts.")
        if runs < 1 or len(train) % runs or not len(train):
            raise FitError(f"{len(train)} rows do not divide into {runs} runs: give every run equally many rows.")
        if watch and (checkpoint or runs > 1):
            raise FitError("a watched training has one run and no checkpoint: give either a watch or a checkpoint.")
        base = _base(self, self.method)
        befores = ({},) * runs if start is None else self._go_on(start, runs)
        rows = [base.encode(part.x) for part in train.split(runs)]
        seeds = rng.integers(2**63, size=runs).tolist()
        places = [checkpoint and checkpoint.of(run) for run in range(runs)]
        changes: list[Weights] = []
        lost: dict[int, Diverged] = {}
        for run, (own, before, seed) in enumerate(zip(rows, befores, seeds, strict=True)):
            try:
                changes.append(self._learn(base, own, before, seed, places[run], watch))
            except Diverged as error:
                lost[run] = error
                changes.append(before)
        if len(lost) == runs:
            raise lost[0]
        for place in places:
            if place:
                place.clear()
        known = self.prompts
        prompts = tuple(self._prompts(own) if known is None else known for own in rows)
        return FittedPretrained(self, tuple(changes), prompts, tuple(lost))

    def load(self, folder: Path) -> FittedPretrained:
        """Read what `save` wrote; raises RecordError where it cannot be read."""
        need("transformers", "the model pretrained")
        from .adapter import read_adapter
        from .base import read_weights

        try:
            facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            settings, runs, prompts = Pretrained(**facts["settings"]), int(facts["runs"]), tuple(facts["prompts"])
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{folder / FACTS} cannot be read as a fitted model: {error}.") from error
        read = read_weights if settings.method == "full" else read_adapter
        return FittedPretrained(settings, tuple(read(part) for part in _parts(folder, runs)), prompts)

    def _go_on(self, start: FittedPretrained, runs: int) -> "tuple[Weights, ...]":
        """What each run of `start` has changed already; raises FitError where this cannot go on from it."""
        if start.runs != runs:
            raise FitError(
                f"a model of {start.runs} runs cannot go on with {runs}: start from a model of as many runs."
            )
        kept = ("base", "method") if self.method == "full" else ("base", "method", "rank", "alpha")
        for name in kept:
            old, new = getattr(start.settings, name), getattr(self, name)
            if old != new:
                raise FitError(f"a model with {name}={old} cannot go on with {name}={new}: keep it, or start afresh.")
        return start.changes

    def _learn(
        self,
        base: "CausalLM",
        rows: list[list[int]],
        before: "Weights",
        seed: int,
        checkpoint: Checkpoint | None,
        watch: "Watch | None",
    ) -> "Weights":
        """What one run changes of the base by its passages (m lists of tokens)."""
        import torch

        from .adapter import adapters, begin, read_off
        from .tune import tune

        stream = torch.Generator().manual_seed(seed)
        if self.method == "full":
            weights = before or dict(base.model.named_parameters())
            module = _network(self, base, {name: weight.detach().clone() for name, weight in weights.items()})
            module.requires_grad_(True)
        else:
            module = _network(self, base, before)
            if not before:
                begin(module, stream)
            for _, weight in adapters(module):
                weight.requires_grad_(True)
        rate = RATES[self.method] if self.learning_rate is None else self.learning_rate
        tune(base, module, rows, stream, self.epochs, rate, self.batch, self.context, checkpoint, watch)
        if self.method == "full":
            return {name: weight.detach() for name, weight in module.named_parameters()}
        return read_off(module)


def _base(settings: Pretrained, method: str) -> "CausalLM":
    """The base that the settings name, as the method needs it."""
    for package in ("torch", "transformers", "peft"):
        need(package, "the model pretrained")
    from .base import find_base

    if not settings.base:
        raise UsageError("the model pretrained needs its setting base: write pretrained:base=PATH, or a hub id.")
    base = find_base(settings.base, method)
    if base.positions is not None and settings.context > base.positions:
        raise UsageError(
            f"the setting context must be at most the {base.positions} positions of the base {settings.base}, "
            f"not {settings.context}."
        )
    return base


def _network(settings: Pretrained, base: "CausalLM", changes: "Weights") -> Any:
    """The base with these changes, as a module that shares every other weight with it."""
    from .adapter import adapted

    return base.network(changes) if settings.method == "full" else adapted(base, settings.rank, settings.alpha, changes)


def _choose(prompts: list[list[int]], n: int, seed: int) -> list[list[int]]:
    """n of the prompts, each as often as any other but for one; empty ones where there are none."""
    if not prompts:
        return [[]] * n
    rng, count = np.random.default_rng(seed), len(prompts)
    order = np.concatenate([rng.permutation(count) for _ in range(-(-n // count))]) if n else np.array([], int)
    return [prompts[row] for row in order[:n]]


def _parts(folder: Path, runs: int) -> list[Path]:
    return [folder] if runs == 1 else [folder / str(run) for run in range(runs)]
