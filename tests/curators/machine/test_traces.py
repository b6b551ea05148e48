"""Traces: the phrases that language models leave, where they stand, and how rarely people write them.

Run: pytest tests/curators/machine/test_traces.py
"""

import gzip
import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.samples import Samples
from autophagy.curators.machine.phrases import PHRASES
from autophagy.curators.machine.traces import END, FEW, find_traces, traces

# one sentence a kind and a language: what a model says, and the words in it that give it away
SAID = [
    ("As an AI language model, I cannot taste food.", "As an AI language model"),
    ("Well, as an AI, I cannot taste food.", "as an AI, I"),
    ("As an AI developed by OpenAI, I can't taste.", "As an AI developed by"),
    ("As an artificial intelligence, I do not eat.", "As an artificial intelligence, I"),
    ("I'm Claude, an AI assistant made for this.", "I'm Claude, an AI"),
    ("Hello, I am Qwen2.5, created by a firm.", "I am Qwen2.5, created by"),
    ("I'm an AI, so I don't have cats.", "I'm an AI, so I"),
    ("I was trained by Google to be kind.", "I was trained by Google"),
    ("I cannot browse the internet for cats.", "I cannot browse the internet"),
    ("I don't have personal experiences with cats.", "I don't have personal experiences"),
    ("AIとして、私は猫を持ちません。", "AIとして、私"),
    ("Eu sou um modelo de linguagem sem gatos.", "sou um modelo de linguagem"),
    ("I’m just a large language model and may be wrong.", "I’m just a large language model"),
    ("I'm sorry, but I can't assist with that.", "I'm sorry, but I can't assist"),
    ("I cannot fulfill your request, but here is a poem.", "I cannot fulfill your request"),
    ("I don't have access to real-time information on prices.", "I don't have access to real-time information"),
    ("As of my last knowledge update in 2021, he was mayor.", "As of my last knowledge update"),
    ("That is how my training data has it.", "my training data"),
    ("Paris is the capital :contentReference[oaicite:0]{index=0}.", ":contentReference["),
    ("It rained【4†source】 for a week.", "【4†"),
    ("Certainly! Here is the letter. Dear Sir,", "Certainly! Here"),
    ("Sure, here are ten ideas: a hat", "Sure, here"),
    ("Here's a revised version of your essay: Cats sleep.", "Here's a revised version"),
    ("Rewrite the following text: cats sleep. Cats doze.", "Rewrite the following text:"),
    ("Cats sleep. Let me know if you'd like me to add more.", "Let me know if you'd like me to add more."),
    ("<|im_start|>assistant\nCats sleep.", "<|im_start|>"),
    ("[INST] What do cats do? [/INST] Sleep.", "[INST]"),
    ("Cats sleep.</s>", "</s>"),
    ("Cats sleep.\n### Human:", "### Human:"),
    ("```python\nprint('cats')\n```", "```python\nprint('cats')\n```"),
    ("Als KI-Sprachmodell habe ich keine Katze.", "Als KI-Sprachmodell habe"),
    ("Ich kann diese Anfrage leider nicht beantworten.", "Ich kann diese Anfrage leider nicht beantworten"),
    ("En tant que modèle de langage, je n'ai pas de chat.", "En tant que modèle de langage"),
    ("Como modelo de lenguaje, no tengo gatos.", "Como modelo de lenguaje, no"),
    ("Como um modelo de linguagem, não tenho gatos.", "Como um modelo de linguagem, não"),
    ("Come modello linguistico, non ho gatti.", "Come modello linguistico, non"),
    ("Als AI-taalmodel heb ik geen kat.", "Als AI-taalmodel heb ik"),
    ("Увы, как языковая модель, я не имею кошки.", "как языковая модель, я"),
    ("Мяу: я не могу выполнить этот запрос.", "я не могу выполнить этот запрос"),
    ("作为一个人工智能语言模型，我没有猫。", "作为一个人工智能语言模型"),
    ("抱歉，我无法提供猫。", "抱歉，我无法提供"),
    ("AI言語モデルとして、猫はいません。", "AI言語モデルとして"),
    ("저는 AI 언어 모델이라 고양이가 없습니다.", "저는 AI"),
    ("بصفتي نموذج لغة، ليس لدي قطة.", "بصفتي نموذج"),
    ("Jako model językowy nie mam kota.", "Jako model językowy nie"),
    ("Natürlich! Hier ist der Brief.", "Natürlich! Hier ist"),
    ("Bien sûr ! Voici la lettre.", "Bien sûr ! Voici"),
    ("¡Claro! Aquí tienes la carta.", "¡Claro! Aquí"),
    ("当然！以下是信。", "当然！以下"),
]
PLAIN = [
    "The lab trains an AI language model on cats.",
    "As an AI researcher I keep cats, and as a language teacher I keep dogs.",
    "She is certainly here. Here is the letter that he wrote.",
    "I'm sorry, but I can't come on Monday.",
    "He was sorry that his request had been refused.",
    "a < b and c > d, s > 0, [1] and </strike>",
    "I'm Claude, he said, and I was trained by a baker. I'm an AI engineer, and I can't swim.",
    "I'm Gemini and she is Leo. He was built by Google as an experiment in artificial intelligence.",
    "The update of my last book came in May.",
    "Use ``` to open a fence.\n```\nx = 1\n```\nand close it.",
    "Of course, the cat was here. Sure, he said.",
    "Summary: cats sleep. Translate it if you like.",
    "",
]


