"""The training of a pretrained model: packed blocks of tokens, AdamW with a warm-up and a cosine decay."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ...core.errors import Diverged
from ..neural.checkpoint import Checkpoint
from ..neural.schedule import TUNING, learning_rate
from ..neural.training import resume, state
from .base import CausalLM
from .watch import Watch

MOST_LOGITS = 2**26  # logits held at once, 256 MiB: a large vocabulary goes through in parts of a batch
UNSEEN = -100  # a target that no loss counts: the ignore_index of cross_entropy
MOST_NORM = 1.0  # of a gradient, above which it is scaled down: max_grad_norm of transformers' TrainingArguments


def pack(base: CausalLM, rows: Sequence[Sequence[int]], context: int) -> Tensor:
    """Passages one behind the other, cut into blocks (m, context + 1) whose last token begins the next block.

    Each passage stands between the start and the end token, which may be one; what is left free at the end of the last
    block is UNSEEN.
    """
    tokens = [base.start]
    for row in rows:
        tokens += row
        tokens += [base.end] if base.start == base.end else [base.end, base.start]
    count = max(1, math.ceil((len(tokens) - 1) / context))
    tokens += [UNSEEN] * (count * context + 1 - len(tokens))
    return torch.tensor(tokens).unfold(0, context + 1, context)


def tune(
    base: CausalLM,
    module: Any,
    rows: Sequence[Sequence[int]],
    generator: torch.Generator,
    epochs: int,
    peak: float,
    batch: int,
    context: int,
    checkpoint: Checkpoint | None = None,
    watch: Watch | None = None,
) -> None:
    """Learn the passages in place: every weight of the module that asks for gradients.

    `peak` is the highest learning rate. Each epoch shuffles the passages and packs them anew. With a `checkpoint` the
    state is saved every few minutes and at the end, and a training that was killed goes on from there to the same
    weights. With a `watch` the training ends when that says so, with the best weights that it saw; the learning rate
    falls as if it went to the end. Raises Diverged where the loss is no longer finite.

    Ref: Loshchilov and Hutter 2019 (AdamW).
    """
    named = {name: weight for name, weight in module.named_parameters() if weight.requires_grad}
    weights = list(named.values())
    device = weights[0].device
    optimiser = torch.optim.AdamW(weights, lr=peak, fused=True)  # betas .9 and .999, decay .01: the defaults
    steps = epochs * math.ceil(len(pack(base, rows, context)) / batch)
    begin = resume(named, optimiser, steps, None, checkpoint)
    for step, blocks in enumerate(_batches(base, rows, generator, epochs, batch, context)):
        if step < begin:
            continue
        if checkpoint and checkpoint.due:
            checkpoint.save(step, steps, state(named, optimiser, None))
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, steps, peak, TUNING)
        optimiser.zero_grad(set_to_none=True)
        loss = _descend(module, blocks.to(device))
        _check(loss, step)
        _check(float(torch.nn.utils.clip_grad_norm_(weights, MOST_NORM)), step)
        optimiser.step()
        if watch and not watch.go_on(module, named, step + 1, steps):
            break
    if watch:
        watch.put_back(named)
    with torch.no_grad():
        _check(float(sum(_losses(module, blocks[:1].to(device)))), step + 1)
    if checkpoint:
        checkpoint.save(steps, steps, state(named, optimiser, None))


def _batches(
    base: CausalLM, rows: Sequence[Sequence[int]], generator: torch.Generator, epochs: int, batch: int, context: int
) -> Iterator[Tensor]:
    """Blocks (at most `batch`, context + 1) of the passages, in another order in each epoch."""
    for _ in range(epochs):
        order = torch.randperm(len(rows), generator=generator).tolist()
        yield from pack(base, [rows[i] for i in order], context).split(batch)  # type: ignore[no-untyped-call]


def _descend(module: Any, blocks: Tensor) -> float:
    """The mean loss of a batch a token, whose gradients it leaves in the weights."""
    total = 0.0
    for loss in _losses(module, blocks):
        loss.backward()  # type: ignore[no-untyped-call]
        total += float(loss.detach())
    return total


def _losses(module: Any, blocks: Tensor) -> Iterator[Tensor]:
    """The loss of each part of a batch, over the tokens of the whole batch."""
    count = (blocks[:, 1:] != UNSEEN).sum()  # tokens that are foretold in the whole batch
    part = max(1, MOST_LOGITS // (blocks[0].numel() * module.config.get_text_config().vocab_size))
    for piece in blocks.split(part):  # type: ignore[no-untyped-call]
        inputs = piece[:, :-1].clamp_min(0)  # (b, context); what is foretold behind UNSEEN does not count
        with torch.autocast(blocks.device.type, torch.bfloat16, enabled=blocks.device.type == "cuda"):
            logits = module(input_ids=inputs, use_cache=False).logits  # (b, context, vocabulary)
        losses = functional.cross_entropy(logits.float().flatten(0, 1), piece[:, 1:].flatten(), reduction="sum")
        yield losses / count


def _check(figure: float, step: int) -> None:
    if not math.isfinite(figure):
        raise Diverged(
            f"the training of the model pretrained diverged at step {step}: "
            "lower its learning_rate, or look for damaged weights in its base."
        )
