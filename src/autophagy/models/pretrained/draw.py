"""Sampling and scoring with a pretrained model: token by token, many passages at once, with its cache."""

import inspect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...core.samples import Array
from .base import CausalLM
from .reading import quiet

MOST_ROWS = 256  # passages that are made at once, however small the model
MOST_LOGITS = 2**26  # scores of the vocabulary that are held at once: 256 MiB
MOST_CACHE = 2**28  # keys and values that are held at once: 1 GiB in float32
LEFT = 0.75  # passages that have ended leave the batch once this share is left: to leave it, the whole cache is copied


@dataclass(frozen=True)
class Sampling:
    """How the next token is chosen: `beams` above 1 searches, and temperature 0 takes the likeliest."""

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    beams: int = 1

    def probabilities(self, logits: Tensor, seen: Tensor) -> Tensor:
        """The probability (b, v) of each next token, of its logits (b, v) behind the tokens `seen` (b, t)."""
        if self.repetition_penalty != 1:
            score = logits.gather(1, seen)  # (b, t)
            score = torch.where(score < 0, score * self.repetition_penalty, score / self.repetition_penalty)
            logits = logits.scatter(1, seen, score)
        if self.temperature == 0:
            return functional.one_hot(logits.argmax(1), logits.shape[1]).to(logits.dtype)
        logits = logits / self.temperature
        if 0 < self.top_k < logits.shape[1]:
            logits = logits.masked_fill(logits < logits.topk(self.top_k).values[:, -1:], -math.inf)
        probabilities = logits.softmax(1)
        if self.top_p < 1:
            ordered, index = probabilities.sort(descending=True)
            # a token stays while those before it have not reached top_p, so the first always stays
            ordered[ordered.cumsum(1) - ordered >= self.top_p] = 0
            probabilities = torch.zeros_like(probabilities).scatter(1, index, ordered)
        return probabilities / probabilities.sum(1, keepdim=True)


