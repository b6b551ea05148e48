"""Evol-Instruct: instructions are rewritten to be harder, or other, and what fails is eliminated."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .replies import PREAMBLE, plain, unusable

METHODS = {
    "constraint": "Add one more condition or requirement that the answer has to meet.",
    "deepen": "Where it asks about something, ask about more sides of it, and more thoroughly.",
    "concretise": "Put particular things, places, names or numbers where it speaks of general ones.",
    "reasoning": "Where a thought or two would answer it, ask for an answer that takes several steps of reasoning.",
    "complicate": "Add an input that has to be read to answer it, written out in full as {form}.",
}
BREADTH = "breadth"
FORMS = ("a table", "a piece of JSON", "an SQL table with a query", "some Python code", "an XML document", "a log file")
REWRITE = """\
Rewrite the text between the lines of dashes, which asks something of a language model, so that it is somewhat harder \
to do well. {method} It must stay sensible, people must understand it and be able to answer it, and every table, code \
and input in it must stay. Add no more than 20 words{but}. Write the new text alone: no answer to it, and no remark.

---
{text}
---

New text:"""
CREATE = """\
Read the text between the lines of dashes, which asks something of a language model. Write a new one from the same \
field, about something that is asked more rarely. It must be about as long and as hard, be sensible, and people must \
understand it and be able to answer it. Write the new text alone: no answer to it, and no remark.

---
{text}
---

New text:"""
EQUAL = """\
Compare two texts that ask something of a language model. They are equal if they have the same conditions and \
requirements, and ask as widely and as thoroughly.

First:
{before}

Second:
{after}

