"""The language of a text, against sentences whose language is known."""

import numpy as np
import pytest

from autophagy.text.language import languages

pytest.importorskip("py3langid")

SENTENCES = {
    "en": ["The cat sleeps on the sofa all day.", "We measured how quickly the water in the pipe cooled down."],
    "de": ["Der Hund schläft den ganzen Tag auf dem Sofa.", "Wir haben gemessen, wie schnell das Wasser abkühlt."],
    "fr": ["Le chat dort toute la journée sur le canapé.", "Nous avons mesuré à quelle vitesse l'eau refroidit."],
    "zh": ["猫整天都在沙发上睡觉。", "我们测量了管道里的水冷却的速度。"],
    "ru": ["Кошка весь день спит на диване.", "Мы измерили, как быстро остывает вода в трубе."],
}


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_have_their_language(code):
    codes, sure = languages(SENTENCES[code])
    assert codes.tolist() == [code] * 2
    assert (sure > 0.5).all()


def test_what_has_no_language_is_undetermined():
    codes, sure = languages(["", "12", "?!", "Hello", "0101001 10101"])
    assert set(codes.tolist()) == {"und"}
    assert ((sure >= 0) & (sure < 0.5)).all()


def test_a_long_text_is_judged_by_all_of_it_and_not_by_its_first_lines():
    menu = "Home | Contact | Login | English " * 4
    codes, _ = languages([menu + " ".join(SENTENCES["de"] * 20)])
    assert codes.tolist() == ["de"]


def test_each_text_is_judged_by_itself():
    texts = [text for some in SENTENCES.values() for text in some]
    codes, sure = languages(texts)
    turned, surer = languages(texts[::-1])
    assert np.array_equal(codes[::-1], turned)
    assert np.array_equal(sure[::-1], surer)
    assert [len(each) for each in languages([])] == [0, 0]
