"""A token: one word, number, date, time or symbol of a text, with what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from .dates import Day

ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date, time or symbol of a text.

    `text` is what it is compared by, `raw` how it was written and `before` the marks and blanks since the last token.
    `values` are the numbers that it may stand for (or the minutes of a time), `unit` what is counted, and `days` the
    dates that it may name.
    """

    text: str
    raw: str
    before: str
    kind: str = "word"
    values: tuple[float, ...] = ()
    unit: tuple[str, float] | None = None
    days: tuple[Day, ...] = ()
    decimals: int = 0

    def behind(self, marks: str) -> "Token":
        """The token with the marks and blanks before it."""
        return Token(self.text, self.raw, marks, self.kind, self.values, self.unit, self.days, self.decimals)

    @property
    def article(self) -> bool:
        """Whether it is an article, which a comparison may pass over."""
        return self.kind == "word" and self.text in ARTICLES and (self.raw.lower() == self.raw or len(self.raw) > 1)

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.raw[:1].isupper()


Tokens = Sequence[Token]