def judge(lines: list[str], **columns: list[str]):
    rows = Samples.of(np.array(lines, np.dtypes.StringDType()))
    meta = {name: np.array(column, np.dtypes.StringDType()) for name, column in columns.items()}
    batch = Samples(rows.x, rows.generation, rows.source, meta)
    return traces(batch, batch.take(slice(0, 0)), np.random.default_rng(0))


@pytest.mark.parametrize(("text", "phrase"), SAID)
def test_what_models_say_is_found_with_its_place(text, phrase):
    verdict = judge([text, "Cats sleep."])
    assert verdict.keep.tolist() == [False, True]
    start, end = verdict.spans[0]
    assert text[start:end] == phrase
    assert verdict.spans[1].tolist() == [-1, -1]
    assert " ".join(phrase.split())[:57] in verdict.details[0]
    assert verdict.details[1] == ""


@pytest.mark.parametrize("text", PLAIN)
def test_what_people_write_is_left_alone(text):
    assert find_traces(text) == []


def test_every_kind_has_an_example():
    kinds = {trace.kind for text, _ in SAID for trace in find_traces(text)}
    assert kinds == {kind for kind, *_ in PHRASES}


WORDS = st.text(alphabet="abcdefg äжあ.,\n", max_size=400)


@given(WORDS, st.sampled_from(SAID[:9]), WORDS)
def test_a_sentence_anywhere_is_found_where_it_stands(before, said, after):
    """Both engines agree on the place, whatever stands around the sentence."""
    sentence, phrase = said
    text = f"{before}. {sentence} {after}"
    assert phrase in [text[each.start : each.end] for each in find_traces(text)]


@given(st.text(alphabet="abc ,.", min_size=END, max_size=400), st.sampled_from(["Certainly! Here is", "<|im_end|>"]))
def test_openings_and_tags_count_at_the_ends_alone(filler, phrase):
    assert find_traces(f"{filler} {phrase} x{filler}") == []


@given(st.lists(st.sampled_from([text for text, _ in SAID] + PLAIN), max_size=20), st.randoms())
def test_the_verdict_on_a_row_depends_on_the_row_alone(lines, random):
    order = list(range(len(lines)))
    random.shuffle(order)
    verdict, shuffled = judge(lines), judge([lines[i] for i in order])
    assert shuffled.score.tolist() == verdict.score[order].tolist() if lines else not len(shuffled.score)
    assert shuffled.details.tolist() == [verdict.details[i] for i in order]


def test_few_texts_are_judged_as_many_are():
    """Of few texts Python looks at the ends before RE2 does, which has blanks and letters of its own."""
    said = [
        "Certainly! Here is a list: a, b.",
        "Sure, here's the text",
        "\u00a0Certainly!\u00a0Here is a list: a.",
        "ſure! Here",
    ]
    said += [
        "A walk by the sea.",
        "He left. Let me know if you need more.",
        "x <|im_end|>",
        "Let me\u2003know if you need more!",
        "",
    ]
    many = said * 40
    whole = traces(Samples.of(np.array(many)), Samples.of(np.array(many)), np.random.default_rng(0))
    few = [find_traces(text) for text in said]
    assert len(many) > FEW > len(said)
    assert whole.score.tolist() == [len(each) for each in few] * 40
    assert sum(map(bool, few)) >= 4


def test_several_traces_are_counted_and_shown():
    text = "As an AI language model, I cannot fulfill your request. As of my last update, my training data was old."
    verdict = judge([text])
    assert verdict.score.tolist() == [4]
    assert verdict.details[0].count("“") == 3
    assert verdict.details[0].endswith("and 1 more")


def test_a_prompt_at_the_head_of_its_answer_is_an_echo():
    prompt = "What do cats do all day long?"
    verdict = judge(["what do  cats do all\nday long? They sleep.", "They sleep.", prompt, ""], prompt=[prompt] * 4)
    assert verdict.keep.tolist() == [False, True, True, True]
    assert "repeats its prompt" in verdict.details[0]
    assert verdict.spans[0].tolist() == [0, 30]


def test_a_question_and_its_answer_that_were_joined_are_no_echo():
    question, answer = "What do cats do all day long?", "They sleep."
    joined = f"{question}\n\nin winter\n\n{answer}"
    verdict = judge(
        [joined, joined, f"{question} {answer}"],
        instruction=[question] * 3,
        input=["in winter", "", ""],
        output=[answer, answer, "They eat."],
    )
    assert verdict.keep.tolist() == [True, False, False]


def test_a_short_question_quoted_by_its_answer_is_no_echo():
    assert judge(["Why cats? Because they sleep."], question=["Why cats?"]).keep.all()


def clean_documents(real_data):
    """Texts of people, none of which was looked at when the phrases were chosen."""
    paragraph = re.compile(r"\n\s*\n|\n = ")
    for name in ("wikitext-2-valid-test/valid.txt.gz", "tinyshakespeare/input.txt.gz"):
        text = gzip.decompress(real_data(name).read_bytes()).decode()
        yield from (each for each in paragraph.split(text) if len(each.split()) > 4)
    for name in ("medicine", "open_qa", "wiki_csai"):
        for line in gzip.decompress(real_data(f"hc3-subset/{name}.jsonl.gz").read_bytes()).splitlines():
            yield from json.loads(line)["human_answers"]


def test_false_alarms_on_real_human_text_are_rarer_than_one_in_a_thousand(real_data):
    documents = list(clean_documents(real_data))
    verdict = judge(documents)
    assert len(documents) > 8_000
    assert (~verdict.keep).mean() <= 0.001, [detail for detail in verdict.details if detail]
