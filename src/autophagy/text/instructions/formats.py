"""Formats: bullets, emphasis, sections, a title, JSON, and one of a few fixed answers."""

import json
import re
from dataclasses import dataclass

from ...core.errors import UsageError
from .counting import Amount
from .instruction import Instruction, instruction
from .keywords import quoted

BULLET = re.compile(r"^[ \t]*[*+-][ \t]+\S", re.MULTILINE)  # "* item"
# Asterisks stand close to what they emphasise: a bullet's asterisk and that of a product do not.
EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1(?![*\w])")
TITLE = re.compile(r"<<[^<>\n]*[^\W_][^<>\n]*>>")  # "<<A title>>"
FENCED = re.compile(r"```\w*\s*\n?(.*?)\s*```", re.DOTALL)  # a block of code
MAYBE = ("My answer is yes.", "My answer is no.", "My answer is maybe.")


@instruction("bullets")
@dataclass(frozen=True)
class Bullets(Amount):
    """There are so many bullet points of Markdown, at any depth."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Use {self.asked('bullet point')} of Markdown, each on a line that begins with an asterisk and a blank."

    def count(self, text: str) -> int:
        """The number of lines that begin with a bullet and a blank."""
        return len(BULLET.findall(text))

    def published(self, text: str) -> bool:
        """Emphasis at the start of a line, dividers and negative numbers are bullets too, and a plus sign is none."""
        stars = re.findall(r"^\s*\*[^\*].*$", text, re.MULTILINE)
        return self.meets(len(stars) + len(re.findall(r"^\s*-.*$", text, re.MULTILINE)))


@instruction("highlights")
@dataclass(frozen=True)
class Highlights(Amount):
    """So many stretches are emphasised by asterisks, *so* or **so**."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Highlight {self.asked('part')} of your answer with Markdown, *like this*."

    def count(self, text: str) -> int:
        """The number of emphasised stretches."""
        return len(EMPHASIS.findall(text))

    def published(self, text: str) -> bool:
        """What stands between any two asterisks of a line counts, as between a bullet and an emphasis."""
        single = [found for found in re.findall(r"\*[^\n\*]*\*", text) if found.strip("*").strip()]
        double = [found for found in re.findall(r"\*\*[^\n\*]*\*\*", text) if found[2:-2].strip()]
        return self.meets(len(single) + len(double))


@instruction("sections")
@dataclass(frozen=True)
class Sections(Amount):
    """There are so many sections, each of which begins with a line that starts with the `mark` and a number."""

    mark: str = "Section"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.mark.strip():
            raise UsageError("the instruction sections has no mark: write sections:exactly=3,mark=Section.")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        mark = self.mark.strip()
        return f"Divide your answer into {self.asked('section')}, which begin with {mark} 1, {mark} 2 and so on."

    def count(self, text: str) -> int:
        """The number of sections, each number once."""
        begins = rf"^[ \t]*[#*_>]*[ \t]*[*_]*{re.escape(self.mark.strip())}[ \t]*(\d+|[IVX]+\b)"
        return len(set(re.findall(begins, text, re.MULTILINE | re.IGNORECASE)))

    def published(self, text: str) -> bool:
        """Every mention of a section by its number is one, in this case only, and more than are asked for will do."""
        count = len(re.split(rf"\s?{self.mark.strip()}\s?\d+\s?", text)) - 1
        return self.meets(count) if self.exactly is None else count >= self.exactly


@instruction("title")
@dataclass(frozen=True)
class Title(Instruction):
    """There is a title in double angle brackets, <<like this>>."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Give your answer a title in double angle brackets, such as <<poem of joy>>."

    def follows(self, text: str) -> bool:
        """Whether there is one with a letter or a digit."""
        return bool(TITLE.search(text))

    def published(self, text: str) -> bool:
        """Whatever stands between the brackets of a line will do, and the brackets need not be one pair."""
        return any(found.lstrip("<").rstrip(">").strip() for found in re.findall(r"<<[^\n]+>>", text))


@instruction("json")
@dataclass(frozen=True)
class Json(Instruction):
    """The whole answer is an object or a list of JSON, fenced or not."""

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return "Give your whole answer as JSON, and nothing else; it may stand in a fence of three backticks."

    def follows(self, text: str) -> bool:
        """Whether it is JSON by the standard; a text in quotation marks or a number alone is not enough."""
        fence = FENCED.fullmatch(text.strip())
        try:
            found = json.loads(fence[1] if fence else text, parse_constant=_refuse)
        except (ValueError, RecursionError):
            return False
        return isinstance(found, dict | list)

    def published(self, text: str) -> bool:
        """A number, NaN or a text in quotation marks is JSON too."""
        text = text.strip()
        for fence in ("```json", "```Json", "```JSON", "```"):
            text = text.removeprefix(fence)
        try:
            json.loads(text.removesuffix("```").strip())
        except (ValueError, RecursionError):
            return False
        return True


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


@instruction("choice")
@dataclass(frozen=True)
class FixedChoice(Instruction):
    """The answer says one of the `options` word for word, and no other."""

    options: tuple[str, ...] = MAYBE

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise UsageError("the instruction choice needs two options or more: write choice:options=Yes.;No.")

    @property
    def sentence(self) -> str:
        """The sentence that asks for it."""
        return f"Answer with one of these: {quoted(self.options, 'or')}"

    def follows(self, text: str) -> bool:
        """Whether exactly one option is in it; one that is a part of another does not count beside it."""
        said = [option for option in self.options if option in text]
        return len([one for one in said if not any(one in other for other in said if other != one)]) == 1

    def published(self, text: str) -> bool:
        """An answer with two options, yes and no, is one with an option."""
        return any(option in text for option in self.options)
