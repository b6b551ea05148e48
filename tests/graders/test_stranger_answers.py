"""Answers as models of strangers write them: numbers and names in other forms, other scripts, and refusals."""

import pytest

from marked import mark

CITIES = ("London", "Paris", "Rome", "Berlin")


@pytest.mark.parametrize(
    ("gold", "said", "other"),
    [
        ("3/4", "3 out of 4 of them", "3 out of 5 of them"),
        ("3", "3 out of 4 voted for it.", "4 out of 3"),
        ("50%", "The share is 0.5.", "The share is 0.05."),
        ("0.25", "25 %", "2.5 %"),
        ("Louis XIV", "It was Louis the Fourteenth.", "It was Louis the Fifteenth."),
        ("United Kingdom", "the UK", "the US"),
        ("United States", "the U.S.A.", "the UK"),
        ("NATO", "the North Atlantic Treaty Organization", "the North Sea Treaty Organization"),
        ("New York City", "NYC", "NYT"),
        ("Zürich", "Zuerich", "Zurzach"),
        ("Goethe", "Johann Wolfgang von Göthe", "Gothe"),
        ("Kyiv", "It is Kiev.", "It is Kharkiv."),
        ("München", "Munich", "Mainz"),
        ("the colour red", "the color red", "the colon red"),
        ("organisation", "organization", "ozonisation"),
        ("the 1990s", "in the nineties", "in the eighties"),
        ("HTTP", "Hypertext Transfer Protocol", "Hypertext Markup Language"),
        ("Hypertext Transfer Protocol", "HTTP", "HTML"),
        ("CPU", "central processing unit", "graphics processing unit"),
        ("World War II", "the Second World War", "the First World War"),
        ("(1, 2)", r"$\left(1,\,2\right)$", "(2, 1)"),
        ("George W. Bush", "President George W. Bush", "George H. W. Bush"),
        ("John F. Kennedy", "John Kennedy", "John G. Kennedy"),
        (r"\frac{1}{2}", r"$\dfrac12$", r"$\dfrac13$"),
        (r"\sqrt{2}", "√2", "√3"),
        (r"2\pi", "It is 2π.", "It is 2τ."),
        ("x^2 + 1", "The result is 1 + x^2.", "x^2 - 1"),
        ("y = 2x + 3", "2x - y + 3 = 0", "y = 3 - 2x"),
        (r"\frac{x+1}{2}", r"$\frac{1+x}{2}$", "x + 1/2"),
        (r"\sqrt{x+1}", r"$\sqrt{1+x}$", r"$\sqrt{x}+1$"),
        ("a - b", "-b + a", "b - a"),
        ("4", "It is 4.", r"It is $4\sqrt{2}$."),
        ("±3", "3 or -3", "3"),
        (r"\pm 3", "plus or minus 3", "±2"),
        ("2021", "2021", r"$\pm 2021$"),
        ("100 °C", "212 °F", "212 °C"),
        ("J. K. Rowling", "Joanne Rowling", "Mary Rowling"),
        ("Joanne Rowling", "It was J. K. Rowling.", "It was K. Rowling."),
        ("Ada Lovelace", "A. Lovelace", "B. Lovelace"),
        ("Martin Luther King Jr.", "Martin Luther King", "Martin Luther King Sr."),
        ("x > 3", "3 < x", "x < 3"),
        (r"x \ge 3", "3 ≤ x", "x > 3"),
        ("[1, 2, 3]", "[1,2,3]", "[1,2,4]"),
        ("-3", "negative 3", "3"),
        ("§ 5", "section 5", "section 6"),
        ("Article 12(3)", "Art. 12 (3)", "Art. 12 (4)"),
        ("Dr. Smith", "Doctor Smith", "Doctor Schmidt"),
        ("Saint Petersburg", "St. Petersburg", "St. Paul"),
        ("Ann", "It was Ann.", "It was Ann's brother."),
        ("Ann", "Ann did it.", "Was it Ann?"),
        ("no", "I don't think so.", "I think so, yes."),
        ("Mr. Brown", "Brown", "Mr. Browning"),
        ("unknown", "It is unknown.", "It is known."),
        ("1.2 GHz", "1200 MHz", "1200 kHz"),
        ("5 kW", "5,000 watts", "5 kWh"),
        ("Mount Everest", "Everest", "Mount Elbrus"),
        ("1945", "It was in 1945.", "between 1940 and 1945"),
        ("x = 5", "The solution is 5.", "The solution is 6."),
        ("三十天", "每年有30天假期。", "每年有13天假期。"),
        ("35000元", "三万五千元", "三万六千元"),
        ("巴黎", "法国的首都是巴黎。", "不是巴黎，是里昂。"),
        ("東京", "東京です。", "東京ではなく、京都です。"),
        ("กรุงเทพ", "เมืองหลวงคือกรุงเทพ", "ไม่ใช่กรุงเทพ"),
    ],
)
def test_the_gold_is_known_in_another_form_and_a_like_one_is_not(gold, said, other):
    assert mark(gold, said) == 1
    assert mark(gold, other) == 0


