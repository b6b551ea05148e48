"""Forms that public bug reports of other programs have: of each a right answer, and a wrong one that is close to it.

Where they were found and how many were right at first sight is in docs/log.md.
"""

import pytest

from marked import mark

UNITS = [  # question, gold, right, wrong
    ("How many square inches?", r"864 \mbox{ inches}^2", "It covers $864$ square inches.", "It covers 864 inches."),
    ("How large is it?", "2 sq ft", "288 square inches", "288 cubic inches"),
    ("What is the volume?", "3 cubic feet", "3 ft³", "3 ft²"),
    ("How large is it?", "5 m^2", "It has 5 meters squared.", "It has 5 metres."),
    ("What is the acceleration?", "9.8 m/s^2", "9.8 m/s²", "9.8 m/s"),
    ("How much power?", "3 W", "It draws 3 J/s.", "It draws 3 J."),
    ("How many?", r"10,\!080", "10080", "10.08"),
    ("How many?", "10{,}080", "10 080", "80"),
    ("How long did it take?", "2.3 hours", "It took 2 h 18 min.", "It took 2 h 30 min."),
    ("How long did it take?", "2 h 18 min", "138 minutes", "2 hours"),
    ("How long did it take?", "2 hours and 18 minutes", "2h18m", "18 minutes"),
    ("How long did it take?", "2 hours", "It took 2 hours.", "It took 2 hours and 18 minutes."),
    ("How long did it take?", "1 h 20 min 5 s", "1 hour, 20 minutes and 5 seconds", "1 hour and 20 minutes"),
    ("How long did it take?", "2 hours", "2 hrs", "2 min"),
    ("How tall is she?", "5 ft 10 in", "She is 5'10\".", "She is 5'1\"."),
    ("How much is it?", "$5.20", "5 dollars and 20 cents", "5 dollars and 2 cents"),
    (
        "How long is the last leg?",
        "100 m",
        "The legs are 3 km, 500 m and 100 m.",
        "The legs are 3 km, 500 m and 200 m.",
    ),
    ("How much longer?", "30 minutes", "It was 30 minutes longer.", "2 hours and 30 minutes"),
]
NAMES = [
    ("In which war?", "World War II", "It was in WW2.", "It was in WW1."),
    ("In which war?", "World War I", "It was in WW I.", "It was in WWII."),
    ("In which war?", "WW2", "It was in World War II.", "It was in World War I."),
    ("Which race is it?", "Formula 1", "It is F1.", "It is F2."),
    ("Which band is it?", "AC/DC", "That is ACDC.", "That is ABDC."),
    ("Which protocol is it?", "TCP/IP", "TCP-IP", "TCP"),
    ("Where was she born?", "York", "She was born in York.", "She was born in New York."),
    ("Where was she born?", "York", "York", "New York"),
    ("Where was she born?", "york", "York, England", "New York City"),
    ("Where are they?", "Paris", "New Paris hotels are there.", "New Paris, Ohio"),
    ("What was it?", "political Islam", "It was political Islam.", "non-political Islam"),
    ("Which sources?", "peer-reviewed sources", "Peer reviewed sources.", "non-peer-reviewed sources"),
    ("Which civil rights movement was it?", "Civil Rights Movement", "the civil rights movement", "Civil disobedience"),
    (
        "Of what are elders members?",
        "Order of Elders",
        "They are members of their Order of Elders.",
        "Order of Deacons",
    ),
    (
        "In which city and country was Basil Al-Kuwaiti born?",
        "Basil Al-Kuwaiti was born in Kuwait City, Kuwait.",
        "He was born in Kuwait City, Kuwait.",
        "Basil Al-Kuwaiti was born in the city of Manama, Bahrain.",
    ),
    ("Which letters fit?", "A, C", "C and A", "A, C, D"),
    ("Which letter fits?", "B", "B.", "A, B"),
    ("Where did he live?", "England", "He lived in England.", "He lived in New England."),
    ("Where did he live?", "Orleans", "New sources say that it was Orleans.", "He lived in New Orleans."),
    ("What is the capital of Egypt?", "القاهرة", "عاصمة مصر هي قاهرة", "عاصمة مصر هي الجيزة"),
    ("Who was it?", "محمد", "هو مُحَمَّد", "هو أحمد"),
    ("Who was it?", "राम", "वह राम थे।", "वह रामायण थी।"),
]
LISTS = [
    ("Which ones are mammals?", "whale, bat", "The whale and the bat are.", "The whale, the bat and the shark are."),
    ("Which ones are mammals?", "whale, bat", "The bat, and the whale too.", "The whale, the shark and the bat are."),
    ("Which ones are mammals?", "whale, bat", "whale, bat, obviously", "whale, bat, shark"),
    ("Which towns?", "Paris, London", "Paris, London, England", "Paris, London, Rome"),
    ("Which towns?", "Paris, London", "Paris, France and London, England", "Paris, Rome and London"),
    ("Which towns?", "Paris and London", "Paris, London, and nothing else.", "Paris, London, and Rome"),
    ("Who signed?", "Ann Lee, Bob Roe", "Ann Lee and Bob Roe signed.", "Ann Lee, Bob Roe and Carl Poe signed."),
]


