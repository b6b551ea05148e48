"""The letter with which an answer in Chinese, Japanese or Korean concludes, behind reasoning that names others."""

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct

CHOICES = ("甲", "乙", "丙", "丁")
REASONS = (
    "",
    "A的鲨鱼是鱼类，C的青蛙是两栖动物，D的蛇是爬行动物。",
    "首先分析各选项。\nA. 鲨鱼：鱼类。\nC. 青蛙：两栖类。\n",
)


def named(said):
    """The letters of the choices for which an answer is marked right."""
    asked = [Question("q", "下列哪一项？", (choice,), choices=CHOICES) for choice in CHOICES]
    marks = [correct(question, Answer("q", said)) for question in asked]
    return "".join(letter for letter, mark in zip("ABCD", marks, strict=True) if mark)


@pytest.mark.parametrize("reasons", REASONS)
@pytest.mark.parametrize("end", ["", "。"])
@pytest.mark.parametrize(
    "said",
    [
        "只有选项B是对的",
        "只有B正确",
        "B是正确的",
        "B是正确答案",
        "由此可知，B项正确",
        "说法正确的是B",
        "正确选项为B",
        "答案应该是 B",
        "所以答B",
        "因此，B",
        "显然B",
        "综上所述，B",
        "选项B最符合题意",
        "不是A，而是B",
        "正しいのはB",
        "よって、B",
        "정답은 B",
    ],
)
def test_a_conclusion_counts_and_not_the_letters_before_it(said, end, reasons):
    assert named(f"{reasons}{said}{end}") == "B"
    assert named(f"{reasons}{said}{end}".replace("B", "b")) == "B"


@pytest.mark.parametrize(
    ("said", "letter"),
    [
        ("A、C、D的说法都正确，说法错误的是B。", "B"),
        ("正确的是B，错误的是A。", "B"),
        ("A错，B错，C对，D错。", "C"),
        ("B不正确，A正确。", "A"),
        ("所以A是鱼类，不符合题意；B符合题意。", "B"),
        ("A的说法是正确的，但不完整；D的说法是错误的。", "A"),
        ("Aではなく、Bが正しい。", "B"),
        ("A가 아니라 B가 맞습니다.", "B"),
        ("B是错误的。", ""),
        ("只有B不正确。", ""),
        ("A正确，B正确。", ""),
        ("A和B都正确。", ""),
        ("只有C符合要求，A、B、D不符合要求。", "C"),
        ("A、B、C都正确", ""),
        ("A和B都错，C对。", "C"),
        ("A和C是鱼，B是哺乳动物，所以B正确。", "B"),
    ],
)
def test_what_is_called_right_is_named_and_what_is_called_wrong_is_not(said, letter):
    assert named(said) == letter
