"""A local model that answers: many prompts at once, by the likeliest tokens or drawn, and how likely answers are."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList, StoppingCriteria, StoppingCriteriaList

from ..core.errors import DataError, must
from ..core.stops import CUT
from ..models.pretrained.base import find_base
from ..models.pretrained.reading import quiet
from .kept import keeper
from .language_model import (
    ANSWER,
    SHORT,
    Completion,
    Seeds,
    announces,
    as_messages,
    first_line,
    no_system,
    seeds_of,
)
from .plain import plain, reasons
from .told import answered

MOST_ROWS = 256  # prompts that are answered at once
MOST_TOKENS = 2**15  # of a batch, with its padding and its answers
MOST_LOGITS = 2**26  # floats, 256 MiB, that the logits of one batch may take
COMMON = 64  # tokens that hardly an answer of one line has more of, by which batches are sized
Tokens = Sequence[Sequence[int]]


@dataclass(frozen=True, eq=False)
class LocalModel:
    """A causal language model with its tokenizer.

    The prompt goes through the tokenizer's chat template where it has one, else "Answer:" follows it on a new line.
    An answer stops at an end token, and, where it is to be `one_line`, at the end of the first line with words; of a
    model that is taught to reason first, the reasoning is no line of the answer. A `system` message goes before each
    prompt. An answer goes on behind the words that it `begins` with, which are no part of it.
    """

    model: Any
    tokenizer: Any
    name: str
    one_line: bool = True
    system: str = ""
    begins: str = ""

    @classmethod
    def find(cls, name: str, *, one_line: bool = True, system: str = "", begins: str = "") -> "LocalModel":
        """The model of a folder or hub id; raises DataError where there is none, or it takes no system message."""
        base = find_base(name, "lora")  # in its own precision on an accelerator, as tuning leaves it
        if system and not base.tokenizer.chat_template:
            raise no_system(name)
        return cls(base.model, base.tokenizer, name, one_line, system, begins)

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """The answer to each prompt; the seconds of a batch are shared by its prompts.

        A prompt that leaves the model no room for an answer has an error instead, and one that leaves little has an
        answer of as many tokens as the next lower power of 2. With a seed, what is drawn hangs on it and on the prompt,
        not on the prompts beside it.
        """
        must(temperature >= 0, "temperature", temperature, "0 or more")
        rows = [self._encode(prompt, self.begins) for prompt in prompts]
        limits = [self._limit(len(row), max_tokens) for row in rows]
        room = self._positions - min(max_tokens, SHORT)
        done = [
            Completion(error=f"the prompt has {len(row)} tokens, and the model has room for {room}") for row in rows
        ]
        seeds = seeds_of(seed, len(rows))
        for new in sorted(set(limits) - {0}, reverse=True):
            lengths = [len(row) if limit == new else 0 for row, limit in zip(rows, limits, strict=True)]
            for batch in _batches(lengths, min(new, COMMON) if self._lines else new):
                given = [rows[index] for index in batch]
                made = self._remembered(given, new, temperature, [seeds[index] for index in batch])
                answered(len(batch))
                for index, completion in zip(batch, made, strict=True):
                    done[index] = completion
        return done

    def _remembered(self, rows: Tokens, new: int, temperature: float, seeds: Sequence[int | None]) -> list[Completion]:
        """The answers to a batch, which is asked again as a whole or not at all: beside others they may be others."""
        journal = keeper()
        question = [self.name, self.one_line, rows, new, temperature, seeds]
        if journal and (there := journal.recall(question)):
            return there
        begun = time.perf_counter()
        made = self._follow(rows, new, _Draw.of(rows, new, temperature, seeds))
        seconds = (time.perf_counter() - begun) / len(rows)
        done = [self._completion(len(row), tokens, new, seconds) for row, tokens in zip(rows, made, strict=True)]
        if journal:
            journal.keep(question, done)
        return done

    def _limit(self, given: int, max_tokens: int) -> int:
        """The tokens that an answer to so many may have, a matter of its prompt alone; 0 where there is no room."""
        room = self._positions - given
        if room < min(max_tokens, SHORT):
            return 0
        return max_tokens if room >= max_tokens else 2 ** (room.bit_length() - 1)

    def _completion(self, given: int, tokens: Sequence[int], new: int, seconds: float) -> Completion:
        """What the new tokens say: an answer, or one that was cut."""
        text = self.tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        ended = len(tokens) < new or tokens[-1] in self._ends or (self._lines and bool(self._line.over(tokens)))
        said = plain(text)
        answer = first_line(said.text) if self.one_line else said.text
        error = "" if ended else f"the answer was cut at {new:,} tokens" + ("" if answer else ", before it began")
        if ended and said.reasoning and not answer:
            error = "it reasoned and gave no answer"
        written = "" if self.one_line else said.written
        stop = "stop" if ended else CUT
        return Completion(answer, given, len(tokens), seconds, error, stop, said.reasoning, written)

    @property
    def _lines(self) -> bool:
        """Whether an answer stops at the end of its line: where it has one, and nothing is reasoned before it."""
        return self.one_line and not reasons(self.tokenizer.chat_template)

    def score(self, prompts: Sequence[str], choices: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        """The natural-log probability of each choice behind its prompt, summed over its tokens.

        Raises DataError where a prompt with its choice is longer than the model reads.
        """
        pairs = []
        for prompt, options in zip(prompts, choices, strict=True):
            given = self._encode(prompt)
            pairs += [(given, self._plain(self._gap(given) + option)) for option in options]
        longest = max((len(given) + len(answer) for given, answer in pairs), default=0)
        if longest > self._positions:
            raise DataError(
                f"a prompt with its choice has {longest} tokens and the model {self.name} reads {self._positions}: "
                "give fewer or shorter passages."
            )
        rows = max(1, MOST_LOGITS // self.model.config.get_text_config().vocab_size // 8)
        scores = [0.0] * len(pairs)
        for batch in _batches([len(given) + len(answer) for given, answer in pairs], 0, rows):
            for index, value in zip(batch, self._likelihood([pairs[index] for index in batch]), strict=True):
                scores[index] = value
        numbers = iter(scores)
        return [tuple(next(numbers) for _ in options) for options in choices]

    def _encode(self, prompt: str, begins: str = "") -> list[int]:
        """The tokens of a prompt as the model was taught to be asked, and of what the answer begins with."""
        if not self.tokenizer.chat_template:
            text = f"{prompt}\nAnswer:{begins and ' '}{begins}"
            return list(self.tokenizer(text, verbose=False)["input_ids"])
        messages = as_messages(prompt, self.system)
        asked = self.tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
        return [*asked, *self._plain(begins)] if begins else list(asked)

    def _gap(self, given: Sequence[int]) -> str:
        """What stands between a prompt and its answer: nothing behind an added token or white space, else a space."""
        last = self.tokenizer.decode(given[-1:])
        return "" if given[-1] in self.tokenizer.added_tokens_decoder or last != last.rstrip() else " "

    def _plain(self, text: str) -> list[int]:
        keywords = {"add_special_tokens": False, "split_special_tokens": True, "verbose": False}
        return list(self.tokenizer(text, **keywords)["input_ids"])

    @property
    def _positions(self) -> int:
        return getattr(self.model.config.get_text_config(), "max_position_embeddings", None) or 2**31

    @cached_property
    def _ends(self) -> list[int]:
        """Every token that ends an answer: a model's own, and those of its tokenizer and its chat."""
        config = self.model.config.get_text_config()
        named = [self.tokenizer.eos_token_id, config.eos_token_id, self.model.generation_config.eos_token_id]
        return sorted(
            {end for ends in named if ends is not None for end in (ends if isinstance(ends, list) else [ends])}
        )

    @cached_property
    def _line(self) -> "_Line":
        """Which tokens of the vocabulary have words, end a line, and end a line that they have words of."""
        size = self.model.get_input_embeddings().num_embeddings
        known = min(size, max(self.tokenizer.get_vocab().values()) + 1)
        texts = [self.tokenizer.decode([token]) for token in range(known)] + [""] * (size - known)
        facts = [(bool(text.strip()), "\n" in text, _ends_line(text), announces(text)) for text in texts]
        return _Line(*torch.tensor(facts, device=self.model.device).T)

    def _follow(self, rows: Tokens, new: int, draw: "_Draw | None") -> list[list[int]]:
        """The new tokens behind each row, up to the one that ends the answer, which is counted in."""
        ids, mask = _left(rows, self.model.device)
        greedy = GenerationConfig(
            max_new_tokens=new,
            do_sample=False,
            num_beams=1,
            repetition_penalty=1.0,  # some models ship a penalty, which is no greedy decoding
            eos_token_id=self._ends or None,
            pad_token_id=self._ends[0] if self._ends else 0,
        )
        start = ids.shape[1]
        rules = StoppingCriteriaList([_LineEnds(self._line, start)] if self._lines else [])
        chosen = LogitsProcessorList([draw] if draw else [])
        with quiet(), torch.inference_mode():
            made = self.model.generate(
                input_ids=ids,
                attention_mask=mask,
                generation_config=greedy,
                stopping_criteria=rules,
                logits_processor=chosen,
            )
        made = made[:, start:]
        over = torch.isin(made, torch.tensor(self._ends, device=made.device))
        if self._lines:
            over |= self._line.ended(made)
        steps = torch.where(over.any(1), over.int().argmax(1) + 1, made.shape[1])
        return [row[:count] for row, count in zip(made.tolist(), steps.tolist(), strict=True)]

    @torch.inference_mode()
    def _likelihood(self, pairs: Sequence[tuple[list[int], list[int]]]) -> list[float]:
        """The log-probability of the second part of each pair behind the first."""
        ids, mask = _left([given + answer for given, answer in pairs], self.model.device)
        places = (mask.cumsum(1) - 1).clamp_min(0)
        logits = self.model(input_ids=ids, attention_mask=mask, position_ids=places, use_cache=False).logits
        keep = max(len(answer) for _, answer in pairs)
        likelihoods = logits[:, -keep - 1 : -1].float().log_softmax(-1)
        chosen = likelihoods.gather(2, ids[:, -keep:, None])[:, :, 0].double()
        return [float(row[keep - len(answer) :].sum()) for row, (_, answer) in zip(chosen, pairs, strict=True)]


