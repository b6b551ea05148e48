"""What is to be known of a curator's finding: how a reader is told of it, and who asks for it unasked."""

from dataclasses import dataclass
from typing import Literal

Over = Literal["rows", "corpus"]


@dataclass(frozen=True)
class CuratorFacts:
    """What is known of a curator beside its settings.

    `title` names it ("Hidden text"), `says` completes "12 of 4,000 rows ..." ("hold text that no reader sees"), and
    `advice` is one sentence on what to do about it. `over` is what the curator must see before it judges: "rows" one by
    one, or the whole "corpus". `audits` and `drops` say whether an audit reports it, and a curation drops the rows,
    where nobody names the curator. What a `private` one finds must not be passed on: its examples have no text.
    """

    title: str
    says: str = ""
    advice: str = ""
    over: Over = "rows"
    audits: bool = False
    drops: bool = False
    private: bool = False
