"""An instruction that a reply holds, the request for its answer, and the row that both make."""

import re
from collections.abc import Mapping

from ..core.recipe import Draft, Refused, Request
from .replies import PREAMBLE, plain, unusable

LONGEST = 400  # words of an instruction; what is longer has run on
# "Instruction:" in front of the text, which was to be written alone
LABEL = re.compile(r"\A[\W\d_]*(?:instruction|task|request|question|prompt|persona)[\W\d_]*:[\s*_]*", re.IGNORECASE)
NUMBER = re.compile(r"\A\W{0,3}1[.)]\W*\s")  # "1. " in front of the only text
QUOTES = ('""', "''", "“”", "«»", "``")


def text_of(reply: str, cut: bool = False) -> str | Refused:
    """The text that a reply is, without a sentence that announces it; or why it is none."""
    text = plain(reply)
    head, _, rest = text.partition("\n")
    if rest.strip() and PREAMBLE.match(head):
        text = rest.strip()
    reason = unusable(text, cut) or ("" if re.search(r"\w", text) else "no words")
    return Refused(reason, text) if reason else text


def instruction_of(reply: str, cut: bool = False) -> str | Refused:
    """The one instruction that a reply is, without a label, a number and quotation marks; or why it is none."""
    text = text_of(reply, cut)
    if isinstance(text, Refused):
        return text
    text = unlabelled(text)
    if not re.search(r"\w", text):
        return Refused("no words", text)
    return Refused("length", text) if len(text.split()) > LONGEST else text


def unlabelled(text: str) -> str:
    """A text without the label or the number before it and without quotation marks around all of it."""
    text = NUMBER.sub("", LABEL.sub("", text.strip())).strip().removeprefix("**").removesuffix("**").strip()
    for quotes in QUOTES:
        if len(text) > 1 and text[0] + text[-1] == quotes and text[1:-1].count(quotes[0]) % 2 == 0:
            return text[1:-1].strip()
    return text


def to_answer(instruction: str, of: Mapping[str, str], max_tokens: int, temperature: float) -> Request:
    """The request that asks for the answer to an instruction, as a user would."""
    return Request(instruction, max_tokens, temperature, {**of, "stage": "answer", "instruction": instruction})


def answered(request: Request, reply: str, cut: bool) -> Draft | Refused:
    """The row of an instruction and the answer that came, or why there is none."""
    text = text_of(reply, cut)
    if isinstance(text, Refused):
        return text
    instruction = request.of["instruction"]
    if " ".join(text.split()).casefold() == " ".join(instruction.split()).casefold():
        return Refused("echoed", text)
    return Draft(instruction, "", text, request.of.get("parent", ""), 1, request.of.get("mended", ""))
