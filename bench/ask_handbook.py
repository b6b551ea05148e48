"""What `ask` with a small model makes of 30 questions to a handbook of twelve pages, half of them in other words.

    python bench/ask_handbook.py [--model smollm2] [--show]

Each question is asked in both forms of the prompt: `instructed`, with the three passages that were found, and `begun`,
with the sentences of them that are nearest. Right: the answer is given, by the rules of `correct`; declined: the reply
says that it is not there. Eight questions are on nothing in the handbook: of these, invented is any answer.
"""

import argparse
import tempfile
import time
from pathlib import Path

from scipy.stats import binomtest

from autophagy.ask.ask import ask
from autophagy.context.prompt import FORMS
from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct

HANDBOOK = {
    "leave": "Employees have thirty days of leave a year. Leave is asked for in writing, two weeks before it begins. "
    "Days that are not taken by the end of March are lost.",
    "travel": "Trains are paid in second class. Flights need a signature of the board. Receipts are handed in within "
    "ten days after a journey.",
    "pay": "Salaries come on the last working day of the month. A thirteenth salary is paid in November.",
    "sickness": "Whoever is ill tells the office by nine o'clock. From the fourth day on a doctor's note is needed. "
    "Pay goes on for six weeks.",
    "hours": "The week has 38 hours. Everybody is there between ten and three. Overtime is given back as free time.",
    "home": "Two days a week may be worked at home. The firm pays for a desk and a lamp, up to 400 euros.",
    "parking": "The car park behind the house has 25 places. A place costs twelve euros a month and is given out by "
    "Mrs Hellwig at the front desk.",
    "canteen": "The canteen is open from half past eleven to two. A meal costs 4.50 euros. On Fridays there is fish.",
    "computers": "Passwords have at least fourteen characters. A lost computer is reported to Jonas Breuer at once. "
    "Private use is allowed in breaks.",
    "training": "Each employee has 900 euros a year for courses. Courses are agreed upon with the head of the team.",
    "leaving": "The notice period is three months. On the last day keys and computers are given back to the office.",
    "fire": "When the alarm rings everybody meets at the lime tree in the yard. The lifts must not be used. "
    "Wardens wear yellow vests.",
}
# the words of the handbook, and then other words; the accepted answers
QUESTIONS = [
    ("How many days of leave do employees have a year?", "How many days of leave do I get?", ("thirty", "30")),
    ("How is leave asked for?", "How do I request a vacation?", ("in writing",)),
    ("In which class are trains paid?", "Which train tickets does the firm refund?", ("second class",)),
    ("Who must sign flights?", "Who has to approve a plane ticket?", ("the board", "board")),
    (
        "When do salaries come?",
        "When do I get my money?",
        ("the last working day of the month", "last working day", "last working day of each month"),
    ),
    ("In which month is the thirteenth salary paid?", "When is the bonus salary transferred?", ("November",)),
    ("From which day on is a doctor's note needed?", "When must I bring a medical certificate?", ("fourth", "4th")),
    ("How many hours has the week?", "How long do I have to work each week?", ("38", "38 hours")),
    ("How is overtime given back?", "What do I get for extra hours?", ("free time", "as free time", "time off")),
    ("How many days a week may be worked at home?", "How often can I do home office?", ("two", "2", "two days a week")),
    ("What does a place in the car park cost a month?", "How much is parking?", ("twelve euros", "12 euros", "twelve")),
    ("What does a meal in the canteen cost?", "How expensive is lunch?", ("4.50 euros", "4.50")),
    (
        "To whom is a lost computer reported?",
        "My laptop was stolen, whom do I call?",
        ("Jonas Breuer", "Breuer"),
    ),
    ("How many euros has each employee a year for courses?", "What is my budget for classes?", ("900", "900 euros")),
    ("How long is the notice period?", "How early do I have to hand in my resignation?", ("three months", "3 months")),
]
ABSENT = [
    "Who is the director?",
    "How many people work here?",
    "When was the firm founded?",
    "Which colour has the company car?",
    "What is the address of the office in Rome?",
    "How much is the pension?",
    "What does the works council do?",
    "Which insurance covers dogs?",
]


def share(count, of):
    bounds = binomtest(count, of).proportion_ci(method="wilson")
    return f"{count} of {of} [{bounds.low:.2f}, {bounds.high:.2f}]"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for title, text in HANDBOOK.items():
            Path(name, f"{title}.md").write_text(f"# {title.capitalize()}\n\n{text}\n")

        def reply(question):
            made = ask(question, name, model=options.model, prompt=form)
            if options.show:
                print(f"  {question} {made.answer}", flush=True)
            return made

        for form in FORMS:
            begun, cells = time.process_time(), []
            for which in (0, 1):
                replies = [reply(row[which]) for row in QUESTIONS]
                right = sum(
                    made.found and correct(Question("", row[which], row[2]), Answer("", made.answer)) == 1
                    for row, made in zip(QUESTIONS, replies, strict=True)
                )
                declined = sum(not made.found for made in replies)
                cells.append(f"right {share(right, len(QUESTIONS))}, declined {declined}")
            invented = sum(reply(question).found for question in ABSENT)
            took = (time.process_time() - begun) / (2 * len(QUESTIONS) + len(ABSENT))
            print(
                f"{form}: same words {cells[0]}; other words {cells[1]}; invented {invented} of {len(ABSENT)}", end=""
            )
            print(f"; {took:.2f} s of processor a question", flush=True)


if __name__ == "__main__":
    main()