Are they equal? Write "equal" or "not equal" and nothing else."""
# words of the prompt itself in what came of it: it was not followed
COPIED = re.compile(
    r"\b(?:given|rewritten|created|new|original) (?:prompt|text)\b|lines? of dashes|#\w[\w ]*#|^-{3,}$",
    re.IGNORECASE | re.M,
)
# "New text:", in front of it
LABEL = re.compile(r"\A\W*(?:new|rewritten|created)\s+(?:text|prompt|instruction)\W*:[*_]*\s*", re.IGNORECASE)
# the judge says that two texts differ
OTHER = re.compile(
    r"(?:\bnot|n['’]t)\s+(?:\w+\s+)?(?:equal|the same)\b|\bunequal\b|\A\W*(?:the answer is\W*)?no\b", re.I
)
SAME = re.compile(r"\bequal\b|\bthe same\b|\A\W*(?:the answer is\W*)?yes\b", re.I)  # the judge says that they are one
SHORT = 80  # words below which an answer that is sorry is a refusal
STOP_WORDS = """
a about after all also am an and any are as at be because been being but by can could did do does for from had has have
he her here him his how i if in into is it its just me more most my no nor not of on or our out own she should so some
such than that the their them then there these they this those to too up us very was we were what when where which who
will with would you your
"""
STOP = frozenset(STOP_WORDS.split())


@recipe("evol")
@dataclass(frozen=True)
class Evol:
    """Rewrite instructions to be harder, or write others of the same field, and answer those that survive.

    A row is evolved up to `rounds` times, by an operation drawn at random; those that were evolved least come first.
    With `eliminate`, a writer judges whether anything was gained, and answers that refuse or say nothing are lost with
    their instruction. Each request says in `of` which operation it belongs to, so that survival can be told of each.
    `top_p` holds on a server that honours it.

    Ref: Xu et al. (2024), "WizardLM", section 3.2; decoding is that of the published code, which has no elimination.
    """

    rounds: int = 4
    eliminate: bool = True
    temperature: float = 1.0
    top_p: float = 0.95

    def __post_init__(self) -> None:
        must(self.rounds >= 1, "rounds", self.rounds, "1 or more")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, or fewer where the pool has fewer rows that were evolved less than `rounds` times."""
        rows = [row for row in pool if row.instruction and not row.source]
        if not rows:
            raise UsageError("evol rewrites instructions and there are none: give --seeds with instructions.")
        children = Counter(row.parent for row in pool)
        young = [rows[place] for place in rng.permutation(len(rows)) if rows[place].round < self.rounds]
        young.sort(key=lambda row: children[row.id])
        return [self._evolve(row, rng) for row in young[:n]]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """An evolved instruction to be judged, then to be answered, then the row; or why it was eliminated."""
        text = plain(reply)
        stage = request.of["stage"]
        if stage == "equal":
            return [self._judged(request, text)]
        reason = unusable(text, cut)
        if stage == "answer":
            reason = reason or (_says_nothing(text) if self.eliminate else "")
            instruction, parent = request.of["instruction"], request.shown[0]
            done = Draft(instruction, "", text, parent=parent, round=int(request.of["round"]))
            return [Refused(reason, text) if reason else done]
        text = _bare(text)
        reason = reason or _badly_evolved(request.of["before"], text)
        return [Refused(reason, text) if reason else self._next(request, text)]

    def _evolve(self, row: PoolRow, rng: np.random.Generator) -> Request:
        operations = (*METHODS, BREADTH)
        operation, form = operations[rng.integers(len(operations))], FORMS[rng.integers(len(FORMS))]
        before = f"{row.instruction}\n\n{row.input}".strip()
        if operation == BREADTH:
            text = CREATE.format(text=before)
        else:
            but = " besides that input" if operation == "complicate" else ""
            text = REWRITE.format(method=METHODS[operation].format(form=form), but=but, text=before)
        of = {"stage": "evolve", "operation": operation, "round": str(row.round + 1), "before": before}
        return Request(text, 1024, self.temperature, of, (row.id,), top_p=self.top_p)

    def _next(self, request: Request, evolved: str) -> Request:
        """The request after an instruction was evolved: is anything gained, or what is the answer."""
        of = {**request.of, "instruction": evolved}
        if self.eliminate:
            text = EQUAL.format(before=request.of["before"], after=evolved)
            return replace(request, text=text, max_tokens=8, temperature=0.0, of={**of, "stage": "equal"})
        return replace(request, text=evolved, max_tokens=2048, of={**of, "stage": "answer"})

    def _judged(self, request: Request, text: str) -> Refused | Request:
        """What follows from a verdict, which must be one: what was not judged is not taken for gained."""
        evolved = request.of["instruction"]
        other, same = bool(OTHER.search(text)), bool(SAME.search(OTHER.sub("", text)))
        if other == same:
            return Refused("no verdict" if text else "empty", evolved)
        if same:
            return Refused("nothing gained", evolved)
        of = {**request.of, "stage": "answer"}
        return replace(request, text=evolved, max_tokens=2048, temperature=self.temperature, of=of)


def _bare(text: str) -> str:
    """An evolved instruction without its label, a preamble, the lines around it and quotation marks."""
    head, _, rest = text.partition("\n")
    if rest.strip() and PREAMBLE.match(head):
        text = rest.strip()
    text = re.sub(r"\A-{3,}\s*\n|\n\s*-{3,}\Z", "", LABEL.sub("", text)).strip()
    quoted = len(text) > 1 and text[0] in '"“' and text[-1] in '"”' and text.count('"') in (0, 2)
    return text[1:-1].strip() if quoted else text


def _badly_evolved(before: str, after: str) -> str:
    """Why an evolved instruction is eliminated before anybody is asked; "" where it is not."""
    if not re.search(r"\w", after):
        return "says nothing"
    if " ".join(after.split()).casefold() == " ".join(before.split()).casefold():
        return "unchanged"
    copied = {found.casefold() for found in COPIED.findall(after)} - {
        found.casefold() for found in COPIED.findall(before)
    }
    return "prompt copied" if copied else ""


def _says_nothing(answer: str) -> str:
    """Why an answer eliminates its instruction, as in the paper: it is sorry and short, or only stop words."""
    words = re.findall(r"[^\W_]+", answer.casefold())
    if "sorry" in words and len(words) < SHORT:
        return "declined"
    return "says nothing" if not set(words) - STOP else ""
