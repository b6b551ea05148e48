"""Kinds of forms in which ordinary models answer: of each the right ones, and the close ones that stay wrong.

Where they were found and how many were right at first sight is in docs/log.md.
"""

import pytest

from marked import mark

FORMS = {  # question, gold, right, wrong
    "formulas in a sentence": (
        ("Evaluate it.", "e^{16} - 1", ["The integral evaluates to $-1 + e^{16}$."], ["It is $1 + e^{16}$."]),
        (
            "Simplify.",
            "x^2 + 2x + 1",
            [r"This can be written as \((x+1)^2\) for all x.", r"We obtain \[ 1 + 2x + x^2 \] as required."],
            ["The result is $x^2$, not $x^2 + 2x + 1$.", r"This can be written as \((x-1)^2\) for all x."],
        ),
        ("What is the angle?", r"60^\circ", ["The angle measures $60°$."], ["The angle measures $6°$."]),
        ("What is the limit?", r"\infty", ["The limit is infinity."], [r"It is $-\infty$.", "The limit is 0."]),
    ),
    "solutions in any order": (
        (
            "Solve for x.",
            r"x = 3 \text{ or } x = -5",
            ["x = -5 or x = 3", "The solutions are $x = 3$ and $x = -5$.", "$x=-5, 3$"],
            ["x = 3", "x = -3 or x = 5", "The solutions are x = 3, x = -5 and x = 1.", "x = 3 or x = -5 or x = 2"],
        ),
        ("Solve.", "x = 3, y = 5", ["(3, 5)"], ["(5, 3)", "x = 5, y = 3"]),
    ),
    "units of units": (
        ("What is the capacity?", "4000 mAh", ["4 Ah", "4,000 milliamp-hours"], ["400 mAh", "4000 Wh", "4 mAh"]),
        ("How dense is it?", "1.2 g/cm^3", ["1.2 grams per cubic centimeter", "1200 kg/m³"],
         ["1.2 kg/cm³", "1.2 g/cm²"]),
        ("How strong is it?", "5 mg/L", ["5 milligrams per liter", "0.005 g/L"], ["5 mg/mL", "5 mg", "5 mg per hour"]),
        ("What is the force?", "12 N", ["12 newtons", "0.012 kN"], ["12 J", "1.2 newtons"]),
        ("How fast?", "60 mph", ["about 96.56 km/h"], ["about 96.56 mph", "60 km/h"]),
        ("How fast?", "3 × 10^8 m/s", ["300,000 km/s"], ["300,000 m/s"]),
        ("How much energy?", "5 kWh", ["5,000 watt-hours", "18 MJ"], ["5000 W", "18 kJ"]),
        ("How long?", "120 minutes", ["7200 s"], ["2 hours and 18 minutes", "1 h 59 min"]),
    ),
    "numbers with a letter": (
        ("What was the revenue?", "1,500 million USD", ["It was $1.5B."], ["It was $1.5M.", "It was €1.5B."]),
        ("How many users?", "7 million", ["7M"], ["7B", "70M"]),
        ("How many parameters?", "7B", ["7 billion"], ["7 million", "70 billion"]),
    ),
    "ratios and bounds": (
        ("What was the score?", "3-1", ["3:1", "3 to 1"], ["1:3", "3:2"]),
        ("How many?", "at least 12", ["12 or more", "no fewer than 12"], ["12 or fewer", "11 or more"]),
        ("How long?", "90 minutes", ["an hour and a half"], ["two hours and a half"]),
        ("How often?", "twice a week", ["two times per week"], ["two times per month"]),
    ),
    "times and dates": (
        ("When does it open?", "9:00 AM", ["at nine o'clock in the morning"], ["at nine in the evening"]),
        ("When was it?", "July 4, 1776", ["on the fourth of July, 1776"], ["on the fifth of July, 1776"]),
        ("When was it?", "spring 2020", ["in the spring of 2020"], ["in the spring of 2021"]),
        ("When was it?", "1914–1918", ["1914-18"], ["1914-19"]),
        ("When did they move?", "June 21", ["on June 21, two days after May"], ["June 25, four days after June 21"]),
        ("When did it end?", "1950", ["in 1950, two years after the war"],
         ["two years before 1950", "shortly after 1950"]),
    ),
    "titles and official names": (
        ("Who heads it?", "Dr. med. univ. Margit Popp", ["It is Margit Popp, MSc."], ["It is Anna Popp."]),
        ("Who signed it?", "Michael Bloomberg", ["Mayor Bloomberg did."], ["Anna Bloomberg did."]),
        ("Who led them?", "General Ulysses S. Grant", ["Ulysses Grant", "General Grant"],
         ["General Lee", "Hugh Grant"]),
        ("Who was it?", "Barack Obama", ["President Obama"], ["President Obama's predecessor, George Bush"]),
        ("Кто написал?", "Лев Толстой", ["Толстой"], ["Алексей Толстой"]),
        ("Which firm?", "Apple Inc.", ["Apple"], ["Microsoft"]),
        ("Which country?", "Kingdom of Norway", ["Norway"], ["Sweden"]),
        ("Which country?", "Republic of Ireland", ["Ireland"], ["Northern Ireland"]),
        ("Which country?", "South Korea", ["Republic of Korea"], ["the Democratic People's Republic of Korea"]),
        ("Which country?", "Republic of China", ["the Republic of China"], ["China"]),
        ("Welcher Fluss ist es?", "der Rhein", ["der Fluss Rhein", "Es ist Rhein."], ["die Elbe"]),
    ),
    "so and no more": (
        ("Is it locked?", "locked", ["It is fully locked."], ["It is almost locked.", "only partially locked"]),
        ("By how much did it rise?", "12%", ["It rose by 12%."], ["It fell by 12%."]),
        ("Who won?", "Italy", ["Italy, followed by Spain", "Italy finished ahead of Spain."],
         ["Spain, followed by Italy"]),
        ("Who came second?", "Spain", ["Italy, followed by Spain"], ["Italy"]),
        (
            "Which three countries?",
            "France, Germany and Italy",
            ["Italy, France, and Germany"],
            ["France, Germany, Italy and Spain", "France and Germany"],
        ),
    ),
    "numbers beside Chinese and Japanese": (
        ("何人?", "3", ["3人です", "三人"], ["4人です", "13人です"]),
        ("多少人?", "30000", ["有3万人"], ["有3人", "有30万人"]),
    ),
    "names as people are called, and where it is not": (
        ("Who won?", "William Clinton", ["Bill Clinton did."], ["Roger Clinton did."]),
        ("Who was it?", "Robert Kennedy", ["Bobby Kennedy"], ["Ted Kennedy"]),
        ("Which product?", "Quest Lumaflex™ Band", ["the Quest Lumaflex Band"], ["the Quest Lumaflex Watch"]),
        ("Where was she born?", "Paris", ["in Paris"], ["just outside Paris"]),
    ),
    "powers in brackets, months and days elsewhere": (
        ("Write it down.", "6.306*10^(-7)", ["6.306 × 10⁻⁷", "6.306e-7"], ["6.306 × 10⁷", "6.306 × 10⁻⁶"]),
        ("Quando?", "2 giugno 1946", ["2/6/1946"], ["2 luglio 1946"]),
        ("Когда?", "9 мая 1945", ["09.05.1945"], ["9 марта 1945"]),
        ("いつ?", "2011年3月11日", ["2011年3月11日です。"], ["2011年3月12日です。"]),
        ("Wann?", "am 3. Oktober 1990", ["03.10.1990"], ["04.10.1990"]),
    ),
    "none, labels and codes": (
        ("How many people?", "none", ["0", "nobody"], ["1"]),
        ("Which chapter?", "Chapter 5", ["5"], ["6", "15"]),
        ("What is the number?", "555-1234", ["(555) 1234", "5551234"], ["555-1243", "555-12345"]),
    ),
}  # fmt: skip
CASES = [(kind, *case) for kind, cases in FORMS.items() for case in cases]


