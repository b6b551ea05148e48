"""Counting words, sentences and paragraphs, and the properties that every check has."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.text.instructions import parse
from autophagy.text.instructions.counting import paragraphs, sentences, words

PLAIN = st.text("abcdefgh", min_size=2, max_size=8)
PROSE = st.text("ab AB.,!?*-_\n#[]<>\"'1Ä好", max_size=60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("don't stop", ["don't", "stop"]),
        ("well-known, 3.5 and 1,000.", ["well-known", "3.5", "and", "1,000"]),
        ("- one *two* _three_", ["one", "two", "three"]),
        ("", []),
        ("?! --", []),
        ("我喜欢 cats", ["我", "喜", "欢", "cats"]),
        ("naïve café", ["naïve", "café"]),
    ],
)
def test_words(text, found):
    assert words(text) == found


@given(st.lists(PLAIN, max_size=20), st.sampled_from([" ", "\n", ", ", ". ", "  ", " - "]))
def test_words_that_blanks_part_are_counted(parts, between):
    assert words(between.join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Hello", 1),
        ("Mr. Fox met Dr. Who. They ate.", 2),
        ("He lives in the U.S. He likes it.", 2),
        ("It opens at 9 a.m. on weekdays.", 1),
        ("J. R. R. Tolkien wrote it.", 1),
        ("Wait... what? No!", 3),
        ("He said “Go.” She went.", 2),
        ("Buy:\n- milk\n- bread", 2),
        ("1. Rest.\n2. Drink.", 2),
        ("# Heading\n\nText here.", 1),
        ("One paragraph\n\nAnother paragraph", 2),
        ("今天很好。我们走吧！", 2),
        ("A fact.[12] Another.[a] End", 3),
        ("...", 0),
        ("Yan et al. [2004] analysed the sea and found it warm.", 1),
        ("As Yan et al. (2004) say, it is warm.", 1),
        ("It was shown by Yan et al. The sea is warm.", 2),
        ("It ends with [2004]. It goes on.", 2),
        ("Trying to get back to Com. & Adm. through the dark.", 1),
        ("Sen. Ray met Gov. Fox. They ate.", 2),
    ],
)
def test_sentences(text, count):
    assert sentences(text) == count


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=6), max_size=12), st.data())
def test_sentences_that_marks_end_are_counted(spoken, data):
    ends = [data.draw(st.sampled_from([".", "!", "?", "?!", '."'])) for _ in spoken]
    text = " ".join(" ".join(said).capitalize() + end for said, end in zip(spoken, ends, strict=True))
    assert sentences(text) == len(spoken)


@given(st.lists(PLAIN, max_size=8), st.sampled_from(["\n\n", "\n \n", "\n\n\n", "\n\t\n\n"]))
def test_paragraphs_that_blank_lines_part(parts, between):
    assert paragraphs(f"\n\n{between.join(parts)}\n\n") == parts


@given(st.lists(PLAIN, min_size=1, max_size=6), st.sampled_from(["* ", "- ", "+ ", "  * "]))
def test_bullets(items, mark):
    text = "Here:\n" + "\n".join(mark + item for item in items)
    assert parse(f"bullets:exactly={len(items)}").follows(text)


@given(st.lists(PLAIN, min_size=1, max_size=6), st.sampled_from(["*", "**", "***"]))
def test_highlights(parts, mark):
    text = "So " + " and ".join(mark + part + mark for part in parts)
    assert parse(f"highlights:least={len(parts)}").follows(text)
    assert not parse(f"highlights:least={len(parts) + 1}").follows(text)


@given(st.lists(PLAIN, min_size=1, max_size=6), st.sampled_from(["Section", "PART"]), st.sampled_from(["", "# ", "**"]))
def test_sections(parts, mark, before):
    text = "\n".join(f"{before}{mark} {place}\n{part}" for place, part in enumerate(parts, 1))
    assert parse(f"sections:exactly={len(parts)},mark={mark}").follows(text)


@given(st.lists(PLAIN, max_size=6))
def test_placeholders(names):
    text = "Dear " + " ".join(f"[{name}]" for name in names)
    assert parse(f"placeholders:least={len(names)}").follows(text)
    assert not parse(f"placeholders:least={len(names) + 1}").follows(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(JSON, st.sampled_from(["{}", "```json\n{}\n```", "```\n{}\n```", " {}\n"]))
def test_json_is_json_where_it_is_an_object_or_a_list(value, form):
    text = form.replace("{}", json.dumps(value))
    assert parse("json").follows(text) == isinstance(value, dict | list)


@given(PROSE, st.integers(0, 12), st.integers(0, 12))
@pytest.mark.parametrize("name", ["words", "sentences", "bullets", "highlights", "placeholders", "capital_words"])
def test_a_number_lies_where_its_bounds_say(name, text, low, high):
    """At least n holds where at most n - 1 does not, and exactly n where both hold."""
    check = lambda bounds: parse(f"{name}:{bounds}").follows(text)  # noqa: E731
    assert check(f"least={low}") != (low > 0 and check(f"most={low - 1}")) or low == 0
    assert check(f"exactly={high}") == (check(f"least={high}") and check(f"most={high}"))
    if low <= high:
        assert check(f"least={low},most={high}") == (check(f"least={low}") and check(f"most={high}"))


@given(PROSE, st.sampled_from(["ab", "A", "1", "好"]))
def test_a_word_is_required_or_forbidden_and_never_both(text, word):
    assert parse(f"keywords:words={word}").follows(text) != parse(f"forbidden:words={word}").follows(text)
    assert parse(f"keywords:words={word}").follows(text) == parse(f"keyword:word={word},least=1").follows(text)
