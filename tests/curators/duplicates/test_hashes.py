"""Words, hashes and signatures of texts: they are those of the plain definitions, compiled or not."""

import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autophagy.core.encoded import Encoded, encoded
from autophagy.curators.duplicates import kernels
from autophagy.curators.duplicates.hashes import hashed
from autophagy.curators.duplicates.signature import keys, signatures
from autophagy.curators.duplicates.words import word_bytes
from autophagy.text.scripts import IDEOGRAPHS

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.text("aAbB _-,.\n\0é—ß漢字ひ〇⺀", max_size=80),
        st.lists(st.sampled_from(["a", "bb", "longerthan8bytes", "x" * 64, "y" * 65, "z" * 200]), max_size=30).map(
            " ".join
        ),
    ),
    max_size=12,
)


def words(text):
    """Runs of letters and digits, and each Chinese or Japanese character."""
    return re.findall(rf"[^\W{IDEOGRAPHS}]+|(?=\w)[{IDEOGRAPHS}]", text.lower())


def grams(text):
    """The set of word 5-grams, as the truth of the corpus with planted copies has it."""
    held = words(text)
    return {tuple(held[at : at + 5]) for at in range(max(1, len(held) - 4))} if held else {text}


@given(TEXTS)
@example(["İstanbul", "\ud800 half", "a" * 8, "\x80", "一 二", "ǅ", "一二a三 b", "漢"])
def test_words_are_those_of_the_regular_expression(texts):
    data, starts = word_bytes(encoded(texts))
    for text, begin, end in zip(texts, starts, starts[1:], strict=False):
        found = data[begin:end].tobytes().split(b"\0")
        assert [word.decode("utf-8", "surrogatepass") for word in found if word] == words(text)


@given(TEXTS)
def test_hashes_are_equal_where_the_words_are(texts):
    found = hashed(encoded(texts))
    assert found.words.tolist() == [len(words(text)) for text in texts]
    sets = [
        set(found.shingles[start : start + count].tolist())
        for start, count in zip(found.starts, found.counts, strict=True)
    ]
    for i, first in enumerate(texts):
        assert len(sets[i]) == len(grams(first))
        for j, second in enumerate(texts):
            assert len(sets[i] & sets[j]) == len(grams(first) & grams(second))
            same = words(first) == words(second) if words(first) else first == second
            assert (found.digests[i] == found.digests[j]).all() == same


def test_texts_longer_than_a_table_of_powers_have_digests_of_their_order():
    long = [f"w{place % 977}" for place in range(140_000)]
    swapped = long.copy()
    swapped[3], swapped[131_075] = swapped[131_075], swapped[3]  # 2 ** 17 apart
    found = hashed(encoded(["two words", " ".join(long), " ".join(swapped), "\n".join(long).upper()]))
    assert (found.digests[1] == found.digests[3]).all()
    assert (found.digests[1] != found.digests[2]).all()


@given(TEXTS)
def test_compiled_code_gives_the_same_hashes_and_signatures(texts):
    pytest.importorskip("numba")
    plain, compiled = hashed(encoded(texts)), kernels.hashed(encoded(texts))
    for name in ("digests", "words", "counts"):
        assert np.array_equal(getattr(plain, name), getattr(compiled, name)), name
    for row in range(len(texts)):
        one, other = (h.shingles[h.starts[row] : h.starts[row] + h.counts[row]] for h in (plain, compiled))
        assert np.array_equal(one, other)
    assert np.array_equal(signatures(plain), kernels.signatures(compiled))


def test_a_signature_is_the_least_of_each_affine_map():
    from autophagy.curators.duplicates.signature import FACTORS, TERMS

    texts = hashed(encoded(["one two three four five six seven", "a b", " ".join(f"w{i}" for i in range(70_000))]))
    found = signatures(texts)
    for row, (start, count) in enumerate(zip(texts.starts, texts.counts, strict=True)):
        values = [int(shingle) >> 32 for shingle in texts.shingles[start : start + min(count, 3_000)]]
        if count > 3_000:
            continue
        least = [min((int(a) * x + int(b)) % 2**32 for x in values) for a, b in zip(FACTORS, TERMS, strict=True)]
        assert found[:, row].tolist() == least
    whole = texts.shingles[texts.starts[2] : texts.starts[2] + texts.counts[2]]
    assert found[7, 2] == ((whole >> np.uint64(32)).astype(np.uint32) * FACTORS[7] + TERMS[7]).min()
    assert len(np.unique(FACTORS)) == len(np.unique(TERMS)) == 110
    assert (FACTORS % 2 == 1).all()
    assert keys(found).shape == (22, 3)


def test_nothing_is_compiled_twice_wherever_the_texts_lie():
    numba = pytest.importorskip("numba")
    given = encoded(["One text, and another word.", "two"] * 300)
    changing, lasting = (Encoded(given.data.copy(), given.ends.copy()) for _ in range(2))
    lasting.data.flags.writeable = lasting.ends.flags.writeable = False
    for texts in (given, changing, lasting, *changing.parts(50)):
        known = kernels.hashed(texts)
        kernels.signatures(known)
        sizes = np.ones((2, 2 * len(texts)), np.int64)[:, ::2]
        kernels.shared(np.zeros(sizes.size, np.uint64), sizes)
    for each in (kernels._look_up, kernels._words, kernels._shingles, kernels._smallest, kernels._merge):
        compiled = kernels._compiled(each)
        assert isinstance(compiled, numba.core.dispatcher.Dispatcher)
        assert len(compiled.signatures) == 1, each.__name__
