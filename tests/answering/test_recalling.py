"""Nothing is asked twice, and who waits is told of each answer."""

from dataclasses import dataclass, field

from autophagy.answering.language_model import Completion
from autophagy.answering.recalling import Recalling
from autophagy.answering.told import answered, telling


@dataclass
class Loud:
    """A model that shouts what it is asked, and keeps what that was."""

    name: str = "loud"
    asked: list = field(default_factory=list)

    def complete(self, prompts, *, max_tokens=512, temperature=0.0, seed=None):
        self.asked += prompts
        return [Completion(prompt.upper()) for prompt in prompts]


def test_what_was_said_is_not_asked_again_and_the_order_stays():
    loud = Loud()
    recalling = Recalling(loud, {"b": Completion("said before")})
    assert [each.text for each in recalling.complete(["a", "b", "c", "b"])] == ["A", "said before", "C", "said before"]
    assert loud.asked == ["a", "c"]
    assert recalling.name == "loud"


def test_a_drawn_answer_is_asked_for_each_time():
    loud = Loud()
    Recalling(loud, {"b": Completion("said before")}).complete(["b"], temperature=1.0)
    assert loud.asked == ["b"]


def test_whoever_waits_is_told_within_and_nobody_else():
    counts = []
    answered(1)
    with telling(counts.append):
        answered(2)
        with telling(lambda count: counts.append(-count)):
            answered(3)
        answered(4)
    answered(5)
    assert counts == [2, -3, 4]
