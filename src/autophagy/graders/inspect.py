"""Graders and readings as scorers of inspect_ai, for a user's own task."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..core.entry import Entry
from ..core.errors import UsageError, need
from ..core.parts import Part, did_you_mean
from ..core.questions import LETTERS, Answer, Question
from ..core.registry import entries
from ..core.stops import stop_word
from .whole import full_mark, known_mark

if TYPE_CHECKING:
    from inspect_ai.scorer import Score, Scorer, Target
    from inspect_ai.solver import TaskState

Rate = Callable[[Question, Answer], "Score"]
CUT_OFF = "cut", "the answer was cut at its limit of tokens"  # the reason, in a word and in words


def inspect_scorer(rule: str) -> "Scorer":
    """A reading (`boxed:lenient=true`) or a grader (`instructions`) with its settings as a scorer of inspect_ai.

    A reading scores C where what it reads is the target and I where it is not, with what it read as the answer; a
    grader scores its mark. What cannot be read, and what a grader does not apply to, is unscored: inspect_ai leaves it
    out of every metric and counts it as `unscored_samples`, with the reason. The type, instructions, tests, document
    and evidence of a question are taken from the sample's metadata. Raises UsageError where there is no such rule, and
    MissingExtra without inspect_ai.
    """
    need("inspect_ai", "a scorer")
    from anyio import to_thread
    from inspect_ai.scorer import accuracy, mean, scorer, stderr

    part = Part.parse(rule)
    entry = _entry(part.name)
    rate = _of_reading(entry, part) if entry.kind == "reading" else _of_grader(entry, part)
    yes_or_no = entry.kind == "reading" or (entry.facts is not None and entry.facts.decides)

    async def score(state: "TaskState", target: "Target") -> "Score":
        answer = _answer(state)
        if answer.error:
            return _unscored(part, "no_response", f"there is no answer: {answer.error}")
        return await to_thread.run_sync(rate, _question(state, target, entry.kind), answer)

    metrics: list[Any] = [accuracy() if yes_or_no else mean(), stderr()]
    made: Scorer = scorer(metrics=metrics, name=part.name)(lambda: score)()
    return made


def _entry(name: str) -> Entry:
    """The reading or the grader of that name."""
    known = {**entries("reading"), **entries("grader")}  # of a name that both have, the grader: it needs no target
    if name not in known:
        guess = did_you_mean(name, known)
        raise UsageError(f"there is no reading or grader {name!r}{guess}; autophagy list readings shows the first.")
    return known[name]


def _of_reading(entry: Entry, part: Part) -> Rate:
    from inspect_ai.scorer import CORRECT, INCORRECT, Score

    reading = entry.build(part.settings)

    def rate(question: Question, answer: Answer) -> Score:
        read = reading(question, answer)
        if read is None:
            reason, why = CUT_OFF if answer.cut else ("invalid_response_format", "no answer can be read in this format")
            return _unscored(part, reason, why)
        if not question.answers:
            return _unscored(part, "no_target", "the sample has no target", read)
        right = CORRECT if read in question.answers else INCORRECT
        return Score(value=right, answer=read, metadata={"rule": str(part)})

    return rate


def _of_grader(entry: Entry, part: Part) -> Rate:
    from inspect_ai.scorer import Score

    grader = entry.build(part.settings)

    def rate(question: Question, answer: Answer) -> Score:
        mark = known_mark(answer, float(grader(question, answer)), full_mark(entry))
        if math.isnan(mark):
            reason, why = CUT_OFF if answer.cut else ("not_applicable", "the grader does not apply, or cannot tell")
            return _unscored(part, reason, why, answer.text)
        return Score(value=mark, answer=answer.text, metadata={"rule": str(part)})

    return rate


def _unscored(part: Part, reason: str, why: str, answer: str | None = None) -> "Score":
    from inspect_ai.scorer import Score

    return Score.unscored(reason=reason, explanation=f"{why} ({part}).", answer=answer, metadata={"rule": str(part)})


def _answer(state: "TaskState") -> Answer:
    """What the model said, with why it stopped and at how many tokens."""
    output, usage = state.output, state.output.usage
    stop = output.stop_reason if output.choices else ""
    return Answer(
        str(state.sample_id),
        output.completion,
        tokens_in=usage.input_tokens if usage else math.nan,
        tokens_out=usage.output_tokens if usage else math.nan,
        error=output.error or "",
        stop=stop_word(str(stop)),
    )


def _question(state: "TaskState", target: "Target", kind: str) -> Question:
    """What was asked; of choices a reading compares letters, as targets have them, and a grader their texts."""
    facts = state.metadata or {}
    choices = tuple(choice.value for choice in state.choices)
    golds = tuple(gold for gold in target if gold)
    if kind == "grader":
        golds = tuple(_choice(gold, choices) for gold in golds)
    return Question(
        str(state.sample_id),
        state.input_text,
        golds,
        evidence=_texts(facts.get("evidence")),
        type=str(facts.get("type", "one-fact")),
        choices=choices,
        document=str(facts.get("document", "")),
        instructions=_texts(facts.get("instructions")),
        tests=str(facts.get("tests", "")),
    )


def _choice(gold: str, choices: tuple[str, ...]) -> str:
    """The text of the choice that a letter stands for."""
    place = LETTERS.find(gold) if len(gold) == 1 else -1
    return choices[place] if 0 <= place < len(choices) and gold not in choices else gold


def _texts(cell: Any) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else tuple(map(str, cell or ()))
