"""Language models as inspect_ai has them: its OpenAI-compatible provider, made patient, and local models in batches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import anyio
import anyio.to_thread
from inspect_ai.model import (
    ChatMessage,
    ChatMessageUser,
    GenerateConfig,
    Model,
    ModelAPI,
    ModelCall,
    ModelOutput,
    ModelUsage,
    get_model,
    modelapi,
)
from openai import OpenAIError
from tenacity import RetryError, wait_none

from .endpoint import Endpoint
from .inspect_private import ModelGenerateError, OpenAICompatibleAPI, parse_retry_after_from_exception
from .language_model import Completion, LanguageModel, first_line

LONGEST_PAUSE = 60.0  # seconds between two attempts
ANSWERED = ("stop", "max_tokens", "unknown")  # other reasons to stop are refusals, tool calls and overfull prompts


class Unanswered(Exception):
    """Why a question has no answer, in a few words."""


class BrokenReply(Exception):
    """A reply that holds no readable answer, so that it is to be asked for again."""


FAILURES = (RetryError, OpenAIError, ModelGenerateError, Unanswered, BrokenReply)


def served(endpoint: Endpoint, faults: Counter[str], max_tokens: int) -> Model:
    """The model of an endpoint; every attempt that fails is counted in `faults`."""
    config = GenerateConfig(
        temperature=0.0, max_tokens=max_tokens, max_retries=endpoint.retries, max_connections=endpoint.connections
    )
    model = get_model(
        f"served/served/{endpoint.model}",
        config=config,
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        memoize=False,  # a client belongs to the event loop that it was made in
        client_timeout=endpoint.timeout,
        max_retries=0,  # of the client within the provider, which would hide them
    )
    api = cast(Served, model.api)
    api.faults, api.pause = faults, endpoint.pause
    return model


def queued(queue: "Queue") -> Model:
    """The model that answers what is in the queue."""
    config = GenerateConfig(temperature=0.0, max_tokens=queue.max_tokens, max_connections=queue.width)
    model = get_model(f"local/{queue.model.name}", config=config, memoize=False)
    cast(Local, model.api).queue = queue
    return model


def ask(
    endpoint: Endpoint, faults: Counter[str], prompts: Sequence[str], max_tokens: int, one_line: bool
) -> list[Completion]:
    """The completion of each prompt by an endpoint, in their order."""
    return anyio.run(_ask, endpoint, faults, prompts, max_tokens, one_line)


async def _ask(
    endpoint: Endpoint, faults: Counter[str], prompts: Sequence[str], max_tokens: int, one_line: bool
) -> list[Completion]:
    done = [Completion()] * len(prompts)
    async with served(endpoint, faults, max_tokens) as model, anyio.create_task_group() as tasks:

        async def ask_one(index: int) -> None:
            try:
                output = await model.generate([ChatMessageUser(content=prompts[index])])
                done[index] = completion(output, one_line)
            except FAILURES as error:
                done[index] = Completion(error=reason(error))

        for index in range(len(prompts)):
            tasks.start_soon(ask_one, index)
    return done


def completion(output: ModelOutput, one_line: bool) -> Completion:
    """What a model of inspect_ai said; anything but an answer that ended by itself or by its length is an error."""
    if output.error or not output.choices or output.stop_reason not in ANSWERED:
        return Completion(error=output.error or f"the reply ended with {output.stop_reason}: {output.completion[:80]}")
    text = first_line(output.completion) if one_line else output.completion.strip()
    usage = output.usage or ModelUsage()
    given = usage.input_tokens + (usage.input_tokens_cache_read or 0) + (usage.input_tokens_cache_write or 0)
    return Completion(text, given, usage.output_tokens, float("nan") if output.time is None else output.time)


def reason(error: BaseException) -> str:
    """Why there is no answer: the kind of the last failure, and its first line."""
    if isinstance(error, RetryError):
        error = error.last_attempt.exception() or error
    while type(error).__name__ == "ModelGenerateError" and error.__cause__ is not None:
        error = error.__cause__  # it wraps the request, page long
    if isinstance(error, (Unanswered, BrokenReply)):
        return str(error)
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {first}"[:200]


@modelapi(name="served")
class Served(OpenAICompatibleAPI):
    """The provider of inspect_ai, which asks again also where a reply cannot be read."""

    faults: Counter[str]
    pause: float

    async def generate(self, *arguments: Any, **more: Any) -> Any:
        """One attempt; raises BrokenReply where what comes back holds no answer."""
        try:
            result = await super().generate(*arguments, **more)
        except (ValueError, TypeError, AttributeError, KeyError) as error:  # of JSON, or of a field that is not there
            raise BrokenReply(f"broken reply: {type(error).__name__}: {error}"[:200]) from error
        output = result[0] if isinstance(result, tuple) else result
        if isinstance(output, ModelOutput) and output.stop_reason not in ANSWERED:
            self.faults[output.stop_reason] += 1
        return result

    def chat_choices_from_completion(self, completion: Any, tools: Any) -> Any:
        """The choices of a reply that has one with a text; token counts that cannot be are left out."""
        if not completion.choices or not isinstance(completion.choices[0].message.content, str):
            raise BrokenReply("broken reply: it holds no text")
        counts = [getattr(completion.usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
        if not all(isinstance(count, int) and count >= 0 for count in counts):
            completion.usage = None
        return super().chat_choices_from_completion(completion, tools)

    def should_retry(self, ex: BaseException) -> Any:
        """Whether an attempt that failed is to be made again; it is counted either way."""
        self.faults[_kind(ex)] += 1
        return isinstance(ex, BrokenReply) or super().should_retry(ex)

    def retry_wait(self) -> Any:
        """The seconds before the next attempt: twice as long each time, or longer where the server asks for it."""

        def wait(state: Any) -> float:
            error = state.outcome.exception()
            wanted = parse_retry_after_from_exception(error) or 0.0
            return min(LONGEST_PAUSE, max(wanted, self.pause * 2.0 ** (state.attempt_number - 1)))

        return wait


def _kind(error: BaseException) -> str:
    """The failure of an attempt in a word: broken reply, a status such as 503, or the error's own name."""
    if isinstance(error, BrokenReply):
        return "broken reply"
    return str(getattr(error, "status_code", None) or type(error).__name__)