@pytest.mark.parametrize(("kind", "question", "gold", "right", "wrong"), CASES)
def test_a_kind_of_form_is_read_and_what_is_close_to_it_is_wrong(kind, question, gold, right, wrong):
    assert {said: mark(gold, said, question) for said in [*right, *wrong]} == dict.fromkeys(right, 1) | dict.fromkeys(
        wrong, 0
    )


COVER = "Does the plan cover dental care?"


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        (COVER, "It does.", "yes"),
        (COVER, "It certainly does not.", "no"),
        (COVER, "Unfortunately not.", "no"),
        (COVER, "The plan excludes dental care.", "no"),
        ("Does the plan exclude dental care?", "The plan excludes dental care.", "yes"),
        ("Is the water safe?", "It is unsafe.", "no"),
        ("Is the house insured?", "The house is insured.", "yes"),
    ],
)
def test_yes_and_no_are_also_said_by_an_echo_a_verb_and_an_opposite(question, said, meant):
    assert [mark(gold, said, question) for gold in ("yes", "no")] == [float(meant == "yes"), float(meant == "no")]


SILENT = """
The search results don't include details about it.|The contract does not specify a date.|The report doesn't mention it.
The manual gives no details on the matter.|The author never says who it was.|The policy is silent on this point.
Le contrat ne précise pas la date.|Der Vertrag nennt kein Datum.|Im Text wird kein Preis genannt.
El contrato no especifica la fecha.|El informe no contiene información sobre eso.|Il testo non specifica la data.
O contrato não especifica o valor.|De tekst vermeldt de datum niet.|В тексте не указана дата.
根据提供的信息，无法确定。|본문에는 날짜가 나와 있지 않습니다.|Tekst nie podaje daty.|Metinde tarih belirtilmemiş.
Văn bản không đề cập đến ngày.|Teks tersebut tidak menyebutkan tanggal.
"""
TELLING = """
The contract does not expire.|The policy does not cover theft.|The film does not have a sequel.|The report has no index.
Le contrat ne couvre pas le vol.|Le livre ne contient pas d'images.|Der Vertrag enthält keine Strafe für ihn.
El contrato no incluye el seguro.|Il testo non ha titolo.|从北京出发不能带狗。|Der Bericht ist nicht lang.
"""


