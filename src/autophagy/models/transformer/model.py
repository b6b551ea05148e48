"""A small causal transformer from scratch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...core.decorators import model
from ...core.errors import FitError, UsageError, must, need
from ...core.samples import Array, Samples
from ..neural.checkpoint import Checkpoint
from ..neural.rows import MOST_STEPS, MOST_WIDTH
from .prepared import Prepared

if TYPE_CHECKING:
    from ..neural.training import Weights
    from .network import Llama

MOST_LAYERS, MOST_CONTEXT = 1024, 2**20  # more is a slip
LEAST_VOCABULARY, MOST_VOCABULARY = 257, 2**18  # every byte and the end; as large as the largest in use


@dataclass(frozen=True, eq=False)
class FittedTransformer:
    """The weights of a transformer for each run.

    `diverged` names the runs whose training ran away; their weights are zero.
    """

    settings: "Transformer"
    prepared: Prepared
    weights: "Weights"
    diverged: tuple[int, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.weights["norm"])

    @property
    def network(self) -> "Llama":
        """The network that the weights are for."""
        return self.settings.network(self.prepared)

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n passages of each run, (runs * n,) texts, drawn at the temperature `bias`."""
        import torch

        from ..neural.training import Streams
        from .decoding import TokenSampler, beam_search, draw, parts
        from .network import END
        from .tokenizer import decode

        settings, prepared, runs = self.settings, self.prepared, self.runs
        if not 0 <= bias < math.inf:
            raise UsageError(f"the model transformer takes a bias of 0 or more, its temperature, not {bias}.")
        sampler = TokenSampler(bias, settings.top_k, settings.top_p, settings.repetition_penalty)
        streams = Streams(rng, runs)
        if prepared.passages is not None:
            from .editing import edit

            edited = edit(self.network, self.weights, prepared.passages, n, settings.edit, bias, streams)
            return decode(prepared.tokenizer, edited)
        if settings.prompt:
            # (runs, n): each prompt once in a random order, and again in the same where n is larger
            order = streams.uniform(len(prepared.prompts)).argsort(1).repeat(1, -(-n // len(prepared.prompts)))[:, :n]
            starts = streams.tensor(prepared.prompts)[order]  # (runs, n, prompt)
        else:
            starts = streams.tensor(np.full((runs, n, 1), END))  # a passage follows the end of another
        longest, ends = settings.prompt or prepared.longest, not settings.prompt
        made = []
        for part in parts(self.network, starts, starts.shape[2] + longest, settings.beams):
            if settings.beams > 1:
                made.append(beam_search(self.network, self.weights, part, longest, sampler, settings.beams))
            else:
                made.append(draw(self.network, self.weights, part, longest, sampler, streams, ends=ends))
        tokens = torch.cat(made, 1).flatten(0, 1).cpu().numpy()  # (runs * n, longest)
        return decode(prepared.tokenizer, tokens, end="\n" if settings.prompt else None)

    def complete(
        self, prompts: Sequence[str], rngs: Sequence[np.random.Generator], *, longest: int, bias: float = 1.0
    ) -> list[tuple[str, bool]]:
        """What goes on behind the beginning of each passage, at most `longest` tokens, and whether it came to its end.

        Each depends on its own prompt and random numbers alone. The first run writes; of a prompt it reads as much as
        half the context holds.
        """
        from .completing import complete
        from .decoding import TokenSampler

        settings = self.settings
        sampler = TokenSampler(bias, settings.top_k, settings.top_p, settings.repetition_penalty)
        weights = {key: weight[:1] for key, weight in self.weights.items()}
        return complete(self.network, weights, self.prepared.tokenizer, prompts, rngs, longest, sampler)

    def log_prob(self, x: Array, run: int = 0) -> Array:
        """The natural logarithm (m,) of the probability of each passage, its end included.

        In a passage longer than the context, each token is scored given at least half a context of tokens before it.
        """
        from .likelihood import log_prob
        from .tokenizer import encode

        weights = {key: weight[run : run + 1] for key, weight in self.weights.items()}
        return log_prob(self.network, weights, encode(self.prepared.tokenizer, np.asarray(x)))

    def tokens(self, x: Array) -> Array:
        """The number of tokens (m,) of each passage, its end counted."""
        from .tokenizer import encode

        return encode(self.prepared.tokenizer, np.asarray(x)).lengths

    def save(self, folder: Path) -> None:
        """Write a folder that transformers loads; of several runs, one such folder each inside it."""
        from . import hub_format

        settings = plain_settings(self.settings)
        hub_format.write(folder, settings, self.prepared, self.network, self.weights, self.diverged)


@model("transformer", of="text", also=("gpt", "nanogpt"))
@dataclass(frozen=True)
class Transformer:
    """A small Llama-style transformer, trained from scratch; sampling bias is the temperature.

    Logits are divided by the bias before a token is drawn; at 0 the likeliest token is taken. The tokens are byte-level
    byte pairs, at most `vocabulary` of them, learnt once from the real passages. All runs train and sample in one
    program.

    `layers`, `width` and `heads` are those of the network; `context` is the most tokens that it reads. A fit goes
    through the passages `epochs` times. They are laid end to end, and each step reads `batch` rows of `context` tokens.
    The fit stops before it has read more than `budget` tokens, so long texts need a larger budget. While the model
    reads a passage it does not see the one before, except with prompts. A warm start continues from the weights of
    `start`.

    `top_k` samples from so many of the likeliest tokens (0: all), `top_p` from the likeliest that together have this
    probability, and `repetition_penalty` above 1 makes tokens that have occurred less likely. With a `prompt` of 0,
    passages are written from nothing. Otherwise each continues a block of `prompt` tokens of the real passages by as
    many tokens, and `beams` above 1 searches for the likeliest continuation with so many beams instead of drawing it.

    `truncate` below 1 leaves out of the loss the tokens that the model predicts with more than this probability, so
    that it learns less from what models find easy (Shabgahi et al. 2025, truncated cross-entropy).

    `edit` below 1 outputs real passages instead of new ones, and resamples each token that the model predicts with at
    least this probability from its eight likeliest (Zhu et al. 2025, who take .99).

    Ref: Touvron et al. 2023; Shumailov et al. 2024 (prompts of 64 tokens, five beams).
    """

    layers: int = 2
    width: int = 160
    heads: int = 2
    context: int = 256
    epochs: int = 10
    budget: int = 50_000
    learning_rate: float = 2e-3
    batch: int = 1
    vocabulary: int = 2048
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    beams: int = 1
    prompt: int = 0
    truncate: float = 1.0
    edit: float = 1.0
    prepared: Prepared | None = field(default=None, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        must(1 <= self.layers <= MOST_LAYERS, "layers", self.layers, f"at least 1 and at most {MOST_LAYERS}")
        must(2 <= self.width <= MOST_WIDTH, "width", self.width, f"at least 2 and at most {MOST_WIDTH}")
        heads = self.heads >= 1 and self.width % (2 * self.heads) == 0
        must(heads, "heads", self.heads, f"such that the width {self.width} divides into that many even numbers")
        must(2 <= self.context <= MOST_CONTEXT, "context", self.context, f"at least 2 and at most {MOST_CONTEXT}")
        must(1 <= self.epochs <= MOST_STEPS, "epochs", self.epochs, f"at least 1 and at most {MOST_STEPS}")
        must(self.budget >= 1, "budget", self.budget, "at least 1")
        must(0 <= self.learning_rate < math.inf, "learning_rate", self.learning_rate, "at least 0 and finite")
        must(1 <= self.batch <= MOST_STEPS, "batch", self.batch, f"at least 1 and at most {MOST_STEPS}")
        least, most = LEAST_VOCABULARY, MOST_VOCABULARY
        must(least <= self.vocabulary <= most, "vocabulary", self.vocabulary, f"at least {least} and at most {most}")
        must(0 < self.top_p <= 1, "top_p", self.top_p, "above 0 and at most 1")
        must(0 < self.truncate <= 1, "truncate", self.truncate, "above 0 and at most 1")
        must(0 < self.edit <= 1, "edit", self.edit, "above 0 and at most 1")
        must(self.edit == 1 or not self.prompt, "edit", self.edit, "1 where there is a prompt")
        must(self.top_k >= 0, "top_k", self.top_k, "at least 0")
        penalty = self.repetition_penalty
        must(0 < penalty < math.inf, "repetition_penalty", penalty, "above 0 and finite")
        must(0 <= self.prompt <= self.context // 2, "prompt", self.prompt, "at least 0 and at most half of the context")
        beams = 1 <= self.beams <= self.vocabulary and (self.beams == 1 or self.prompt > 0)
        must(beams, "beams", self.beams, "1, or more where there is a prompt")

    def network(self, prepared: Prepared) -> "Llama":
        """The network for the tokens of that tokenizer."""
        from .network import Llama

        return Llama(prepared.tokenizer.get_vocab_size(), self.width, self.layers, self.heads, self.context)

    def prepare(self, real: Samples, rng: np.random.Generator) -> "Transformer":
        """The same model with a tokenizer, and prompts, of the real passages."""
        need("torch", "the model transformer")
        need("tokenizers", "the model transformer")
        texts = read_texts(real, 1)
        return replace(
            self, prepared=Prepared.of(texts, self.vocabulary, self.context, self.prompt, edits=self.edit < 1)
        )

    def fit(
        self,
        train: Samples,
        rng: np.random.Generator,
        *,
        start: FittedTransformer | None = None,
        runs: int = 1,
        checkpoint: Checkpoint | None = None,
    ) -> FittedTransformer:
        """Learn the passages (runs * n,) of all runs at once; a long training saves its state in `checkpoint`.

        Raises FitError where rows are no texts or do not divide into the runs, and Diverged where no run is left.
        """
        need("torch", "the model transformer")
        need("tokenizers", "the model transformer")
        from ..neural.training import Streams
        from ..neural.training import train as descend
        from .likelihood import loss_over
        from .packing import Batches
        from .tokenizer import encode

        texts = read_texts(train, runs)
        prepared = start.prepared if start else self.prepared or self.prepare(train, rng).prepared
        assert prepared is not None
        network = self.network(prepared)
        if start is not None and (start.runs, start.network) != (runs, network):
            raise FitError(
                f"a model of {start.runs} runs ({start.network}) cannot go on as one of {runs} ({network}): "
                "keep the seeds and the size of the network, or start from scratch."
            )
        streams = Streams(rng, runs)
        passages = encode(prepared.tokenizer, texts).split(runs)  # (runs,)
        weights = start.weights if start else network.weights(streams)
        longest = max(len(part.tokens) for part in passages)
        # all runs take as many steps as the one with most tokens; the others begin another epoch
        steps = math.ceil(min(self.epochs * longest, self.budget) / (self.batch * self.context))
        batches = Batches(passages, self.batch, self.context, streams)
        loss = loss_over(network, batches, apart=not self.prompt, truncate=self.truncate)
        weights, diverged = descend(
            weights, loss, steps, self.learning_rate, "transformer", random=batches, checkpoint=checkpoint
        )
        return FittedTransformer(self, prepared, weights, diverged)

    def load(self, folder: Path) -> FittedTransformer:
        """Read what `save` wrote."""
        need("torch", "the model transformer")
        need("tokenizers", "the model transformer")
        from . import hub_format

        settings, prepared, weights, diverged = hub_format.read(folder)
        return FittedTransformer(Transformer(**settings), prepared, weights, diverged)


def read_texts(train: Samples, runs: int) -> Array:
    """The texts of the rows; raises FitError where they are none, or do not divide into the runs."""
    if train.x.dtype.kind not in "TU":
        raise FitError(f"the model transformer learns texts, and these rows are {train.x.dtype}: give it passages.")
    if runs < 1 or len(train) % runs:
        raise FitError(f"{len(train)} rows do not divide into {runs} runs: give every run equally many rows.")
    if not len(train):
        raise FitError("the model transformer got no passages: give it at least one a run.")
    return train.x


def plain_settings(settings: Transformer) -> dict[str, Any]:
    """The settings by name, without what was learnt."""
    return {f.name: getattr(settings, f.name) for f in fields(settings) if not f.kw_only}
