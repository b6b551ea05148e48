"""What is at fault, and what to do next: rules over the figures of a comparison, the gravest fault first."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..answering.remedy import remedy
from ..gguf.find import INSTALL, SMOLLM2
from ..statistics.intervals import Score
from ..text.percent import percent
from ..text.plural import plural
from .command import asking, command
from .spec import CompareSpec
from .symptoms import Symptoms
from .verdict import best, lead, usable

MANY = 0.1  # the share of questions without an answer from which that is what a comparison shows
HALF = 0.5  # of the questions: who answers fewer with the right document cannot read, who knows more alone knew before
DOUBT = 0.8  # the end of an interval up to which it is still about few
FEW = 3  # questions, below which nothing is said of a model
GAP = 0.1  # points between oracle and context from which the search is at fault
FINDS = 0.9  # the share of the evidence that a search finds which is not at fault
COARSE = 0.15  # a difference that a comparison of enough questions would have shown
COUNTED, NOISE = 20, 1e-9  # questions that are counted out, and what is no fraction of one
WORTH = 0.1  # a difference that is worth knowing, for which the questions needed are told
# behind which no arm is praised
MUTE = ("answers_cut", "no_answers", "answers_empty", "model_cannot_read", "too_few_questions")
LONGER = "longer than the model reads"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a comparison shows: a word for programs, a sentence, what to do, and the line to type for that, if any."""

    id: str
    says: str
    next: str
    command: str = ""

    def json(self) -> dict[str, str]:
        """As JSON has it."""
        return asdict(self)


def diagnose(
    spec: CompareSpec,
    seen: Symptoms,
    arms: Sequence[Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]],
    paid_back: Mapping[str, Any],
) -> list[Diagnosis]:
    """All that is found, what a reader must know first in front."""
    decided = _decided(spec, arms, pairs, paid_back)
    knew = _knew(spec, seen)
    empty = _empty(spec, seen)
    nothing_added = knew and (seen.context is None or seen.closed.value >= DOUBT * seen.context.value)
    found = [
        _cut(spec, seen),
        _unanswered(spec, seen),
        empty,
        None if empty else _cannot_read(spec, seen),
        knew if nothing_added else None,
        decided,
        _search(spec, seen),
        None if nothing_added else knew,
        None if decided else _undecided(spec, seen, arms, pairs),
    ]
    known = [finding for finding in found if finding]
    return known or [_works(spec, seen, arms)]


