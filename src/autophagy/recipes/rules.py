"""What self-instruct and Alpaca refuse in an instruction and in an example, with the reason."""

import re
import string
from collections.abc import Iterable, Iterator

from ..core.recipe import Draft, Refused
from .items import NUMBERED
from .replies import DECLINED, PREAMBLE

SHORTEST, LONGEST = 4, 150  # words
UNSUITED = "image images graph graphs picture pictures file files map maps draw plot"
MORE_UNSUITED = "video audio music flowchart diagram"  # which Alpaca added
# "Task:", "Class label:", in front of an instruction
NUMBERS = re.compile(r"^\W*(?:instruction|input|output|task|class label)\W*:\s*", re.IGNORECASE)


def suited(words: str) -> re.Pattern[str]:
    """What finds the words that an instruction for a language model should not have."""
    return re.compile(rf"\b(?:{'|'.join(words.split())}|go to)\b", re.IGNORECASE)


SELF_INSTRUCT = suited(UNSUITED)
ALPACA = suited(f"{UNSUITED} {MORE_UNSUITED}")


def one_line(text: str) -> str:
    """An instruction in one line, beginning with a capital letter."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


def unfit(instruction: str, banned: re.Pattern[str] = SELF_INSTRUCT, only_ascii: bool = True) -> str:
    """Why an instruction is refused, "" where it is not.

    The rules are those of the published code: at most 3 or more than 150 words; a word for what a language model cannot
    see or do; "Write a program"; a start that is punctuation, or no ASCII unless not `only_ascii`. Before them comes
    what is no instruction at all: a preamble, a refusal.

    Ref: Wang et al. (2023), self-instruct's bootstrap_instructions.py.
    """
    if not instruction:
        return "empty"
    if DECLINED.match(instruction):
        return "declined"
    if PREAMBLE.match(instruction):
        return "preamble"
    if not SHORTEST <= len(instruction.split()) <= LONGEST:
        return "length"
    if banned.search(instruction):
        return "keyword"
    if instruction.lower().startswith("write a program"):
        return "write a program"
    if instruction[0] in string.punctuation:
        return "starts with punctuation"
    return "starts outside ASCII" if only_ascii and not instruction[0].isascii() else ""


def unsound(draft: Draft) -> str:
    """Why an example is refused, "" where it is not: no output, or the input again, or one that ends with a colon.

    Ref: Wang et al. (2023), self-instruct's prepare_for_finetuning.py.
    """
    if not draft.output.strip():
        return "no output"
    if draft.input == draft.output:
        return "input is output"
    return "unfinished" if draft.input.endswith(":") or draft.output.endswith(":") else ""


def new_in(prompt: str, items: Iterable[Draft | Refused]) -> Iterator[Draft | Refused]:
    """The items, of which those with an instruction that stands in the prompt or came before are refused."""
    told = set(_pieces(prompt))
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Draft):
            key = _key(item.instruction)
            if key in told or key in seen:
                item = Refused("echoed" if key in told else "repeated", item.instruction)
            seen.add(key)
        yield item


def _pieces(prompt: str) -> Iterator[str]:
    """The lines and the sentences of a prompt, without numbers and labels."""
    for line in prompt.splitlines():
        bare = NUMBERS.sub("", NUMBERED.sub("", line))
        yield from map(_key, (bare, *re.split(r"(?<=[.!?])\s+", bare)))


def _key(text: str) -> str:
    return " ".join(text.split()).rstrip(":").casefold()