@dataclass(frozen=True)
class _Line:
    """Of each token of a vocabulary (v,), whether it has words, breaks the line, breaks it behind its own words, and
    ends in a colon, behind which a break ends no line.
    """  # noqa: D205

    words: Tensor
    breaks: Tensor
    both: Tensor
    colon: Tensor

    def ended(self, tokens: Tensor) -> Tensor:
        """Whether each of the tokens (b, t) ends a line that holds words."""
        spoken = self.words[tokens].cumsum(1) > 0
        spoken &= ~self.colon[tokens]
        before = torch.cat([torch.zeros_like(spoken[:, :1]), spoken[:, :-1]], 1)
        return (before & self.breaks[tokens]) | self.both[tokens]

    def over(self, tokens: Sequence[int]) -> bool:
        """Whether the last of these tokens ends a line that holds words."""
        return bool(self.ended(torch.tensor([list(tokens)], device=self.words.device))[0, -1])


class _Draw(LogitsProcessor):  # type: ignore[misc]
    """Leave to each row the token that its next random number falls on, so that the likeliest one is a drawn one."""

    def __init__(self, numbers: np.ndarray[Any, np.dtype[np.float64]], temperature: float) -> None:
        self.numbers, self.temperature, self.step = numbers, temperature, 0

    @classmethod
    def of(cls, rows: Tokens, new: int, temperature: float, seeds: Sequence[int | None]) -> "_Draw | None":
        """Numbers for each row, from its seed and its own tokens; None where nothing is drawn."""
        if temperature == 0:
            return None
        digests = [hashlib.sha256(np.array(row, dtype=np.int64).tobytes()).digest()[:8] for row in rows]
        keys = [
            None if seed is None else [seed, int.from_bytes(digest)]
            for seed, digest in zip(seeds, digests, strict=True)
        ]
        return cls(np.array([np.random.default_rng(key).random(new) for key in keys]), temperature)

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """The scores (b, v) with all but one at minus infinity."""
        shares = (scores.double() / self.temperature).softmax(-1).cumsum(-1)
        numbers = torch.as_tensor(self.numbers[:, self.step, None], device=scores.device)
        self.step += 1
        token = torch.searchsorted(shares, numbers * shares[:, -1:]).clamp_max(scores.shape[1] - 1)
        return torch.full_like(scores, -torch.inf).scatter(1, token, 0.0)


