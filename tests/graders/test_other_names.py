"""What is told in part, by another name, or the other way round, and what is close to it and stays wrong."""

import pytest

from marked import mark

SAID = {  # question, gold, right, wrong
    "a part of a name, where its kind is asked for": (
        ("Which university did he attend?", "University of Oxford", ["He studied at Oxford."],
         ["Oxford Brookes University", "He lived in Oxford Street."]),
        ("Where did she get her degree?", "Stanford University", ["from Stanford"], ["from Harvard"]),
        ("Which treaty was it?", "Treaty of Versailles", ["Versailles", "the Versailles Treaty"], ["Treaty of Paris"]),
        ("Which dynasty built it?", "Ming dynasty", ["the Ming"], ["Qing dynasty"]),
        ("Which club won?", "Manchester United F.C.", ["Manchester United"], ["Manchester City"]),
        ("Which city is it?", "New York City", ["New York"], ["York", "Kansas City"]),
        ("When did it end?", "end of the Pleistocene", ["at the end of the Pleistocene"], ["the Pleistocene"]),
    ),
    "people": (
        ("Who wrote it?", "Martin Luther King Jr.", ["Dr. King"], ["Stephen King"]),
        ("Who painted it?", "Leonardo da Vinci", ["Leonardo", "da Vinci"], ["Leonardo DiCaprio"]),
        ("Who was he?", "Alexander the Great", ["Alexander"], ["Alexander Hamilton", "Peter the Great"]),
        ("Who led France?", "Napoleon Bonaparte", ["Napoleon"], ["Napoleon III"]),
        ("Who was the first?", "George Washington", ["Washington"], ["Washington Irving"]),
        ("Who was the First Lady?", "Michelle Obama", ["Michelle Robinson Obama"], ["Barack Obama"]),
        ("Who painted it?", "Pieter Bruegel the Elder", ["Pieter Bruegel the Elder"], ["Pieter Bruegel the Younger"]),
    ),
    "both names of one thing": (
        ("What company?", "Meta (formerly Facebook)", ["Meta", "Facebook"], ["Google"]),
        ("Who is he?", "Muhammad Ali (born Cassius Clay)", ["Cassius Clay"], ["Ali Baba"]),
        ("Which book?", "The Hobbit, or There and Back Again", ["The Hobbit"], ["The Silmarillion"]),
        ("Which film?", "Pirates of the Caribbean: Dead Man's Chest", ["Dead Man's Chest"], ["At World's End"]),
        ("Where is it?", "Washington, D.C.", ["in Washington"], ["in Oregon"]),
        ("Which gas?", "carbon dioxide", ["CO2", "CO₂"], ["carbon monoxide", "CO"]),
        ("What is the symbol for gold?", "Au", ["It is Au."], ["gold", "Ag"]),
        ("Which direction?", "NW", ["to the north-west"], ["to the northeast"]),
        ("Which country is she from?", "Netherlands", ["She is Dutch."], ["She is German."]),
        ("What nationality is she?", "German", ["She is from Germany."], ["She is from Austria."]),
        ("What did he lose?", "his wallet", ["a wallet"], ["his keys"]),
    ),
    "repetitions and periods": (
        ("How often?", "every two weeks", ["biweekly", "every other week", "fortnightly"], ["every week"]),
        ("How often?", "once a year", ["annually", "yearly", "every year"], ["twice a year"]),
        ("When?", "the 1960s", ["in the sixties", "in the '60s"], ["in the 70s", "in 1964"]),
        ("In what century?", "19th century", ["in the 1800s", "in the nineteenth century"], ["in the 1700s"]),
        ("When?", "early 20th century", ["in the early 1900s", "at the beginning of the 20th century"],
         ["in the late 1900s"]),
        ("When?", "March 2020", ["03/2020"], ["04/2020"]),
        ("When?", "c. 1850", ["around 1850", "1850"], ["1580"]),
    ),
    "numbers": (
        ("How many?", "over 100", ["more than 100", "upwards of 100"], ["fewer than 100"]),
        ("How many?", "approximately 300", ["around 300", "roughly three hundred"], ["3,000"]),
        ("How cold was it?", "-5 °C", ["5 degrees below zero"], ["5 degrees"]),
        ("What was the result?", "-5.2 million", ["a loss of $5.2 million"], ["a profit of $5.2 million"]),
        ("What was the growth rate?", "-3%", ["It shrank by 3%."], ["It grew by 3%."]),
        ("How tall is he?", "6'2\"", ["six foot two"], ["six foot three"]),
        ("How likely is it?", "1/6", ["1 in 6", "one in six", "about 16.67%"], ["1 in 3", "6%"]),
        ("What share?", "two thirds", ["66.7 percent"], ["67.6 percent"]),
        ("Which rank?", "third", ["number 3", "3rd place"], ["number 13"]),
        ("Evaluate.", r"3\frac{1}{2}", ["3.5", "7/2"], ["31/2", "1.5"]),
        ("Which ratio?", "3:2", ["3 to 2", "3/2"], ["2:3"]),
        ("Compute it.", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", [r"$\begin{bmatrix}1&2\\3&4\end{bmatrix}$"],
         [r"$\begin{pmatrix} 1 & 2 \\ 4 & 3 \end{pmatrix}$"]),
        ("What is the site?", "www.acme.com", ["acme.com"], ["acme.org"]),
    ),
    "comparisons and contrasts": (
        ("Who is taller?", "Anna", ["Tom is shorter than Anna."], ["Anna is shorter than Tom."]),
        ("How many legs has it?", "8", ["It has eight, unlike insects, which have six."],
         ["It has six legs, unlike spiders, which have eight."]),
        ("Who wrote it?", "Jane Austen", ["I believe it was Jane Austen, but I'm not certain."],
         ["Many believe it was Jane Austen, but it was Fanny Burney."]),
        ("What year was it?", "1969", ["It was 1968 - no, sorry, 1969."], ["It was 1969 - no, sorry, 1968."]),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "question", "gold", "right", "wrong"), [(kind, *case) for kind, cases in SAID.items() for case in cases]
)
def test_another_way_to_say_it_is_right_and_what_is_close_is_wrong(kind, question, gold, right, wrong):
    assert [mark(gold, said, question) for said in right] == [1] * len(right)
    assert [mark(gold, said, question) for said in wrong] == [0] * len(wrong)


