"""Names and settings of instructions, their sentences, IFEval's ids, and how they are attached to a prompt."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.questions import Question
from autophagy.core.registry import built_in, entries
from autophagy.text.instructions import attach, build, conflict, from_ifeval, parse
from autophagy.text.instructions.ifeval import IDS

KINDS = {name: entry.thing for name, entry in entries("instruction").items() if built_in(entry)}

VALUE = st.text('ab ,;\\:=\n"é', min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(VALUE, min_size=1, max_size=3), VALUE, st.integers(0, 99))
def test_an_instruction_is_read_as_it_is_written(several, phrase, number):
    for made in (
        build("forbidden", {"words": several}),
        build("end", {"phrase": phrase}),
        build("repeat", {"text": phrase}),
        build("keyword", {"word": phrase, "least": number, "most": number + 1}),
    ):
        assert parse(str(made)) == made


def test_plain_text_needs_no_backslash():
    assert str(parse("words:least=100")) == "words:least=100"
    assert parse("end:phrase=Is it 10:30? Yes.").phrase == "Is it 10:30? Yes."
    assert parse(" keywords : words = sun ; rain ").words == ("sun", "rain")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no_coma", "did you mean 'no_comma'"),
        ("words", "words:least=3"),
        ("words:lest=3", "did you mean 'least'"),
        ("words:least=few", "takes a whole number, not 'few'"),
        ("words:least=-1", "takes a whole number"),
        ("words:least=5,most=3", "swap them"),
        ("words:least=5,exactly=5", "give exactly, or least and most"),
        ("words:100", "write NAME:setting=value"),
        ("words:least=1,least=2", "write NAME:setting=value"),
        ("keywords", "names no word"),
        ("keyword:least=2", "names no word"),
        ("letter:letter=ab,least=2", "counts one character"),
        ("language:code=xx", "choose from en"),
        ("end", "says no phrase"),
        ("choice:options=Yes", "two options or more"),
        ("paragraph_start:paragraphs=2,nth=3,word=a", "paragraph 3 of 2"),
        ("sections:exactly=2,mark=", "has no mark"),
        ("no_comma:least=2", "it takes none"),
    ],
)
def test_what_is_wrong_is_one_sentence(text, said):
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        parse(text)
    assert "\n" not in str(caught.value)


EXAMPLES = {
    "bullets": "exactly=3",
    "capital_words": "least=2",
    "end": "phrase=Bye.",
    "forbidden": "words=a;b",
    "highlights": "least=1",
    "keyword": "word=sun,least=2",
    "keywords": "words=sun;rain;snow",
    "language": "code=fr",
    "letter": "letter=e,most=5",
    "paragraph_start": "paragraphs=3,nth=2,word=Now",
    "paragraphs": "exactly=2",
    "placeholders": "least=1",
    "sections": "exactly=2,mark=Part",
    "sentences": "least=2,most=4",
    "words": "least=1,most=1",
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_sentence_says_every_setting(name):
    """Whatever is asked for stands in the sentence, so that a model can know it."""
    made = parse(f"{name}:{EXAMPLES[name]}" if name in EXAMPLES else name)
    assert made.sentence[0].isupper()
    assert "\n" not in made.sentence
    for value in vars(made).values():
        for each in value if isinstance(value, tuple) else [value]:
            shown = {"fr": "French"}.get(each, str(each))
            assert each is None or each == "" or shown in made.sentence


def test_attached_to_any_prompt():
    asked = attach(Question("q", "Describe a day."), ["no_comma", "words:least=100"])
    assert asked.instructions == ("no_comma", "words:least=100")
    assert asked.text.splitlines() == ["Describe a day.", "Do not use any commas.", "Answer in at least 100 words."]
    assert asked.ruled


def test_an_attached_repetition_repeats_the_question_as_it_was():
    asked = attach(Question("q", "Describe a day, please."), ["repeat", "title"])
    (repeat, _) = map(parse, asked.instructions)
    assert repeat.text == "Describe a day, please."
    assert repeat.follows("Describe a day, please. <<A day>> It rains.")


def test_all_of_ifevals_ids_are_ours():
    assert len(IDS) == 25
    assert sorted(name for name, _ in IDS.values()) == sorted(KINDS)


@pytest.mark.parametrize(
    ("name", "given", "ours"),
    [
        ("length_constraints:number_words", {"relation": "at least", "num_words": 300}, "words:least=300"),
        ("length_constraints:number_words", {"relation": "less than", "num_words": 300}, "words:most=299"),
        ("detectable_format:number_bullet_lists", {"num_bullets": 3, "num_words": None}, "bullets:exactly=3"),
        ("keywords:letter_frequency", {"letter": "#", "let_frequency": 4, "let_relation": "at least"},
         "letter:least=4,letter=#"),
        ("keywords:existence", {"keywords": ["mom", "mother"]}, "keywords:words=mom;mother"),
        ("combination:repeat_prompt", {"prompt_to_repeat": "Well, go; now."}, r"repeat:text=Well\, go\; now."),
        ("length_constraints:nth_paragraph_first_word",
         {"num_paragraphs": 4, "nth_paragraph": 2, "first_word": "firstly"},
         "paragraph_start:paragraphs=4,nth=2,word=firstly"),
        ("punctuation:no_comma", {}, "no_comma"),
    ],
)  # fmt: skip
def test_ifevals_names_and_arguments(name, given, ours):
    assert str(from_ifeval(name, given)) == ours


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("punctuation:no_commas", {}, "did you mean 'punctuation:no_comma'"),
        ("length_constraints:number_words", {"num_words": 300}, "lacks its argument num_words, or the relation"),
        ("detectable_format:number_bullet_lists", {}, "lacks its argument num_bullets"),
        ("length_constraints:number_words", {"num_words": 300, "relation": "about"}, "lacks its argument"),
    ],
)
def test_what_the_published_code_draws_at_random_is_missing_here(name, given, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        from_ifeval(name, given)


def test_conflicts_go_both_ways():
    for one in KINDS:
        assert conflict(one, one)
        for other in KINDS:
            assert conflict(one, other) == conflict(other, one)
    assert conflict("capitals", "lowercase")
    assert conflict("json", "title")
    assert not conflict("json", "keywords")
    assert not conflict("no_comma", "words")
    assert not conflict("repeat", "title")
    assert conflict("repeat", "two_answers")


SAME = """
import random
from autophagy.text.instructions import parse

random.seed()
texts = ["THIS IS AN ENGLISH SENTENCE. EVERY LETTER IS CAPITALIZED!!! AMAZING.", "Hello world", "并查看更", "ok go"]
print([[parse(name).follows(t) for name in ("language:code=en", "language:code=zh", "capitals", "lowercase")]
       for _ in range(3) for t in texts])
"""


def test_a_language_is_the_same_in_every_run_and_process():
    """The detector of the published code says German of the first text in 4 of 100 runs (Mimino666/langdetect#120)."""
    pytest.importorskip("py3langid")
    runs = [subprocess.run([sys.executable, "-c", SAME], capture_output=True, text=True, check=True) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    first, *_ = eval(runs[0].stdout)
    assert first == [True, False, True, False]