class _LineEnds(StoppingCriteria):  # type: ignore[misc]
    """Stop a row once a line of its new tokens that holds words has ended."""

    def __init__(self, line: _Line, start: int) -> None:
        self.line, self.start = line, start

    def __call__(self, input_ids: Tensor, scores: Any, **_: Any) -> Tensor:
        """Whether each row (b,) is done."""
        return self.line.ended(input_ids[:, self.start :])[:, -1]


def _ends_line(text: str) -> bool:
    """Whether a token breaks the line behind words of its own, which do not end in a colon."""
    words, broken, _ = text.lstrip().partition("\n")
    return bool(words and broken) and not announces(words)


def _batches(lengths: Sequence[int], new: int, most: int = MOST_ROWS) -> Iterator[list[int]]:
    """Indices of rows of like length, the longest first, so that a batch that is too large shows at once; none of 0."""
    order = sorted((index for index, length in enumerate(lengths) if length), key=lambda index: -lengths[index])
    while order:
        count = max(1, min(most, MOST_TOKENS // (lengths[order[0]] + new)))
        yield order[:count]
        order = order[count:]


def _left(rows: Tokens, device: torch.device) -> tuple[Tensor, Tensor]:
    """The rows (b, t), filled up on the left, and where they are."""
    width = max(map(len, rows))
    ids = torch.tensor([[0] * (width - len(row)) + list(row) for row in rows])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows])
    return ids.to(device), mask.to(device)