@dataclass(eq=False)
class _Ticket:
    prompt: str
    done: anyio.Event = field(default_factory=anyio.Event)
    completion: Completion | None = None


@dataclass(eq=False)
class Queue:
    """Prompts that wait until a batch is full, or holds all that are left, so that the model reads many at once.

    `failure` is what ended a batch, if anything did: it is no answer's error but the run's.
    """

    model: LanguageModel
    max_tokens: int
    width: int
    left: int
    waiting: list[_Ticket] = field(default_factory=list)
    failure: BaseException | None = None

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
        except BaseException as error:  # inspect_ai keeps it to the log; the run raises it again
            self.failure = error
            raise
        finally:
            for ticket in batch:
                ticket.done.set()


@modelapi(name="local")
class Local(ModelAPI):
    """A language model of ours as a model of inspect_ai."""

    queue: Queue

    async def generate(self, input: list[ChatMessage], tools: Any, tool_choice: Any, config: Any) -> Any:
        """The model's completion of the last message, with its own tokens and seconds."""
        answer = await self.queue.ask(input[-1].text)
        if answer.error:
            raise Unanswered(answer.error)
        output = ModelOutput.from_content(self.model_name, answer.text)
        total = answer.tokens_in + answer.tokens_out
        output.usage = ModelUsage(input_tokens=answer.tokens_in, output_tokens=answer.tokens_out, total_tokens=total)
        return output, ModelCall.create({}, None, time=answer.seconds)

    def retry_wait(self) -> Any:
        """No time at all, for a local model is not asked again."""
        return wait_none()