def test_a_country_with_the_sign_for_not_in_its_name_denies_nothing():
    assert mark("廷布", "不丹的首都是廷布。") == 1


@pytest.mark.parametrize(
    "said",
    [
        "正解はBです",
        "答案是B",
        "選択肢はBになります。",
        "The answer is B.",
        "A is wrong, C is wrong and D is wrong, so B.",
    ],
)
def test_the_letter_is_found_among_other_scripts(said):
    assert mark("Paris", said, "Which is the capital of France?", CITIES) == 1


GROUPED = ("Only I", "Only II", "Both I and II", "None of the above")


@pytest.mark.parametrize(
    ("gold", "said", "choices"),
    [
        ("Both I and II", "Both.", GROUPED),
        ("Both I and II", "both are correct", GROUPED),
        ("None of the above", "None of these.", GROUPED),
        ("None of the above", "none of the options", GROUPED),
        ("Paris", "Not A, not C, not D.", CITIES),
        ("Paris", "Option ii", CITIES),
    ],
)
def test_the_choice_is_named_by_how_many_are_meant_or_by_denying_all_others(gold, said, choices):
    assert mark(gold, said, "Which of them?", choices) == 1
    assert mark("Only I" if choices is GROUPED else "London", said, "Which of them?", choices) == 0


def test_denying_some_names_none_and_words_that_begin_alike_are_no_abbreviation():
    assert mark("Paris", "Not A, not C.", "Which of them?", CITIES) == 0
    assert mark("WHO", "He said that with his own hands he built the house.") == 0


def test_what_is_printed_bold_together_with_its_label_is_the_choice():
    said = "**Antwort: B**\n\nBegründung: London wäre A"
    assert mark("Paris", said, "Which of them?", CITIES) == 1
    assert mark("London", said, "Which of them?", CITIES) == 0


@pytest.mark.parametrize(("gold", "said"), [("cat", "act"), ("no", "on"), ("a+b", "a b"), ("x^999", "x^998")])
def test_letters_in_another_order_are_no_algebra(gold, said):
    assert mark(gold, said) == 0


def test_a_doubt_names_no_choice():
    assert mark("Paris", "I am not sure whether it is B", "Which is the capital of France?", CITIES) == 0


@pytest.mark.parametrize(
    "said",
    [
        "No director is named in the passages.",
        "No price is given.",
        "Not enough info",
        "Das weiß ich nicht.",
        "Das kann ich leider nicht beantworten.",
        "Leider enthält das Dokument keine Informationen darüber.",
        "Le document ne le précise pas.",
        "文書には記載されていません",
        "Я не знаю.",
    ],
)
def test_a_refusal_is_one_in_any_language(said):
    assert mark((), said) == 1
    assert mark("Ada", said) == 0


@pytest.mark.parametrize(
    "said", ["No man is an island.", "Das weiß ich: Ada.", "Das Dokument nennt Ada.", "記載はAdaです。", "Ada знаю"]
)
def test_what_only_looks_like_one_is_none(said):
    assert mark((), said) == 0


@pytest.mark.parametrize(
    "said",
    [
        "One may guess Answer: 12 at first.\nBut that forgets the bag.\nAnswer: 15",
        "At first I had the answer: 12.\n\n**Answer:** 15",
        "My first answer: 12.\nThat is too few.\nFinal answer: 15.",
    ],
)
def test_an_answer_in_the_last_line_takes_the_place_of_an_earlier_one(said):
    assert (mark("12", said), mark("15", said)) == (0, 1)