def draw(
    base: CausalLM, module: Any, prompts: Sequence[Sequence[int]], new: int, stop: bool, sampling: Sampling, seed: int
) -> list[list[int]]:
    """What follows each prompt: at most `new` tokens up to the end token, or exactly `new` without it, as `stop` says.

    The order of the rows is that of the prompts. `seed` is that of the random numbers.

    Ref: Holtzman et al. 2020 (top-p); Keskar et al. 2019, section 4.1 (the repetition penalty).
    """
    generator = torch.Generator(module.device).manual_seed(seed)
    config = module.config.get_text_config()
    longest = max(map(len, prompts), default=0) + new
    # the most numbers that a row can hold in the cache: with fewer heads for keys and values it is less
    a_row = sampling.beams * 2 * getattr(config, "num_hidden_layers", 1) * getattr(config, "hidden_size", 1) * longest
    rows = max(1, min(MOST_ROWS, MOST_CACHE // a_row))
    made: list[list[int]] = []
    for first in range(0, len(prompts), rows):
        ids, mask = _left(prompts[first : first + rows], module.device)
        if sampling.beams > 1 or "past_key_values" not in _keywords(module):
            tokens = _search(base, module, ids, mask, new, stop, sampling, generator)
        else:
            tokens = _follow(base, module, ids, mask, new, stop, sampling, generator)
        made += [_until(row, base.end) for row in tokens.tolist()]
    return made


@torch.inference_mode()
def score(base: CausalLM, module: Any, rows: Sequence[Sequence[int]], context: int) -> Array:
    """The natural-log probability (n,) of each passage with its end, behind the start token.

    A passage longer than `context` is read in windows of that length: each hands on its second half.
    """
    pieces: list[tuple[int, list[int], int]] = []  # passage, tokens, how many of the first are given
    for index, row in enumerate(rows):
        tokens = [base.start, *row, base.end]
        pieces.append((index, tokens[: context + 1], 1))
        half = max(1, context // 2)
        for stop in range(context + 1, len(tokens), half):
            window = tokens[max(0, stop + half - context - 1) : stop + half]
            pieces.append((index, window, len(window) - len(tokens[stop : stop + half])))
    pieces.sort(key=lambda piece: len(piece[1]))
    total = np.zeros(len(rows))
    size = module.config.get_text_config().vocab_size
    while pieces:
        count = max(1, MOST_LOGITS // (size * len(pieces[-1][1])))
        batch, pieces = pieces[-count:], pieces[:-count]
        np.add.at(total, [index for index, _, _ in batch], _score(module, batch))
    return total


def _score(module: Any, pieces: list[tuple[int, list[int], int]]) -> Array:
    width = max(len(tokens) for _, tokens, _ in pieces)
    ids = torch.zeros((len(pieces), width), dtype=torch.long)
    counted = torch.zeros((len(pieces), width), dtype=torch.bool)
    for row, (_, tokens, given) in enumerate(pieces):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        counted[row, given : len(tokens)] = True
    ids, counted = ids.to(module.device), counted.to(module.device)
    logits = module(input_ids=ids[:, :-1], use_cache=False).logits.float()
    loss = functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    summed: Tensor = (loss.view(len(pieces), -1).double() * counted[:, 1:]).sum(1)  # (pieces,), in nats
    return -summed.cpu().numpy()


def _left(prompts: Sequence[Sequence[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """The prompts (b, t), filled up on the left with their first token, and where they are."""
    width = max(map(len, prompts))
    ids = torch.tensor([prompt[0] for prompt in prompts])[:, None].repeat(1, width)  # what fills up is masked
    mask = torch.zeros((len(prompts), width), dtype=torch.long)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt) :] = torch.tensor(list(prompt))
        mask[row, width - len(prompt) :] = 1
    return ids.to(device), mask.to(device)


@torch.inference_mode()
def _follow(
    base: CausalLM,
    module: Any,
    ids: Tensor,
    mask: Tensor,
    new: int,
    stop: bool,
    sampling: Sampling,
    generator: torch.Generator,
) -> Tensor:
    """New tokens (b, at most `new`), the end token behind those that have ended; they are left out of the rest."""
    made = torch.full((len(ids), new), base.end, device=ids.device)  # (b, new)
    alive = torch.arange(len(ids), device=ids.device)  # which rows of `made` are still written
    padded = not bool(mask.all())
    known = _keywords(module)
    given: dict[str, Any] = {"logits_to_keep": 1} if "logits_to_keep" in known else {}
    seen, cache = ids, None
    for step in range(new):
        if padded:
            given["attention_mask"] = mask
            if "position_ids" in known:
                given["position_ids"] = (mask.cumsum(1) - 1).clamp_min(0)[:, -ids.shape[1] :]
        answer = module(input_ids=ids, past_key_values=cache, use_cache=True, **given)
        cache, logits = answer.past_key_values, answer.logits[:, -1].float()  # (left, vocabulary)
        if not stop:
            logits[:, base.end] = -math.inf
        token = sampling.probabilities(logits, seen).multinomial(1, generator=generator)[:, 0]  # (left,)
        made[alive, step] = token
        going = token != base.end
        left = int(going.sum())
        if left == 0:
            break
        if left <= LEFT * len(going) and all(hasattr(layer, "batch_select_indices") for layer in cache.layers):
            keep = going.nonzero()[:, 0]
            cache.batch_select_indices(keep)
            alive, seen, mask, token = alive[keep], seen[keep], mask[keep], token[keep]
        ids = token[:, None]
        seen = torch.cat([seen, ids], 1)
        mask = torch.cat([mask, torch.ones_like(ids)], 1)
    return made


def _search(
    base: CausalLM,
    module: Any,
    ids: Tensor,
    mask: Tensor,
    new: int,
    stop: bool,
    sampling: Sampling,
    generator: torch.Generator,
) -> Tensor:
    """New tokens (b, at most `new`) by the library's own search over beams, or its sampling."""
    from transformers import GenerationConfig

    settings: dict[str, Any] = {"do_sample": sampling.temperature > 0}
    if sampling.temperature > 0:
        settings |= {"temperature": sampling.temperature, "top_k": sampling.top_k, "top_p": sampling.top_p}
    config = GenerationConfig(
        max_new_tokens=new,
        min_new_tokens=None if stop else new,
        num_beams=sampling.beams,
        repetition_penalty=sampling.repetition_penalty,
        bos_token_id=base.start,
        eos_token_id=base.end,
        pad_token_id=base.end,
        **settings,
    )
    devices = [ids.device] if ids.device.type == "cuda" else []
    with torch.random.fork_rng(devices), quiet(), torch.inference_mode():
        # the library draws from the global stream, which the fork gives back as it was
        torch.default_generator.manual_seed(int(torch.randint(2**62, (), generator=generator, device=ids.device)))
        if devices:
            torch.cuda.manual_seed(torch.default_generator.initial_seed())
        module.generation_config = GenerationConfig()  # what the base was shipped with would fill in the rest
        made = module.generate(input_ids=ids, attention_mask=mask, generation_config=config)
    return torch.as_tensor(made[:, ids.shape[1] :])


def _keywords(module: Any) -> set[str]:
    """The keywords of the model's forward, below its adapters."""
    inner = module.get_base_model() if hasattr(module, "get_base_model") else module
    return set(inspect.signature(inner.forward).parameters)


def _until(row: list[int], end: int) -> list[int]:
    return row[: row.index(end)] if end in row else row
