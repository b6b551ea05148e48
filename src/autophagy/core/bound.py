"""A figure and the value that it must not cross, as people write it: recall>=0.8."""

import re
from dataclasses import dataclass
from typing import Literal, Self

from .errors import UsageError
from .written import written

Sign = Literal[">=", "<=", ">", "<"]
COMPARED = re.compile(r"(.*?)\s*(>=|<=|>|<)\s*(.*)")  # "recall >= 0.8"
RANGE = re.compile(r"(.*)[=:]\s*(\S*?(?:\s%)?)\.\.(\S*(?:\s%)?)")  # low.. or ..high, as an axis of a map is written
PLAIN = re.compile(r"(.*):\s*(\S*(?:\s%)?)")  # a colon is >=, in a spelling without a shell's >


@dataclass(frozen=True)
class Bound:
    """The name of a figure, and on which side of a value it must be."""

    name: str
    sign: Sign
    value: float

    @classmethod
    def parse(cls, text: str, what: str, example: str) -> Self:
        """Read "recall>=0.8", "recall:0.8", "recall=0.8.." or "recall:..80%".

        Raises UsageError where it says something else; `what` it is and the name of an `example` stand in the sentence.
        """
        name, sign, value = _parts(text.strip())
        number = written(value)
        if not name or not isinstance(number, int | float):
            raise malformed(text, what, example)
        return cls(name, sign, float(number))

    def __str__(self) -> str:
        return f"{self.name}{self.sign}{self.value:g}"

    def met(self, value: float) -> bool:
        """Whether the value is on the right side; an unknown one is not."""
        match self.sign:
            case ">=":
                return value >= self.value
            case "<=":
                return value <= self.value
            case ">":
                return value > self.value
        return value < self.value


def malformed(text: str, what: str, example: str) -> UsageError:
    """What to say of a text that is no bound."""
    return UsageError(
        f"the {what} {text!r} is not one: write '{example}>=0.9' in quotes, without which a shell takes > for a file; "
        f"or {example}:0.9, which needs none."
    )


def _parts(text: str) -> tuple[str, Sign, str]:
    """The name of a bound, its sign, and the value as text, "" without one."""
    if match := COMPARED.fullmatch(text):
        sign: Sign = match[2]  # type: ignore[assignment]  # the pattern has these four alone
        return match[1], sign, match[3]
    if match := RANGE.fullmatch(text):
        both = bool(match[2]) == bool(match[3])
        return match[1].strip(), ">=" if match[2] else "<=", "" if both else match[2] or match[3]
    match = PLAIN.fullmatch(text)
    return (match[1].strip(), ">=", match[2]) if match else (text, ">=", "")
