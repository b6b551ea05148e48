"""Textbook: a section on a topic for an audience, and an exercise on it with its solution."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .answers import text_of
from .listed import entries_of
from .records import Labelled, records_of
from .template import template

PARTS = ("exercise", "solution")
AUDIENCE = (
    "children of ten years",
    "pupils in the last years of school",
    "students in their first term",
    "students shortly before their examination",
    "apprentices of a trade",
    "teachers who prepare a lesson",
    "engineers of another field",
    "nurses and doctors",
    "the owners of a small shop",
    "people who have just retired",
    "parents without any schooling in it",
    "officials who must decide about it",
)
ASK = (
    "Write a section of a textbook about {topic}, for {audience}. Begin with what these readers know, and explain "
    "the reasons behind what you say, and work through one example with its numbers, names or lines of code. "
    "Write the section alone, in 150 to 400 words."
)
EXERCISE = (
    "Here is a section of a textbook for {audience}.\n\n<passage>\n{section}\n</passage>\n\nWrite one exercise that "
    "can be solved by whoever understood it, without looking into it, and its solution with every step. Begin the "
    'first line with "Exercise:" and, behind the exercise, the next with "Solution:".'
)
WORD = re.compile(r"[^\W\d_]{5,}")  # short ones say little about what a text is about


@recipe("textbook")
@dataclass(frozen=True)
class Textbook:
    """Ask for sections of a textbook, each on another topic for another audience, with an exercise each.

    `topics` and `audience` are files with one a line; without them, a topic is two words of a seed, and the readers are
    a dozen of our own. With `exercise`, each section is followed up by an exercise with its solution, a row of its own.
    `template` is a file with other words for what is asked, with {topic} and {audience}.

    Ref: Gunasekar et al. (2023), "Textbooks are all you need" (phi-1), section 2.2: topics and audiences as what keeps
    texts apart.
    """

    topics: str = ""
    audience: str = ""
    exercise: bool = True
    temperature: float = 1.0
    max_tokens: int = 1024
    template: str = ""

    def __post_init__(self) -> None:
        template(self.template, ("topic", "audience"), ASK)
        if self.topics:
            entries_of(self.topics, "topics")
        self._readers()

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, each with a topic and an audience."""
        readers = self._readers()
        topics = self._topics(pool, n, rng)
        chosen = rng.permutation(np.resize(np.arange(len(readers)), n))
        return [self._request(topic, readers[each], row) for (topic, row), each in zip(topics, chosen, strict=True)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The section and the request for an exercise on it; then the exercise with its solution."""
        if request.of["stage"] == "exercise":
            found = records_of(reply, PARTS, cut)
            text = text_of(reply, cut)
            lost = text if isinstance(text, Refused) else Refused("no exercise", text)
            return [each if isinstance(each, Refused) else _row(each) for each in found] or [lost]
        section = text_of(reply, cut)
        if isinstance(section, Refused):
            return [section]
        row = Draft("", "", section, round=1)
        if not self.exercise:
            return [row]
        text = EXERCISE.format(audience=request.of["audience"], section=section)
        return [row, Request(text, self.max_tokens, self.temperature, {**request.of, "stage": "exercise"})]

    def _readers(self) -> Sequence[str]:
        return entries_of(self.audience, "audience") if self.audience else AUDIENCE

    def _topics(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[tuple[str, str]]:
        """n topics, each with the id of the row whose words it is made of."""
        if self.topics:
            known = entries_of(self.topics, "topics")
            order = rng.permutation(len(known))[:n]
            return [(known[order[place % len(known)]], "") for place in range(n)]
        texts = [(row.id, f"{row.instruction} {row.input} {row.output}") for row in pool if not row.made]
        words = [(name, found) for name, text in texts if (found := _words(text))]
        if not words:
            raise UsageError(
                "textbook finds no word of five letters or more in the seeds to make topics of: give topics=PATH with "
                "one a line."
            )
        topics = []
        for place in rng.integers(len(words), size=n):
            name, found = words[place]
            drawn = rng.choice(len(found), min(2, len(found)), replace=False)
            topics.append((" and ".join(found[each] for each in drawn), name))
        return topics

    def _request(self, topic: str, audience: str, row: str) -> Request:
        text = template(self.template, ("topic", "audience"), ASK).format(topic=topic, audience=audience)
        of = {"stage": "section", "topic": topic, "audience": audience}
        return Request(text, self.max_tokens, self.temperature, of, (row,) if row else ())


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(WORD.findall(text.lower())))


def _row(record: Labelled) -> Draft | Refused:
    if record.lacks:
        return Refused(f"no {record.lacks[0]}", record.text)
    return Draft(record.parts["exercise"], "", record.parts["solution"], round=1, mended=record.mended)
