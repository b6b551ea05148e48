"""A text that holds the gold and answers with something else: the clause that tells what is asked names another."""

import pytest

from marked import mark

ASKED = {  # question -> gold, right, wrong
    "Which team represented the NFC?": (
        "Carolina Panthers",
        [
            "The Carolina Panthers represented the NFC, losing to the Denver Broncos.",
            "Denver beat the Carolina Panthers, who represented the NFC.",
        ],
        [
            "The Denver Broncos represented the NFC, beating the Carolina Panthers.",
            "Denver represented the NFC and played the Carolina Panthers.",
        ],
    ),
    "Who wrote Hamlet?": (
        "Shakespeare",
        [
            "Shakespeare wrote Hamlet; Marlowe wrote Faustus.",
            "Hamlet was written by Shakespeare, a friend of Ben Jonson.",
            "Marlowe influenced Shakespeare, who wrote Hamlet.",
        ],
        [
            "Marlowe wrote Hamlet, inspired by Shakespeare.",
            "Marlowe wrote it. Shakespeare wrote Macbeth.",
            "Marlowe praised Shakespeare.",
        ],
    ),
    "Where did the band first perform?": (
        "Canada",
        ["They first performed in Canada, then toured the US."],
        ["They first performed in Mexico, then in Canada."],
    ),
    "When is the launch?": (
        "June",
        [
            "Originally planned for March, the launch is now in June.",
            "The launch is in June; earlier it had been planned for March.",
            "The launch was planned for March, but it has been moved to June.",
        ],
        [
            "The launch is in March; it had originally been planned for June.",
            "The launch, previously set for June, is in March.",
        ],
    ),
    "Who is the CEO?": (
        "Anna",
        ["Anna, who succeeded Tom, is the CEO.", "Anna is the CEO; Tom was the previous one."],
        [
            "Tom is the CEO, succeeding Anna.",
            "Tom is the CEO. Anna held the post previously.",
            "Tom, who replaced Anna, is the CEO.",
        ],
    ),
    "How much does it cost?": (
        "$20",
        ["It costs $20, down from $25.", "The price is $20 (previously $25)."],
        ["It costs $25, up from $20.", "It costs $25 (previously $20).", "It used to cost $20 but now costs $25."],
    ),
    "When was he born?": (
        "1879",
        ["He was born in 1879 and died in 1955.", "Born in 1879, he died in 1955."],
        ["He was born in 1855 and died in 1879.", "He died in 1879."],
    ),
    "Where was he born?": (
        "Ulm",
        ["He was born in Ulm and raised in Munich.", "He was born in Ulm, Germany."],
        ["He was born in Munich and raised in Ulm."],
    ),
    "When did the war end?": (
        "1945",
        ["The war, which began in 1939, ended in 1945.", "It began in 1939 and ended in 1945."],
        ["The war began in 1945 and ended in 1953.", "The war ended in 1953, having begun in 1945."],
    ),
    "Who directed the film?": (
        "Nolan",
        ["Nolan directed it and Zimmer composed the music."],
        ["It was directed by Zimmer and written by Nolan.", "It was produced by Nolan and directed by Zimmer."],
    ),
    "Who won the match?": (
        "Federer",
        ["Federer won against Nadal.", "Nadal lost the match to Federer."],
        ["Nadal won the match against Federer."],
    ),
    "How many students passed?": (
        "30",
        ["30 of 40 students passed.", "Of 40 students, 30 passed."],
        ["10 of 30 students passed."],
    ),
    "How long do customers have to return an item?": (
        "30 days",
        ["They have 30 days. Nothing can be returned after 30 days.", "Within 30 days, and never beyond 30 days."],
        ["Not 30 days.", "Customers have 14 days to return an item. The refund then arrives within 30 days."],
    ),
    "What is the total on the receipt?": (
        "$14.50",
        ["The receipt shows a total of $14.50; without the tip it would be $13.20."],
        ["The receipt shows a total of $13.20; with a tip it would be $14.50."],
    ),
    "What is the speed limit?": (
        "50 km/h",
        ["The speed limit is 50 km/h. In zones with schools it drops to 30 km/h."],
        ["The speed limit is 30 km/h."],
    ),
    "Who manages the team?": (
        "Anna Lee",
        ["Anna Lee manages the team. Tom Ray is her deputy."],
        ["Tom Ray manages the team. Anna Lee is his deputy."],
    ),
    "Which works did he write?": (
        "Emilia Galotti",
        ["Emilia Galotti is mentioned in the text."],
        ["He wrote Nathan the Wise; Emilia Galotti is not mentioned.", "Emilia Galotti is not among his works."],
    ),
    "Where is peridinin found?": (
        "chloroplasts",
        ["In chloroplasts: peridinin is not found anywhere else."],
        ["It is not found in chloroplasts."],
    ),
    "What disease is it?": ("heart disease", ["a disease of the heart"], ["a disease of the lung"]),
}


@pytest.mark.parametrize("question", ASKED)
def test_the_clause_that_tells_what_is_asked_decides(question):
    gold, right, wrong = ASKED[question]
    assert {said: mark(gold, said, question) for said in [*right, *wrong]} == dict.fromkeys(right, 1) | dict.fromkeys(
        wrong, 0
    )


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (r"\boxed{[IDK]}", 1),
        ("I can help with OpenShift and related topics only.", 1),
        ("I'm only able to answer questions about billing.", 1),
        ("That is outside the scope of what I can help with.", 1),
        ("I can help: it was in 1999 only.", 0),
        ("There is no evidence in the corpus of any date.", 1),
        ("No evidence in the corpus contradicts it: it was 3 May.", 0),
        ("There is no mention of a delay, so it was 3 May.", 0),
    ],
)
def test_nothing_against_an_answer_is_no_refusal(said, refused):
    assert mark([], said, "When was it?") == refused
