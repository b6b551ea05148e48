"""A model behind an address that speaks OpenAI's language."""

import asyncio
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

import anyio

from ..core.errors import AutophagyError
from .client import Client
from .endpoint import Endpoint
from .kept import keeper
from .language_model import ANSWER, Bunch, Completion, Seeds, Wishes, seeds_of
from .manners import Manners
from .running import in_a_loop, run_async
from .told import answered

LAST = 60.0  # seconds in which what is on its way may still come, which is paid for, once all others have ended
Request = tuple[str, int, float, int | None, Wishes]  # a prompt, the most tokens, the temperature, the seed, the rest


@dataclass(eq=False)
class ServedModel:
    """A served model, several prompts at a time.

    `faults` counts the attempts that failed, by reason, and `manners` holds what was learnt about the server. No answer
    is an error, never a wrong answer. No option is relied on that a server may silently ignore.
    """

    endpoint: Endpoint
    faults: Counter[str] = field(default_factory=Counter)
    manners: Manners = field(default_factory=Manners)

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self.endpoint.model

    def client(self) -> Client:
        """A client, which belongs to the event loop that it is used in, and keeps answers where some are kept now."""
        return Client(self.endpoint, self.manners, self.faults, keeper())

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """The answer to each prompt; one that never came has an error instead.

        Raises DataError where no prompt can be answered: nothing answers there, the key is refused, there is no such
        model.
        """
        ask = partial(self._ask, self.client(), list(prompts), max_tokens, temperature, seeds_of(seed, len(prompts)))
        return run_async(ask)

    def bunches(
        self,
        prompts: Sequence[str],
        *,
        max_tokens: int = ANSWER,
        temperature: float = 0.0,
        seed: Seeds = None,
        wishes: Wishes | None = None,
    ) -> Generator[Bunch]:
        """The places of prompts with their answers as they come, in one list those that are there at the same time.

        Raises DataError as above.
        """
        asked, more = zip(prompts, seeds_of(seed, len(prompts)), strict=True), wishes or {}
        made = _as_they_come(self.client(), [(prompt, max_tokens, temperature, own, more) for prompt, own in asked])
        return _in_a_thread(made) if in_a_loop() else made

    async def _ask(
        self, client: Client, prompts: Sequence[str], max_tokens: int, temperature: float, seeds: Sequence[int | None]
    ) -> list[Completion]:
        done, ends = [Completion()] * len(prompts), list[AutophagyError]()

        async def ask_one(index: int) -> None:
            try:
                done[index] = await client.complete(prompts[index], max_tokens, temperature, seeds[index])
                answered(1)
            except AutophagyError as error:  # raised within the group, it would come out in a group of errors
                ends.append(error)
                last = anyio.current_time() + (LAST if client.dead else 0.0)
                tasks.cancel_scope.deadline = min(tasks.cancel_scope.deadline, last)

        try:
            async with anyio.create_task_group() as tasks:
                for index in range(len(prompts)):
                    tasks.start_soon(ask_one, index)
        finally:
            with anyio.CancelScope(shield=True):
                await client.close()
        if ends:
            raise ends[0]
        return done


def _as_they_come(client: Client, asked: Sequence[Request]) -> Generator[Bunch]:
    """The answers of a client as they come, with as many on their way as it has connections."""
    loop, todo = asyncio.new_event_loop(), enumerate(asked)
    under_way: dict[asyncio.Task[Completion], int] = {}
    try:
        while True:
            for place, request in islice(todo, client.endpoint.connections - len(under_way)):
                under_way[loop.create_task(client.complete(*request))] = place
            if not under_way:
                return
            first = asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            done, _ = loop.run_until_complete(first)
            failed = next((task.exception() for task in done if task.exception()), None)
            if failed:
                done, _ = loop.run_until_complete(asyncio.wait(under_way, timeout=LAST if client.dead else 0.0))
            if there := [(under_way.pop(task), task.result()) for task in done if not task.exception()]:
                yield there  # before all ends
            if failed:
                raise failed
    finally:
        loop.run_until_complete(_let_go(client, under_way))
        loop.close()


async def _let_go(client: Client, under_way: Iterable["asyncio.Task[Completion]"]) -> None:
    """End what is no longer waited for, and the connections."""
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    await client.close()


def _in_a_thread(made: Generator[Bunch]) -> Generator[Bunch]:
    """The same, each step of it taken in a thread, where no event loop runs."""
    with ThreadPoolExecutor(1) as thread:
        try:
            while (step := thread.submit(next, made, None).result()) is not None:
                yield step
        finally:
            thread.submit(made.close).result()
