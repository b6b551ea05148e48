"""Wrong answers that are close to the gold, each with a right one that a stricter rule would take for wrong.

The pairs and the first run of them are in docs/log.md.
"""

import pytest

from marked import mark

MATHS = [
    ("Differentiate cos x.", r"$-\sin x$", r"The derivative is $-\sin(x)$.", r"The derivative is $\sin x$."),
    ("Differentiate sin x.", r"\cos x", r"It is $\cos x$.", r"It is $-\cos x$."),
    ("Factor it.", "(x-2)(x+2)", "x^2 - 4 = (x+2)(x-2)", "x^2 - 4 = (x-2)^2"),
    ("Simplify it.", r"\sqrt{a^2+b^2}", r"It is $\sqrt{b^2 + a^2}$.", r"$\sqrt{a^2+b^2} = a + b$"),
    ("What is log base 2 of 8x?", r"3 + \log_2 x", r"$3 + \log_2 x$", r"$3 + \log_3 x$"),
    ("Which x?", "3", "The solution is $x = 3$.", "The solutions are $x = 3$ and $x = -2$."),
    ("Which x?", "3", "Both 3 and -2 were tried. The answer is 3.", "3 and -2"),
    ("Find the roots.", "2, 3", "The roots are 3 and 2.", "The roots are 2, 3 and 5."),
    ("Solve it.", "x = 3 or x = -3", r"$x = \pm 3$", "x = 3 or x = -2"),
    ("Solve it.", "x = 4 or x = -4", "x = -4 or x = 4", "x = -4 or x = 5"),
    ("Where do they meet?", "(2, 5)", "They meet at x = 2, y = 5.", "They meet at x = 5, y = 2."),
    ("What is the midpoint?", "(1, -2)", "x = 1 and y = -2", "x = 1 and y = -2x"),
    ("Evaluate 22/7 to three decimals.", "3.143", "3.142857, that is 3.143", "3.14"),
    ("Evaluate 22/7.", "3.143", "3.14", "3.15"),
    ("What is the limit?", r"\infty", r"The limit is $\infty$.", r"The limit is $-\infty$."),
    ("What is the volume?", r"36\pi", r"It is $36\pi$.", r"It is $36\pi^2$."),
    ("Find f(2).", "5", "f(2) = 5", "f(5) = 2"),
    ("What is x?", "x = 5", "x is 5", "x > 5"),
    ("What is the minimum age?", "18", "n ≥ 18", "n > 18"),
    ("What is the median?", "4.5", "The mean is 5 and the median is 4.5.", "The mean is 4.5 and the median is 5."),
    ("What was the total?", "6", "The total was 5, and now the total is 6.", "The tax was 6 and the total was 5."),
    ("How many edges?", "12", "It has 8 faces and 12 edges.", "It has 12 faces and 6 edges."),
    ("How many passed?", "30", "Of 40 students, 30 passed.", "Of 30 students, 25 passed."),
    ("What is i^3?", "-i", "$i^3 = -i$", "i"),
    ("Solve it.", "-4, 4", "$x = 4$ or $x = -4$", "x = 4"),
    ("Solve it.", "-4, 4", r"$x = \pm 4$", r"$x = \pm 2$"),
    ("How many permutations?", "720", "6! = 720", "6! = 702"),
]
WRITTEN = [
    ("Which element is it?", "Co", "It is Co.", "It is CO."),
    ("Which abbreviation is it?", "TV", "Tv", "TB"),
    ("Which version is needed?", "3.10", "You need Python 3.10.", "You need Python 3.1."),
    ("Which release?", "v2.1", "It is v2.1.", "v2.10"),
    ("How long is it in metres?", "3.10", "3.1", "3.01"),
    ("Which flag turns it on?", "-v", "Use the -v flag.", "Use the -V flag."),
    ("Which version?", "3.10", "v3.10", "v3.1"),
    ("Which file?", "/etc/hosts", "Look into `/etc/hosts`.", "/etc/hosts.allow"),
    ("Which file?", "/etc/hosts", "It is /etc/hosts.", "It is /etc/host."),
    ("Which pattern?", r"\d+", r"Use \d+ here.", r"Use \D+ here."),
    ("Which ion is it?", "Ca2+", "Ca²⁺", "Ca⁺"),
]
NAMES = [
    ("Which state is it?", "Virginia", "It lies in northern Virginia.", "It lies in West Virginia."),
    ("Which country is it?", "Sudan", "It is in Sudan.", "It is in South Sudan."),
    ("Which country is it?", "Republic of the Congo", "The Republic of the Congo", "Democratic Republic of the Congo"),
    ("Which country is it?", "Guinea", "Guinea", "Papua New Guinea"),
    ("Which president was it?", "George H. W. Bush", "George Herbert Walker Bush", "George W. Bush"),
    ("Which president was it?", "George H. W. Bush", "President Bush", "George Walker Bush"),
]
ROLES = [
    ("Who won the match?", "Spain", "Spain defeated Italy.", "Italy defeated Spain."),
    ("Who won the match?", "Spain", "Italy lost to Spain.", "Spain lost to Italy."),
    ("Who won the match?", "Nadal", "Nadal lost the first set but won the match.", "Nadal was beaten by Federer."),
    ("Who killed Hector?", "Achilles", "Hector was killed by Achilles.", "Paris killed Achilles."),
    ("Who taught Aristotle?", "Plato", "Aristotle was taught by Plato.", "Socrates, who also taught Plato."),
    ("Who bought the firm?", "Oracle", "Oracle bought it from Sun.", "Microsoft bought it from Oracle."),
    ("Who married Anna?", "Tom", "Anna married Tom.", "Eva married Tom."),
    ("Who is the elder brother?", "Tom", "Tom is the elder brother of Peter.", "Peter is the elder brother of Tom."),
    ("Which city is north of the other?", "Oslo", "Oslo is north of Ystad.", "Stockholm is north of Oslo."),
    ("Who is the king?", "Felipe", "Spain is the country of Felipe.", "Juan is the king of Felipe."),
    (
        "Who wrote Hamlet?",
        "Shakespeare",
        "Shakespeare, who did not study, wrote it.",
        "Shakespeare did not write Hamlet.",
    ),
    ("Who refused to sign the treaty?", "Smith", "Smith did not sign the treaty.", "Jones did not sign the treaty."),
    ("What is only found in algae?", "Peridinin", "Peridinin is not found in plants.", "Chlorin is found in algae."),
    ("What is the capital?", "Bonn", "Bonn was named the capital.", "Bonn used to be the capital, now it is Berlin."),
    ("What was the capital in 1980?", "Bonn", "Bonn was the capital, now it is Berlin.", "Berlin was the capital."),
    ("Who defeated Napoleon?", "Wellington", "Napoleon lost to Wellington.", "Napoleon defeated Wellington."),
    ("Which river flows into the Po?", "Adda", "The Adda flows into the Po.", "The Po flows into the Adda."),
    ("Who is the teacher of Bob?", "Ann", "Ann is the teacher of Bob.", "Bob is the teacher of Ann."),
    ("Who is the sister of Bob?", "Ann", "Bob is the brother of Ann.", "Bob is the sister of Ann's friend."),
    ("Who won the race?", "Bolt", "Blake came second behind Bolt.", "Bolt came second behind Blake."),
    ("Wer gewann?", "Spanien", "Spanien besiegte Italien.", "Italien besiegte Spanien."),
    ("Which Irish author wrote it?", "Joyce", "It was written by Irish author Joyce.", "It was not written by Joyce."),
    ("Who hired Lee?", "Kim", "Lee was hired by Kim.", "Kim was hired by Lee."),
    ("Which company sued?", "Apple", "Apple sued Samsung.", "Samsung sued Apple."),
    ("Which decade marked it?", "1960s", "The 1960s were marked by it.", "The 1950s were marked by it."),
]
DENIED = [
    ("Which city?", "Bern", "Basel was considered, but it is Bern.", "Bern was considered, but the city is Basel."),
    ("Where was it held?", "London", "London, in 1908.", "London was proposed, but it was held in Paris."),
    (
        "Who was a genius?",
        "Smith",
        "Smith was considered one, but he was in Paris.",
        "Smith was considered, but it was Jones.",
    ),
    ("Which colour?", "blue", "Nothing but blue.", "Anything but blue: red."),
    ("Qui est-ce ?", "Victor Hugo", "C'est Victor Hugo.", "Soit Victor Hugo, soit Émile Zola."),
    ("Combien ?", "90 minutes", "1,5 heure, soit 90 minutes.", "Soit 60 minutes, soit 90 minutes."),
    ("Quelle ville ?", "Lyon", "Ce n'est pas Nice, c'est Lyon.", "Ce n'est pas Lyon, c'est Nice."),
    (
        "Where is it?",
        "Rome",
        "Everyone says Rome. They are right.",
        "Everyone says Rome. They are wrong: it is in Pisa.",
    ),
    (
        "Who wrote it?",
        "Orwell",
        "It is by Orwell, but in part.",
        "It was attributed to Orwell, but the author is Wells.",
    ),
    ("Who?", "Smith", "Maybe Smith.", "Maybe Smith, maybe Jones."),
    ("Who?", "Smith", "Smith. All others are possible, too.", "Smith, Jones, and Brown are all possible."),
    ("Who?", "Smith", "It is Jones. Or rather Smith.", "It is Smith. Or rather Jones."),
]
LISTS = [
    ("List the steps in order.", "mix, bake, cool", "First mix, then bake, then cool.", "bake, mix, cool"),
    ("List the steps in any order.", "mix, bake, cool", "bake, mix, cool", "bake, mix, eat"),
    ("What is needed in order to bake?", "flour, eggs", "eggs and flour", "eggs and milk"),
    ("What did she study?", "law", "She gave up physics and studied law.", "physics and law"),
]


@pytest.mark.parametrize(("question", "gold", "right", "wrong"), [*MATHS, *WRITTEN, *NAMES, *ROLES, *DENIED, *LISTS])
def test_a_wrong_answer_that_is_close_stays_wrong_and_its_right_twin_right(question, gold, right, wrong):
    assert (mark(gold, right, question), mark(gold, wrong, question)) == (1.0, 0.0)


PHASES = ("mitosis", "meiosis", "osmosis", "diffusion")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The answer is B, meiosis. C is a common mistake.", "The answer is C, osmosis. B is a common mistake."),
        ("D... no, B.", "B... no, D."),
        ("D, no, B", "B, no, D"),
    ],
)
def test_the_choice_that_is_settled_on_counts(right, wrong):
    assert [mark("meiosis", said, "Which is it?", PHASES) for said in (right, wrong)] == [1.0, 0.0]
