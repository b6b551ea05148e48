"""The n-gram model: its probabilities, its samples, its temperature, and the exact law of its loop."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from autophagy.core.errors import FitError, UsageError
from autophagy.core.samples import Samples
from autophagy.models.ngram.model import Ngram
from autophagy.models.ngram.spelling import Spelling
from autophagy.models.ngram.tables import behind, count, probabilities, step, temper
from autophagy.text.words import Vocabulary, join, tokenize

TEXT = [
    "the cat sat on the mat.",
    "the dog sat on the cat!",
    "a dog and a cat\nsat.",
    "the mat sat on a dog, and the cat ran.",
    "the cat ran.",
]
SMOOTHINGS = ("kneser-ney", "witten-bell", "counts")


def rng(seed=3):
    return np.random.default_rng(seed)


def every_word(grams, before):
    """p(w | before) of every word, read off one at a time by `probabilities`."""
    found = []
    for word in range(grams.words):
        ids = np.array([grams.begin, *before, word])
        found.append(probabilities(grams, ids)[-1] if word != grams.begin else 0.0)
    return np.array(found)


# --- words


@given(st.lists(st.text(alphabet="ab'\"(),.$\n<>é_9", max_size=12), max_size=6))
def test_joined_tokens_are_the_same_tokens(texts):
    tokens = [token for text in texts for token in tokenize(text)]
    assert tokenize(join(tokens)) == tokens


def test_a_text_reads_like_one():
    text = 'He said (twice): "do not", don\'t.\nAnd <unk> went.'
    assert join(tokenize(text)) == 'He said (twice): " do not ", don\'t.\nAnd <unk> went.'


def test_a_word_that_is_not_known_is_number_0():
    vocabulary = Vocabulary.of(["one two <unk>"])
    ids, lengths = vocabulary.encode(["two three", "", "one"])
    assert ids.tolist() == [2, 0, 1]
    assert lengths.tolist() == [2, 0, 1]


# --- probabilities


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("temperature", [1.0, 0.5, 0.1, 2.0])
def test_what_can_follow_sums_to_one(order, smoothing, temperature):
    fitted = Ngram(order, smoothing).fit(Samples.of(TEXT), rng())
    grams = fitted.grams if temperature == 1 else temper(fitted.grams, temperature)
    for before in ([], ["the"], ["the", "cat"], ["on", "the", "cat"], ["cat", "cat", "mat", "a"]):
        ids = [fitted.vocabulary.numbers[word] for word in before]
        assert every_word(grams, ids).sum() == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("temperature", [0.3, 0.8, 3.0])
def test_temperature_is_the_power_of_the_whole_law(smoothing, temperature):
    fitted = Ngram(3, smoothing).fit(Samples.of(TEXT), rng())
    cold = temper(fitted.grams, temperature)
    for before in ([], ["the"], ["the", "cat"], ["cat", "mat"], ["a", "dog"]):
        ids = [fitted.vocabulary.numbers[word] for word in before]
        powered = every_word(fitted.grams, ids) ** (1 / temperature)
        np.testing.assert_allclose(every_word(cold, ids), powered / powered.sum(), atol=1e-12)


def test_counts_alone_are_maximum_likelihood():
    fitted = Ngram(2, "counts").fit(Samples.of(["a b a b a c"]), rng())
    a, b = (fitted.vocabulary.numbers[word] for word in "ab")
    assert every_word(fitted.grams, [a])[b] == pytest.approx(2 / 3)
    assert fitted.log_prob(Samples.of(["a b a c"]).x)[0] == pytest.approx(math.log(2 / 3 * 1 * 1 / 3 * 1))
    assert fitted.log_prob(Samples.of(["b a"]).x)[0] == -math.inf


def test_witten_bell_by_hand():
    fitted = Ngram(1, "witten-bell").fit(Samples.of(["a a b"]), rng())
    base = 1 / (len(fitted.vocabulary) + 1)  # <unk>, a, b and the end
    assert every_word(fitted.grams, [])[fitted.vocabulary.numbers["a"]] == pytest.approx(2 / 7 + 3 / 7 * base)


def test_kneser_ney_by_hand():
    """`b` follows three words and `c`, as frequent, only one: below the pairs, `b` is the likelier word."""
    fitted = Ngram(2).fit(Samples.of(["x b", "y b", "z b", "x c", "x c", "x c"]), rng())
    law = every_word(fitted.grams, [fitted.vocabulary.numbers["b"]])
    assert law[fitted.vocabulary.numbers["b"]] > law[fitted.vocabulary.numbers["c"]]


def test_the_logarithm_of_a_passage_is_the_sum_over_its_words_and_its_end():
    fitted = Ngram(3).fit(Samples.of(TEXT), rng())
    text = "the dog ran, and xyzzy sat."
    ids, _ = fitted.vocabulary.encode([text])
    end = len(fitted.vocabulary) + 1
    total = sum(math.log(every_word(fitted.grams, list(ids[:i]))[word]) for i, word in enumerate([*ids, end]))
    assert fitted.log_prob(Samples.of([text]).x)[0] == pytest.approx(total, rel=1e-12)
    assert fitted.tokens(Samples.of([text]).x).tolist() == [len(ids) + 1]


# --- samples


@pytest.mark.parametrize("order", [1, 2, 3, 5])
@pytest.mark.parametrize("smoothing", ["kneser-ney", "witten-bell"])
@pytest.mark.parametrize("bias", [1.0, 0.6])
def test_samples_follow_the_probabilities(order, smoothing, bias):
    """Chi-square over the words after every two-word context that is common: sixteen tests, false alarm 1e-4 in all."""
    fitted = Ngram(order, smoothing).fit(Samples.of(TEXT), rng())
    grams = fitted.grams if bias == 1 else temper(fitted.grams, bias)
    made = fitted.sample(40_000, rng(17), bias=bias)
    seen = {}
    end = len(fitted.vocabulary) + 1
    for text in made.tolist():
        ids = [*fitted.vocabulary.encode([text])[0].tolist(), end]
        for i, word in enumerate(ids[:12]):
            seen.setdefault(tuple(ids[max(0, i - 4) : i]) if i < 3 else None, []).append(word)
    seen.pop(None, None)
    statistic, degrees = 0.0, 0
    for before, words in seen.items():
        if len(words) < 2_000:
            continue
        expected = every_word(grams, list(before)) * len(words)
        counts = np.bincount(words, minlength=grams.words)
        often = expected >= 10
        statistic += ((counts - expected)[often] ** 2 / expected[often]).sum()
        rest = expected[~often].sum()
        if rest >= 10:
            statistic += (counts[~often].sum() - rest) ** 2 / rest
        degrees += int(often.sum()) - (rest < 10)
    assert degrees >= 5
    assert stats.chi2.sf(statistic, degrees) > 1e-4 / 16


def test_the_context_after_a_step_is_the_longest_that_was_seen():
    """Sampling by contexts that are kept step by step gives each word the law that reading the whole past gives."""
    fitted = Ngram(4).fit(Samples.of(TEXT), rng())
    grams = fitted.grams
    level, context = np.full(300, 1), np.full(300, grams.begin)
    past = [[grams.begin] for _ in range(300)]
    draws = rng(5)
    for _ in range(6):
        word, level, context = step(grams, level, context, draws)
        for i, each in enumerate(word.tolist()):
            past[i].append(each)
        for i in range(300):
            gram = past[i][-1]
            longest = (1, gram)
            for size in range(2, 4):
                tail = past[i][-size:]
                place = tail[0]
                for k, each in enumerate(tail[1:], 1):
                    place = int(grams.levels[k].find(np.array([place]), np.array([each]), grams.words)[0])
                    if place < 0:
                        break
                if len(tail) == size and place >= 0:
                    longest = (size, place)
            assert (level[i], context[i]) == longest


def test_without_smoothing_a_lost_word_stays_lost():
    model = Ngram(1, "counts").prepare(Samples.of(TEXT), rng())
    rows, known = Samples.of(TEXT), set(tokenize(" ".join(TEXT)))
    for generation in range(20):
        made = Samples.of(model.fit(rows, rng(generation)).sample(5, rng(100 + generation)))
        now = {token for text in made.x.tolist() for token in tokenize(text)}
        assert now <= known
        if not now:
            return
        rows, known = made, now
    assert len(known) < 10


def test_surviving_words_follow_the_exact_law():
    """Expected types after k rounds are sum 1 - exp(-c g_k) (Wright-Fisher): 40 loops, z < 4."""
    shares = 1 / np.arange(1, 401) ** 1.1
    counts = np.maximum(1, np.round(6_000 * shares / shares.sum())).astype(int)
    words = np.repeat([f"w{i}" for i in range(400)], counts)
    real = Samples.of([" ".join(rng(1).permutation(words).tolist())])
    model = Ngram(1, "counts").prepare(real, rng())
    n, loops, rounds = len(words), 40, 6
    alive = np.zeros((loops, rounds))
    for loop in range(loops):
        ids = np.repeat(np.arange(400), counts)
        table = None
        for k in range(rounds):
            draws = rng(1000 * loop + k)
            table = count(np.concatenate([[400], ids]), 1, 402, 400, "counts")
            zero = np.zeros(n, np.int64)
            ids = step(table, zero, zero, draws)[0]
            alive[loop, k] = len(np.unique(ids))
        assert table is not None
    g, expected = 1.0, []
    for _ in range(rounds):
        expected.append((1 - np.exp(-counts * g)).sum())
        g = 1 - math.exp(-g)
    z = (alive.mean(0) - expected) / (alive.std(0, ddof=1) / math.sqrt(loops))
    assert np.abs(z[:1]).max() < 4
    assert np.abs(alive.mean(0) / expected - 1).max() < 0.01  # the law is that of many rows: its own error is below 1 %
    assert model.vocabulary is not None


# --- what breaks toolkits


@pytest.mark.parametrize("order", [1, 3, 5])
@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_odd_texts_are_learnt(order, smoothing):
    for texts in (["a"], ["", "a b", ""], ["word " * 20_000], ["a"] * 50, ["é ünïcode 漢字 \x00 \t"]):
        fitted = Ngram(order, smoothing).fit(Samples.of(texts), rng())
        made = fitted.sample(7, rng())
        assert made.shape == (7,)
        assert fitted.sample(7, rng(), bias=0.01).shape == (7,)
        assert not np.isnan(fitted.log_prob(made)).any()


def test_wrong_settings_and_rows_get_a_sentence():
    with pytest.raises(UsageError, match="1 to 5"):
        Ngram(6)
    with pytest.raises(FitError, match="no words"):
        Ngram().fit(Samples.of(["", " "]), rng())
    with pytest.raises(FitError, match="texts"):
        Ngram().fit(Samples.of(np.zeros((5, 2))), rng())


def test_a_model_comes_back_from_its_files(tmp_path):
    fitted = Ngram().fit(Samples.of(TEXT), rng())
    fitted.save(tmp_path)
    again = Ngram().load(tmp_path)
    assert again.sample(20, rng()).tolist() == fitted.sample(20, rng()).tolist()
    assert again.log_prob(Samples.of(TEXT).x).tolist() == fitted.log_prob(Samples.of(TEXT).x).tolist()


# --- spelling


def test_a_model_of_words_costs_no_less_than_the_entropy_of_the_letters():
    """Words of 12 letters, drawn from 24, that are never seen twice: 4.58 bits a letter at the least, in any script."""
    for letters in ("abcdefghijklmnopqrstuvwx", "的一是不了人我在有他这为之大来以个中上们到说国和"):
        draw = rng(1)
        real, held_out = (["".join(draw.choice(list(letters), 12)) for _ in range(150)] for _ in range(2))
        model = Ngram().prepare(Samples.of(real), rng())
        fitted, x = model.fit(Samples.of(real), rng()), Samples.of(held_out).x
        bits = (fitted.spelling.nats(x.tolist()) - fitted.log_prob(x)).sum() / math.log(2) / (150 * 12)
        assert math.log2(24) < bits < 1.5 * math.log2(24)


def test_white_space_costs_what_it_tells():
    """Blanks that were seen between such words cost next to nothing, and random ones at least a bit each."""
    draw = rng(2)
    plain, random = (["".join(f"cat{gap}" for gap in gaps) for gaps in rows] for rows in
                     ([[" "] * 50] * 20, draw.choice([" ", "  "], (20, 50))))  # fmt: skip
    for texts, low, high in ((plain, 0.0, 0.05), (random, 0.99, 1.2)):
        model = Ngram().prepare(Samples.of(texts), rng())
        fitted = model.fit(Samples.of(texts), rng())
        bits = float(fitted.spelling.nats(Samples.of(texts).x.tolist()).sum()) / math.log(2) / (20 * 50)
        assert low <= bits < high


def test_spelling_leaves_no_probability_over():
    """Over all words of up to two bytes, known letters or not, the probabilities sum to less than 1."""
    spelling = Spelling.of(["ab ac b a"], Vocabulary.of(["ab ac b a"]))
    every = [a + b for a in map(chr, range(33, 127)) for b in ["", *map(chr, range(33, 127))]]
    assert 0.05 < np.exp(-spelling.spelt(every)).sum() < 1


def test_the_words_of_a_text_itself_that_are_unknown_are_spelt_as_such():
    """<unk> is a word of WikiText: where it is common, it costs less than a word that was never seen."""
    real = ["the <unk> cat and the <unk> dog"] * 10
    fitted = Ngram().prepare(Samples.of(real), rng()).fit(Samples.of(real), rng())
    marked, strange = fitted.spelling.nats(Samples.of(["the <unk> cat", "the qzxvj cat"]).x.tolist())
    assert marked < 2 < 20 < strange


# --- what goes on behind a prompt


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_the_context_of_a_text_is_the_one_that_its_words_led_to_one_by_one(order, smoothing):
    fitted = Ngram(order, smoothing).fit(Samples.of(TEXT), rng())
    grams, begin = fitted.grams, fitted.grams.begin
    for seed in range(20):
        draws = rng(seed)
        level, context = np.full(1, min(1, order - 1)), np.full(1, begin if order > 1 else 0)
        ids = [begin]
        while ids[-1] != begin + 1 and len(ids) < 30:
            assert [part.tolist() for part in behind(grams, np.array(ids))] == [level.tolist(), context.tolist()]
            word, level, context = step(grams, level, context, draws)
            ids.append(int(word[0]))


def test_a_prompt_that_is_a_passage_but_for_its_end_goes_on_as_it_did():
    fitted = Ngram(5, "counts").fit(Samples.of(TEXT), rng())
    assert fitted.complete(["a dog and a"], [rng()], longest=20) == [("cat\nsat.", True)]
    assert fitted.complete(["a dog and a"], [rng()], longest=2) == [("cat\n", False)]
    assert fitted.complete(["nobody knows these: a dog and a"], [rng()], longest=20) == [("cat\nsat.", True)]


def test_words_behind_a_prompt_have_the_probabilities_of_the_model():
    """A chi-square of 4,000 draws of the first word; the false-alarm rate is 1e-4."""
    fitted = Ngram(3).fit(Samples.of(TEXT), rng())
    vocabulary, n = fitted.vocabulary, 4_000
    made = fitted.complete(["the cat"] * n, [rng(seed) for seed in range(n)], longest=1)
    p = every_word(fitted.grams, vocabulary.encode(["the cat"])[0].tolist())
    drawn = [fitted.grams.begin + 1 if ended else int(vocabulary.encode([text])[0][0]) for text, ended in made]
    seen = np.bincount(drawn, minlength=len(p))
    possible = p > 0
    assert not seen[~possible].any()
    assert stats.chisquare(seen[possible], n * p[possible]).pvalue > 1e-4
