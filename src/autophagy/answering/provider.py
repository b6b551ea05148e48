"""Our language models as inspect_ai has them: a served one by its client, a local one in batches."""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from math import isfinite
from typing import Any, cast

import anyio
import anyio.to_thread
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ContentReasoning,
    ContentText,
    GenerateConfig,
    Model,
    ModelAPI,
    ModelCall,
    ModelOutput,
    ModelUsage,
    get_model,
    modelapi,
)
from tenacity import wait_none

from .language_model import Completion, LanguageModel
from .patience import Unanswered

Ask = Callable[[str], Awaitable[Completion]]
SLOT: ContextVar[list[Completion]] = ContextVar("slot")  # where the completion of the sample at hand is put


def as_inspect(name: str, ask: Ask, max_tokens: int, at_once: int) -> Model:
    """A model of inspect_ai that answers by `ask`; what ends it stands in `failures` of its api."""
    config = GenerateConfig(temperature=0.0, max_tokens=max_tokens, max_connections=at_once, max_retries=0)
    model = get_model(f"autophagy/{name}", config=config, memoize=False)
    api = cast(Ours, model.api)
    api.ask, api.failures = ask, []
    return model


@modelapi(name="autophagy")
class Ours(ModelAPI):
    """A language model of ours as a model of inspect_ai."""

    ask: Ask
    failures: list[Exception]

    async def generate(self, input: list[ChatMessage], tools: Any, tool_choice: Any, config: Any) -> Any:
        """The model's completion of the last message, with its own tokens, seconds and reasoning."""
        try:
            answer = await self.ask(input[-1].text)
        except Exception as error:  # inspect_ai keeps it to the log; the run raises it again
            self.failures.append(error)
            raise
        SLOT.get([]).append(answer)
        if answer.error:
            raise Unanswered(answer.error)
        return _output(self.model_name, answer), ModelCall.create({}, None, time=answer.seconds)

    def retry_wait(self) -> Any:
        """No time at all, for a client asks again by itself, and a local model is not asked again."""
        return wait_none()


def _output(name: str, answer: Completion) -> ModelOutput:
    said = [ContentText(text=answer.text)]
    thought = [ContentReasoning(reasoning=answer.reasoning)] if answer.reasoning else []
    message = ChatMessageAssistant(content=[*thought, *said] if thought else answer.text, model=name)
    output = ModelOutput.from_message(message)
    if isfinite(answer.tokens_in + answer.tokens_out):
        counts = int(answer.tokens_in), int(answer.tokens_out)
        output.usage = ModelUsage(input_tokens=counts[0], output_tokens=counts[1], total_tokens=sum(counts))
    return output


@dataclass(eq=False)
class _Ticket:
    prompt: str
    done: anyio.Event = field(default_factory=anyio.Event)
    completion: Completion | None = None


@dataclass(eq=False)
class Queue:
    """Prompts that wait until a batch is full, or holds all that are left, so that the model reads many at once."""

    model: LanguageModel
    max_tokens: int
    width: int
    left: int
    waiting: list[_Ticket] = field(default_factory=list)

    async def ask(self, prompt: str) -> Completion:
        """The completion of one prompt, once its batch is done; the last to come has the batch answered."""
        ticket = _Ticket(prompt)
        self.waiting.append(ticket)
        if len(self.waiting) == min(self.width, self.left):
            batch, self.waiting = self.waiting, []
            self.left -= len(batch)
            await self._answer(batch)
        await ticket.done.wait()
        if ticket.completion is None:
            raise RuntimeError("the batch of this question failed")
        return ticket.completion

    async def _answer(self, batch: Sequence[_Ticket]) -> None:
        work = partial(self.model.complete, [ticket.prompt for ticket in batch], max_tokens=self.max_tokens)
        try:
            for ticket, answer in zip(batch, await anyio.to_thread.run_sync(work), strict=True):
                ticket.completion = answer
        finally:
            for ticket in batch:
                ticket.done.set()
