"""What a reply says, without what a model puts around it."""

import json
import re
from collections.abc import Iterator
from typing import Any

TOKEN = r"<\|[^|<>\n]{1,40}\|>|</?s>|\[/?INST\]|<(?:start|end)_of_turn>|<</?SYS>>"
TOKENS = re.compile(TOKEN)
# tokens of a template around the reply, with the role behind them
ROUND = re.compile(rf"\A(?:\s*(?:{TOKEN})(?:(?:assistant|user|system|model)\b)?)+|(?:\s*(?:{TOKEN}))+\s*\Z")
# a reply that is one block of code, behind a line or so of politeness or none
FENCED = re.compile(r"\A((?:[^\n`]{0,200}\n){0,3})\s*```[\w+-]*\n(.*?)\n?```\s*\Z", re.DOTALL)
# "I'm sorry, but ...": nothing was written
DECLINED = re.compile(
    r"\W*(?:(?:(?:i['’]?m|i\s+am|we\s+are)\s+(?:so\s+|very\s+)?)?sorry\b|i\s+apologi[sz]e|my\s+apologies"
    r"|(?:unfortunately,?\s+)?i\s+(?:can(?:not|['’]t)|am\s+(?:unable|not\s+able)|won['’]t|will\s+not)\b"
    r"|as\s+an?\s+(?:ai|(?:large\s+)?language\s+model)\b)",
    re.IGNORECASE,
)
# "Here are some tasks:", in front of the first
PREAMBLE = re.compile(
    r"\W*(?:sure|certainly|of course|okay|ok|here\s+(?:are|is)|here['’]s|below|the following)\b.*:\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
OPENINGS = 20  # brackets at which JSON is looked for in a reply


def plain(reply: str) -> str:
    """The reply without tokens of a chat template at its ends, and without a fence around all of it."""
    text = ROUND.sub("", reply).strip()
    fenced = FENCED.match(text)
    whole = fenced and "```" not in fenced[2] and (not fenced[1].strip() or PREAMBLE.match(fenced[1].strip()))
    return fenced[2].strip() if fenced and whole else text


def unusable(text: str, cut: bool = False) -> str:
    """Why a reply that is to be one text is none, in a word or two; "" where it is one."""
    if not text:
        return "empty"
    if cut:
        return "cut"
    if TOKENS.search(text):
        return "template tokens"
    return "declined" if DECLINED.match(text) else ""


def listed(text: str) -> list[Any] | None:
    """The list that a reply gives as JSON, alone or in prose or a fence; None where there is none.

    A list may stand in an object, as {"tasks": [...]}; one object that is a task is a list of one.
    """
    for found in _documents(text):
        if isinstance(found, dict):
            inner = [value for value in found.values() if isinstance(value, list) and value]
            found = inner[0] if len(inner) == 1 and "instruction" not in found else [found]
        if found and all(isinstance(each, str) or (isinstance(each, dict) and "instruction" in each) for each in found):
            return list(found)
    return None


def _documents(text: str) -> Iterator[Any]:
    """What can be read as JSON lists and objects, in their order."""
    decoder, end = json.JSONDecoder(), 0
    for place in [match.start() for match in re.finditer(r"[\[{]", text)][:OPENINGS]:
        if place < end:
            continue
        try:
            found, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            continue
        yield found
