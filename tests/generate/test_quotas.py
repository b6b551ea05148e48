"""Quotas: no value of a column has more kept rows than it may have, and what goes beyond is counted.

Run: pytest tests/generate/test_quotas.py
"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow
from autophagy.generate.labels import labels_of
from autophagy.generate.quota import Quota
from autophagy.generate.quotas import Quotas, told
from writer import Writer

SEEDS = [
    PoolRow(f"seed-{n}", f"Say the number {n}.", "", f"{n}.", classification=n % 2 == 0, columns={"topic": f"t{n % 3}"})
    for n in range(6)
]
PASSAGES = [
    PoolRow(f"{name}#{n}", "word " * size, source=name)
    for name, size, count in (("long.md", 160, 5), ("short.md", 100, 1), ("tiny.md", 10, 1))
    for n in range(1, count + 1)
]


def quotas(*texts, begin=SEEDS, recipes=("alpaca", "evol")):
    return Quotas([Quota.parse(text) for text in texts], begin, recipes)


def admit(some, name, parent="", shown=(), **facts):
    row = PoolRow(name, "x", "", "y", True, parent, int(facts.pop("round", 0)))
    return some.admit(row, {"recipe": "alpaca", "call": "0", **facts}, shown)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("recipe=50", Quota("recipe", 50)),
        (" my topic = 3 ", Quota("my topic", 3)),
        ("document=5/1000words", Quota("document", 5, True)),
        ("source = 5 / 1,000 words", Quota("document", 5, True)),
    ],
)
def test_a_quota_is_read_as_people_write_it(text, read):
    assert Quota.parse(text) == read


@pytest.mark.parametrize("text", ["recipe", "recipe=0", "recipe=-1", "recipe=1.5", "=5", "recipe=5/100words", ""])
def test_what_is_none_is_refused(text):
    with pytest.raises(UsageError, match="write COLUMN=N"):
        Quota.parse(text)


def test_words_are_of_what_was_there_before():
    with pytest.raises(UsageError, match="recipe has none: only document and root"):
        Quota.parse("recipe=5/1000words")


def test_an_unknown_column_is_told_with_the_known_ones():
    with pytest.raises(UsageError, match=r"no column 'topics'.*did you mean 'topic'.*recipe, call, .*topic"):
        quotas("topics=3")


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["alpaca", "evol"])), max_size=60),
    st.integers(1, 5),
    st.integers(1, 8),
)
def test_no_value_has_more_than_it_may_and_nothing_is_dropped_without_need(rows, by_topic, by_recipe):
    """Beside a count by hand, row by row."""
    some = quotas(f"topic={by_topic}", f"recipe={by_recipe}")
    topics, recipes = Counter(), Counter()
    for number, (seed, recipe) in enumerate(rows):
        reason = admit(some, f"r{number}", f"seed-{seed}", recipe=recipe)
        topic = f"t{seed % 3}"
        room = topics[topic] < by_topic, recipes[recipe] < by_recipe
        wanted = "quota of topic" if not room[0] else "quota of recipe" if not room[1] else ""
        assert reason == wanted
        topics[topic] += not reason
        recipes[recipe] += not reason


def test_a_row_goes_back_to_the_seed_of_its_parents():
    some = quotas("root=2", "round=2")
    assert [admit(some, "a", "seed-1", round=1), admit(some, "b", "a", round=2)] == ["", ""]
    assert admit(some, "c", "b", round=3) == "quota of root"
    assert admit(some, "d", "", ("seed-1",)) == "quota of root"
    assert admit(some, "e", "", ("seed-1", "seed-2")) == ""  # of several seeds it is none of one
    assert some.json({})["root"]["without"] == 1


def test_what_was_not_kept_after_all_makes_room_again():
    some = quotas("recipe=1")
    assert admit(some, "a") == ""
    some.take_back(PoolRow("a", "x", made=True), {"recipe": "alpaca", "call": "0"}, ())
    assert [admit(some, "b"), admit(some, "c")] == ["", "quota of recipe"]


def test_long_documents_may_have_more_rows_and_the_shortest_has_one():
    some = quotas("source=5/1000words", begin=PASSAGES)
    kept = Counter()
    for name in ("long.md#1", "long.md#2", "short.md#1", "tiny.md#1"):
        for number in range(10):
            kept[name.partition("#")[0]] += not admit(some, f"{name}/{number}", name)
    assert kept == {"long.md": 4, "short.md": 1, "tiny.md": 1}  # 800, 100 and 10 words; .5 rounds to none and is one
    assert some.full == ["document"]
    assert some.open(PASSAGES) == []


def test_the_kind_of_a_row_is_its_own_before_that_of_its_seed():
    some = quotas("classification=1")
    assert admit(some, "a", "seed-0") == ""  # yes
    assert admit(some, "b", "seed-1") == ""  # no
    assert admit(some, "c", "seed-1", classification="yes") == "quota of classification"


def make(path, recipes, quota, seeds=SEEDS, writer=None, rows=500):
    parts = [Part.parse(each) for each in recipes]
    limits = Quotas([Quota.parse(text) for text in quota], seeds, labels_of(parts))
    ledger = Ledger(path / "calls.jsonl", writer or Writer(faulty=False), 1)
    made = list(flow(parts, seeds, ledger, Checks(seeds, 0.7), rows=rows, seed=1, quotas=limits))
    return [row for each in made for row in each.kept], [row for each in made for row in each.dropped], limits, ledger


def test_a_run_ends_when_every_recipe_is_full(tmp_path):
    kept, dropped, limits, ledger = make(tmp_path, ["alpaca", "mix:of=alpaca:shots=1+alpaca:shots=2"], ["recipe=30"])
    assert Counter(row.recipe for row in kept) == dict.fromkeys(["alpaca", "alpaca:shots=1", "alpaca:shots=2"], 30)
    assert (limits.ended, limits.full) == (True, ["recipe"])
    reasons = Counter(row.reason for row in dropped)
    assert limits.json(reasons)["recipe"]["dropped"] == reasons["quota of recipe"] > 0
    assert len(kept) + len(dropped) == ledger.sent * 10
    assert all(row.new for row in dropped if row.over)


def test_a_recipe_that_is_full_is_asked_no_more(tmp_path):
    """The first barrier fills both; its 5 calls are all, for nobody is asked who has no room."""
    _, _, limits, ledger = make(tmp_path, ["alpaca", "alpaca:shots=1"], ["recipe=20"])
    assert (ledger.sent, limits.ended) == (5, True)


class Evolving(Writer):
    """Says that an evolved text is other, and evolves each into one that is new."""

    def reply(self, prompt, seed):
        done = super().reply(prompt, seed)
        if "Are they equal?" in prompt:
            return type(done)("not equal", 10.0, 2.0, 0.1, stop="stop")
        return type(done)(" ".join(["Describe", *done.text.split()[7:12]]), 10.0, 9.0, 0.1, stop="stop")


def test_a_seed_whose_topic_is_full_is_evolved_no_more(tmp_path):
    kept, dropped, limits, _ = make(tmp_path, ["evol"], ["topic=4"], writer=Evolving(faulty=False))
    parents = {row.row.id: row.row.parent for row in kept}

    def root(name):
        return root(parents[name]) if name in parents else name

    topics = Counter(f"t{int(root(row.row.id).removeprefix('seed-')) % 3}" for row in kept)
    assert topics == {"t0": 4, "t1": 4, "t2": 4}
    assert limits.ended
    assert sum(row.over for row in dropped) < 12


def test_a_quota_that_no_row_has_a_value_of_says_so(tmp_path):
    kept, _, limits, _ = make(tmp_path, ["alpaca"], ["style=1"], rows=20)
    assert len(kept) == 20
    assert told(limits.json({})) == ["No row has a value in the column style, so the quota on it limits nothing."]


def test_the_sentence_of_a_quota(tmp_path):
    _, dropped, limits, _ = make(tmp_path, ["alpaca"], ["recipe=20"])
    (sentence,) = told(limits.json(Counter(row.reason for row in dropped)))
    assert sentence.startswith("The quota on recipe is full for 1 of 1 value and dropped 30 rows")


def test_a_row_that_has_no_answer_in_the_end_takes_nobody_s_room(tmp_path):
    """About half of the rows that passed are dropped as they are finished; a quota of 20 is filled all the same."""
    limits = Quotas([Quota("recipe", 20)], SEEDS, ["alpaca"])
    ledger = Ledger(tmp_path / "calls.jsonl", Writer(faulty=False), 1)
    finished = []

    def finish(rows):
        finished.extend(row.row.id for row in rows)
        odd = [sum(map(ord, row.row.id)) % 2 for row in rows]
        return [replace(row, reason="no answer" * each) for row, each in zip(rows, odd, strict=True)]

    more = {"rows": 100, "seed": 1, "quotas": limits, "finish": finish}
    made = list(flow([Part("alpaca")], SEEDS, ledger, Checks(SEEDS, 0.7), **more))
    kept = [row for each in made for row in each.kept]
    assert len(kept) == limits.counts["recipe"]["alpaca"] == 20
    assert limits.ended
    reasons = Counter(row.reason for each in made for row in each.dropped)
    # nobody beyond a quota was answered
    assert reasons["no answer"] + len(kept) == len(finished) == len(set(finished))


def test_a_verb_has_no_more_rows_than_it_may_and_what_has_none_is_not_limited():
    some = quotas("verb=2")
    texts = ["Write a poem.", "Please write a song.", "Sort them.", "Write a line.", "What is a line?", "Who was it?"]
    rows = [PoolRow(f"r{n}", text, "", "y", True) for n, text in enumerate(texts)]
    assert [some.admit(row, {"recipe": "alpaca"}, ()) for row in rows] == ["", "", "", "quota of verb", "", ""]
    assert some.json({})["verb"]["values"] == {"write": [2, 2], "sort": [1, 2]}
    assert some.json({})["verb"]["without"] == 2
