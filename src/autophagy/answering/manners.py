"""What a server was found to want otherwise than others: learnt from what it refuses, and kept."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .language_model import SHORT
from .refusal import Refusal
from .remedy import FILTERED

LOG = logging.getLogger(__name__)

LIMIT = "max_tokens"
STREAM = "stream"
TOP_P = "top_p"
SYSTEM = "system"  # a message of the system: where it is refused, it goes before the prompt in the user's
NAMES: Mapping[str, tuple[str, ...]] = {  # other names of an option, in the order in which they are tried
    LIMIT: ("max_tokens", "max_completion_tokens", "max_new_tokens", "max_output_tokens"),
    "seed": ("seed", "random_seed"),
}
# What is left out where a server refuses it knows not what, the dearest last: what draws tokens changes every answer.
OPTIONAL = (("top_p", "presence_penalty", "stop"), ("seed",), ("temperature",))
# a server that gives its answers in pieces alone
STREAMED = re.compile(
    r"only (?:supports? )?(?:the )?stream|set stream|"
    r"stream(?:ing)?\W{0,3}(?:mode )?(?:is required|must be|should be|=)\W{0,3}(?:set to )?\W?true",
    re.IGNORECASE,
)
COLD = 0.01  # where a temperature of 0 is refused and a positive one is not
# a refusal of temperature 0: "must be positive", "greater than 0"
POSITIVE = re.compile(r"positive|greater than 0|> ?0\b|\(0(?:\.0)?,", re.IGNORECASE)
# "use 'max_completion_tokens' instead": the name that the server wants
INSTEAD = re.compile(r"\b(?:use|try)\W{0,3}([a-z]\w+)\W{0,3}instead", re.IGNORECASE)
# a model whose chats have no place for a system message: "roles must alternate", "System role not supported"
NO_SYSTEM = re.compile(
    r"roles must alternate|system (?:role|messages?|prompts?|instructions?)\W.{0,20}not |"
    r"(?:not|n't) (?:support|allow|accept|have).{0,40}system (?:role|message|prompt|instruction)|"
    r"(?:first|initial) message.{0,20}(?:must|should).{0,20}user|role\W.{0,12}not support\W+system\b",
    re.IGNORECASE,
)
WINDOW = r"context[ _](?:length|size|window)"
# "maximum context length is 4096": how many tokens there is room for
ROOM = re.compile(
    rf"(?:{WINDOW}|maximum (?:sequence|model|context) len(?:gth)?|max_model_len|limit is|must be <=)\D{{0,20}}(\d+)",
    re.I,
)
# "5000 tokens in the messages": how many tokens the prompt has
GIVEN = re.compile(
    r"(\d+)\s*(?:tokens? )?(?:in the messages|in (?:the|your) prompt|from the input|(?:input|prompt) tokens|`inputs`)",
    re.I,
)
# "Current length is 9500": how many tokens the prompt and the answer that was asked for have together
TOGETHER = re.compile(r"current length is (\d+)", re.I)
# the prompt itself is too long, whatever answer is asked for
OVERFULL = re.compile(
    rf"{WINDOW}|too many tokens|(?:prompt|input|request) (?:is )?(?:too long|exceeds)|maximum prompt length|"
    r"input (?:length|token count)\b.{0,30} exceeds|`inputs` (?:tokens \+|must have less)",
    re.I,
)
# a number is larger than the server allows
TOO_MANY = re.compile(
    r"too (?:large|big|high|many)|at most|maximum|range|less than|be greater than|exceed|<=|≤", re.IGNORECASE
)
# "temperature and top_p cannot both be specified"
BOTH = re.compile(r"(?:cannot|can't|can not|not) both\b.*(?:specified|set|used|given)", re.IGNORECASE)
MOST_THOUGHT = 16  # times the limit of an answer that reasoning and answer may have together


@dataclass
class Manners:
    """How a server wants to be asked: names of options, those that it refuses, values that it takes instead.

    `factor` is how many times the tokens of an answer are asked for, since its reasoning counts among them; `root` is
    where its interface lies, once it is known. `answered` says that it has ever given an answer.
    """

    names: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    factor: int = 1
    root: str = ""
    answered: bool = False

    def options(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """The options as this server takes them."""
        asked = {name: value for name, value in wanted.items() if value is not None and name not in self.refused}
        if LIMIT in asked:
            asked[LIMIT] = min(asked[LIMIT] * self.factor, self.values.get(LIMIT, asked[LIMIT] * self.factor))
        if asked.get("temperature") == 0:
            asked["temperature"] = self.values.get("temperature", 0)
        if STREAM in self.values:
            asked[STREAM] = True
        return {self.names.get(name, name): value for name, value in asked.items()}

    def limit(self, wanted: Mapping[str, Any]) -> int:
        """The tokens that a reply may have, 0 where the server takes no limit."""
        return int(self.options(wanted).get(self.names.get(LIMIT, LIMIT), 0))

    def learn(self, refusal: Refusal, sent: Mapping[str, Any]) -> bool:
        """Whether to ask again otherwise, after a refusal of a request with the options `sent`."""
        if overfull(refusal):
            return False
        if NO_SYSTEM.search(refusal.message):
            if SYSTEM not in self.refused:
                LOG.warning("the server takes no system message, so it is put before the prompt.")
            self.refused.add(SYSTEM)
            return True
        if STREAM not in self.values and STREAMED.search(refusal.message):
            self.values[STREAM] = True
            return True
        if TOP_P in sent and BOTH.search(refusal.message):
            self.refused.add(TOP_P)
            return True
        option = next((name for name in sent if refusal.option == name), "") or _named(refusal.message, sent)
        if not option:
            return False
        ours = next((name for name, theirs in self.names.items() if theirs == option), option)
        lower = [int(n) for n in re.findall(r"\d+", refusal.message) if ours == LIMIT and 0 < int(n) < sent[option]]
        if lower and TOO_MANY.search(refusal.message):
            self.values[LIMIT] = max(lower)
        elif ours == "temperature" and sent[option] == 0 and POSITIVE.search(refusal.message):
            self.values[ours] = COLD
        else:
            self._rename(ours, option, refusal.message)
        return True

    def _rename(self, ours: str, option: str, message: str) -> None:
        """Call an option as the server says, or by its next name; leave it out where there is none."""
        others = NAMES.get(ours, ())
        told = INSTEAD.search(message)
        if others and told and told[1] != option:
            self.names[ours] = told[1]
        elif option in others[:-1]:
            self.names[ours] = others[others.index(option) + 1]
        else:
            self.refused.add(ours)

    def optional(self, sent: Mapping[str, Any]) -> set[str]:
        """The options among those sent that a server is asked without first."""
        there = ({name for name in names if self.names.get(name, name) in sent} for names in OPTIONAL)
        return next(filter(None, there), set())

    def json(self) -> dict[str, Any]:
        """What was learnt, as environment.json has it."""
        return {
            "names": dict(self.names),
            "refused": sorted(self.refused),
            "values": dict(self.values),
            "factor": self.factor,
            "root": self.root,
        }


def overfull(refusal: Refusal) -> bool:
    """Whether a prompt with its answer is longer than the model reads."""
    return bool(OVERFULL.search(refusal.message)) or "context_length" in refusal.code


def filtered(refusal: Refusal) -> bool:
    """Whether a filter holds a prompt back, whatever it is asked with."""
    return bool(re.search(FILTERED, refusal.said))


def room(refusal: Refusal, asked: int) -> int:
    """The tokens that an overfull prompt leaves for its answer, where the server tells; 0 where that is too few."""
    whole, given, together = (told.search(refusal.message) for told in (ROOM, GIVEN, TOGETHER))
    prompt = int(given[1]) if given else int(together[1]) - asked if together else 0
    left = int(whole[1]) - prompt if whole and prompt > 0 else 0
    return left if SHORT <= left < asked else 0


def _named(message: str, sent: Mapping[str, Any]) -> str:
    """The option that a message names: the first of those that were sent, however the parts of its name are joined."""
    places = {name: match.start() for name in sent if (match := _spelling(name).search(message))}
    return min(places, key=lambda name: places[name]) if places else ""


@cache
def _spelling(name: str) -> re.Pattern[str]:
    """An option as messages spell it: presence_penalty as presencePenalty, max_tokens as maximum tokens."""
    spelt = name.replace("_", "[_ -]?").replace("max", "max(?:imum)?")
    return re.compile(rf"(?<![\w.]){spelt}(?!\w)", re.IGNORECASE)