@pytest.mark.parametrize(
    ("question", "said", "meant"),
    [
        ("Is the Nile longer than the Amazon?", "The Amazon is longer than the Nile.", "no"),
        ("Is the Nile longer than the Amazon?", "The Amazon is shorter than the Nile.", "yes"),
        ("Is the Nile longer than the Amazon?", "The Nile is longer than the Amazon.", "yes"),
        ("Is smoking allowed?", "Smoking is prohibited.", "no"),
        ("Is smoking allowed?", "Smoking is permitted.", "yes"),
        ("Was the request approved?", "The request was rejected.", "no"),
        ("Do I need a visa?", "A visa is required.", "yes"),
        ("Do I need a visa?", "You don't need one.", "no"),
        ("Is the museum open on Mondays?", "The museum is open every day except Mondays.", "no"),
        ("Does the function return a list?", "The function returns a tuple instead of a list.", "no"),
        ("Did the two bands both form in London?", "Only one of them formed in London.", "no"),
        ("Can penguins fly?", "Penguins are flightless, so they are unable to fly.", "no"),
        ("Is she still alive?", "She died in 1999.", "no"),
        ("Did Aristotle use a laptop?", "It would have been impossible.", "no"),
    ],
)
def test_yes_and_no_are_said_by_opposites_order_and_contrast(question, said, meant):
    assert [mark(gold, said, question) for gold in ("yes", "no")] == [float(meant == "yes"), float(meant == "no")]


REFUSALS = """
I searched the handbook but came up empty.|The excerpt covers the price but not the date.|We are not told when it was.
The date is never stated.|The text leaves this unanswered.|My knowledge doesn't extend to that.|I wasn't given that.
You haven't provided the document.|I have been unable to find it.|N/A - the passage does not say.
That detail doesn't appear anywhere in the excerpt.|The passage only talks about the price, not the date.
There is no specific date mentioned for it in the text.|The report is about sales; it has nothing on the date.
"""
ANSWERS = """
It was in May, though the exact day is not given.|Not until May 1999.|No one knew it until May 1999.
He did not appear in public until May 1999.|The document was found in May 1999.|There is no doubt: May 1999.
"""


def lines(text):
    return [one for line in text.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize(("text", "refused"), [(REFUSALS, 1), (ANSWERS, 0)])
def test_that_nothing_is_told_is_said_in_more_ways(text, refused):
    assert {said: mark([], said, "When was it?") for said in lines(text)} == dict.fromkeys(lines(text), refused)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("B is right; A is in France, C in Italy.", 1),
        ("I would go with option two.", 1),
        ("The answer could be C, but more likely B.", 1),
        ("The answer could be B, but more likely C.", 0),
        ("A, B", 0),
        ("both A and B", 0),
        ("B/C", 0),
        ("A or B", 0),
        ("It is B or C.", 0),
        ("A, C and D are smaller, so B.", 1),
        ("Of the four, B) London is it. A) Paris and C) Rome follow.", 1),
    ],
)
def test_the_letter_that_is_preferred_is_the_choice_and_two_are_none(said, right):
    assert mark("London", said, "Which city?", ("Paris", "London", "Rome", "Berlin")) == right
