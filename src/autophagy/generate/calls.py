"""Calls: what a writer is asked, by an id that a resumed run gives again, and the ledger of what it replied."""

import hashlib
import math
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..answering.language_model import RAW, Completion, LanguageModel
from ..answering.remedy import remedy
from ..answering.stream import bunches
from ..core.errors import DataError
from ..core.files import append, read_lines
from ..core.known import or_nan, or_null
from ..core.parts import Part
from ..core.recipe import Request
from ..core.stops import CUT
from ..cost.prices import Prices
from .budget import Budget, Spent

LOST = 16  # calls in a row that brought no reply, after which nobody is asked any more
LETTERS = 4  # of a token, where a server does not count: about as many as English has
WIDTH = 64  # calls that are sent before the budget is looked at again


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its id such as "12", or "12.1" for a follow-up of call 12, the recipe, and what is asked."""

    id: str
    recipe: Part
    request: Request

    def digest(self, writer: str) -> str:
        """What the call is, so that a reply is taken for no other one."""
        asked = self.request
        decoding = f"{asked.max_tokens} {asked.temperature:g} {asked.top_p:g} {asked.presence:g} {asked.complete}"
        key = "\0".join([writer, self.id, str(self.recipe), asked.text, decoding, *asked.stop])
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:24]

    @property
    def label(self) -> str:
        """The recipe that asks: of a mix, the one of its parts."""
        return self.request.part or str(self.recipe)

    def seed(self, root: int) -> int:
        """The seed that its reply is drawn with."""
        return zlib.crc32(f"{root} {self.id}".encode()) & 0x7FFFFFFF


def first_call(name: str) -> str:
    """The id of the call that a call follows, or its own where it follows none."""
    return name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Replied:
    """What came back: the text, whether it was cut, or why there is none.

    `seconds` are those of the clock since the reply before it, so that they sum to what the writer was waited for,
    however many calls were under way. `guessed` are its tokens in and out by its letters, where nobody counted them,
    `model` is what the server says that it is, and `empty` says how a reply ended that came and holds no text.
    """

    text: str
    cut: bool
    error: str
    tokens_in: float
    tokens_out: float
    seconds: float
    money: float
    guessed: tuple[float, float] = (0.0, 0.0)
    model: str = ""
    empty: str = ""

    def line(self, call: Call, digest: str) -> dict[str, Any]:
        """The reply as a line of calls.jsonl has it."""
        counts = {name: or_null(getattr(self, name)) for name in COUNTS}
        more: dict[str, Any] = {"guessed": list(self.guessed)} if any(self.guessed) else {}
        more |= {"empty": self.empty} if self.empty else {}
        return {
            "call": call.id,
            "digest": digest,
            "recipe": call.label,
            "state": "failed" if self.error else "settled",
            "reply": self.text,
            "cut": self.cut,
            "error": self.error,
            "model": self.model,
            **counts,
            **more,
        }

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> "Replied":
        """The reply of a line."""
        counts: dict[str, Any] = {name: or_nan(line[name]) for name in COUNTS}
        into, out = line.get("guessed", (0.0, 0.0))
        more = {"guessed": (into, out), "model": line.get("model", ""), "empty": line.get("empty", "")}
        return cls(line["reply"], line["cut"], line["error"], **counts | more)


COUNTS = ("tokens_in", "tokens_out", "seconds", "money")


@dataclass
class Ledger:
    """The replies to calls in an append-only file: a call that is settled there is never sent again.

    `sent` counts the calls of this session that were sent, `spent` is what all replies have cost, and `writers` counts
    them by what the server said that its model is. `heard` is called after each reply.
    """

    path: Path
    model: LanguageModel
    seed: int
    prices: Prices | None = None
    budget: Budget | None = None
    sent: int = 0
    spent: Spent = field(default_factory=Spent)
    writers: Counter[str] = field(default_factory=Counter)
    heard: Callable[[], None] | None = None
    _known: dict[str, Replied] = field(default_factory=dict)
    _lost: int = 0

    def __post_init__(self) -> None:
        for line in read_lines(self.path):
            reply = Replied.read(line)
            self._spend(reply)
            if not reply.error:
                self._known[line["digest"]] = reply

    def ended(self, calls: Sequence[Call]) -> bool:
        """Whether the budget is used up and no reply to any of these calls is known."""
        return self.spent.over(self.budget) and not any(map(self._reply, calls))

    def ask(self, calls: Sequence[Call]) -> dict[str, Replied]:
        """The replies by the ids of their calls; fewer where the budget ran out. Raises DataError where none comes."""
        replies, todo = {}, []
        digests = {call.id: call.digest(self.model.name) for call in calls}
        for call in calls:
            known = self._known.get(digests[call.id])
            if known:
                replies[call.id] = known
            else:
                todo.append(call)
        for some in _alike(todo):
            for start in range(0, len(some), WIDTH):
                if self.spent.over(self.budget):
                    return replies
                for call, reply in self._send(some[start : start + WIDTH], digests):
                    replies[call.id] = reply
        return replies

    def _reply(self, call: Call) -> Replied | None:
        return self._known.get(call.digest(self.model.name))

    def _send(self, calls: Sequence[Call], digests: Mapping[str, str]) -> Iterator[tuple[Call, Replied]]:
        asked = calls[0].request
        texts = [call.request.text for call in calls]
        seeds = [call.seed(self.seed) for call in calls]
        most, heat, wishes = asked.max_tokens, asked.temperature, _wishes(asked)
        made = bunches(self.model, texts, max_tokens=most, temperature=heat, seed=seeds, wishes=wishes)
        begun = time.perf_counter()
        for some in made:
            seconds = (time.perf_counter() - begun) / len(some)
            came = [(calls[place], self._replied(said, calls[place].request, seconds)) for place, said in some]
            append(self.path, [reply.line(call, digests[call.id]) for call, reply in came])
            for call, reply in came:
                self._settle(digests[call.id], reply)
            yield from came
            begun = time.perf_counter()

    def _settle(self, digest: str, reply: Replied) -> None:
        """Count a reply that is on disk; raises DataError where none has come for long."""
        self.sent += 1
        if self.heard:
            self.heard()
        self._spend(reply)
        if not reply.error:
            self._known[digest] = reply
        reason = reply.error or reply.empty
        self._lost = self._lost + 1 if reason else 0
        if self._lost >= LOST:
            how = "failed" if reply.error else "brought no text"
            raise DataError(
                f"{self.model.name} no longer replies: {LOST} calls in a row {how} ({reason.rstrip('.')}): "
                f"{remedy(reason, 'start it again')}, then add --resume; every reply that came is kept."
            )

    def _replied(self, completion: Completion, asked: Request, seconds: float) -> Replied:
        money = math.nan
        if self.prices:
            money = self.prices.of_tokens(self.model.name, completion.tokens_in, completion.tokens_out)
        written = completion.written or completion.text
        text = _stopped(written, asked.stop)
        limited = completion.stop == CUT
        cut = limited and len(text) == len(written.lstrip() if asked.stop else written)  # else it ended before
        error = "" if limited else completion.error
        ended = completion.error or f"the reply ended with {completion.stop or 'no reason'} and holds no text"
        empty = "" if error or written.strip() else ended
        into, out = completion.tokens_in, completion.tokens_out
        guessed = (0.0, 0.0) if error else (guess(into, asked.text), guess(out, completion.reasoning + written))
        return Replied(text, cut, error, into, out, seconds, money, guessed, completion.model, empty)

    def _spend(self, reply: Replied) -> None:
        self.writers[reply.model] += bool(reply.model)
        self.spent.uncounted += any(reply.guessed)
        self.spent.guessed_tokens += sum(reply.guessed)
        if self.prices and any(reply.guessed):
            into, out = map(sum, zip(map(_number, (reply.tokens_in, reply.tokens_out)), reply.guessed, strict=True))
            self.spent.guessed_money += _number(self.prices.of_tokens(self.model.name, into, out))
        self.spent.money += _number(reply.money)
        self.spent.unpriced += not reply.error and not math.isfinite(reply.money)
        self.spent.tokens_in += _number(reply.tokens_in)
        self.spent.tokens_out += _number(reply.tokens_out)
        self.spent.seconds += _number(reply.seconds)


def _stopped(text: str, stop: Sequence[str]) -> str:
    """A text up to where one of the words that end it begins behind its first letter; not every model heeds them."""
    text = text.lstrip() if stop else text
    return text[: min([len(text), *(place for word in stop if (place := text.find(word)) >= 0)])]


def _wishes(asked: Request) -> dict[str, Any]:
    """What a model may be told of the decoding beside its temperature, where it is not as without a word.

    A blank that ends a reply is not told, since many a reply begins with one.
    """
    stop = [word for word in asked.stop if word.strip()]
    named = {
        "top_p": (asked.top_p, 1.0),
        "presence_penalty": (asked.presence, 0.0),
        "stop": (stop, []),
        RAW: (asked.complete, False),
    }
    return {name: value for name, (value, plain) in named.items() if value != plain}


def _alike(calls: Sequence[Call]) -> list[list[Call]]:
    """Calls that are decoded alike together, since a model is asked many prompts at one setting."""
    groups: dict[Any, list[Call]] = {}
    for call in calls:
        asked = call.request
        key = (asked.max_tokens, asked.temperature, asked.top_p, asked.presence, asked.stop, asked.complete)
        groups.setdefault(key, []).append(call)
    return list(groups.values())


def guess(counted: float, text: str) -> float:
    """About how many tokens a text has, for a budget that must hold where nobody counted them; 0 where somebody did."""
    return 0.0 if math.isfinite(counted) else max(1.0, len(text) / LETTERS)


def _number(value: float) -> float:
    return value if math.isfinite(value) else 0.0
