"""Asking: a model answers prompts several times each, and every answer is one recorded answer, as it comes."""

import math
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from ...core.errors import DataError
from ...core.logged import Logged, Task
from ...core.questions import Answer, Question
from ...core.stops import CUT
from .decoding import Decoding

if TYPE_CHECKING:
    from ...answering.language_model import Completion, LanguageModel
    from ...cost.prices import Prices

LOST = 16  # answers in a row that never came, after which nobody is asked any more

Key = tuple[str, str, int]  # a task, the id of a prompt, and the number of an answer to it


@dataclass(frozen=True, slots=True)
class TaskPrompt:
    """A prompt with the task that it is of."""

    task: Task
    question: Question


def ask(
    model: "LanguageModel",
    prompts: Sequence[TaskPrompt],
    samples: Sequence[int],
    decoding: Decoding,
    *,
    done: Collection[Key] = (),
    prices: "Prices | None" = None,
) -> Iterator[Logged]:
    """The answer to each prompt with each of the numbers `samples`, as they come, but for those that are `done`.

    Each answer has a seed of its own. All prompts are asked once before any is asked again. An answer that failed has
    its reason. Raises DataError where the model answers nothing, or has stopped to.
    """
    from ...answering.remedy import remedy
    from ...answering.stream import stream

    pairs = ((prompt, sample) for sample, prompt in product(samples, prompts))
    todo = [(each, sample) for each, sample in pairs if (each.task.name, each.question.id, sample) not in done]
    seeds = [decoding.seed_of(each.task.name, each.question.id, sample) for each, sample in todo]
    texts = [each.question.text for each, _ in todo]
    lost = 0
    made = stream(model, texts, max_tokens=decoding.max_tokens, temperature=decoding.temperature, seed=seeds)
    for place, completion in made:
        yield _logged(model.name, *todo[place], completion, prices)
        lost = lost + 1 if completion.passing else 0
        if lost >= LOST:
            raise DataError(
                f"{model.name} no longer answers: {lost} answers in a row never came, the last because of "
                f"{completion.error}; {remedy(completion.error, 'start it again')}, then continue with --resume; every "
                "answer that came is kept."
            )


def _logged(name: str, prompt: TaskPrompt, sample: int, completion: "Completion", prices: "Prices | None") -> Logged:
    """A completion as a recorded answer; one that was cut is no failure."""
    tokens = completion.tokens_in, completion.tokens_out
    error = "" if completion.stop == CUT else completion.error
    answer = Answer(
        prompt.question.id,
        completion.written or completion.text,
        tokens_in=tokens[0],
        tokens_out=tokens[1],
        seconds=completion.seconds,
        error=error,
        stop=completion.stop,
    )
    money = prices.of_tokens(name, *tokens) if prices else math.nan
    reported = completion.model if completion.model != name else ""
    build = " ".join(filter(None, (reported, completion.fingerprint)))
    date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return Logged(prompt.task.name, prompt.question, answer, name, sample, money, date, build)
