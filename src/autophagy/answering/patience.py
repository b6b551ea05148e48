"""When to ask a server again, when to give a question up, and when to give up all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .endpoint import Endpoint
from .failure import gone, kind, words_of
from .manners import LIMIT, Manners, filtered
from .refusal import Refusal
from .wire import TOO_SLOW

LONGEST_PAUSE, LONGEST_LOADING = 60.0, 10.0  # seconds between two attempts, and while a model is loaded
OUTAGE = 2  # attempts more where nothing answers any more: a server that is started again takes a minute
LESSONS = 8  # times that one question is asked otherwise
PASSING = (0, 408, 409, 425, 429)  # statuses that pass, as those from 500 on do


class Unanswered(Exception):
    """Why a question has no answer, in a few words; `passing` where it may have one later."""

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


@dataclass(eq=False)
class Asking:
    """One question with the options that are wanted, and how often it was asked in vain.

    `without` are those that it is asked without, on the chance that one of them is what the server refuses.
    """

    prompt: str
    wanted: dict[str, Any]
    tries: int = 0
    lessons: int = 0
    slow: int = 0
    waited: float = 0.0
    without: set[str] = field(default_factory=set)

    def options(self, manners: Manners) -> dict[str, Any]:
        """The options of the next attempt, as the server takes them."""
        return manners.options({name: value for name, value in self.wanted.items() if name not in self.without})

    def strip(self, refusal: Refusal, manners: Manners, sent: Mapping[str, Any]) -> bool:
        """Whether to ask without the options that can be left out, where a server does not say what it refuses."""
        if not 400 <= refusal.status < 500 or manners.answered or filtered(refusal):
            return False
        more = manners.optional(sent)
        self.without |= more
        return bool(more)

    def shorten(self, tokens: int, refusal: Refusal) -> None:
        """Ask for so many tokens at most; raises Unanswered where the prompt leaves no room for them."""
        if not tokens:
            raise Unanswered(f"the prompt is longer than the model reads: {refusal.message}") from refusal
        self.wanted[LIMIT] = tokens

    def teaches(self, refusal: Refusal) -> bool:
        """Whether a refusal may be of an option, which is to be learnt from."""
        self.lessons += 1
        return refusal.status not in (401, 403, 404, *PASSING[1:]) and self.lessons <= LESSONS

    def pause(self, error: Exception, endpoint: Endpoint) -> float:
        """The seconds before the next attempt, longer each time; raises Unanswered where there is none."""
        refusal = error if isinstance(error, Refusal) else None
        wanted = refusal.wait if refusal else 0.0
        limited = refusal and refusal.status == 429 and not wanted  # mostly for a minute, which is outwaited
        growth = 4.0 if limited else 2.0
        seconds = min(LONGEST_PAUSE, max(wanted, endpoint.pause * growth**self.tries))
        if refusal and refusal.loading and self.waited < endpoint.loading:
            seconds = min(seconds, LONGEST_LOADING)
            self.waited += seconds
            self.tries = min(self.tries + 1, endpoint.retries)
            return seconds
        passing = refusal is None or refusal.status in PASSING or refusal.status >= 500
        self.tries += 1
        self.slow += isinstance(error, TOO_SLOW)
        if not passing or self.tries > endpoint.retries + OUTAGE * gone(error) or self.slow > 1:
            raise Unanswered(f"{kind(error)}: {words_of(error, endpoint)}"[:300], passing) from error
        return seconds
