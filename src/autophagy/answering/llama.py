"""A GGUF file that answers, by llama.cpp: many prompts at once, by the likeliest tokens or drawn; scored choices."""

import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

from ..core.errors import DataError, must
from ..core.stops import CUT
from ..gguf.find import GgufFile
from .answer import answer_of
from .engine import SLOTS, Engine, Options, open_engine
from .kept import keeper, recalled
from .language_model import (
    ANSWER,
    RAW,
    Bunch,
    Completion,
    Seeds,
    Wishes,
    announces,
    first_line,
    no_system,
    seeds_of,
)
from .plain import reasons
from .refusal import Refusal
from .reply import ServerReply
from .told import answered

# The model's own probabilities, where llama.cpp would draw from a shortlist.
WHOLE: dict[str, Any] = {"top_k": 0, "top_p": 1.0, "min_p": 0.0, "repeat_penalty": 1.0}
# What llama.cpp has worked out of an earlier prompt it did in other pieces, whose sums end in other bits, and an answer
# that is drawn hangs on them: nothing of it is taken over.
AFRESH: dict[str, Any] = {"cache_prompt": False}
SEEDS = 2**32 - 1  # the last one stands for none


@dataclass(frozen=True)
class LlamaModel:
    """A GGUF file in llama.cpp. The prompt goes through the file's chat template, else "Answer:" follows it.

    An answer stops at an end token of the file's own and, where it is to be `one_line`, at the end of its first line;
    of a model that is taught to reason first, the reasoning is no line of the answer. A `system` message goes before
    each prompt; raises DataError where the file has no chat template to hold it. An answer goes on behind the words
    that it `begins` with, which are no part of it.
    """

    name: str
    file: GgufFile
    one_line: bool = True
    system: str = ""
    begins: str = ""

    def __post_init__(self) -> None:
        if self.system and not self.file.template:
            raise no_system(self.name)

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """The answer to each prompt; the seconds of all are shared by them.

        A prompt that leaves the model no room has an error instead. An answer hangs on its own prompt and seed alone:
        to the last bit, it is the same beside other prompts.
        """
        bunches = self.bunches(prompts, max_tokens=max_tokens, temperature=temperature, seed=seed)
        made = dict(each for some in bunches for each in some)
        seconds = fsum(each.seconds for each in made.values()) / max(1, len(made))
        return [replace(made[place], seconds=seconds) for place in range(len(prompts))]

    def bunches(
        self,
        prompts: Sequence[str],
        *,
        max_tokens: int = ANSWER,
        temperature: float = 0.0,
        seed: Seeds = None,
        wishes: Wishes | None = None,
    ) -> Generator[Bunch]:
        """The place of each prompt with its answer, one by one as they come, with the seconds since the last one.

        With the wish RAW the prompt itself goes on, without the chat template, and may have lines.
        """
        must(temperature >= 0, "temperature", temperature, "0 or more")
        more = dict(wishes or {})
        raw = bool(more.pop(RAW, False))
        plain = {"max_tokens": max_tokens, "temperature": temperature, **WHOLE, **AFRESH, **more}
        options = [plain | ({} if own is None else {"seed": own % SEEDS}) for own in seeds_of(seed, len(prompts))]
        asked = list(zip(prompts, options, strict=True))
        own = [self.name, self.one_line, self.system, self.begins, raw]
        journal, there = keeper(), recalled([[*own, *each] for each in asked])
        answered(len(there))
        if there:
            yield list(there.items())
        todo = {place: each for place, each in enumerate(asked) if place not in there}
        for place, done in self._as_they_come(todo, SLOTS if len(prompts) > 1 else 1, max_tokens, raw):
            if journal:
                journal.keep([*own, *asked[place]], [done])
            answered(1)
            yield [(place, done)]

    def _as_they_come(
        self, asked: Mapping[int, tuple[str, Options]], slots: int, max_tokens: int, raw: bool
    ) -> Generator[tuple[int, Completion]]:
        """The place of each prompt with its answer and the seconds since the last one."""
        ask, engine = self._go_on if raw else self._ask, open_engine(self.file, slots)
        with ThreadPoolExecutor(SLOTS) as pool:
            begun = time.perf_counter()
            under_way = {pool.submit(ask, engine, *each): place for place, each in asked.items()}
            try:
                for future in as_completed(under_way):
                    place, reply = under_way[future], future.result()
                    if isinstance(reply, Refusal) and slots > 1:  # no room beside others: it may have it alone
                        reply = ask(open_engine(self.file, 1), *asked[place])
                    yield place, self._completion(reply, max_tokens, time.perf_counter() - begun, lines=raw)
                    begun = time.perf_counter()
            finally:
                pool.shutdown(cancel_futures=True)

    def score(self, prompts: Sequence[str], choices: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        """The natural-log probability of each choice behind its prompt, summed over its tokens.

        Raises DataError where a prompt with its choice is longer than the model reads.
        """
        engine = open_engine(self.file, 1)
        return [tuple(self._scores(engine, prompt, row)) for prompt, row in zip(prompts, choices, strict=True)]

    def _ask(self, engine: Engine, prompt: str, options: Options) -> ServerReply | Refusal:
        """The reply to one prompt, or why there is none."""
        try:
            if self.one_line and not reasons(self.file.template):
                reply = self._once(engine, prompt, {**options, "stop": ["\n"]})
                if reply.stop == CUT or (reply.text.strip() and not announces(reply.text)):
                    return reply  # else it began with an empty line, or with one that only says that the answer follows
            return self._once(engine, prompt, options)
        except Refusal as error:
            return error

    def _go_on(self, engine: Engine, prompt: str, options: Options) -> ServerReply | Refusal:
        """What goes on behind a prompt, or why there is nothing."""
        try:
            return engine.completion(prompt, options)
        except Refusal as error:
            return error

    def _once(self, engine: Engine, prompt: str, options: Options) -> ServerReply:
        if not self.file.template:
            return engine.completion(f"{prompt}\nAnswer:{self.begins and ' '}{self.begins}", options)
        if self.begins:
            return engine.completion(engine.chat_text(prompt, self.system) + self.begins, options)
        return engine.chat(prompt, options, self.system)

    def _completion(self, reply: ServerReply | Refusal, max_tokens: int, seconds: float, *, lines: bool) -> Completion:
        """The answer that a reply is, in one line where that is wanted and no `lines` are."""
        if isinstance(reply, Refusal):
            return Completion(error=reply.message, seconds=seconds)
        limit = int(reply.tokens_out) if reply.stop == CUT else max_tokens  # it may be the end of its room that cut it
        done = answer_of(reply, limit, seconds)
        if lines or not self.one_line:
            return replace(done, model="")  # the path of the file, which is none of its name
        done = replace(done, model="", written="")
        line = first_line(done.text)
        whole = done.stop == CUT and first_line(f"{done.text}x") == line  # what was cut is a later line
        return replace(done, text=line, error="", stop="stop") if whole else replace(done, text=line)

    def _scores(self, engine: Engine, prompt: str, choices: Sequence[str]) -> list[float]:
        text = engine.chat_text(prompt) if self.file.template else f"{prompt}\nAnswer:"
        given = engine.tokens(text, control=True)
        # nothing stands between a prompt and its answer behind a control token or white space, else a space
        control = engine.tokens(text, control=False)[-1:] != given[-1:]
        gap = "" if control or text != text.rstrip() else " "
        answers = [engine.tokens(gap + choice, control=False) for choice in choices]
        return [self._likelihood(engine, given, answer, first=place == 0) for place, answer in enumerate(answers)]

    def _likelihood(self, engine: Engine, given: list[int], answer: list[int], *, first: bool) -> float:
        """The log-probability of an answer's tokens: a grammar has the model say them, and no others.

        Behind the `first` one the prompt is not read again.
        """
        if not answer:
            return 0.0
        grammar = "root ::= " + " ".join(f"<[{token}]>" for token in answer)
        options = {
            "max_tokens": len(answer),
            "temperature": 0.0,
            "n_probs": 1,
            "grammar": grammar,
            "cache_prompt": not first,
        }
        try:
            reply = engine.completion(given, options)
        except Refusal as error:
            raise DataError(
                f"a prompt with its choice cannot be scored by {self.name} ({error.message}): give fewer or shorter "
                "passages."
            ) from error
        said = reply.document["choices"][0]["logprobs"]["content"]
        if [token["id"] for token in said] != answer:
            raise DataError(f"{self.name} did not say the choice that it was to score: give a choice of plain words.")
        return fsum(token["logprob"] for token in said)
