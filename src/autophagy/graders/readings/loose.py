"""What a lenient reading looks at: what the model itself says in an answer that is whole and refuses nothing."""

import re

from ...core.questions import Answer
from ...text.unseen import visible

# words in quotation marks, or a quoted line of Markdown
QUOTED = re.compile(r"""(?<![^\s(\[])(?:"([^"\n]{1,500})"(?![\w"])|“([^“”\n]{1,500})”)|^(>).*$""", re.MULTILINE)
STATED = re.compile(r"\banswer(?:\s+is)?\s*[:=]?\s*$", re.IGNORECASE)  # "the answer is" in front of it
PERSON = re.compile(r"\W*(?:(?:no|yes)\b[,.;:\s]+)?(?=(?:i|i['’]m|we|sorry|unfortunately|as an)\b)", re.IGNORECASE)


def loose(answer: Answer) -> str:
    """The text of an answer without what it quotes; empty where it was cut at its length, or refuses.

    A chain of thought that was cut holds numbers and options, and none of them is its answer. A quotation is of two
    words or more, since a single word in quotes may be the answer itself; a whole answer in quotes is one.
    """
    from ..said.refusal import refuses  # its patterns take a tenth of a second to compile

    text = visible(answer.text)
    opening = PERSON.match(text)  # "it is undetermined" is an answer, and "I cannot determine it" is none
    if answer.cut or (opening and refuses(text[opening.end() :])):
        return ""
    own = QUOTED.sub(_without, text)
    return own if own.strip(" \n\t.!") else text


def _without(quoted: re.Match[str]) -> str:
    """Nothing instead of a quotation; as it is where it is a single word, or stands behind "the answer is"."""
    words = (quoted[1] or quoted[2] or "").split()
    before = quoted.string[max(0, quoted.start() - 20) : quoted.start()]
    return quoted[0] if len(words) == 1 or STATED.search(before) else " "
