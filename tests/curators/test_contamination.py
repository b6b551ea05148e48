"""Contamination: an item of an evaluation set is found wherever it stands, by its words, and shown."""

import gzip
import json
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.parts import Part
from autophagy.core.samples import Samples
from autophagy.curators.contamination import contaminated_items, contamination
from autophagy.curators.sought import Sought
from autophagy.curators.told import told_of_files
from autophagy.data.evaluations import read_evaluations
from autophagy.text.runs import common, numbered, places, spans, words
from chunked import Pieces

LONG = "Anna sells forty-two red apples, then buys nine pears; how many of her fruits are left when Ben takes seven?"
SHORT = "Who is the present director of it?"
RNG = np.random.default_rng(0)


@pytest.fixture
def against(tmp_path):
    rows = [
        {"id": "q1", "question": LONG, "answer": "She has " + " ".join(f"step{i}" for i in range(20)) + "\n#### 44"},
        {"id": "q2", "question": SHORT, "answer": "Ada Lovelace", "context": "c " * 40},
        {"id": "q3", "question": "Who?", "answer": "Ben"},
    ]
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def judge(texts, against, **settings):
    return contamination(
        Samples.of(np.array(texts, "T")), Samples.of(np.array([], "T")), RNG, against=against, **settings
    )


def test_each_kind_of_hit_is_told_and_shown_in_its_place(against):
    edited = LONG.replace("red", "ripe").replace("how many of", "which of")
    inner = "THEN buys nine pears: how many of her fruits are left, when Ben"
    steps = " ".join(f"step{i}" for i in range(3, 18))
    texts = [
        "A text of nothing.",
        f"So: {LONG} Yes.",
        f"x y {inner} goes",
        f"Ask: {SHORT} Ada.",
        steps,
        f"Or {edited}",
        "c " * 40,
    ]
    verdict = judge(texts, against)
    assert verdict.keep.tolist() == [True, False, False, False, False, False, True]
    shown = [text[start:end] for text, (start, end) in zip(texts, verdict.spans, strict=True) if start >= 0]
    assert shown == [LONG[:-1], inner, SHORT[:-1], steps, edited[:-1]]
    details = verdict.details.tolist()
    assert [bool(detail) for detail in details] == (~verdict.keep).tolist()
    assert details[1].startswith("all 20 words of items.jsonl, q1, question: Anna sells")
    assert details[2].startswith("13 words in a row of items.jsonl, q1, question: THEN buys")
    assert details[3].startswith("all 6 words of items.jsonl, q2, question: Who is")
    assert details[4].startswith("15 words in a row of items.jsonl, q1, answer: step3")
    assert details[5].startswith("a near copy, with 85 % of the words, of items.jsonl, q1, question: Anna")
    assert verdict.score.round(2).tolist() == [0, 1, 0.65, 1, 0.65, 0.85, 0]
    assert told_of_files([Part("contamination", {"against": against})]) == [
        "items.jsonl: 1 of 3 items has too few words to be looked for"
    ]
    assert judge(texts, against, near=0).keep.tolist() == [True, False, False, False, False, True, True]


def test_items_are_counted_by_the_rows_that_hold_them(against):
    rows = Samples.of(
        np.array(
            ["no", f"{LONG} {SHORT}", f"{SHORT} {SHORT}", "nothing", SHORT, " ".join(f"step{i}" for i in range(20))],
            "T",
        )
    )
    for size in (1, 2, 6):
        found, looked = contaminated_items(Pieces(rows, size), against=against)
        assert [(each.file, each.name, each.rows) for each in found] == [
            ("items.jsonl", "q2", 3),
            ("items.jsonl", "q1", 2),
        ]
        assert looked == 2


ALPHABET = st.sampled_from(["red", "Blue", "the", "green,", "who", "“what”", "of", "a–b", "don’t", "每年"])
TEXTS = st.lists(st.lists(ALPHABET, max_size=40).map(" ".join), max_size=5)


@given(TEXTS, TEXTS)
def test_a_hit_is_every_longest_run_in_common(texts, items):
    """Of all pairs of words at which row and item agree, those that neither end can be moved out from."""
    whole = np.arange(len(items)) % 2 == 0
    want = set()
    for row, text in enumerate(map(words, texts)):
        for number, item in enumerate(map(words, items)):
            least = 13 if len(item) >= 13 or not whole[number] else max(5, len(item))
            for start in range(len(text)):
                for place in range(len(item)):
                    size = 0
                    while (
                        start + size < len(text)
                        and place + size < len(item)
                        and text[start + size] == item[place + size]
                    ):
                        size += 1
                    if size >= least and not (start and place and text[start - 1] == item[place - 1]):
                        want.add((row, number, start, size))
    found = Sought(items, whole).find(texts)
    assert {(hit.row, hit.item, hit.start, hit.size) for hit in found} == want


ODD = st.text("aAnthe_-'’ \n\x1c\x85é中한9İΣß٣\ud800😀", max_size=12)  # articles and marks beside every kind of letter


@given(st.lists(st.text(max_size=30) | ALPHABET | ODD, max_size=12).map(" ".join))
@example("the a中 中a 中the an’s a_ İ")
def test_each_word_has_its_place_and_equal_words_equal_numbers(text):
    found, where = words(text), places(text)
    assert len(found) == len(where) == len(numbered([text]).hashes)
    assert all(words(text[start:end]) in ((word,), ()) for word, (start, end) in zip(found, where, strict=True))
    assert (np.diff(where.reshape(-1)) >= 0).all()
    names = dict(zip(numbered([text]).hashes.tolist(), found, strict=True))
    assert len(names) == len(set(found))


