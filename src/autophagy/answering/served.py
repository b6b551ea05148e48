"""A model behind an address that speaks OpenAI's language."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import anyio

from ..core.errors import DataError
from .client import Client
from .endpoint import Endpoint
from .language_model import ANSWER, Completion
from .manners import Manners


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
        """A client, which belongs to the event loop that it is used in."""
        return Client(self.endpoint, self.manners, self.faults)

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: int | None = None
    ) -> list[Completion]:
        """The answer to each prompt; one that never came has an error instead.

        Raises DataError where no prompt can be answered: nothing answers there, the key is refused, there is no such
        model.
        """
        ask = partial(self._ask, list(prompts), max_tokens, temperature, seed)
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return anyio.run(ask)
        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own, which may not be run again
            return thread.submit(lambda: anyio.run(ask)).result()

    async def _ask(
        self, prompts: Sequence[str], max_tokens: int, temperature: float, seed: int | None
    ) -> list[Completion]:
        done, client, ends = [Completion()] * len(prompts), self.client(), list[DataError]()

        async def ask_one(index: int) -> None:
            try:
                done[index] = await client.complete(prompts[index], max_tokens, temperature, seed)
            except DataError as error:  # raised within the group, it would come out in a group of errors
                ends.append(error)
                tasks.cancel_scope.cancel()

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
