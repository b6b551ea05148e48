"""What a reader is told of a grader's mark: its title and bounds, which direction is better, and what it is about."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Literal, get_args

from .errors import UsageError

Direction = Literal["higher", "lower"]
About = Literal["all", "unanswerable", "choices", "passages"]


@dataclass(frozen=True)
class Mark:
    """The mark that a grader gives an answer, between two `bounds`.

    `title` heads its column, and `caption` says in a sentence what it is. It is averaged over the questions that it is
    `about`: "all" of them, the "unanswerable" ones, those with "choices", or those whose prompts held "passages".
    `decides` says that 1 stands for a right answer, so that it may decide what a comparison counts as right. A
    `headline` stands in the table of the terminal too, any other mark on the page and in JSON alone.
    """

    title: str
    caption: str
    bounds: tuple[float, float] = (0.0, 1.0)
    better: Direction = "higher"
    about: About = "all"
    decides: bool = False
    headline: bool = True

    def __post_init__(self) -> None:
        low, high = self.bounds
        if not (isfinite(low) and isfinite(high) and low < high):
            raise UsageError(f"the bounds of {self.title!r} are {self.bounds}: give two numbers, the lower one first.")
        for name, known in (("better", Direction), ("about", About)):
            if getattr(self, name) not in get_args(known):
                raise UsageError(f"{name} of {self.title!r} must be one of {', '.join(get_args(known))}.")
        if self.decides and (low, high) != (0, 1):
            raise UsageError(f"{self.title!r} cannot decide what is right: its bounds are {self.bounds}, not 0 and 1.")

    def json(self) -> dict[str, Any]:
        """The facts as a record has them."""
        return {**asdict(self), "bounds": list(self.bounds)}

    @classmethod
    def read(cls, recorded: Mapping[str, Any]) -> "Mark":
        """The facts of a record."""
        return cls(**{**recorded, "bounds": tuple(recorded["bounds"])})
