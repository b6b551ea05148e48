"""Words: short stories that must use a noun, a verb and an adjective drawn for each, after TinyStories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.parts import did_you_mean
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .forms import absent
from .replies import PREAMBLE, plain, unusable
from .template import template
from .vocabulary import KINDS, read_vocabulary, words_of

# what a story may have, as TinyStories asks for it
FEATURES = {
    "dialogue": "someone in it speaks",
    "twist": "something happens that nobody expects",
    "bad_ending": "it ends badly",
    "moral": "there is something to learn from it",
}
ASK = (
    "Write a short story of three to five paragraphs in very simple words that a child of four years understands. "
    'Use the verb "{verb}", the noun "{noun}" and the adjective "{adjective}" in it.{features} Write the story alone.'
)
AGAIN = "{ask}\n\nThis story lacks {missing}:\n\n{story}\n\nWrite it again, with {missing} in it."


@recipe("words")
@dataclass(frozen=True)
class Words:
    """Ask for a story with a verb, a noun and an adjective drawn at random, so that stories differ.

    The words come from the file `vocabulary`, with lines such as "noun: boat, river", else from the seeds. `features`
    are names with + between them, of which each story has a random few, or "none". With `must_use`, a story that lacks
    a word in every form is asked for once more and then refused. `template` is a file with other words for what is
    asked, with {verb}, {noun}, {adjective} and {features}.

    Ref: Eldan and Li (2023), "TinyStories", section 2.
    """

    vocabulary: str = ""
    features: str = "dialogue+twist+bad_ending+moral"
    must_use: bool = True
    temperature: float = 1.0
    max_tokens: int = 512
    template: str = ""

    def __post_init__(self) -> None:
        must(self.max_tokens >= 1, "max_tokens", self.max_tokens, "1 or more")
        for name in self._features():
            if name not in FEATURES:
                known = ", ".join(FEATURES)
                raise UsageError(f"words knows no feature {name!r}{did_you_mean(name, FEATURES)}: use {known} or none.")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts with other words each."""
        text = template(self.template, (*KINDS, "features"), ASK)
        seeds = (f"{row.instruction}\n{row.input}\n{row.output}" for row in pool if not row.made)
        known = read_vocabulary(self.vocabulary) if self.vocabulary else words_of(seeds)
        return [self._request(text, known, rng) for _ in range(n)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The story; or the request to write it again with the words that it lacks; or why it is refused."""
        story = _story(plain(reply))
        if reason := unusable(story, cut):
            return [Refused(reason, story)]
        missing = absent(tuple(request.of[kind] for kind in KINDS), story) if self.must_use else []
        if not missing:
            return [Draft("", "", story)]
        if request.of["stage"] == "again":
            return [Refused("words missing", story)]
        named = " and ".join(f'"{word}"' for word in missing)
        text = AGAIN.format(ask=request.text, missing=named, story=story)
        return [replace(request, text=text, of={**request.of, "stage": "again"})]

    def _features(self) -> list[str]:
        return [] if self.features in ("", "none", "None") else str(self.features).split("+")

    def _request(self, text: str, known: Mapping[str, Sequence[str]], rng: np.random.Generator) -> Request:
        drawn = {kind: known[kind][int(rng.integers(len(known[kind])))] for kind in KINDS}
        chosen = [name for name in self._features() if rng.random() < 0.5]
        told = [FEATURES[name] for name in chosen]
        features = f" In the story, {', and '.join(told)}." if told else ""
        of = {"stage": "story", **drawn, "features": "+".join(chosen)}
        return Request(text.format(**drawn, features=features).strip(), self.max_tokens, self.temperature, of)


def _story(text: str) -> str:
    """A story without the sentence that announces it."""
    head, _, rest = text.partition("\n")
    return rest.strip() if rest.strip() and PREAMBLE.match(head) else text
