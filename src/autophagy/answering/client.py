"""One server is asked as it wants to be asked: with patience, other names for its options, and more room to reason."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit

import anyio

from ..core.errors import DataError
from ..core.stops import CUT
from .answer import answer_of
from .document import BrokenReply, WebPage
from .ending import ending, lost, missing
from .endpoint import ANY_KEY, Endpoint
from .failure import FAILURES, kind
from .kept import Journal
from .language_model import RAW, Completion, Wishes, as_messages
from .manners import LIMIT, MOST_THOUGHT, SYSTEM, Manners, overfull, room
from .patience import PASSING, Asking, Unanswered
from .refusal import Refusal
from .reply import ServerReply, read
from .shapes import models_of
from .waits import renewal_of, wait_of
from .wire import CONNECT, NO_RESPONSE, Wire

REACHED = 5.0  # seconds in which a server is to say that it is there
MORE = 4  # times as many tokens where reasoning has used them all
UNREADABLE = (AttributeError, TypeError, ValueError, KeyError, OSError, EOFError)  # of a shape that nobody foresaw


@dataclass(eq=False)
class Client:
    """A client of one endpoint, which belongs to the event loop that it is used in.

    `manners` holds what was learnt about the server, and `faults` counts the attempts that failed, by reason. What
    stands in the `journal` is not asked again.
    """

    endpoint: Endpoint
    manners: Manners = field(default_factory=Manners)
    faults: Counter[str] = field(default_factory=Counter)
    journal: Journal | None = None
    dead: DataError | None = None
    next_turn: float = 0.0  # when the next request may be sent, in seconds of the monotonic clock

    def __post_init__(self) -> None:
        self.wire = Wire(self.endpoint.timeout, self.endpoint.headers)
        self.free = anyio.Semaphore(self.endpoint.connections)
        self.end = anyio.Event()  # of the asking of all questions, for which `dead` has the reason
        self.roots = list(self.endpoint.roots)  # where its interface may yet lie, the likeliest first

    async def complete(
        self,
        prompt: str,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int | None = None,
        wishes: Wishes | None = None,
    ) -> Completion:
        """The completion of a prompt; raises DataError for what no other question could be answered at either.

        Where reasoning has used all tokens, it is asked again with more, and so are all questions after it. The
        seconds and tokens are those of the last attempt.
        """
        wanted = {"temperature": temperature, LIMIT: max_tokens, "seed": seed, **(wishes or {})}
        ask = partial(self._complete, Asking(prompt, wanted))
        if self.journal is None:
            return await ask()
        where = self.endpoint
        return await self.journal.answer([where.model, where.base_url, where.system, prompt, wanted], ask)

    async def _complete(self, asking: Asking) -> Completion:
        done: Completion | None = None
        while True:
            factor = self.manners.factor
            try:
                reply, limit, seconds = await self.patiently(asking)
            except Unanswered as error:
                return done or Completion(error=str(error), passing=error.passing)
            done = answer_of(reply, limit, seconds)
            more = min(factor * MORE, MOST_THOUGHT)
            if done.stop != CUT or (done.text and not done.reasoning) or more == factor or not limit:
                return done
            self.manners.factor = max(self.manners.factor, more)
            if self.manners.limit(asking.wanted) <= limit:
                return done

    async def reply(self, prompt: str, options: dict[str, Any], system: str = "") -> ServerReply:
        """The reply to one request with exactly these options, renamed where the server wants it; asked only once."""
        root = self.manners.root or self.roots[0]
        return (await self._once(root, prompt, self.manners.options(options), system or self.endpoint.system))[0]

    async def reach(self) -> None:
        """Raise DataError where nothing answers at the address; what is slow or odd is there."""
        try:
            await self.wire.request("GET", self.endpoint.url(self.roots[0], "models"), timeout=REACHED)
        except NO_RESPONSE as error:
            if dead := ending(error, self.endpoint, answered=False, models=()):
                raise dead from error
        finally:
            await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self.wire.close()

    async def patiently(self, asking: Asking) -> tuple[ServerReply, int, float]:
        """A reply, the limit of tokens that it was asked with, 0 for none, and its seconds.

        Raises Unanswered where this prompt has no answer, and DataError where none has.
        """
        while True:
            sent, limit = asking.options(self.manners), self.manners.limit(asking.wanted)
            root = self.manners.root or self.roots[0]
            try:
                reply, seconds = await self._once(root, asking.prompt, sent, self.endpoint.system)
            except FAILURES as error:
                self.faults[kind(error)] += 1
                with anyio.move_on_after(await self._again(error, asking, root, sent)):
                    await self.end.wait()
            else:
                if not self.manners.answered:
                    self.manners.refused |= asking.without
                self.manners.root, self.manners.answered = root, True
                return reply, limit, seconds

    async def _again(self, error: Exception, asking: Asking, root: str, sent: dict[str, Any]) -> float:
        """The seconds after which to ask again; raises Unanswered, or DataError where no question has an answer."""
        if self._late(error, asking, sent) or self._elsewhere(error, root) or self._in_a_chat(error, asking, sent):
            return 0.0
        lacks = isinstance(error, Refusal) and missing(error, self.manners.answered)
        dead = ending(error, self.endpoint, self.manners.answered, await self._models(root) if lacks else ())
        if dead:
            self._end(dead, error)
        if isinstance(error, Refusal) and overfull(error):
            asking.shorten(room(error, self.manners.limit(asking.wanted)) // self.manners.factor, error)
            return 0.0
        if isinstance(error, Refusal) and asking.teaches(error) and self._learns(error, asking, sent):
            return 0.0
        try:
            return asking.pause(error, self.endpoint)
        except Unanswered:
            if dead := lost(error, self.endpoint, self.manners.answered):
                self._end(dead, error)
            raise

    def _end(self, sentence: DataError, error: Exception) -> NoReturn:
        """Answer no question any more."""
        self.dead = sentence
        self.end.set()
        raise sentence from error

    def _late(self, error: Exception, asking: Asking, sent: dict[str, Any]) -> bool:
        """Whether a refusal is of what is not sent any more, since another question has learnt better meanwhile."""
        status = error.status if isinstance(error, Refusal) else 404 if isinstance(error, WebPage) else 0
        return 400 <= status < 500 and status not in PASSING and asking.options(self.manners) != sent

    def _learns(self, error: Refusal, asking: Asking, sent: dict[str, Any]) -> bool:
        """Whether to ask otherwise after a refusal: as it says, or on the chance that an option is what it is of."""
        return self.manners.learn(error, sent) or asking.strip(error, self.manners, sent)

    def _in_a_chat(self, error: Exception, asking: Asking, sent: dict[str, Any]) -> bool:
        """Whether to ask in a chat what was to go on by itself: many a server, or its model, has nothing but chats."""
        status = error.status if isinstance(error, Refusal) else 404 if isinstance(error, WebPage) else 0
        if RAW not in sent or status not in (400, 404, 405, 501):
            return False
        if status == 400 and isinstance(error, Refusal):
            plain = {name: value for name, value in sent.items() if name != RAW}
            if overfull(error) or self._learns(error, asking, plain):
                return not overfull(error)
        asking.without.clear()
        self.manners.refused.add(RAW)
        self.roots = list(self.endpoint.roots)
        return True

    def _elsewhere(self, error: Exception, root: str) -> bool:
        """Whether the interface may lie at another root than where nothing was found."""
        nothing = isinstance(error, WebPage) or (
            isinstance(error, Refusal) and error.status in (404, 405) and not missing(error)
        )
        if not nothing:
            return False
        if self.manners.root:  # another question has found it in the meantime
            return root != self.manners.root
        if root == self.roots[0] and len(self.roots) > 1:
            self.roots.pop(0)
        return root != self.roots[0]

    async def _once(
        self, root: str, prompt: str, options: dict[str, Any], system: str = ""
    ) -> tuple[ServerReply, float]:
        """One attempt, and its seconds."""
        text = prompt.encode("utf-8", "replace").decode()  # half a surrogate is no text to a server
        if system and SYSTEM in self.manners.refused:
            text, system = f"{system}\n\n{text}", ""
        path = "completions" if RAW in options else "chat/completions"
        asked: dict[str, Any] = {"prompt": text} if RAW in options else {"messages": as_messages(text, system)}
        asked |= {name: value for name, value in options.items() if name != RAW}
        async with self.free:
            await self._turn()
            if self.dead:
                raise self.dead
            begun = time.perf_counter()
            asked |= {"model": self.endpoint.model}
            url = self.endpoint.url(root, path)
            response = await self.wire.request("POST", url, asked)
            if response.status in (307, 308) and (there := _nearby(url, response.headers.get("location", ""))):
                response = await self.wire.request("POST", there, asked)
            seconds = time.perf_counter() - begun
        if 300 <= response.status < 400:
            raise Refusal(response.status, response.headers.get("location", ""))
        try:
            return read(response.status, response.body), seconds
        except Refusal as error:
            if self.endpoint.api_key != ANY_KEY:  # a word that many a message holds
                error.message = error.message.replace(self.endpoint.api_key, "...")
            error.wait = max(error.wait, wait_of(response.headers))
            if error.status == 429:
                error.wait = error.wait or renewal_of(response.headers)
            raise
        except UNREADABLE as error:
            raise BrokenReply(f"{type(error).__name__}: {error}"[:200]) from error

    async def _turn(self) -> None:
        """Wait until the next request may be sent."""
        if self.endpoint.per_minute:
            now = time.monotonic()
            turn, self.next_turn = max(now, self.next_turn), max(now, self.next_turn) + 60 / self.endpoint.per_minute
            await anyio.sleep(turn - now)

    async def _models(self, root: str) -> list[str]:
        """The models that the server says it has; none where it does not say."""
        try:
            found = await self.wire.request("GET", self.endpoint.url(root, "models"), timeout=CONNECT)
            return models_of(json.loads(found.body))
        except (*NO_RESPONSE, *UNREADABLE):
            return []


def _nearby(url: str, location: str) -> str:
    """Where a request is sent on to, if that is on the same server, which has the key anyway; empty where it is not."""
    there = urljoin(url, location)
    here, other = urlsplit(url), urlsplit(there)
    return there if location and (here.scheme, here.netloc) == (other.scheme, other.netloc) else ""
