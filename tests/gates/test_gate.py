"""A requirement is decided by the whole interval, at the end of every regime unless it names a place."""

from dataclasses import dataclass, field

import pytest

from autophagy.core.errors import UsageError
from autophagy.gates.gate import Gate
from autophagy.results.result import Result
from autophagy.results.scored import Scored
from autophagy.statistics.intervals import Score

NAN = float("nan")


@dataclass(frozen=True, repr=False)
class Found(Result):
    """A result of given scores, (regime, generation) -> recall."""

    cells: dict = field(default_factory=dict)
    finished: bool = True
    verb = "loop"
    title = "a result"
    verdict = ()
    done = property(lambda self: self.finished)

    def rows(self):
        return []

    def charts(self):
        return {}

    def scores(self):
        return [
            Scored({"regime": regime, "generation": generation}, "recall", "recall", score)
            for (regime, generation), score in self.cells.items()
        ]


HIGH, LOW, WIDE = Score(0.9, 0.85, 0.95, 3), Score(0.3, 0.2, 0.4, 3), Score(0.8, 0.7, 0.9, 3)
ONE, NONE, SAME = Score(0.9, NAN, NAN, 1), Score(NAN, NAN, NAN, 0), Score(0.8, 0.8, 0.8, 3)


def found(*ends, **more):
    names = ("replace", "accumulate", "fresh")
    cells = {(name, g): score for name, end in zip(names, ends, strict=False) for g, score in ((1, HIGH), (2, end))}
    return Found(cells=cells, **more)


def states(text, result):
    return [ruling.state for ruling in Gate.parse([text]).rule(result)]


@pytest.mark.parametrize(
    ("text", "end", "state"),
    [
        ("recall>=0.8", HIGH, "held"),
        ("recall>=0.8", LOW, "failed"),
        ("recall>=0.8", WIDE, "undecided"),
        ("recall<=0.8", HIGH, "failed"),
        ("recall<0.4", LOW, "undecided"),
        ("recall<=0.4", LOW, "held"),
        ("recall>=0.8", SAME, "held"),
        ("recall>0.8", SAME, "failed"),
        ("recall>=0.1", ONE, "undecided"),
        ("recall>=0.1", NONE, "unknown"),
    ],
)
def test_the_whole_interval_decides(text, end, state):
    assert states(text, found(end)) == [state]


def test_every_regime_must_hold_at_its_end():
    gate = Gate.parse(["recall:0.8"])
    rulings = gate.rule(found(HIGH, LOW))
    assert [gate.passes(ruling) for ruling in rulings] == [True, False]
    (sentence,) = gate.sentences(rulings)
    assert "fails" in sentence
    assert "accumulate" in sentence
    assert "replace" not in sentence


def test_a_place_and_a_generation_are_looked_at_alone():
    assert states("replace/recall>=0.8", found(HIGH, LOW)) == ["held"]
    assert states("accumulate/recall@1>=0.8", found(HIGH, LOW)) == ["held"]
    assert states("recall@2>=0.8", found(HIGH, LOW)) == ["held", "failed"]


def test_a_place_may_be_named_without_its_settings():
    result = Found(cells={("mix:fresh=10", 1): HIGH, ("mix:fresh=20", 1): LOW})
    assert states("mix/recall>=0.8", result) == ["held", "failed"]
    assert states("mix:fresh=20/recall>=0.8", result) == ["failed"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("recal>=0.8", "did you mean 'recall'"),
        ("replce/recall>=0.8", "did you mean 'replace'"),
        ("recall@3>=0.8", "its last one is 2"),
    ],
)
def test_what_the_result_will_never_have_is_told(text, meant):
    with pytest.raises(UsageError, match=meant):
        Gate.parse([text]).rule(found(HIGH))


@pytest.mark.parametrize("text", ["replace/>=1", "recall@x>=1", "recall@0>=1", "recall@>=1"])
def test_a_requirement_that_names_nothing_is_told(text):
    with pytest.raises(UsageError, match="names no figure"):
        Gate.parse([text])


def test_the_end_of_a_run_that_goes_on_is_unknown():
    gate = Gate.parse(["recall>=0.8"], "pass")
    rulings = gate.rule(found(HIGH, finished=False))
    assert not any(map(gate.passes, rulings))
    assert "has not ended" in gate.sentences(rulings)[0]
    assert states("recall@1>=0.8", found(HIGH, finished=False)) == ["held"]


@pytest.mark.parametrize(
    ("undecided", "end", "passes"),
    [
        ("fail", WIDE, False), ("pass", WIDE, True), ("value", WIDE, True), ("value", Score(0.79, 0.7, 0.9, 3), False),
        ("pass", LOW, False), ("pass", NONE, False), ("value", ONE, True),
    ],
)  # fmt: skip
def test_an_undecided_requirement_passes_only_where_that_is_asked(undecided, end, passes):
    gate = Gate.parse(["recall>=0.8"], undecided)
    rulings = gate.rule(found(end))
    assert [gate.passes(ruling) for ruling in rulings] == [passes]
    if passes:
        assert "though it is undecided" in gate.sentences(rulings)[0]


@pytest.mark.parametrize(
    ("end", "advice"),
    [(WIDE, "narrow an interval"), (ONE, "one seed"), (Score(0.9, NAN, NAN, 40), "by the value alone")],
)
def test_what_would_decide_the_undecided_is_told(end, advice):
    gate = Gate.parse(["recall>=0.8"])
    assert advice in gate.sentences(gate.rule(found(end)))[0]


def test_another_way_with_the_undecided_is_told():
    with pytest.raises(UsageError, match="did you mean 'pass'"):
        Gate.parse([], "passs")


def test_of_many_places_a_sentence_names_a_few():
    gate = Gate.parse(["recall>=0.8"])
    result = Found(cells={(f"mix:fresh={n}", 1): LOW for n in range(9)})
    (sentence,) = gate.sentences(gate.rule(result))
    assert "and 6 more" in sentence