def _cut(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    if seen.cut < max(1, MANY * seen.rows):
        return None
    more = f" (where they reasoned, at up to {seen.longest:,})" if seen.longest > spec.max_tokens else ""
    says = f"{seen.cut:,} of {seen.rows:,} answers were cut at {spec.max_tokens:,} tokens{more}, and are no answers."
    return Diagnosis("answers_cut", says, "Give the model more room:", command(spec, max_tokens=4 * spec.max_tokens))


def _unanswered(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    if seen.failed < max(1, MANY * seen.rows):
        return None
    says = f"{seen.failed:,} of {seen.rows:,} questions got no answer ({seen.reason})."
    longer = "Start the server with a longer context, or give --arm context:size=80"
    how = longer if LONGER in seen.reason else remedy(seen.reason, "mend that")
    return Diagnosis("no_answers", says, f"{how[0].upper()}{how[1:]}, and run it again:", command(spec))


def _empty(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    """Answers that came and hold nothing: no lack of knowledge, but a model that ends its turn before it begins."""
    if seen.empty < max(1, MANY * seen.rows):
        return None
    verb, them = ("is", "it") if seen.empty == 1 else ("are", "them")
    says = f"{seen.empty:,} of {seen.rows:,} answers {verb} empty: the model ended {them} before it wrote a word."
    how = "Look at the chat template that the model is served with, and run it again:"
    return Diagnosis("answers_empty", says, how, command(spec))


def _cannot_read(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    """The right document in the prompt, and no right answer: told by oracle, or where a search found all evidence."""
    score = seen.oracle or seen.found
    if score is None or score.n < FEW or seen.above_chance(score.value) >= HALF or not score.high <= DOUBT:
        return None
    who = "The small model of the package" if spec.model == "world" else "The model"
    says = f"{who} cannot read these documents: with the right one in its prompt it answers {told(score)} questions."
    such = f", such as {SMOLLM2} ({INSTALL} xllamacpp)" if spec.model == "world" else ""
    return Diagnosis("model_cannot_read", says, f"Choose another model{such}:", command(spec, model="YOUR_MODEL"))


def _knew(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    score = seen.closed
    if score.n < FEW or seen.above_chance(score.value) < HALF or not score.low > 1 - DOUBT:
        return None
    says = f"The model knew the answers before it read anything: on its own it answers {told(score)} questions."
    return Diagnosis(
        "model_knew",
        says,
        "Ask what stands in your documents alone:",
        command(spec, questions="OTHER_QUESTIONS.jsonl"),
    )


def _decided(
    spec: CompareSpec,
    arms: Sequence[Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]],
    paid_back: Mapping[str, Any],
) -> Diagnosis | None:
    """Retrieval or fine-tuning, where the intervals decide between them."""
    won = lead(arms, pairs, paid_back["context"], paid_back["tuned"])
    if won is None:
        return None
    tuned, sentence = won
    return Diagnosis(
        "fine_tuning_wins" if tuned else "retrieval_wins",
        sentence,
        "Weigh that against what it costs, on the page of this run:",
    )


def _search(spec: CompareSpec, seen: Symptoms) -> Diagnosis | None:
    """Right with the right documents and wrong with those that are found."""
    gap, oracle, context = seen.gap, seen.oracle, seen.context
    if gap is None or oracle is None or context is None or not gap.decided or gap.value < GAP:
        return None
    shares = f"it answers {told(oracle)} questions with the right documents, and {told(context)} with what is found."
    if seen.recall >= FINDS:
        fewer = command(spec, arms=_with(spec, "passages=1"))
        says = f"The search finds the right document, and the passages beside it lead the model astray: {shares}"
        return Diagnosis("passages_distract", says, "Show it fewer:", fewer)
    more = {"embedder": "minilm"} if spec.embedder == "none" else {"arms": _with(spec, "passages=8")}
    how = "Search by meaning too:" if spec.embedder == "none" else "Show it more passages:"
    says = f"The search does not find what the model needs: {shares}"
    return Diagnosis("search_misses", says, how, command(spec, **more))


def _with(spec: CompareSpec, setting: str) -> list[str]:
    """The arms of a spec, with a setting of the arm context."""
    return [f"context:{setting}" if part.name == "context" else str(part) for part in spec.arms]


def _undecided(
    spec: CompareSpec, seen: Symptoms, arms: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]]
) -> Diagnosis | None:
    """Arms that could be put into service, or the best of them and the model alone, which no interval tells apart."""
    pair = _closest(seen, arms, pairs)
    if pair is None or pair["decisive"]:
        return None
    smallest, count = pair["detectable"], plural(seen.questions, "question")
    verb = "is" if seen.questions == 1 else "are"
    if smallest is not None and smallest <= COARSE:
        says = (
            f"{pair['a']} and {pair['b']} are right equally often, as far as {count} can tell: a difference of "
            f"{100 * smallest:.0f} points would have shown."
        )
        return Diagnosis("no_difference", says, "Take the one that costs less, by the page of this run:")
    if smallest is None:
        says = f"{count[0].upper()}{count[1:]} on one document {verb} too few to tell anything apart."
        return Diagnosis("too_few_questions", says, "Ask of more documents:", command(spec, questions="MORE.jsonl"))
    target = max(WORTH, abs(pair["difference"]["value"]))
    needed = _rounded(pair["difference"]["n"] * (smallest / target) ** 2)
    apart = (
        f"only a difference of {100 * smallest:.0f} points would show" if smallest <= 1 else "no difference can show"
    )
    says = f"{count} {verb} too few to tell anything apart: {apart}."
    advice = f"Ask about {needed:,}, which show a difference of {100 * target:.0f} points:"
    return Diagnosis("too_few_questions", says, advice, command(spec, questions="MORE_QUESTIONS.jsonl"))


def _closest(
    seen: Symptoms, arms: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The best arm and the next best, or where it is alone, the model on its own."""
    first = best(arms, lambda arm: True)
    others = [arm["arm"] for arm in usable(arms) if arm["arm"] != first]
    second = best(arms, lambda arm: arm["arm"] in others) if others else seen.alone
    return next((pair for pair in pairs if {pair["a"], pair["b"]} == {first, second}), None)


def _works(spec: CompareSpec, seen: Symptoms, arms: Sequence[Mapping[str, Any]]) -> Diagnosis:
    """Where nothing is at fault."""
    first = best(arms, lambda arm: True)
    if first is None:
        says = "No arm that could be put into service has answered."
        return Diagnosis(
            "no_arm", says, "Name one, such as context:", command(spec, arms=[*map(str, spec.arms), "context"])
        )
    if seen.context is not None and seen.closed.n and seen.oracle is not None:
        with_, alone = told(seen.context), told(seen.closed)
        says = f"Retrieval works: with it the model answers {with_} questions, on its own {alone}."
        return Diagnosis("retrieval_works", says, "Ask your documents:", asking(spec))
    missing = [name for name, there in (("closed", seen.alone), ("oracle", seen.shown)) if not there]
    if not missing:
        says = "What is at fault cannot be told, because no question names the document that holds its answer."
        return Diagnosis("no_evidence", says, "Give the questions a column document, and run it again:", command(spec))
    with_ = f"With retrieval the model answers {told(seen.context)} questions. " if seen.context is not None else ""
    says = f"{with_}What it knows by itself and what it can read is told by the arms closed and oracle."
    return Diagnosis("no_controls", says, "Add them:", command(spec, arms=[*map(str, spec.arms), *missing]))


def told(score: Score) -> str:
    """A share of questions as a reader has it: counted where they are few, else in per cent of them."""
    right = score.value * score.n
    if score.n <= COUNTED and abs(right - round(right)) < NOISE:
        return f"{right:.0f} of {score.n}"
    return f"{percent(score.value, 0)} of {score.n:,}"


def _rounded(count: float) -> int:
    """A count rounded up to two digits that count."""
    step = 10 ** max(0, math.floor(math.log10(max(count, 1))) - 1)
    return int(math.ceil(count / step) * step)
