"""The answers of any model as they come: one by one from a server, in batches from a model of this machine."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import TypedDict, Unpack

from .language_model import ANSWER, Bunch, Bunching, Completion, LanguageModel, Seeds, Wishes, seeds_of

WIDTH = 32  # prompts that a local model is handed at once; what a kill loses is a part of them


class AnswerOptions(TypedDict, total=False):
    """How prompts are to be answered, as `bunches` takes it."""

    max_tokens: int
    temperature: float
    seed: Seeds
    wishes: Wishes | None


def stream(
    model: LanguageModel, prompts: Sequence[str], **options: Unpack[AnswerOptions]
) -> Iterator[tuple[int, Completion]]:
    """The place of each prompt with its answer; raises DataError where no prompt can be answered."""
    with closing(bunches(model, prompts, **options)) as made:
        for some in made:
            yield from some


def bunches(
    model: LanguageModel,
    prompts: Sequence[str],
    *,
    max_tokens: int = ANSWER,
    temperature: float = 0.0,
    seed: Seeds = None,
    wishes: Wishes | None = None,
) -> Generator[Bunch]:
    """The same, in one list those that are there at the same time, so that they may be written to disk together.

    `wishes` are told to a model that hands out its answers as they come: a server, which is asked without those that it
    refuses, or a GGUF file. Any other model never has them.
    """
    if isinstance(model, Bunching):
        yield from model.bunches(prompts, max_tokens=max_tokens, temperature=temperature, seed=seed, wishes=wishes)
        return
    seeds = seeds_of(seed, len(prompts))
    for first in range(0, len(prompts), WIDTH):
        own = [number for number in seeds[first : first + WIDTH] if number is not None] or None
        batch = prompts[first : first + WIDTH]
        yield list(enumerate(model.complete(batch, max_tokens=max_tokens, temperature=temperature, seed=own), first))