@pytest.mark.parametrize(("question", "gold", "right", "wrong"), UNITS + NAMES + LISTS)
def test_a_form_is_read_and_what_is_close_to_it_is_wrong(question, gold, right, wrong):
    assert (mark(gold, right, question), mark(gold, wrong, question)) == (1, 0)


@pytest.mark.parametrize(
    ("declines", "answers"),
    [
        (
            "Source files: None of the provided internal data relate to this treaty.",
            "None of the treaties relate to France.",
        ),
        ("It is not possible to definitively name the country.", "It was not possible to enter the country."),
        ("Leider reichen die Angaben im Text nicht aus, um das zu beantworten.", "Die Vorräte reichten drei Jahre."),
        ("Die Angaben genügen dafür nicht.", "Die Angaben stehen auf Seite 3."),
        ("Les informations fournies ne permettent pas de répondre.", "Les informations sont à la page 3."),
    ],
)
def test_what_declines_beside_what_does_not(declines, answers):
    assert (mark((), declines), mark((), answers)) == (1, 0)


PEOPLE = [
    ("Who composed it?", "Ludwig van Beethoven", "Beethoven, Ludwig van", "Beethoven, Karl van"),
    ("Who composed it?", "Ludwig van Beethoven", "Beethoven did.", "Karl van Beethoven did."),
    ("Who won the race?", "Joe van den Berg", "The race was won by van den Berg.", "It was won by Jan van den Berg."),
    ("Who won the race?", "Joe van den Berg", "It was Berg.", "It was Jan de Berg."),
    ("Who discovered it?", "Juan Ponce de León", "Ponce de Leon did.", "Ana Ponce de Leon did."),
    ("Who wrote it?", "Gabriel García Márquez", "García Márquez wrote it.", "Rosa García Márquez wrote it."),
    ("Who wrote it?", "Miguel de Cervantes", "Una obra de Cervantes.", "Una obra de Luis de Cervantes."),
]
MEASURES = [
    ("What is the pressure?", "30 psi", "It is 30 pounds per square inch.", "It is 30 pounds."),
    ("What is the pressure?", "2 bar", "The pressure is 200 kPa.", "The pressure is 200 hPa."),
    ("What is the force?", "2 kN", "2000 newtons", "2000 watts"),
    ("How much energy?", "1 kcal", "4.184 kJ", "418.4 J"),
    ("What is the speed?", "1 Gbps", "1000 Mbit/s", "1000 MB"),
    ("What is the resistance?", "3 kΩ", "3000 ohms", "3000 amps"),
]
FORMULAS = [
    ("Which function?", "7*sin(pi*x/5)+1", r"$7\sin(\frac{\pi}{5}x)+1$", r"$7\sin(\frac{\pi}{5}x)-1$"),
    ("What is it?", "2*sqrt(x+1)", r"$2\sqrt{1+x}$", r"$\sqrt{2(1+x)}$"),
    ("What is it?", "x**2 + 2*pi", r"$2\pi + x^2$", r"$2 + x^2$"),
]