def lines(text):
    return [one for line in text.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("said", lines(SILENT))
def test_a_source_that_says_nothing_of_it_is_a_refusal(said):
    assert mark([], said, "What is it?") == 1


@pytest.mark.parametrize("said", lines(TELLING))
def test_a_source_that_denies_something_is_none(said):
    assert mark([], said, "What is it?") == 0


CHOICES = ("Paris", "London", "Rome", "Berlin")
ANSWERS = (
    "정답: {}",
    "Ответ: {}",
    "الإجابة: {}",
    "La respuesta correcta es {}.",
    "正解は{}です。",
    "Odpowiedź: {}",
    "Resposta: {}",
)


@pytest.mark.parametrize("said", ANSWERS)
def test_a_letter_behind_the_word_for_answer_in_another_language_is_the_choice(said):
    marks = [mark("Paris", said.format(letter), "Which town?", CHOICES) for letter in "AB"]
    assert marks == [1, 0]


@pytest.mark.parametrize(
    ("said", "right"), [("The answer is b, although a (Paris) would be tempting.", 1), ("A, not B", 0)]
)
def test_the_letter_that_leads_is_the_choice_whatever_is_weighed_behind_it(said, right):
    assert mark("London", said, "Which town?", CHOICES) == right


def test_a_gold_that_says_nothing_stands_nowhere():
    assert mark(["Paris", " "], "It was Paris. It was London.", "Where was it?") == 0