@given(st.data(), st.lists(st.lists(st.text(max_size=9) | ALPHABET | ODD, max_size=9).map(" ".join), max_size=6))
def test_a_span_goes_from_its_first_word_to_its_last_one(data, texts):
    texts = [text for text in texts if len(places(text))]
    ends = [data.draw(st.integers(1, len(places(text)))) for text in texts]
    starts = [data.draw(st.integers(0, end - 1)) for end in ends]
    found = spans(texts, np.array(starts, np.int64), np.array(ends, np.int64))
    want = [(places(text)[a, 0], places(text)[b - 1, 1]) for text, a, b in zip(texts, starts, ends, strict=True)]
    assert found.tolist() == [list(map(int, one)) for one in want]


@given(st.text("abc", max_size=70), st.text("abcd", max_size=70))
def test_the_longest_common_subsequence_is_the_one_of_the_table(a, b):
    table = np.zeros((len(a) + 1, len(b) + 1), int)
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            table[i + 1, j + 1] = table[i, j] + 1 if left == right else max(table[i, j + 1], table[i + 1, j])
    assert common(a, b) == table[-1, -1]


def test_words_whose_numbers_agree_are_no_hit_unless_they_are_the_same(monkeypatch):
    items = [f"{LONG}"]
    sought = Sought(items, np.array([True]))
    other = " ".join(f"w{i}" for i in range(20))
    monkeypatch.setattr("autophagy.curators.sought.numbered", lambda texts: numbered([LONG for _ in texts]))
    assert sought.find([other]) == []
    assert len(sought.find([LONG])) == 1


def test_evaluation_files_of_every_kind_are_read(tmp_path):
    (tmp_path / "a.csv").write_text("id,prompt,notes\n7,Tell me all of it,because\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("first line of it\nsecond line\n", encoding="utf-8")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"one\ntwo\n\nthree\n"))
    article = {
        "title": "T",
        "paragraphs": [{"context": "x", "qas": [{"id": "s", "question": "Why?", "answers": [{"text": "so"}]}]}],
    }
    (tmp_path / "d.json").write_text(json.dumps({"data": [article]}), encoding="utf-8")
    chat = {"messages": [{"role": "user", "content": "Do it"}, {"role": "assistant", "content": "Done"}]}
    (tmp_path / "e.jsonl").write_text(2 * (json.dumps(chat) + "\n"), encoding="utf-8")
    found = [(item.file, item.name, item.column, item.text, item.asks) for item in read_evaluations(tmp_path).items]
    assert found == [
        ("a.csv", "7", "prompt", "Tell me all of it", True),
        ("a.csv", "7", "id", "7", False),
        ("a.csv", "7", "notes", "because", False),
        ("b.txt", "paragraph 1", "text", "first line of it", True),
        ("b.txt", "paragraph 2", "text", "second line", True),
        ("c.txt.gz", "paragraph 1", "text", "one\ntwo", True),
        ("c.txt.gz", "paragraph 2", "text", "three\n", True),
        ("d.json", "s", "question", "Why?", True),
        ("d.json", "s", "answers", "so", False),
        ("e.jsonl", "row 1", "question", "Do it", True),
        ("e.jsonl", "row 1", "answers", "Done", False),
        ("e.jsonl", "row 2", "question", "Do it", True),
        ("e.jsonl", "row 2", "answers", "Done", False),
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"against": ""}, "give against=FILE"),
        ({"against": "/nowhere/x.jsonl"}, "no evaluation file or folder /nowhere/x.jsonl"),
        ({"words": 4}, "words must be at least 5, not 4"),
        ({"near": 1.5}, "near must be a share from 0 to 1"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(against, settings, message):
    with pytest.raises((UsageError, DataError), match=re.escape(message)):
        judge(["x"], **{"against": against, **settings})


def test_items_that_are_all_too_short_are_no_clean_bill(tmp_path):
    numbers, mixed = tmp_path / "numbers.csv", tmp_path / "mixed.jsonl"
    numbers.write_text("a,b\n" + "".join(f"{row},{row}\n" for row in range(1, 9)), encoding="utf-8")
    mixed.write_text("\n".join(json.dumps({"question": text}) for text in (SHORT, "Who?", "Where?")), encoding="utf-8")
    with pytest.raises(DataError, match=r"nothing in numbers\.csv can be looked for: none of 8 texts is long enough"):
        judge(["1 1", SHORT], str(numbers))
    both = f"{numbers}|{mixed}"
    assert judge(["1 1", SHORT], both).keep.tolist() == [True, False]
    assert told_of_files([Part("contamination", {"against": both})]) == [
        "numbers.csv: 8 of 8 items have too few words to be looked for",
        "mixed.jsonl: 2 of 3 items have too few words to be looked for",
    ]


def test_planted_items_are_found_in_real_texts_and_the_clean_ones_are_left_alone(real_data):
    """Every question and worked answer of 60 that is put into a story; at most one of 500 clean stories is found."""
    with gzip.open(real_data("tinystories-sample/tinystories_sample.txt.gz"), "rt", encoding="utf-8") as file:
        stories = [story for story in file.read().split("<|endoftext|>") if story.strip()][:500]
    path = real_data("gsm8k/test.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in list(file)[:60]]
    texts = [row[column] for row in rows for column in ("question", "answer")]
    planted = [f"{story} {text} {story}" for story, text in zip(stories, texts, strict=False)]
    long = [len(words(text)) >= (13, 5)[place % 2 == 0] for place, text in enumerate(texts)]
    found = judge([*planted, *stories], str(path))
    assert (~found.keep[: len(planted)])[long].all()
    assert (~found.keep[len(planted) :]).sum() <= 1