@pytest.mark.parametrize(("question", "gold", "right", "wrong"), PEOPLE + MEASURES + FORMULAS)
def test_last_names_more_units_and_formulas_of_calculators(question, gold, right, wrong):
    assert (mark(gold, right, question), mark(gold, wrong, question)) == (1, 0)


DAYS = [
    ("When was it released?", "17 May 2022", "It was released on 17052022.", "It was released on 18052022."),
    ("When was it released?", "2022-05-17", "20220517", "20220715"),
    ("When does it close?", "December 25", "It closes on Christmas Day.", "It closes on Christmas Eve."),
    ("When did it begin?", "1 January 1900", "On New Year's Day, 1900.", "On New Year's Eve, 1900."),
]
PLACES = [
    ("Which country is it?", "Ivory Coast", "It is Côte d'Ivoire.", "It is the Gold Coast."),
    ("Which country is it?", "Czech Republic", "Czechia", "Slovakia"),
    ("What is Ivory Coast called in French?", "Côte d'Ivoire", "Côte d'Ivoire", "Ivory Coast"),
    ("Which country is it?", "Myanmar", "It is Myanmar, next to Bangladesh.", "It is Bangladesh, next to Myanmar."),
    ("Where is Versailles?", "Paris", "It is near Paris.", "It is near Rome."),
    ("Which town lies next to Bonn?", "Cologne", "It lies next to Cologne.", "It is next to Trier."),
]
CHARGES = [
    ("Which ion is it?", "Hg2+", r"It is $\ce{Hg^2+}$.", r"It is $\ce{Hg^+}$."),
    ("Which ion is it?", "SO4^2-", "It is SO₄²⁻.", "It is SO₃²⁻."),
    ("What is it?", "x^2+1", "1 + x^2", "x^2-1"),
    ("What is it?", "x^2 + y", "y + x^2", "x^2 - y"),
]


@pytest.mark.parametrize(("question", "gold", "right", "wrong"), DAYS + PLACES + CHARGES)
def test_days_places_and_charges(question, gold, right, wrong):
    assert (mark(gold, right, question), mark(gold, wrong, question)) == (1, 0)


@pytest.mark.parametrize(
    ("declines", "answers"),
    [
        ("对不起, 我不能帮你", "他不能帮你，因为他在北京。"),
        ("抱歉，我无法回答这个问题。", "答案是北京。"),
        ("申し訳ありませんが、お答えできません。", "東京です。"),
        ("죄송하지만 해당 정보를 찾을 수 없습니다.", "서울입니다."),
        ("문서에서 답을 찾을 수 없습니다.", "수도는 부산입니다."),
        ("Извините, я не могу ответить на этот вопрос.", "Пароль не сложный: роза."),
        ("К сожалению, не знаю.", "Это Москва."),
        ("عذرا، لا أعرف الإجابة.", "العاصمة هي القاهرة."),
        ("لا توجد معلومات عن ذلك في النص.", "لا يوجد ماء في البئر."),
        ("その質問には回答できません。", "三番の問題に回答できます。"),
        ("Не имею такой информации.", "Не имею детей."),
        ("क्षमा करें, मुझे नहीं पता।", "यह दिल्ली है।"),
    ],
)
def test_what_declines_in_other_languages(declines, answers):
    assert (mark((), declines), mark((), answers)) == (1, 0)


MENU = ("igneous", "metamorphic", "sedimentary", "volcanic")


@pytest.mark.parametrize(
    ("choices", "gold", "said", "right"),
    [
        (MENU, "igneous", "1", 1),
        (MENU, "igneous", "(2)", 0),
        (MENU, "volcanic", "4.", 1),
        (MENU, "igneous", "0", 0),
        (("3", "1", "2", "4"), "1", "1", 1),
        (("3", "1", "2", "4"), "3", "1", 0),
    ],
)
def test_a_number_alone_names_a_choice_where_none_is_a_number(choices, gold, said, right):
    assert mark(gold, said, "Which one?", choices) == right
